"""Mails inside texts: the head of a forwarded mail, and what a mail has under its text.

    lines -> find_forward -> Forward -> Draft of what the forwarded mail says

Addresses of private people stand there, so these lines never become text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from email.utils import parseaddr, parsedate_to_datetime

from digest.read.dates import find_date
from digest.read.draft import Draft, Line
from digest.read.scraped import read_scraped
from digest.text import squeeze

#: Between a person and the paper in the name of a sender.
_AT = re.compile(r"\s(?:at|from|von|de|via|bei|chez|@|[|–—])\s")
_REPLIES = re.compile(r"^(?:(?:fwd?|wg|tr|rv|re|aw|sv|i|odp|antw)\s?:\s{0,5})+", re.IGNORECASE)
_LABELS = {
    "from": "from von de da van expéditeur remitente mittente fra från от",
    "date": "date sent gesendet datum envoyé fecha enviado data inviato verzonden дата отправлено",
    "subject": "subject betreff objet asunto oggetto assunto onderwerp emne ämne тема",
    "to": "to cc bcc reply-to an kopie à a para aan cci copie til till кому копия",
}
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
_FIELD = re.compile(r"\s{0,9}\*?(?P<label>[^\W\d_]{1,12}(?:-to)?)\s?\*?\s?:\*?\s{0,9}(?P<value>.*)")
_QUOTES = re.compile(r"^(?:>\s?){1,9}")
_RULED = re.compile(r"\s{0,9}[-_]{3,}.{0,60}")
_ANNOUNCED = re.compile(
    r"\s{0,9}(?:begin forwarded message|anfang der weitergeleiteten nachricht|"
    r"début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|"
    r"inizio messaggio inoltrato)\s?:",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?[^\s<>\[\]()]{1,80}@[^\s<>\[\]()]{1,80}[>\])]?")
_RULE = "head of a forwarded mail"
_LONGEST_LINE, _MOST_LINES = 1000, 40
_SIGNATURE = re.compile(r"--\s?")
_FOOTER = re.compile(r"_{10,}\s{0,9}")
_LONGEST_SIGNATURE, _LONGEST_FOOTER = 15, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """The head of a forwarded mail: lines ``start`` to ``end``, and its fields."""

    start: int
    end: int
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return subject(self.fields.get("subject", ""))

    @property
    def sent(self) -> date | None:
        return moment(self.fields.get("date", ""))

    @property
    def sender(self) -> tuple[str | None, str | None]:
        """The person and the paper; of a name alone, the person."""
        value = self.fields.get("from", "")
        name = squeeze(_ADDRESS.sub("", parseaddr(value)[0] or value)).strip(" \"'<>[]()")
        person, site = person_and_site(name)
        return (person, site) if person else (name or None, None)


def subject(value: str) -> str:
    """A subject without "Re:" and "Fwd:" in any language."""
    return _REPLIES.sub("", value)


def person_and_site(name: str) -> tuple[str | None, str | None]:
    """Who signs as a sender: "Ana Sol from Sund Weekly", else the paper alone."""
    person, *site = _AT.split(name, maxsplit=1)
    return (person, site[0]) if site else (None, name or None)


def moment(value: str) -> date | None:
    """The day of a header; with its time where its zone is known."""
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        day = find_date(value[:200])
        return day[0] if day else None
    return found if found.tzinfo else found.date()


def find_forward(lines: Sequence[str]) -> Forward | None:
    """The innermost head of a forwarded mail; facts that it lacks are those of the ones above.

    ``start`` is that of the first head, since nothing between two heads is the article.
    """
    found: Forward | None = None
    at = 0
    while at < len(lines):
        end, fields = _fields(lines, at)
        if _is_head(lines, at, end, fields):
            start = found.start if found else _announcement(lines, at)
            known = found.fields if found else {}
            found = Forward(start=start, end=end, fields={**known, **fields})
        at = max(end, at + 1)
    return found


def _fields(lines: Sequence[str], at: int) -> tuple[int, dict[str, str]]:
    """The fields from line ``at`` on, and where they end; ``at`` itself if there are none."""
    fields: dict[str, str] = {}
    end = at
    for line in (_QUOTES.sub("", line) for line in lines[at : at + _MOST_LINES]):
        named = _field(line)
        if named:
            fields.setdefault(*named)
        elif not fields or not _continues(lines[end - 1], line):
            break
        end += 1
    return end, fields


def _continues(before: str, line: str) -> bool:
    """Whether a line under a field is more of it: indented, in a list, or with an address."""
    listed = before.rstrip().endswith((",", ";")) or line[:1] in {" ", "\t"}
    return bool(line.strip()) and (listed or "@" in line[:_LONGEST_LINE])


def _is_head(lines: Sequence[str], at: int, end: int, fields: Mapping[str, str]) -> bool:
    """Whether fields are those of a mail, and not of a dialogue or an announcement."""
    if len(fields) < 2 or fields.keys().isdisjoint({"from", "subject"}):
        return False
    likely = at == 0 or "subject" in fields
    return likely or any("@" in line for line in lines[at:end]) or _announcement(lines, at) < at


def _field(line: str) -> tuple[str, str] | None:
    match = _FIELD.fullmatch(_QUOTES.sub("", line[:_LONGEST_LINE]))
    kind = _KINDS.get(match["label"].lower()) if match else None
    return (kind, squeeze(match["value"]).strip("* ")) if match and kind else None


def _announcement(lines: Sequence[str], at: int) -> int:
    """Where "Forwarded message" stands above a head; the head's own line if it does not."""
    near = range(at - 1, max(-1, at - 4), -1)
    above = next((i for i in near if _QUOTES.sub("", lines[i]).strip()), None)
    if above is None:
        return at
    line = _QUOTES.sub("", lines[above][:200])
    return above if _RULED.fullmatch(line) or _ANNOUNCED.match(line) else at


