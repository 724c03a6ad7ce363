"""What a server offers in its answer to EHLO: RFC 5321, 4.1.1.1."""

from __future__ import annotations

from dataclasses import dataclass

from digest.delivery.smtp.replies import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """The keywords of EHLO that we make use of, and all of them as they were named."""

    named: tuple[str, ...] = ()
    starttls: bool = False
    pipelining: bool = False
    eight_bit: bool = False
    utf8: bool = False
    #: The server takes the SIZE parameter of MAIL.
    sizes: bool = False
    #: Largest message in octets; None where no limit is named.
    size: int | None = None
    mechanisms: tuple[str, ...] = ()


def extensions(reply: Reply) -> Extensions:
    """Read the answer to EHLO; its first line only greets."""
    offered: dict[str, list[str]] = {}
    for line in reply.lines[1:]:
        # Old servers write "AUTH=LOGIN" beside or instead of "AUTH LOGIN".
        keyword, *parameters = line.replace("=", " ").split() or [""]
        offered.setdefault(keyword.upper(), []).extend(parameters)
    return Extensions(
        named=tuple(" ".join(line.split()) for line in reply.lines[1:] if line.strip()),
        starttls="STARTTLS" in offered,
        pipelining="PIPELINING" in offered,
        eight_bit="8BITMIME" in offered,
        utf8="SMTPUTF8" in offered,
        sizes="SIZE" in offered,
        size=_size(offered.get("SIZE", [])),
        mechanisms=tuple(dict.fromkeys(name.upper() for name in offered.get("AUTH", []))),
    )


def _size(parameters: list[str]) -> int | None:
    """RFC 1870, 5: no parameter, or a zero, names no limit."""
    first = "".join(parameters[:1])
    return (
        (int(first) or None) if first.isascii() and first.isdigit() and len(first) <= 20 else None
    )
