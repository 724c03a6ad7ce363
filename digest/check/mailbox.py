"""What a mailbox shows before the message is opened: the subject and the line below it."""

from __future__ import annotations

from collections.abc import Iterator

from digest.check.finding import Finding, Level
from digest.check.proof import Proof, words_of

#: Characters that a desktop shows of a subject at most, and of the line below it.
SUBJECT, PREHEADER = 150, 150
#: A subject in capitals that is shorter may be an abbreviation.
_SHOUT = 12
#: How far down the HTML the line can stand: after that it is the text itself.
_FIRST = 5


def check_mailbox(proof: Proof) -> Iterator[Finding]:
    yield from _subject(proof.header("Subject"))
    line = preheader(proof)
    if proof.html and not line:
        yield _fault(
            "preheader",
            "no line for below the subject",
            why="Mailboxes show the first words of the message instead, often a link's",
            remedy="Print page.preheader in the theme, hidden and first in the body",
        )
    elif len(line) > PREHEADER:
        yield _fault(
            "preheader-length",
            f"a line below the subject of {len(line)} characters",
            line,
            why=f"Mailboxes show {PREHEADER} of them at most",
            remedy="Begin with what matters, and leave the rest out",
        )


def preheader(proof: Proof) -> str:
    """The line that is hidden at the head of the body, else the description in the head."""
    hidden = proof.root.xpath(
        "(/html/body//*[not(self::style)])[position() <= $first]"
        "[contains(translate(@style, ' ', ''), 'display:none')]",
        first=_FIRST,
    )
    told = [words_of(it) for it in hidden]
    told += proof.root.xpath("//meta[@name='description']/@content")
    return next((it.strip() for it in told if it.strip()), "")


def _subject(subject: str) -> Iterator[Finding]:
    if not subject:
        yield _fault(
            "subject",
            "the subject is empty",
            level=Level.ERROR,
            why="Nobody opens such a message, and filters take it for spam",
            remedy="Set newsletter.subject",
        )
    elif len(subject) > SUBJECT:
        yield _fault(
            "subject-length",
            f"a subject of {len(subject)} characters",
            subject,
            why=f"Mailboxes show {SUBJECT} of them at most, phones about 40",
            remedy="Shorten newsletter.subject",
        )
    elif len(subject) > _SHOUT and subject.isupper():
        yield _fault(
            "subject-shouting",
            "a subject in capitals",
            subject,
            why="Filters count it as spam, and readers do too",
            remedy="Write it as a sentence",
        )


def _fault(
    rule: str, what: str, *where: str, why: str, remedy: str, level: Level = Level.WARNING
) -> Finding:
    return Finding(rule=rule, level=level, what=what, where=where, why=why, remedy=remedy)
