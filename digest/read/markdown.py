"""Markdown: front matter for the facts, the parser's tokens for the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from digest.read.dates import find_date, parse_date
from digest.read.draft import Draft, Line
from digest.read.frontmatter import split
from digest.read.scraped.credits import byline
from digest.read.scraped.lines import block
from digest.read.scraped.rules import judge
from digest.text import squeeze

if TYPE_CHECKING:
    from markdown_it.token import Token

_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?:[^\[\]|\n]{1,200}\|)?(?P<words>[^\[\]|\n]{1,200})\]\]")
# Of Jekyll, Hugo and kramdown: {% %}, {{ }}, {: .class}, {#id}.
_TAG = re.compile(r"\{%[^{}\n]{0,300}%\}|\{\{[^{}\n]{0,300}\}\}|\{[:#.][^{}\n]{0,100}\}")
# What makes a block quote a note: "[!NOTE]".
_ALERT = re.compile(r"\A\[![A-Za-z]{1,20}\][+-]?")
_RAW = re.compile(r"<(script|style)\b.*?(?:</\1\s{0,9}>|\Z)", re.IGNORECASE | re.DOTALL)
# What may stand between headline and text, and in how many blocks.
_ABOVE, _MOST_ABOVE = frozenset({"byline", "date", "boilerplate"}), 3
_SIGNED = frozenset({"paragraph", "heading"})


def read_markdown(text: str, where: str = "the document") -> Draft:
    """What a Markdown file holds; raises `ReadError` naming ``where`` if its head is broken."""
    front = split(text, where)
    facts = front.facts
    tokens = _parse(_words_only(front.body))
    lines = _with_head(list(_lines(tokens, front.count, facts.get("title", ""))))
    headline = next((line.text for line in lines if line.label == "title"), "")
    given = _date(facts.get("published"))
    published = given or _day(lines)
    return Draft(
        title=facts.get("title") or headline,
        paragraphs=tuple(line.text for line in lines if line.label == "body"),
        byline=facts.get("byline") or _people(lines),
        published=published,
        dated_by="front matter" if given else "text" if published else "",
        language=facts.get("language"),
        site=facts.get("site"),
        url=facts.get("url"),
        image=facts.get("image") or next(_addresses(tokens, "image", "src"), None),
        links=tuple(_addresses(tokens, "link_open", "href")),
        section=facts.get("section"),
        lines=(*front.lines, *lines),
    )


def _date(value: str | None) -> date | None:
    return parse_date(value) if value else None


def _words_only(body: str) -> str:
    """``body`` without scripts and the tags of site generators; wiki links as their words."""
    body = _WIKI.sub(lambda link: "" if link["embed"] else link["words"], body)
    return _TAG.sub("", _RAW.sub(_blank, body))


def _blank(raw: re.Match[str]) -> str:
    """Only the line ends of what is cut out, so that later lines keep their numbers."""
    return "\n" * raw[0].count("\n")


# --- above the text


def _with_head(lines: Sequence[Line]) -> list[Line]:
    """``lines`` with by-line, date and reading time, where they stand above the text."""
    start = next((i for i, line in enumerate(lines[:2]) if line.label == "title"), -1) + 1
    signed = takewhile(bool, map(_signed, lines[start : start + _MOST_ABOVE]))
    head = [line for line in signed if line]
    return [*lines[:start], *head, *lines[start + len(head) :]]


def _signed(line: Line) -> Line | None:
    """A line that says who wrote the text and when; None if it is something else."""
    verdict = judge(block(line.number, line.text)) if line.rule in _SIGNED else None
    if not verdict or verdict.label not in _ABOVE:
        return None
    return replace(line, label=verdict.label, rule=verdict.rule)


def _people(lines: Sequence[Line]) -> str | None:
    above = (line for line in lines if line.label in _ABOVE)
    return next(filter(None, (byline(block(line.number, line.text)) for line in above)), None)


def _day(lines: Sequence[Line]) -> date | None:
    above = (find_date(line.text) for line in lines if line.label in _ABOVE)
    return next((found[0] for found in above if found), None)


# --- body


def _parse(body: str) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def _lines(tokens: Sequence[Token], offset: int, title: str) -> Iterator[Line]:
    """Every block of text with its label; one heading is the title, or repeats it."""
    parents: list[str] = []
    number = offset + 1
    headline = _headline(tokens, title)
    for token in tokens:
        number = offset + 1 + token.map[0] if token.map else number
        if token.nesting > 0:
            parents.append(token.type.removesuffix("_open"))
        elif token.nesting < 0:
            parents.pop()
        elif token.type == "inline":
            text = _text(token)
            known = ("title", "first heading") if token is headline else _label(parents, text)
            if text:
                yield Line(number=number, text=text, label=known[0], rule=known[1])
        elif token.content.strip():
            yield Line(
                number=number,
                text=squeeze(token.content),
                label="ignored",
                rule=token.type.replace("_", " "),
            )


def _headline(tokens: Sequence[Token], title: str) -> Token | None:
    """The first H1; without any, a lower heading at the very top, if no other is as high."""
    heads = [(a, b) for a, b in pairwise(tokens) if a.type == "heading_open"]
    top = [b for a, b in heads if a.tag == "h1"]
    if not top and heads and heads[0][0] is tokens[0]:
        top = [b for a, b in heads if a.tag <= tokens[0].tag]
        top = top if len(top) == 1 else []
    return next(
        (head for head in top if not title or _text(head).casefold() == title.casefold()), None
    )


def _label(parents: Sequence[str], text: str) -> tuple[str, str]:
    if parents[-1].startswith("heading"):
        return "subhead", "heading"
    if "table" in parents:
        return "ignored", "table"
    if _FOOTNOTE.match(text):
        return "ignored", "footnote"
    return "body", next((rule for kind, rule in _KINDS.items() if kind in parents), "paragraph")


_KINDS = {"list_item": "list item", "blockquote": "block quote"}


def _text(inline: Token) -> str:
    """The words of a block: links by their text, no images, no HTML, no footnote marks."""
    parts = []
    for token in inline.children or ():
        if token.type in {"text", "code_inline"}:
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    text = "".join(parts)
    marks = _FOOTNOTE.sub("", _ALERT.sub("", text))
    return squeeze(marks if not _FOOTNOTE.match(text) else text)


def _addresses(tokens: Sequence[Token], kind: str, attribute: str) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == kind:
                yield str(child.attrs.get(attribute, ""))