def _is_note(lines: Sequence[str], forward: Forward) -> bool:
    """Whether what stands above a head is a note to it: it is shorter than what follows."""
    return sum(map(len, lines[: forward.start])) < sum(map(len, lines[forward.end :]))


def unwrap_text(text: str) -> Draft | None:
    """The article in a plain text with the head of a mail in it; None if it has none."""
    lines = text.split("\n")
    forward = find_forward(lines)
    if not forward:
        return None
    start = 0 if _is_note(lines, forward) else forward.start
    heads = tuple(
        Line(number=number, text=line.strip(), label="header", rule=_RULE)
        for number, line in enumerate(lines[start : forward.end], start + 1)
        if line.strip()
    )
    found = read_scraped("\n".join(_without_head(lines, start, forward)))
    own = (line for line in found.lines if line.number != forward.end)
    body = tuple(each for each in found.paragraphs if each != forward.subject)
    accounted = tuple(sorted((*heads, *own), key=lambda line: line.number))
    return _with_forward(replace(found, paragraphs=body, lines=accounted), forward)


def _without_head(lines: Sequence[str], start: int, forward: Forward) -> list[str]:
    """As many lines; the subject alone stands where the headline of the text would."""
    below = lines[forward.end :]
    if _QUOTES.match(lines[forward.end - 1]):
        below = [_QUOTES.sub("", line) for line in below]
    blank = [""] * (forward.end - start - 1)
    return [*lines[:start], *blank, forward.subject, *below]


def _with_forward(draft: Draft, forward: Forward) -> Draft:
    """``draft`` with the facts of the head where its text says nothing."""
    person, site = forward.sender
    return replace(
        draft,
        title=draft.title or forward.subject,
        byline=draft.byline or person,
        site=draft.site or site,
        published=draft.published or forward.sent,
        dated_by=draft.dated_by or "mail",
    )


def unwrap_page(draft: Draft) -> Draft | None:
    """The draft of a page without the head of a forwarded mail in it; None if it has none."""
    texts = [line.text for line in draft.lines]
    forward = find_forward(texts)
    if not forward:
        return None
    start = 0 if _is_note(texts, forward) else forward.start
    lines = tuple(
        replace(line, label="header", rule=_RULE)
        if start <= i < forward.end and line.label == "body"
        else line
        for i, line in enumerate(draft.lines)
    )
    body = tuple(line.text for line in lines if line.label == "body")
    return _with_forward(replace(draft, paragraphs=body, lines=lines), forward)


def without_signature(text: str) -> tuple[str, str]:
    """A mail's text without the signature and the list's footer, and what was cut."""
    lines = text.split("\n")
    at = _tail(lines)
    return "\n".join(lines[:at]), "\n".join(lines[at + 1 :])


def unsigned_page(draft: Draft) -> Draft:
    """The draft of a mail that is a page without what `without_signature` cuts off a text."""
    at = _tail([line.text for line in draft.lines])
    below = (
        replace(line, label="signature", rule="stands under the end of a mail")
        for line in draft.lines[at:]
    )
    lines = (*draft.lines[:at], *below)
    body = tuple(line.text for line in lines if line.label == "body")
    return replace(draft, paragraphs=body, lines=lines)


def _tail(lines: Sequence[str]) -> int:
    """The line that begins a signature or footer; the number of lines if there is none."""
    forward = find_forward(lines)
    for at in range(forward.end if forward else 0, len(lines)):
        line = _QUOTES.sub("", lines[at][:_LONGEST_LINE])
        below = len(lines) - at - 1
        signed = _SIGNATURE.fullmatch(line) and below <= _LONGEST_SIGNATURE
        if signed or (_FOOTER.fullmatch(line) and below <= _LONGEST_FOOTER):
            return at
    return len(lines)
