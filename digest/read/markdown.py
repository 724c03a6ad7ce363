"""Markdown: front matter for the facts, the parser's tokens for the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from digest.errors import ReadError
from digest.read.dates import parse_date
from digest.read.draft import Draft, Line
from digest.text import squeeze

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCES = {"---": "YAML", "+++": "TOML"}
# The YAML parser's time is the square of the brackets that are open.
_LONGEST_HEAD, _MOST_BRACKETS = 20_000, 400
_KEY = re.compile(r"""["']?([\w-]{1,40})["']?\s{0,9}[:=]""")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_RAW = re.compile(r"<(script|style)\b.*?(?:</\1\s{0,9}>|\Z)", re.IGNORECASE | re.DOTALL)

# Which field a key of the front matter gives.
_FIELDS = {
    "title": "title", "headline": "title",
    "byline": "byline", "author": "byline", "authors": "byline",
    "date": "published", "published": "published",
    "lang": "language", "language": "language",
    "site": "site", "publication": "site",
    "url": "url", "canonical": "url", "canonical_url": "url",
    "image": "image", "cover": "image",
    "section": "section", "category": "section",
}  # fmt: skip

#: What YAML and TOML can hold. Any: nothing is done with it but isinstance and str.
_Head = dict[str, Any]


def read_markdown(text: str, where: str = "the document") -> Draft:
    """What a Markdown file holds; raises `ReadError` naming ``where`` if its head is broken."""
    head, body, offset = _split(text, where)
    facts = _facts(head)
    tokens = _parse(_RAW.sub(_blank, body))
    lines = list(_lines(tokens, offset, facts.get("title", "")))
    title = next((line.text for line in lines if line.label == "title"), "")
    return Draft(
        title=facts.get("title") or title,
        paragraphs=tuple(line.text for line in lines if line.label == "body"),
        byline=facts.get("byline"),
        published=_date(facts.get("published")),
        language=facts.get("language"),
        site=facts.get("site"),
        url=facts.get("url"),
        image=facts.get("image") or next(_images(tokens), None),
        section=facts.get("section"),
        lines=(*_head_lines(text, offset), *lines),
    )


def _blank(raw: re.Match[str]) -> str:
    """Only the line ends of what is cut out, so that later lines keep their numbers."""
    return "\n" * raw[0].count("\n")


# --- front matter


def _split(text: str, where: str) -> tuple[_Head, str, int]:
    """The front matter's values, the rest, and how many lines the front matter takes."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    if fence not in _FENCES:
        return {}, text, 0
    ends = (n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == fence)
    end = next(ends, None)
    if end is None:
        if any(_KEY.match(line) for line in lines[1:2]):
            raise ReadError(where, f"line 1: front matter has no closing {fence}")
        return {}, text, 0  # a thematic break
    head = "\n".join(lines[1:end])
    if len(head) > _LONGEST_HEAD or head.count("[") + head.count("{") > _MOST_BRACKETS:
        raise ReadError(where, "front matter is too long or too deeply nested")
    values = _yaml(head, where) if fence == "---" else _toml(head, where)
    return values, "\n".join(lines[end + 1 :]), end + 1


def _yaml(head: str, where: str) -> _Head:
    """Every scalar stays a string: ``lang: no`` is Norwegian, and a date is read as anywhere."""
    import yaml

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(head)):
            raise ReadError(where, "front matter holds a YAML alias", "Write the value out")
        # BaseLoader makes strings, lists and dicts only: safer than the safe one.
        values = yaml.load(head, yaml.BaseLoader)  # noqa: S506 - see the line above
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ReadError(where, f"line {line}: front matter is no YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ReadError(where, "front matter is no YAML") from error
    if not isinstance(values, dict | None):
        raise ReadError(where, "line 2: front matter has no keys", "Write them as key: value")
    return values or {}


def _toml(head: str, where: str) -> _Head:
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"(.*) \(at (?:line (\d+)|end).*\)", str(error))
        problem, line = (found[1], found[2]) if found else (str(error), None)
        number = int(line) + 1 if line else head.count("\n") + 2
        raise ReadError(where, f"line {number}: front matter is no TOML: {problem}") from error
    except RecursionError as error:
        raise ReadError(where, "front matter is no TOML") from error


def _facts(head: _Head) -> dict[str, str]:
    """The fields that the front matter gives; of two keys for one field the first counts."""
    facts: dict[str, str] = {}
    for name, value in head.items():
        field = _FIELDS.get(str(name).lower())
        if field and (words := ", ".join(_words(value))):
            facts.setdefault(field, words)
    return facts


def _words(value: object) -> Iterator[str]:
    """A scalar, the scalars of a list, or the names of a list of persons."""
    for each in value if isinstance(value, list) else [value]:
        scalar = each.get("name", "") if isinstance(each, dict) else each
        if not isinstance(scalar, dict | list) and (text := squeeze(str(scalar))):
            yield text


def _date(value: str | None) -> date | None:
    return parse_date(value) if value else None


def _head_lines(text: str, count: int) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n")[:count], start=1):
        if line.strip() and line.rstrip() not in _FENCES:
            name = _KEY.match(line)
            label = _FIELDS.get(name[1].lower(), "ignored") if name else "ignored"
            yield Line(number=number, text=line.strip(), label=label, rule="front matter")


# --- body


def _parse(body: str) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def _lines(tokens: Sequence[Token], offset: int, title: str) -> Iterator[Line]:
    """Every block of text with its label; the first H1 is the title, or repeats it."""
    parents: list[str] = []
    number = offset + 1
    titled = False
    for token in tokens:
        number = offset + 1 + token.map[0] if token.map else number
        if token.nesting > 0:
            parents.append(
                token.type.removesuffix("_open") + token.tag[1:] * ("heading" in token.type)
            )
        elif token.nesting < 0:
            parents.pop()
        elif token.type == "inline":
            text = _text(token)
            is_title = parents[-1] == "heading1" and not titled and _same(text, title)
            titled = titled or is_title
            label, rule = ("title", "first heading") if is_title else _label(parents, text)
            if text:
                yield Line(number=number, text=text, label=label, rule=rule)
        elif token.content.strip():
            yield Line(
                number=number,
                text=squeeze(token.content),
                label="ignored",
                rule=token.type.replace("_", " "),
            )


def _same(heading: str, title: str) -> bool:
    return not title or heading.casefold() == title.casefold()


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
    marks = _FOOTNOTE.sub("", text)
    return squeeze(marks if not _FOOTNOTE.match(text) else text)


def _images(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                yield str(child.attrs.get("src", ""))
