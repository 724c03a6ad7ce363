"""Themes: faults are named by file, line, column and line; and a theme can do no harm."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from digest.errors import RenderError
from digest.model import Section
from digest.render import render
from tests.render.sample import CLASSIC, NOTES, issue, one


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A copy of the classic theme, to be spoiled."""
    return Path(shutil.copytree(CLASSIC, tmp_path / "mine"))


def spoil(theme: Path, old: str, new: str, file: str = "issue.mjml.j2") -> tuple[int, int]:
    """Put ``new`` for ``old`` into a file of the theme; gives its line and column."""
    source = (theme / file).read_text(encoding="utf-8")
    before, found, after = source.partition(old)
    assert found
    (theme / file).write_text(before + new + after, encoding="utf-8")
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


FAULTS = {
    "tag of jinja2 that is none": (
        "issue.mjml.j2",
        "{% for section in",
        "{% far section in",
        "unknown tag 'far'",
        3,
    ),
    "expression that does not end": ("issue.mjml.j2", "{{ page.why }}", "{{ page.why }", "'}'", 12),
    "name that is not known": (
        "issue.mjml.j2",
        "{{ page.why }}",
        "{{ page.wye }}",
        "no attribute 'wye'",
        8,
    ),
    "error at run time": ("issue.mjml.j2", "{{ page.why }}", "{{ 1 // 0 }}", "zero", 0),
    "name in the text": (
        "issue.txt.j2",
        "{{ page.held | wrap }}",
        "{{ held | wrap }}",
        "'held' is undefined",
        3,
    ),
    "syntax of a style sheet": (
        "head.css",
        "{{ inks('') }}",
        "{{ inks('' }}",
        "unexpected '}'",
        11,
    ),
    "tag of MJML that is not closed": (
        "issue.mjml.j2",
        "<mj-column>",
        "<mj-colum>",
        "mj-colum>",
        0,
    ),
    "tag of HTML that is not closed": (
        "issue.mjml.j2",
        "<mj-raw>\n      <div",
        "<mj-raw>\n      <b><div",
        "<b> is not closed before </mj-raw>",
        2,
    ),
    "attribute without quotation marks": (
        "issue.mjml.j2",
        '<mj-raw>\n      <meta name="description"',
        "<mj-raw>\n      <meta name=description",
        "an attribute without quotation marks",
        2,
    ),
    "angle bracket in a text": (
        "issue.mjml.j2",
        '<h1 class="title">',
        "a < b",
        "should be &lt;",
        2,
    ),
    "tag that is closed twice": (
        "issue.mjml.j2",
        "</mj-head>",
        "</mj-head></mj-head>",
        "is not closed before </mj-head>",
        None,
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "why", "shift"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named(
    theme: Path, file: str, old: str, new: str, why: str, shift: int | None
) -> None:
    line, column = spoil(theme, old, new, file)
    if old.startswith("<mj-raw>\n"):
        line += 1
    told = issue(Section(name="A", stories=NOTES), held=2)
    with pytest.raises(RenderError) as caught:
        render(told, theme=theme)
    assert why in caught.value.why
    if shift is not None:
        path, _, place = caught.value.where.partition(f"{file}:")
        assert path == f"{theme}/"
        assert tuple(map(int, place.split(":"))) == (line, column + shift)
        source = (theme / file).read_text(encoding="utf-8").splitlines()
        assert caught.value.remedy == f"The line: {source[line - 1].strip()[:120]}"


def test_a_fault_that_was_filled_in_is_named_as_filled_in(theme: Path) -> None:
    spoil(theme, "<h1 class", "\n{{ '<i ' | safe }}id='{{ page.title }}'>\n<h1 class")
    with pytest.raises(RenderError, match=r"as filled in:\d+:1: <i> is not closed") as caught:
        render(one(NOTES[0]), theme=theme)
    assert caught.value.remedy == "The line: <i id='The Quay Letter'>"


def test_an_error_survives_pickling(theme: Path) -> None:
    spoil(theme, "{{ page.why }}", "{{ nothing }}")
    with pytest.raises(RenderError) as caught:
        render(one(NOTES[0]), theme=theme)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  made here


@pytest.mark.parametrize("file", ["issue.mjml.j2", "issue.txt.j2"])
def test_a_missing_file_is_named(theme: Path, file: str) -> None:
    (theme / file).unlink()
    with pytest.raises(RenderError) as caught:
        render(one(NOTES[0]), theme=theme)
    assert caught.value.where == str(theme / file)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"nowhere/issue\.mjml\.j2: the theme has no such file"):
        render(one(NOTES[0]), theme=tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_named(theme: Path) -> None:
    (theme / "issue.txt.j2").write_bytes("Words\nGrüße an alle".encode("latin-1"))
    with pytest.raises(RenderError) as caught:
        render(one(NOTES[0]), theme=theme)
    assert caught.value.where == f"{theme / 'issue.txt.j2'}:2:3"
    assert caught.value.why == "byte 0xfc is no UTF-8"
    assert caught.value.remedy == "The line: Gr\ufffd\ufffde an alle"


WITHOUT_END = "without end"
ODD = {
    "a NUL character": ("issue.mjml.j2", "a\0b", "a NUL character", 1),
    "a NUL character in the text": ("issue.txt.j2", "\0", "a NUL character", 0),
    "a tag that MJML has not": ("issue.mjml.j2", "<mj-foo>x</mj-foo>", "<mj-foo> is no tag", 0),
    "an image without alt": ("issue.mjml.j2", '<img src="x" />', "an image without alt", 0),
    "a file that is not there": ("issue.mjml.j2", "{% include 'no' %}", "has no file 'no'", 12),
    "macros from nowhere": ("issue.txt.j2", "{% from 'no' import x %}", "has no file 'no'", 9),
    "endless include": ("issue.mjml.j2", "{% include 'issue.mjml.j2' %}", WITHOUT_END, 12),
    "endless include in text": ("issue.txt.j2", "{% include 'issue.txt.j2' %}", WITHOUT_END, 12),
    "endless inheritance": ("issue.txt.j2", "{% extends 'issue.txt.j2' %}", WITHOUT_END, 12),
    "endless macro": (
        "issue.txt.j2",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        WITHOUT_END,
        0,
    ),
}


@pytest.mark.parametrize(("file", "new", "why", "shift"), ODD.values(), ids=ODD.keys())
def test_what_is_odd_is_named_with_its_line(
    theme: Path, file: str, new: str, why: str, shift: int
) -> None:
    old = "{{ page.why" if file == "issue.txt.j2" else "{{ page.why }}"
    line, column = spoil(theme, old, new + old, file)
    with pytest.raises(RenderError) as caught:
        render(one(NOTES[0]), theme=theme)
    assert why in caught.value.why
    assert caught.value.where == f"{theme / file}:{line}:{column + shift}"
    assert new[:8] in caught.value.remedy


@pytest.mark.parametrize("file", ["issue.mjml.j2", "issue.txt.j2"])
def test_an_empty_file_is_named(theme: Path, file: str) -> None:
    (theme / file).write_text("\n", encoding="utf-8")
    with pytest.raises(RenderError) as caught:
        render(one(NOTES[0]), theme=theme)
    assert (caught.value.where, caught.value.why) == (f"{theme / file}:1:1", "the file is empty")


def test_a_missing_style_sheet_is_named_where_it_is_asked_for(theme: Path) -> None:
    (theme / "inline.css").unlink()
    line, column = spoil(theme, "'inline.css'", "'inline.css'")
    with pytest.raises(RenderError, match=r"the theme has no file 'inline\.css'") as caught:
        render(one(NOTES[0]), theme=theme)
    assert caught.value.where == f"{theme / 'issue.mjml.j2'}:{line}:{column + 1}"


def test_words_before_the_mjml_are_named(theme: Path) -> None:
    (theme / "issue.mjml.j2").write_text("\nhello\n", encoding="utf-8")
    with pytest.raises(RenderError, match="does not begin with <mjml>") as caught:
        render(one(NOTES[0]), theme=theme)
    assert caught.value.where == f"{theme / 'issue.mjml.j2'}:2:1"


def test_a_byte_order_mark_is_no_fault(theme: Path) -> None:
    file = theme / "issue.mjml.j2"
    before = render(one(NOTES[0]), theme=theme)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert render(one(NOTES[0]), theme=theme) == before


FORBIDDEN = {
    "class of a value": "{{ page.__class__.__mro__ }}",
    "globals of a function": "{{ page.headlines.__iter__.__self__ }}",
    "format string": "{{ '{0.__class__}'.format(page) }}",
    "file outside": "{% include '../secret.txt' %}",
    "absolute file": "{% include '/etc/hostname' %}",
    "endless range": "{% for x in range(10**9) %}{% endfor %}",
    "endless text": "{{ 'a' * 10**9 }}",
    "endless list": "{{ (10**9 * [1])|length }}",
}


@pytest.mark.parametrize("code", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_a_theme_sees_the_page_and_nothing_else(theme: Path, code: str) -> None:
    (theme.parent / "secret.txt").write_text("secret", encoding="utf-8")
    spoil(theme, "{{ page.why }}", code)
    with pytest.raises(RenderError):
        render(one(NOTES[0]), theme=theme)


def test_a_changed_theme_is_compiled_anew(theme: Path) -> None:
    before = render(one(NOTES[0]), theme=theme)
    spoil(theme, "<h1 class", "<p>New</p><h1 class")
    stamp = (theme / "issue.mjml.j2").stat().st_mtime_ns + 1_000_000
    os.utime(theme / "issue.mjml.j2", ns=(stamp, stamp))
    after = render(one(NOTES[0]), theme=theme)
    assert "<p>New</p>" not in before.html
    assert "<p>New</p>" in after.html


COMPLAINTS = {
    "no title": ("<mj-title>{{ page.subject }}</mj-title>", "", "<mj-title>"),
    "no language": (' lang="{{ page.language }}"', "", '<mjml> needs lang="en"'),
    "no direction": (' dir="{{ page.dir }}">', ">", '<mjml> needs dir="ltr"'),
    "image without alt": ("<h1 class", '<img src="cid:x" /><h1 class', "an image without alt"),
    "unknown tag": ("<h1 class", "<mj-txt>x</mj-txt><h1 class", "<mj-txt> is no tag of MJML"),
    "no way out": ("{{ page.unsubscribe }}", "#", "the HTML has no link to {{ page.unsubscribe }}"),
    "too much style": ("{% include 'head.css' %}", "a{color:red}" * 700, "more than 8,192"),
    "at-rule to be inlined": ("{% include 'inline.css' %}", "@media x{a{b:c}}", "at-rule"),
}


@pytest.mark.parametrize(("old", "new", "why"), COMPLAINTS.values(), ids=COMPLAINTS.keys())
def test_what_must_be_true_of_every_edition(theme: Path, old: str, new: str, why: str) -> None:
    spoil(theme, old, new)
    with pytest.raises(RenderError) as caught:
        render(one(NOTES[0]), theme=theme)
    assert why in caught.value.why


def test_the_text_too_must_lead_out(theme: Path) -> None:
    spoil(theme, "{{ page.unsubscribe }}", "by telephone", "issue.txt.j2")
    with pytest.raises(RenderError, match=r"the text has no link to \{\{ page.unsubscribe \}\}"):
        render(one(NOTES[0]), theme=theme)
