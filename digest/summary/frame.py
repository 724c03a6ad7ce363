"""A paragraph as a row of tokens, its quoted runs folded into one token each.

Each token is of one kind, and a kind is one letter, so that the grammar of speakers is a handful
of regular expressions over a string such as ``Q,VTNN.``:

    N name or other capitalised word    G the same with a genitive 's     g a small word with one
    R noun for a person or body         T title before a name             J belongs to a role
    W any other word                    # number                          D article, possessive
    V verb of saying                    v the same, may take the listener X auxiliary, adverb
    h s t i  he, she, they, I           r who, when, because              & and, but
    o of, for                           I other preposition               p particle of a name
    A "according to"                    Z the same, behind the speaker    c that
    Q quoted run        . , : - stops
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from digest.model import Span
from digest.summary.lexicon.words import Lexicon
from digest.summary.marks import Run

#: Tokens on either side of a quote in which its speaker is looked for.
WINDOW = 200

_WORD = (
    r"\([^()]{0,80}\)"  # what stands in brackets is passed over
    r"|(?:[^\W\d_]\.){1,4}(?!\w)"  # initials
    r"|\w+(?:[-‑.&/’'](?=\w)\w+)*(?:(?<=s)[’'](?!\w))?"
    r"|[.!?…]+|[,;:]|[—–]|-(?=\s)"
)
_FULL_STOP = (".",)
_STOPS = {",": ",", ";": ",", ":": ":", "—": "-", "–": "-", "-": "-"}
_SHORT, _SHORT_TITLE = frozenset(("jr", "sr", "st", "no", "vs")), 4
_APOSTROPHES, _GENITIVES = "’'", ("’s", "'s")


@dataclass(frozen=True, slots=True)
class Frame:
    """The tokens of a paragraph: kinds, spans and lower-case words, side by side."""

    kinds: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    #: Token number of each of the paragraph's runs.
    quotes: tuple[int, ...]
    lexicon: Lexicon

    def span(self, first: int, last: int) -> Span:
        """The characters of the tokens from ``first`` to before ``last``."""
        return Span(self.starts[first], self.ends[last - 1])


@cache
def _scanner(lexicon: Lexicon) -> re.Pattern[str]:
    parts = [_WORD]
    if lexicon.elisions:
        parts.insert(0, rf"\b(?:{lexicon.elisions})[’'](?=\w)")
    if lexicon.enclitics:
        parts.insert(0, rf"\w+(?=-(?:t-)?(?:{lexicon.enclitics})\b)")
    if lexicon.phrases:
        parts.insert(0, f"(?P<source>{lexicon.phrases.pattern})")
    else:
        parts.append("(?P<source>(?!))")
    return re.compile("|".join(parts), re.IGNORECASE)


class _Row:
    """A frame while it is filled."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.table, self.small = lexicon.kinds, lexicon.small
        # Small words of which the place decides the kind.
        self.special = lexicon.small | lexicon.late_sources | {lexicon.behind_quote}
        self.compounds, self.late_sources = lexicon.compounds, lexicon.late_sources
        self.german = lexicon.nouns_capital
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []

    def put(self, kind: str, start: int, end: int, word: str) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)

    def scan(self, start: int, end: int) -> None:
        """Add the tokens of the text between two quoted runs."""
        table, plain = self.table, not self.compounds
        for match in _scanner(self.lexicon).finditer(self.text, start, end):
            token = match[0]
            kind = table.get(token)
            if kind is None and plain and token.islower() and token.isalpha():
                kind = None if match.lastgroup else "W"
            if kind is not None and token not in self.special:
                self.put(kind, match.start(), match.end(), token)
                continue
            if token[0] == "(" or (token in _FULL_STOP and self._abbreviated()):
                continue
            kind, word, stop = self._kind(token, source=match.lastgroup == "source")
            self.put(kind, match.start(), match.start() + stop, word)

    def _abbreviated(self) -> bool:
        """Whether a full stop behind the last token belongs to it (Sen., Jr.)."""
        if not self.words:
            return False
        word = self.words[-1]
        return word in _SHORT or (self.kinds[-1] == "T" and len(word) <= _SHORT_TITLE)

    def _kind(self, token: str, *, source: bool) -> tuple[str, str, int]:
        first = token[0]
        if source:
            return "A", token, len(token)
        if not (first.isalnum() or first == "_"):
            return _STOPS.get(first, "."), token, len(token)
        if first.isdigit():
            return "#", token, len(token)
        stop = len(token) - (token[-1] in _APOSTROPHES) - 2 * (token[-2:] in _GENITIVES)
        if 1 < stop < len(token):
            return ("G" if first.isupper() else "g"), token[:stop].lower(), stop
        return self._word(token), token.rstrip(".").lower(), len(token)

    def _word(self, token: str) -> str:
        low = token.rstrip(".").lower()
        kind = self.table.get(low) or ("R" if low.endswith(self.compounds) else None)
        if not token[0].isupper():
            if low in self.late_sources:
                return "Z"
            if low == self.lexicon.behind_quote and "".join(self.kinds[-2:]) in (
                "Q",
                "Q,",
                ".Q",
                ",Q",
            ):
                return "A"
            if low in self.small and self._in_name(kind):
                return "p"
            return kind or "W"
        if token[-1] == "." and len(low) < 3:
            return "N"
        opens = not self.kinds or self.kinds[-1] in ".Q:-"
        if kind is None or (not opens and kind not in "TRi#"):
            return "N"
        return kind

    def _in_name(self, kind: str | None) -> bool:
        """Whether a particle continues a name: "von der Leyen", but not "Leyen der Zeitung"."""
        before = self.kinds[-1:]
        return before == ["p"] or (before == ["N"] and not (self.german and kind == "D"))

    def done(self, quotes: list[int]) -> Frame:
        return Frame(
            "".join(self.kinds),
            tuple(self.starts),
            tuple(self.ends),
            tuple(self.words),
            tuple(quotes),
            self.lexicon,
        )


def frame(text: str, paragraph: Span, runs: list[Run], lexicon: Lexicon) -> Frame:
    """The tokens of a paragraph that holds these quoted runs."""
    row, position = _Row(text, lexicon), paragraph.start
    quotes: list[int] = []
    for run in runs:
        row.scan(position, run.outer.start)
        quotes.append(len(row.kinds))
        row.put("Q", run.outer.start, run.outer.end, "")
        if _ends_sentence(text, run):
            row.put(".", run.outer.end, run.outer.end, "")
        position = run.outer.end
    row.scan(position, paragraph.end)
    return row.done(quotes)


def _ends_sentence(text: str, run: Run) -> bool:
    """Whether a sentence ends with the run: a full stop inside the marks, a capital behind."""
    if text[run.inner.end - 1] not in ".。":
        return False
    follower = text[run.outer.end : run.outer.end + 3].lstrip()
    return not follower[:1].islower() and follower[:1] not in ",-–—"
