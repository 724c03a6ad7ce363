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
from digest.summary.lexicon.given import is_forename
from digest.summary.lexicon.words import Lexicon
from digest.summary.marks import Run

#: Tokens on either side of a quote in which its speaker is looked for.
WINDOW = 200

# Most words: tried first, for speed.
_LOWER = r"(?P<low>(?-i:[a-zß-öø-ÿ]++)(?![\w'’&/‑-]|\.\w))"
_WORD = (
    r"\([^()]{0,80}\)"  # what stands in brackets is passed over
    r"|(?:[^\W\d_]\.){1,4}(?!\w)"  # initials
    # A stop with no blank behind it parts two sentences, but not a name ("ver.di").
    r"|\w+(?:(?:[-‑&/’']|(?-i:(?<![a-zß-öø-ÿа-я]{3})\.|\.(?![A-ZÄÖÜА-Я])))(?=\w)\w+)*"
    r"(?:(?<=s)[’'](?!\w))?"
    r"|[.!?…]+|[,;:]|[—–―]|-(?=\s)"
)
# ", so Anna Muster." and ", so der Sprecher des Amtes,".
_SO = re.compile(r"[,-]X(?=[DWJ]{0,3}[RTNh](?:[RTNpG]|o?D?[WJ]?[RNG]){0,5}[.,-])")
#: Most words of the name of a paper.
_PAPER = 4
# Behind a name, the ending of any case but the genitive: "Demir’e göre".
_TURKISH = re.compile("[’'](?:[yn]?[aeıiuü]|n[dt][ae]n?|[dt][ae]n?|l[ae]|yl[ae])$")
_TURKISH_GENITIVE = re.compile("[’'][yn]?[ıiuü]n$")
_FULL_STOP = (".",)
_STOPS = {",": ",", ";": ",", ":": ":", "—": "-", "–": "-", "―": "-", "-": "-"}
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
    parts = [_LOWER, _WORD]
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

    def __init__(self, text: str, lexicon: Lexicon, known: frozenset[str]) -> None:
        self.text, self.lexicon, self.known = text, lexicon, known
        self.table, self.small = lexicon.kinds, lexicon.small
        self.compounds, self.late_sources = lexicon.compounds, lexicon.late_sources
        self.german = lexicon.nouns_capital
        self.adverbs = lexicon.adverb_endings
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
        fixed, special, adverbs = self.lexicon.fixed_kinds, self.lexicon.special, self.adverbs
        lower = "low" if not self.compounds else ""
        kinds, starts = self.kinds.append, self.starts.append
        ends, words = self.ends.append, self.words.append
        for match in _scanner(self.lexicon).finditer(self.text, start, end):
            token = match[0]
            kind = fixed.get(token)
            if kind is None and match.lastgroup == lower and token not in special:
                kind = "X" if token.endswith(adverbs) else "W"
            if kind is not None:
                kinds(kind)
                starts(match.start())
                ends(match.end())
                words(token)
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
        elided = self.table.get(token[:-1].lower()) if token[-1] in _APOSTROPHES else None
        if elided and self.lexicon.elisions:
            return elided, token[:-1].lower(), len(token)
        turkish = self.lexicon.language == "tr"
        owner = _TURKISH_GENITIVE.search(token) if turkish else None
        if owner and first.isupper():
            return "G", token[: owner.start()].lower(), owner.start()
        bent = _TURKISH.search(token) if turkish else None
        if bent and first.isupper():
            return "N", token[: bent.start()].lower(), bent.start()
        stop = len(token) - (token[-1] in _APOSTROPHES) - 2 * (token[-2:] in _GENITIVES)
        if 1 < stop < len(token):
            return ("G" if first.isupper() else "g"), token[:stop].lower(), stop
        return self._word(token), token.rstrip(".").lower(), len(token)

    def _word(self, token: str) -> str:
        low = token.rstrip(".").lower()
        kind = self.table.get(low) or self._compound(token, low)
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
            return kind or ("X" if low.endswith(self.adverbs) else "W")
        if token[-1] == "." and len(low) < 3:
            return "N"
        if kind is None and self.german:
            kind = self._german(token, low)
        opens = not self.kinds or self.kinds[-1] in ".Q:-"
        if opens and low in self.lexicon.opening_words:
            return "A"
        if kind is None or (not opens and kind not in "TRiG#"):
            return "N"
        return kind

    def _compound(self, token: str, low: str) -> str | None:
        """A role by its ending; in German only nouns, so not "gesamt", which ends like "Amt"."""
        if not low.endswith(self.compounds):
            return None
        if self.german and (token[0].islower() or self._behind_forename()):
            return None
        return "R"

    def _behind_forename(self) -> bool:
        return self.kinds[-1:] == ["N"] and is_forename(self.words[-1])

    def _german(self, token: str, low: str) -> str | None:
        """A noun for a person in the genitive, or a name: "des Leiters", "Merkels"."""
        if not low.endswith("s"):
            return None
        if self.table.get(low[:-1]) == "R" or self.table.get(low[:-2]) == "R":
            return "R"
        return "G" if token[:-1] in self.known and not self._behind_forename() else None

    def _in_name(self, kind: str | None) -> bool:
        """Whether a particle continues a name: "von der Leyen", but not "Leyen der Zeitung"."""
        before = self.kinds[-1:]
        if before != ["N"]:
            return before == ["p"]
        if kind is None or not (self.german or kind == "D"):
            return True
        return is_forename(self.words[-1]) and not (self.german and kind == "D")

    def done(self, quotes: list[int]) -> Frame:
        return Frame(
            self._with_sources(),
            tuple(self.starts),
            tuple(self.ends),
            tuple(self.words),
            tuple(quotes),
            self.lexicon,
        )

    def _with_sources(self) -> str:
        """The kinds; "so" before a speaker at a clause's end means "according to" too."""
        kinds = "".join(self.kinds)
        if not self.german:
            return kinds
        for found in _SO.finditer(kinds):
            if self.words[found.start() + 1] == self.lexicon.behind_quote:
                self.kinds[found.start() + 1] = "A"
        return "".join(self.kinds)


