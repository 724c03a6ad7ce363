"""Whether those who do not see the layout find their way: languages, headings, tables, zoom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from digest.check.finding import Finding, Level
from digest.check.proof import Element, Proof, inherited, places, words_of
from digest.text import direction, primary, shorten

_HEADING = re.compile(r"h([1-6])")
_LOCKED = re.compile(
    r"user-scalable\s*=\s*(?:no|0)\b|maximum-scale\s*=\s*1(?:\.0*)?\b", re.IGNORECASE
)
#: The heads of a table's own cells, not those of a table within it.
_HEADED = etree.XPath("boolean(tr/th | */tr/th)")
#: Letters that a text must have before its script tells anything.
_ENOUGH = 20
#: Scripts in Unicode's words, and the languages that are written in them.
_SCRIPTS = {
    "ARABIC": "ar fa ur ps sd ug ckb",
    "CJK": "zh ja ko yue",
    "CYRILLIC": "ru uk be bg mk sr kk ky mn tg uz",
    "DEVANAGARI": "hi mr ne sa",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he iw yi",
    "LATIN": "ca cs da de en es et eu fi fr ga gl hr hu id is it kk lt lv mn ms nb nl nn no pl pt"
    " ro sk sl sr sv tr uz vi",
    "THAI": "th",
}
_OF_LANGUAGE = {
    language: frozenset(script for script, tags in _SCRIPTS.items() if language in tags.split())
    for tags in _SCRIPTS.values()
    for language in tags.split()
}
_KANA = frozenset({"HIRAGANA", "KATAKANA"})


def check_structure(proof: Proof) -> Iterator[Finding]:
    if proof.html is None:
        return
    yield from _language(proof)
    yield from _title(proof)
    yield from _parts(proof)
    yield from _headings(proof)
    yield from _tables(proof)
    yield from _zoom(proof)


def _language(proof: Proof) -> Iterator[Finding]:
    wrappers = proof.root.xpath("/html/body/*")
    for name, does in (("lang", "pronounced"), ("dir", "laid out")):
        on_html = bool(proof.root.get(name))
        if on_html and any(it.get(name) for it in wrappers):
            continue
        missing = "<html>" if not on_html else "the outermost element in <body>"
        is_serious = name == "lang" and not on_html
        yield Finding(
            rule=name,
            level=Level.ERROR if is_serious else Level.WARNING,
            what=f"{missing} has no {name}",
            where=(missing,),
            why=f"The text is {does} by the reader's language; some programs drop one of the two",
            remedy=f"Write <mjml {name}=…>, which sets it on both",
        )


def _title(proof: Proof) -> Iterator[Finding]:
    titles = [words_of(it) for it in proof.root.iter("title")]
    if len(titles) != 1 or not titles[0]:
        yield Finding(
            rule="title",
            level=Level.ERROR,
            what="the HTML has no title" if not any(titles) else "the HTML has several titles",
            why="Screen readers begin with it, and browsers name the tab by it",
            remedy="Write one <mj-title> with the subject",
        )


def _parts(proof: Proof) -> Iterator[Finding]:
    """Texts in another script than their language's, or set from the wrong side."""
    unnamed, turned = [], []
    languages, sides = (inherited(proof.elements, name) for name in ("lang", "dir"))
    for element in proof.root.xpath("/html/body//*[text()[string-length() >= 20]]"):
        script = main_script("".join(element.xpath("text()")))
        if script is None or element in proof.hidden:
            continue
        language = languages[element]
        if not _fits(script, language):
            unnamed.append(element)
        side = "rtl" if script in ("ARABIC", "HEBREW") else "ltr"
        if (sides[element] or direction(language)) not in (side, "auto"):
            turned.append(element)
    yield from _unnamed(unnamed)
    yield from _turned(turned)


def _unnamed(found: list[Element]) -> Iterator[Finding]:
    if found:
        yield Finding(
            rule="lang-parts",
            level=Level.WARNING,
            what="text in another script than that of its language",
            where=places(found),
            why="Screen readers pronounce it by the rules of the wrong language (WCAG 3.1.2)",
            remedy="Give the element that holds it the lang of its words",
        )


def _turned(found: list[Element]) -> Iterator[Finding]:
    if found:
        yield Finding(
            rule="dir-parts",
            level=Level.WARNING,
            what="text set from the wrong side",
            where=places(found),
            why="Its full stops and quotation marks stand at the wrong end",
            remedy='Give the element that holds it dir="rtl" or dir="ltr"',
        )


def main_script(text: str) -> str | None:
    """The script that most letters of ``text`` have, in Unicode's words; None for too few."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < _ENOUGH:
        return None
    scripts = [_script(letter) for letter in letters[:500]]
    most = max(set(scripts), key=scripts.count)
    return most if scripts.count(most) > 0.6 * len(scripts) else None


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "?").split(" ")[0]
    return "CJK" if name in _KANA else name


def _fits(script: str, language: str) -> bool:
    """Whether a language is written in a script; one that we do not know is in any."""
    scripts = _OF_LANGUAGE.get(primary(language))
    return scripts is None or script in scripts or "-latn" in language.lower()


def _headings(proof: Proof) -> Iterator[Finding]:
    found = [
        (int(match[1]), element)
        for element in proof.elements
        if (match := _HEADING.fullmatch(str(element.tag))) and element not in proof.hidden
    ]
    tops = [element for level, element in found if level == 1]
    if len(tops) != 1:
        yield Finding(
            rule="heading-top",
            level=Level.WARNING,
            what="several headings <h1>" if tops else "no heading <h1>",
            where=places(tops),
            why="Those who go from heading to heading do not know where the whole begins",
            remedy="Make the masthead the one <h1>",
        )
    skips = [
        f"<h{level}> behind <h{before}>: “{shorten(words_of(element), 60)}”"
        for (before, _), (level, element) in pairwise(found)
        if level > before + 1
    ]
    if skips:
        yield Finding(
            rule="heading-order",
            level=Level.WARNING,
            what="a level of headings is skipped",
            where=tuple(skips),
            why="It reads as if a part were missing",
            remedy="Go down one level at a time; set the size by CSS",
        )


def _tables(proof: Proof) -> Iterator[Finding]:
    told = [(it, it.get("role") in ("presentation", "none")) for it in proof.root.iter("table")]
    bare = [it for it, is_layout in told if not is_layout and not _HEADED(it)]
    data = [it for it, is_layout in told if is_layout and _HEADED(it)]
    if bare:
        yield Finding(
            rule="table-role",
            level=Level.WARNING,
            what='a table for layout without role="presentation"',
            where=places(bare),
            why="Screen readers count out its rows and columns",
            remedy='Write role="presentation"; a table of data needs <th>',
        )
    if data:
        yield Finding(
            rule="table-data",
            level=Level.WARNING,
            what='a table of data with role="presentation"',
            where=places(data),
            why="Screen readers read its cells without saying what heads them",
            remedy="Leave the role out; a table for layout has no <th>",
        )


def _zoom(proof: Proof) -> Iterator[Finding]:
    views = proof.root.xpath("//meta[@name='viewport']/@content")
    if any(_LOCKED.search(view) for view in views):
        yield Finding(
            rule="zoom",
            level=Level.WARNING,
            what="the viewport forbids enlarging",
            where=tuple(views),
            why="Who needs larger letters cannot have them",
            remedy="Leave user-scalable and maximum-scale out",
        )
