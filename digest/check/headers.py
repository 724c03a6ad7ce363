"""Whether servers and mail programs will take the message: its headers, lines and parts.

Sources: RFC 5322 (messages), 2045 (MIME), 2369 and 8058 (List-Unsubscribe).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import getaddresses, parsedate_to_datetime

from digest.check.finding import Finding, Level
from digest.check.proof import Proof

#: Octets of a line (RFC 5322, 2.1.1).
_LINE = 998
_NEEDED = ("From", "To", "Date", "Message-ID", "MIME-Version")
_ONCE = frozenset({*map(str.lower, _NEEDED), "subject", "reply-to", "cc", "sender", "content-type"})
_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")
_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
_SIGNED = re.compile(r"\bh\s*=\s*([^;]*)", re.IGNORECASE)


def check_headers(proof: Proof) -> Iterator[Finding]:
    yield from _needed(proof)
    yield from _date(proof)
    yield from _identity(proof)
    yield from _sender(proof)
    yield from _lines(proof)
    yield from _parts(proof)
    if proof.unread:
        yield _fault(
            "unread",
            "more than mail programs and this check read",
            *proof.unread,
            why="Servers refuse it or readers see it cut; of what is left out nothing is known",
            remedy="Make the message smaller and simpler",
        )
    if proof.defects:
        yield _fault(
            "defects",
            "a second parser finds the message damaged",
            *proof.defects,
            why="Mail programs may show less of it, or something else",
            remedy="Mend what is named, or report it as a fault of this program",
        )


def _needed(proof: Proof) -> Iterator[Finding]:
    counts = Counter(name.lower() for name, _ in proof.headers)
    if missing := [name for name in _NEEDED if not counts[name.lower()]]:
        yield _fault(
            "header-missing",
            "a header is missing",
            *missing,
            why="Servers refuse such a message or take it for spam",
            remedy="Set newsletter.from; what the program writes itself is its own fault",
        )
    if double := sorted(name for name in _ONCE if counts[name] > 1):
        yield _fault(
            "header-twice",
            "a header stands twice",
            *double,
            why="Servers refuse such a message, and Gmail always does",
            remedy="Leave one of the two out",
        )


def _date(proof: Proof) -> Iterator[Finding]:
    if not (value := proof.header("Date")):
        return
    try:
        parsedate_to_datetime(value)
    except (ValueError, IndexError):
        yield _fault(
            "header-date",
            "the date cannot be read",
            value,
            why="Filters take such a message for spam, and it is sorted anywhere",
            remedy="Write it as RFC 5322 has it: Sun, 22 Nov 2026 07:30:00 +0100",
        )


def _identity(proof: Proof) -> Iterator[Finding]:
    value = proof.header("Message-ID")
    if value and not _ID.fullmatch(value):
        yield _fault(
            "header-id",
            "the Message-ID is none",
            value,
            why="Servers give the message another, so a copy is not known as one",
            remedy="Write it as <letters@domain>, without blanks",
        )


def _sender(proof: Proof) -> Iterator[Finding]:
    value = proof.header("From")
    if value and len(_addresses(value)) != 1:
        yield _fault(
            "header-from",
            "the sender is not one address",
            value,
            why="Servers cannot tell whose domain vouches for the message",
            remedy="Write newsletter.from like “The Courier <news@courier.example>”",
        )
    elif value and not is_public(proof):
        yield _fault(
            "sender-local",
            "the sender's domain is none that others know",
            value,
            level=Level.INFO,
            why="The message is good for the outbox; servers elsewhere would refuse it",
            remedy="Set newsletter.from before it is sent",
        )


def is_public(proof: Proof) -> bool:
    """Whether the message says that it comes from a domain in the public tree of names."""
    addresses = _addresses(proof.header("From"))
    return any("." in address.rpartition("@")[2] for address in addresses)


def _addresses(value: str) -> list[str]:
    return [address for _, address in getaddresses([value]) if "@" in address]


def _lines(proof: Proof) -> Iterator[Finding]:
    lines = enumerate(proof.raw.splitlines(), 1)
    long = [f"line {n}, {len(line):,} octets" for n, line in lines if len(line) > _LINE]
    if long:
        yield _fault(
            "line-length",
            f"a line of more than {_LINE} octets",
            *long,
            why="SMTP forbids it: servers cut it or refuse the message",
            remedy="Encode the part as quoted-printable",
        )
    if bare := _BARE.search(proof.raw):
        yield _fault(
            "line-ends",
            "a line that does not end with CRLF",
            f"line {len(proof.raw[: bare.start()].splitlines())}",
            why="SMTP forbids it, and signatures break on the way",
            remedy="Write CRLF at the end of each line",
        )
    head = proof.raw.partition(b"\r\n\r\n")[0]
    if not head.isascii():
        yield _fault(
            "header-bytes",
            "a header holds bytes beyond ASCII",
            level=Level.WARNING,
            why="Only servers that offer SMTPUTF8 take such a message",
            remedy="Use an address in ASCII",
        )


def _parts(proof: Proof) -> Iterator[Finding]:
    kinds = [part.get_content_type() for part in proof.message.walk()]
    if {"text/html", "text/plain"} <= set(kinds) and (
        "multipart/alternative" not in kinds or kinds.index("text/html") < kinds.index("text/plain")
    ):
        yield _fault(
            "parts-order",
            "text and HTML are not alternatives in that order",
            ", ".join(kinds),
            why="Mail programs show the last part that they can, or all of them",
            remedy="Write multipart/alternative with the text first (RFC 2046, 5.1.4)",
        )


def check_unsubscribing(proof: Proof) -> Iterator[Finding]:
    """Whether a reader can leave by a button of the mail program, and by a link."""
    links = re.findall(r"<([^<>]+)>", proof.header("List-Unsubscribe"))
    if not links:
        yield _fault(
            "unsubscribe",
            "no List-Unsubscribe header",
            level=Level.WARNING if is_public(proof) else Level.INFO,
            why="Who cannot leave by a button reports the message as spam; Gmail and Yahoo ask"
            " for the button",
            remedy="Set newsletter.unsubscribe to an https: link with {token}",
        )
        return
    yield from _one_click(proof, links)
    hrefs = {it.get("href", "").strip() for it in proof.root.iter("a")}
    if proof.html and not hrefs & set(links):
        yield _fault(
            "unsubscribe-link",
            "no link to unsubscribe that readers see",
            level=Level.WARNING,
            why="The law of most countries asks for it, and not every program has the button",
            remedy="Print page.unsubscribe in the theme",
        )


def _one_click(proof: Proof, links: list[str]) -> Iterator[Finding]:
    is_secure = any(link.lower().startswith("https://") for link in links)
    told = proof.header("List-Unsubscribe-Post")
    if not told:
        yield _fault(
            "one-click",
            "readers cannot unsubscribe by one click",
            *links,
            level=Level.WARNING if is_public(proof) else Level.INFO,
            why="Gmail and Yahoo ask it of whoever sends to many (RFC 8058)",
            remedy="Set newsletter.unsubscribe to an https: link with {token}",
        )
    elif told != "List-Unsubscribe=One-Click" or not is_secure:
        yield _fault(
            "one-click-header",
            "the headers for one click contradict each other",
            f"List-Unsubscribe-Post: {told}",
            *links,
            why="The button does not appear, or does not unsubscribe (RFC 8058, 3.1)",
            remedy="It needs List-Unsubscribe=One-Click and an https: link",
        )
    elif (signatures := proof.header_values("DKIM-Signature")) and not any(
        map(_covers, signatures)
    ):
        yield _fault(
            "one-click-signed",
            "no signature covers the headers for one click",
            level=Level.WARNING,
            why="Without it the button is not shown (RFC 8058, 4)",
            remedy="Sign List-Unsubscribe and List-Unsubscribe-Post too",
        )


def _covers(signature: str) -> bool:
    signed = _SIGNED.search(signature)
    names = {it.strip().lower() for it in signed[1].split(":")} if signed else set()
    return {"list-unsubscribe", "list-unsubscribe-post"} <= names


def _fault(
    rule: str, what: str, *where: str, why: str, remedy: str, level: Level = Level.ERROR
) -> Finding:
    return Finding(rule=rule, level=level, what=what, where=where, why=why, remedy=remedy)