def frame(
    text: str,
    paragraph: Span,
    runs: list[Run],
    lexicon: Lexicon,
    known: frozenset[str] = frozenset(),
) -> Frame:
    """The tokens of a paragraph that holds these quoted runs.

    ``known`` are the words of the whole text, where a genitive is told by its nominative.
    """
    row, position = _Row(text, lexicon, known), paragraph.start
    quotes: list[int] = []
    for run in runs:
        row.scan(position, run.outer.start)
        quotes.append(len(row.kinds))
        if row.german and _is_paper(text, run, row.kinds):
            row.put("N", *run.inner, text[run.inner.start : run.inner.end].lower())
            position = run.outer.end
            continue
        if _is_work(text, run, row):
            row.put("X", *run.outer, "")
            position = run.outer.end
            continue
        row.put("Q", run.outer.start, run.outer.end, "")
        if _ends_sentence(text, run):
            row.put(".", run.outer.end, run.outer.end, "")
        position = run.outer.end
    row.scan(position, paragraph.end)
    return row.done(quotes)


def _is_paper(text: str, run: Run, before: list[str]) -> bool:
    """Whether a run is the name of a paper that says something: schrieb „Die Woche“."""
    words = text[run.inner.start : run.inner.end].split(maxsplit=_PAPER)
    if len(words) > _PAPER or not all(word[0].isupper() for word in words):
        return False
    return "".join(before[-3:]).endswith(("V", "A", "VD", "AD", "DR", "DWR"))


def _is_work(text: str, run: Run, row: _Row) -> bool:
    """Whether a run is a title that the noun before it calls one: "в интервью «Вестнику»"."""
    if not row.lexicon.inverts or row.german or row.words[-1:] == []:
        return False
    words = text[run.inner.start : run.inner.end].split(maxsplit=_PAPER)
    led = row.words[-1] in row.lexicon.work_nouns and row.ends[-1] == run.outer.start - 1
    return led and len(words) <= _PAPER and words[0][0].isupper()


def _ends_sentence(text: str, run: Run) -> bool:
    """Whether a sentence ends with the run: a full stop inside the marks, a capital behind."""
    if text[run.inner.end - 1] not in ".。":
        return False
    follower = text[run.outer.end : run.outer.end + 3].lstrip()
    return not follower[:1].islower() and follower[:1] not in ",-–—"
