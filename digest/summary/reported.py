"""Reported speech: whom its grammar makes the speaker, and whom the one spoken of.

German "Das Gesetz sei „überholt“, so Muster": the subjunctive says that the law does not speak.
"Wie Muster am Montag in Norden erklärte" says at a distance who does, and "heißt es im Bericht"
what does; Slavic languages have the like of the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.summary.frame import Frame
from digest.summary.phrases import Phrase

# From behind the phrase: "am Montag in Norden erklärte,".
_AS_CLAUSE = re.compile(r"[^.,Q:]{0,14}[Vv](?:X{1,2})?[,.-]")
# "heißt es in dem", "steht in der".
_DOCUMENT = re.compile(r"[Vv]X?[WX]{0,2}I$")
_DOCUMENT_REACH = 5
# "sagte Muster laut": the source only passes the words on.
_SPOKEN = re.compile(r"[Vv]D?[JTR]{0,3}N{1,3}A$")
_SPOKEN_REACH = 10


def document(frame: Frame, phrase: Phrase) -> Iterator[str]:
    """Whether the phrase is the text, or the office, in which something is said to stand."""
    found = _DOCUMENT.search(frame.kinds, max(0, phrase.first - _DOCUMENT_REACH), phrase.first)
    if found and frame.words[found.start()] in frame.lexicon.document_verbs:
        yield "document"


def features(frame: Frame, phrase: Phrase) -> Iterator[str]:
    """What reported speech says for and against a phrase."""
    kinds, words, lexicon = frame.kinds, frame.words, frame.lexicon
    first, last = phrase.first, phrase.last
    before = words[first - 1] if first else ""
    behind = words[last] if last < len(words) else ""
    if behind in lexicon.subjunctives or before in lexicon.subjunctives:
        yield "reported pronoun" if phrase.kind == "pronoun" else "reported subject"
    if before == "wie" and _AS_CLAUSE.match(kinds, last):
        yield "as clause"
    if _SPOKEN.search(kinds, max(0, first - _SPOKEN_REACH), first):
        yield "passed on"
