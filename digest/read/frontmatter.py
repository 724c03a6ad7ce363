"""Front matter: the facts at the head of a Markdown file, in the ways that tools write them.

YAML between ``---``, TOML between ``+++``, JSON between braces, and Pandoc's ``%`` lines.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from digest.errors import ReadError
from digest.read.draft import Line
from digest.text import squeeze

_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
# The YAML parser's time is the square of the brackets that are open.
_LONGEST_HEAD, _MOST_BRACKETS = 20_000, 400
_KEY = re.compile(r"""["']?([\w-]{1,40})["']?\s{0,9}[:=]""")
_NOTHING = frozenset(("null", "~"))
_PANDOC = ("title", "author", "date")

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

#: What YAML, TOML and JSON can hold. Any: nothing is done with it but isinstance and str.
_Head = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The head of a file, and what stands under it."""

    #: The fields of a draft that it gives.
    facts: dict[str, str]
    body: str
    #: Its own lines, each explained; the body begins under ``count`` lines.
    lines: tuple[Line, ...] = ()
    count: int = 0


def split(text: str, where: str) -> Front:
    """The facts of the head and the rest; raises `ReadError` if it is broken or says "draft"."""
    lines = text.split("\n")
    head, count = _pandoc(lines) or _json(text, where) or _fenced(lines, where) or ({}, 0)
    if str(head.get("draft", "")).lower() in {"true", "yes"}:
        raise ReadError(where, "is a draft", "Take draft out of its front matter")
    return Front(
        facts=_facts(head),
        body="\n".join(lines[count:]),
        lines=tuple(_explained(lines[:count])),
        count=count,
    )


def _fenced(lines: Sequence[str], where: str) -> tuple[_Head, int] | None:
    fence = lines[0].rstrip()
    if fence not in _FENCES:
        return None
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in _FENCES[fence])
    end = next(ends, None)
    if end is None:
        if any(_KEY.match(line) for line in lines[1:2]):
            raise ReadError(where, f"line 1: front matter has no closing {fence}")
        return None  # a thematic break
    head = "\n".join(lines[1:end])
    if len(head) > _LONGEST_HEAD or head.count("[") + head.count("{") > _MOST_BRACKETS:
        raise ReadError(where, "front matter is too long or too deeply nested")
    return _yaml(head, where) if fence == "---" else _toml(head, where), end + 1


def _json(text: str, where: str) -> tuple[_Head, int] | None:
    """An object at the very start that ends with its line."""
    if not re.match(r"\{\s{0,99}\"", text):
        return None
    try:
        values, end = json.JSONDecoder().raw_decode(text[:_LONGEST_HEAD])
    except json.JSONDecodeError as error:
        why = f"line {error.lineno}: front matter is no JSON: {error.msg}"
        raise ReadError(where, why) from error
    except RecursionError as error:
        raise ReadError(where, "front matter is no JSON") from error
    return values, text[:end].count("\n") + 1


def _pandoc(lines: Sequence[str]) -> tuple[_Head, int] | None:
    """``% title``, ``% author; author`` and ``% date``, in this order."""
    count = next((n for n, line in enumerate(lines[:3]) if not line.startswith("%")), 3)
    if not count or lines[0][1:2] not in {" ", ""}:
        return None
    values = (line[1:].strip().replace(";", ",") for line in lines[:count])
    return dict(zip(_PANDOC, values, strict=False)), min(count, len(lines))


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
        scalar = each.get("name") if isinstance(each, dict) else each
        text = "" if isinstance(scalar, dict | list | None) else squeeze(str(scalar))
        if text and text.lower() not in _NOTHING:
            yield text


def _explained(lines: Sequence[str]) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        if line.strip(" {}") and line.rstrip() not in {"---", "...", "+++"}:
            pandoc = line.startswith("%") and _PANDOC[min(number, 3) - 1]
            name = _KEY.match(line.strip())
            key = pandoc or (name[1].lower() if name else "")
            label = _FIELDS.get(key, "ignored")
            yield Line(number=number, text=line.strip(), label=label, rule="front matter")
