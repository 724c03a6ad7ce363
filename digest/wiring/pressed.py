"""Which links are pressed when the web is asked whether they open, and which are left alone.

To ask for a link that is a reader's own can do what its reader would do: leave the list, confirm,
be counted. So none is pressed that says who reads, or by which one leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from typing import NamedTuple
from urllib.parse import unquote_plus

from digest.check import Proof, open_proof, web_links
from digest.check.proof import words_of
from digest.config.tables import NewsletterTable
from digest.ledger.recipients import Recipients
from digest.mail.letter import TOKEN
from digest.wiring.project import Project
from digest.wiring.state import open_recipients

_NAMED = re.compile(r"<([^<>]+)>")
#: What links by which one leaves are called, in words and in addresses.
_LEAVES = re.compile(
    r"unsubscri|(?<![a-z])(?:unsub|opt[-_ ]?out)(?![a-z])|abmeld|abbestell|d[eé]s(?:abonn|inscri)|"
    r"darse[-_ ]de[-_ ]baja|desuscri|disiscri|cancelar[-_ ]inscri|uitschrijv|afmeld|wypisz",
    re.IGNORECASE,
)


class Links(NamedTuple):
    """The addresses that an issue's editions lead to, each once."""

    pressed: tuple[str, ...]
    #: Readers' own.
    spared: tuple[str, ...]


def links_of(project: Project, messages: Mapping[str, bytes]) -> Links:
    """The links of an issue's editions, given their messages by name."""
    found: dict[str, bool] = {}
    with open_recipients(project, rehearse=True) as recipients:
        for message in messages.values():
            proof = open_proof(message)
            own = _Own(project.settings.newsletter, proof, recipients)
            for link in web_links(proof):
                found[link] = found.get(link, False) or own.is_own(link)
    return Links(
        tuple(link for link, is_own in found.items() if not is_own),
        tuple(link for link, is_own in found.items() if is_own),
    )


class _Own:
    """Knows a link of the copy that one reader gets from one that all get."""

    def __init__(self, newsletter: NewsletterTable, proof: Proof, recipients: Recipients) -> None:
        listed = _NAMED.findall(proof.header("List-Unsubscribe"))
        configured = (newsletter.unsubscribe, newsletter.unsubscribe_by_mail)
        named = (it.get("href", "") for it in proof.root.iter("a") if _LEAVES.search(words_of(it)))
        self._named = frozenset(map(_bare, named))
        self._pages = {_page(_bare(it)) for it in (*listed, *filter(None, configured))}
        patterns = (it for it in (*configured, newsletter.view) if it and TOKEN in it)
        beginnings = (_bare(it.partition(TOKEN)[0]) for it in patterns)
        self._beginnings = tuple(filter(None, beginnings))
        self._values = {it.casefold() for it in _values(newsletter, proof, recipients)}

    def is_own(self, link: str) -> bool:
        bare, plain = _bare(link), unquote_plus(link).casefold()
        return (
            bare in self._named
            or _page(bare) in self._pages
            or bare.startswith(self._beginnings)
            or bool(_LEAVES.search(plain))
            or any(value in plain for value in self._values)
        )


def _bare(link: str) -> str:
    """An address without its scheme: who leaves by one, leaves by the other."""
    return link.strip().partition("#")[0].partition("://")[2].casefold()


def _page(bare: str) -> str:
    """Host and path; nothing for what has no path, such as a whole site."""
    page = bare.partition("?")[0].rstrip("/")
    return page if "/" in page else bare


def _values(newsletter: NewsletterTable, proof: Proof, recipients: Recipients) -> Iterator[str]:
    """What only the reader of a copy has, as it may stand in an address.

    The newsletter's own sender, whose copy stands for all, is no reader but for its address.
    """
    senders = {address.casefold() for _, address in getaddresses([newsletter.sender])}
    for name, address in getaddresses([proof.header("To")]):
        if not address:
            continue
        yield address
        yield unquote_plus(address)
        if address.casefold() not in senders:
            known = recipients.get(address)
            own = (name, *(value for _, value in known.fields)) if known else (name,)
            yield from filter(None, map(unquote_plus, own))
