"""How sources that are down are told of: each for itself, or as one if the line is down."""

from __future__ import annotations

from collections.abc import Collection, Mapping

#: Key of the problem that most sources are down.
MANY = "many:down"
#: Fewer are always told each for itself.
FEW = 3
#: Of all sources, how many must be down at once to be told as one, and to stay so.
_BEGINS, _STAYS = 1 / 2, 1 / 4
#: Sources that are named in one text.
_NAMED = 3


def down(whys: Mapping[str, str], number: int, standing: Collection[str]) -> dict[str, str]:
    """What to tell of the sources that are down, by name and reason, of ``number``: key, text.

    ``standing`` are the keys that were told before: who was told of for itself stays so.
    """
    fresh = {name: why for name, why in whys.items() if _key(name) not in standing}
    share = _STAYS if MANY in standing else _BEGINS
    is_one = len(fresh) >= FEW and len(fresh) > share * number
    alone = {name: why for name, why in whys.items() if not (is_one and name in fresh)}
    told = {_key(name): f"digest: source {name} is down: {why}" for name, why in alone.items()}
    return {**told, MANY: _text(fresh, number)} if is_one else told


def _key(name: str) -> str:
    return f"{name}:down"


def _text(whys: Mapping[str, str], number: int) -> str:
    named = "; ".join(f"{name}: {why}" for name, why in [*whys.items()][:_NAMED])
    more = f"; and {len(whys) - _NAMED} more" if len(whys) > _NAMED else ""
    return f"digest: {len(whys)} of {number} sources are down: {named}{more}"
