"""Faults of a theme, named by file, line, column and the offending line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from traceback import walk_tb

import jinja2

from digest.errors import RenderError

_CLIP = 120
_NAMED = re.compile(r"'([^']+)'")
_REFERENCE = re.compile(r"&#\d{3,};")


class FileError(jinja2.TemplateSyntaxError):
    """A file of a theme that cannot be read as text, or holds none: why, and what is before it."""

    def __init__(self, why: str, before: str, name: str) -> None:
        super().__init__(why, before.count("\n") + 1, name)
        self.column = len(before.rpartition("\n")[2]) + 1


def of_template(error: Exception, *, theme: Path, template: str) -> RenderError:
    """What ``template``, or one that it includes, got wrong in jinja2's language."""
    file, number = _place(error, theme=theme, template=template)
    why = _why(error)
    lines = _lines(theme / file)
    if isinstance(error, FileError):
        line = lines[number - 1] if number <= len(lines) else ""
        return _fault(f"{theme / file}:{number}:{error.column}", why, line)
    if not 0 < number <= len(lines):
        if isinstance(error, jinja2.TemplateNotFound):
            return RenderError(str(theme / (error.name or template)), "the theme has no such file")
        return RenderError(str(theme / file), why)
    line = lines[number - 1]
    return _fault(f"{theme / file}:{number}:{_column(line, why)}", why, line)


def of_edition(wrong: Sequence[tuple[str, str]], *, theme: Path) -> RenderError:
    """What is wrong with what a theme made, each with a pattern of what makes it so there."""
    why = "; ".join(told for told, _ in wrong)
    for _, pattern in wrong:
        for file in sorted(theme.glob("*.j2")) if pattern else ():
            text = "\n".join(_lines(file))
            if match := re.search(pattern, text):
                before = text[: match.start()]
                number, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
                return _fault(f"{file}:{number}:{column}", why, text.split("\n")[number - 1])
    return RenderError(str(theme), why)


def of_markup(
    why: str, source: str, offset: int | None, *, theme: Path, template: str
) -> RenderError:
    """What is wrong with the MJML ``source`` that ``template`` produced, at ``offset`` of it.

    The place is that in the theme if the line can be told there, else that in what was produced.
    """
    if offset is None:
        return RenderError(str(theme / template), why)
    number, start = source.count("\n", 0, offset) + 1, source.rfind("\n", 0, offset) + 1
    line = source[start:].split("\n", 1)[0]
    start += len(line) - len(line.lstrip())
    column = len(_REFERENCE.sub("x", source[start:offset]))
    origin = _origin(line.strip(), theme)
    if origin is None:
        return _fault(f"{theme / template}, as filled in:{number}:{column + 1}", why, line)
    file, number, text = origin
    indent, constant = len(text) - len(text.lstrip()), len(_constant(text))
    return _fault(f"{file}:{number}:{indent + min(column, constant) + 1}", why, text)


def _origin(line: str, theme: Path) -> tuple[Path, int, str] | None:
    """File, number and text of the one line of the theme that best explains ``line``."""
    found = [
        (len(constant), file, number, text)
        for file in sorted(theme.glob("*.j2"))
        for number, text in enumerate(_lines(file), 1)
        if (constant := _constant(text))
        and (line == constant or (line.startswith(constant) and constant != text.strip()))
    ]
    longest = max((place[0] for place in found), default=0)
    best = [place for place in found if place[0] == longest]
    return best[0][1:] if len(best) == 1 else None


def _constant(text: str) -> str:
    """What a template's line begins with before anything is filled in."""
    return text.strip().partition("{")[0]


def _fault(where: str, why: str, line: str) -> RenderError:
    told = f"The line: {line.strip()[:_CLIP]}" if line.strip() else ""
    return RenderError(where, why.rstrip("."), told)


def _why(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"the theme has no file '{error.name}'"
    if isinstance(error, RecursionError):
        return "what stands here calls itself without end"
    if isinstance(error, jinja2.TemplateError) and error.message:
        return error.message  # and not the file besides
    return str(error) or type(error).__name__


def _place(error: Exception, *, theme: Path, template: str) -> tuple[str, int]:
    """File and line; those of an error at run time are those of jinja2's last frame."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name or template, error.lineno
    frames = [(Path(f.f_code.co_filename), n) for f, n in walk_tb(error.__traceback__)]
    inside = [(str(f.relative_to(theme)), n) for f, n in frames if theme in f.parents]
    if not inside:
        return template, 0
    # An endless call ends anywhere; what is called most is what calls itself.
    return Counter(inside).most_common(1)[0][0] if isinstance(error, RecursionError) else inside[-1]


def _column(line: str, why: str) -> int:
    """Where the word that the message names stands, else where the first tag begins."""
    named = [line.find(word) for word in reversed(_NAMED.findall(why)) if word in line]
    return (named[0] if named else max(line.find("{"), 0)) + 1


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
