"""Whether an entry is known: by id, address and words together, none of them alone.

Feeds make up new ids, change their addresses, edit, use an id twice, and give one address to many
items. So two of the three have to agree; or the place on the site and the title do, as when a
site moves to another host; or words and date, as when a feed makes up both id and address anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.model import Mark
from digest.visits import Noted, Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How an entry is known."""

    stand: Stand
    #: It goes by a new id or address, or its words have changed.
    changed: bool = False
    #: Its words have changed.
    edited: bool = False


class Recall:
    """The ledger's entries, as a list of marks is looked up in them."""

    def __init__(self, known: Iterable[Noted], listed: Sequence[Mark]) -> None:
        self._exact: dict[tuple[str, str, str], Noted] = {}
        self._ids: defaultdict[str, list[Noted]] = defaultdict(list)
        self._urls: defaultdict[str, list[Noted]] = defaultdict(list)
        self._alone: dict[str, Noted] = {}
        for it in known:
            mark = it.mark
            self._exact[mark.id, mark.url, mark.words] = it
            self._ids[mark.id].append(it)
            self._urls[mark.url].append(it)
            self._alone |= {key: it for key in (mark.place, mark.dated) if key}
        self._shared = _repeated(m.id for m in listed) | _repeated(m.url for m in listed) | {""}

    def find(self, mark: Mark) -> Match | None:
        """How the entry of a mark is known; None if it is new."""
        if same := self._exact.get((mark.id, mark.url, mark.words)):
            return Match(stand=same.stand)
        by_id = [] if mark.id in self._shared else self._ids.get(mark.id, [])
        by_url = [] if mark.url in self._shared else self._urls.get(mark.url, [])
        if same_words := [it for it in (*by_id, *by_url) if it.mark.words == mark.words]:
            return Match(stand=_stand(same_words), changed=True)
        if edited := [it for it in by_id if _same_place(it.mark, mark)] or _one_item(by_url):
            return Match(stand=_stand(edited), changed=True, edited=True)
        keys = (mark.dated, *((mark.place,) if mark.url not in self._shared else ()))
        if moved := [self._alone[key] for key in keys if key in self._alone]:
            return Match(stand=_stand(moved), changed=True)
        return None


def _repeated(keys: Iterable[str]) -> set[str]:
    return {key for key, count in Counter(keys).items() if count > 1}


def _same_place(one: Mark, other: Mark) -> bool:
    """Whether nothing speaks against two entries of one id being the same item."""
    if not (one.url and other.url):
        return True
    return one.url == other.url or (one.place == other.place != "")


def _one_item(by_url: list[Noted]) -> list[Noted]:
    """The entries of one address, unless it is one that many items share."""
    ids, words = {it.mark.id for it in by_url}, {it.mark.words for it in by_url}
    return by_url if len(ids) == 1 or len(words) == 1 else []


def _stand(found: Sequence[Noted]) -> Stand:
    """The stand of what goes by several marks: taken once is taken."""
    stands = [it.stand for it in found]
    return Stand.TAKEN if Stand.TAKEN in stands else stands[0]
