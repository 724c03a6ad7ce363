"""A theme: a folder with ``issue.mjml.j2``, ``issue.txt.j2`` and what they include.

Themes are passed around, so their templates run in jinja2's sandbox: they see the page and
nothing of the program or the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.render import faults
from digest.render.page import Page
from digest.render.wrap import wrap
from digest.tokens import field

MARKUP, TEXT = "issue.mjml.j2", "issue.txt.j2"
#: Ends the body of a plain text mail (RFC 3676, 4.3); the only line that may end in a blank.
SIGNATURE = "-- "

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
    except (TemplateError, UnicodeDecodeError, OSError) as error:
        raise faults.of_template(error, theme=folder, template=name) from error


class _Sandbox(ImmutableSandboxedEnvironment):
    """Remembers its verdicts: they hang on type and name, and took half of the time."""

    _verdicts: ClassVar[dict[tuple[type, str], bool]] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        key = (type(obj), attr)
        if key not in self._verdicts:
            self._verdicts[key] = super().is_safe_attribute(obj, attr, value)
        return self._verdicts[key]


def _environment(folder: Path, *, escape: bool) -> Environment:
    environment = _Sandbox(
        loader=FileSystemLoader(folder),
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
