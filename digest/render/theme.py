"""A theme: a folder with ``issue.mjml.j2``, ``issue.txt.j2`` and what they include.

Themes are passed around, so their templates run in jinja2's sandbox: they see the page and
nothing of the program or the machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sized
from dataclasses import dataclass
from functools import lru_cache
from inspect import currentframe
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.render import faults
from digest.render.page import Page
from digest.render.wrap import wrap
from digest.tokens import field

MARKUP, TEXT = "issue.mjml.j2", "issue.txt.j2"
#: Ends the body of a plain text mail (RFC 3676, 4.3); the only line that may end in a blank.
SIGNATURE = "-- "

#: How often a file can stand within itself.
_DEPTH = 20
#: Items of what a theme may make by repeating something: no look could be cut short at it.
_LONGEST = 1_000_000

_BLANKS = re.compile(r"[ \t]{2,}|(?<=\n)[ \t]+")
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Theme:
    """The compiled templates of one folder."""

    folder: Path
    _markup: Template
    _text: Template

    def markup(self, page: Page) -> str:
        """``page`` as MJML, line by line as the template has it but for its indentation."""
        return _BLANKS.sub(" ", self._fill(self._markup, page))

    def text(self, page: Page) -> str:
        """``page`` as plain text that ends in a line end, at most one line blank in a row."""
        lines = self._fill(self._text, page).splitlines()
        stripped = "\n".join(line if line == SIGNATURE else line.rstrip() for line in lines)
        return _GAP.sub("\n\n", stripped).strip("\n") + "\n"

    def _fill(self, template: Template, page: Page) -> str:
        try:
            return template.render(page=page)
        except Exception as error:  # a template is a program of its author: it may raise anything
            name = template.name or MARKUP
            raise faults.of_template(error, theme=self.folder, template=name) from error


def load(folder: Path) -> Theme:
    """The theme in ``folder``, compiled once for as long as no file of it changes."""
    folder = folder.absolute()
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return _compiled(folder, tuple((file.name, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=8)
def _compiled(folder: Path, stamp: tuple[tuple[str, int], ...]) -> Theme:  # noqa: ARG001  part of the key
    return Theme(
        folder,
        _template(_environment(folder, escape=True), MARKUP, folder),
        _template(_environment(folder, escape=False), TEXT, folder),
    )


def _template(environment: Environment, name: str, folder: Path) -> Template:
    try:
        return environment.get_template(name)
    except (TemplateError, OSError) as error:
        raise faults.of_template(error, theme=folder, template=name) from error


class _Files(FileSystemLoader):
    """Says of a file that is no text where it is none."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            source, file, is_fresh = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode("utf-8")
            byte = error.object[error.start]
            raise faults.FileError(f"byte 0x{byte:02x} is no UTF-8", before, template) from error
        before, nul, _ = source.partition("\0")
        if nul:
            raise faults.FileError("a NUL character", before, template)
        if template in (MARKUP, TEXT) and not source.strip():
            raise faults.FileError("the file is empty", "", template)
        return source.removeprefix("\ufeff"), file, is_fresh


class _Sandbox(ImmutableSandboxedEnvironment):
    """Remembers its verdicts: they hang on type and name, and took half of the time."""

    intercepted_binops = frozenset({"*"})
    _verdicts: ClassVar[dict[tuple[type, str], bool]] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  its name in jinja2
    ) -> Template:
        if parent and _depth(name) > _DEPTH:
            raise TemplateRuntimeError(f"'{name}' includes itself without end")
        return super().get_template(name, parent, globals)

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Sized) and isinstance(other, int) and len(one) * other > _LONGEST:
                raise SecurityError(f"something is repeated to more than {_LONGEST:,} items")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        key = (type(obj), attr)
        if key not in self._verdicts:
            self._verdicts[key] = super().is_safe_attribute(obj, attr, value)
        return self._verdicts[key]


def _depth(name: str | Template) -> int:
    """How often a template is being filled in at this moment, within itself."""
    frame, depth = currentframe(), 0
    while frame:
        # jinja2 compiles a template to a module with its name and a function of this one.
        if frame.f_code.co_name == "root" and frame.f_globals.get("name") == name:
            depth += 1
        frame = frame.f_back
    return depth


def _environment(folder: Path, *, escape: bool) -> Environment:
    environment = _Sandbox(
        loader=_Files(folder),
        # Said outright: jinja2's own choice by suffix is off for `.mjml.j2`.
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # A name that is not known complains when it is made a text, and only then.
    environment.filters["wrap"] = lambda text, *indents: wrap(str(text), *indents)
    environment.globals["field"] = field
    return environment
