"""What the sites of sources repeat on their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.ledger.store import Store

#: Articles that there is something to be learnt from.
TEXTS = 30


class Sites:
    """The part of the ledger that keeps the furniture of sites."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def texts(self, source: str) -> Sequence[str]:
        rows = self._store.rows("texts", {"source": source, "limit": TEXTS})
        return [row["text"] for row in rows]

    def furniture(self, source: str) -> Sequence[str]:
        rows = self._store.rows("furniture", {"source": source})
        return [row["paragraph"] for row in rows]

    def learnt(self, source: str, furniture: Iterable[str]) -> None:
        with self._store.transaction(durable=False) as write:
            for paragraph in sorted(furniture):
                write("add_furniture", {"source": source, "paragraph": paragraph})
