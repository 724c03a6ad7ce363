"""What the checks are made of: CSS, colours, looks, the table of programs, and hostile input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from digest.check import CLIP, Finding, Level, check_spam, gate, inspect, open_proof, web_links
from digest.check.clients import TABLE, known
from digest.check.colour import BLACK, WHITE, Colour, contrast, find_colour
from digest.check.css import declarations, rules
from digest.check.looks import looks
from digest.check.marks import uses
from digest.check.named import NAMED
from digest.render import render
from digest.wiring.gate import own_copy
from tests.browser import browser
from tests.check.sample import HTML, TEXT, faults, message, swapped

__all__ = ["browser"]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("a { color: red }", [("a", ())]),
        ("a{x:1}b{y:2}", [("a", ()), ("b", ())]),
        ("/* { */ a { x: '}' }", [("a", ())]),
        ("@media (a) { b { x: 1 } }", [("b", ("@media (a)",))]),
        ("@media (a) { @page { x: 1 } }", [("@page", ("@media (a)",))]),
        ("@font-face { src: url(a;b) }", [("@font-face", ())]),
        ("@import 'a.css'; a { x: 1 }", [("@import 'a.css'", ()), ("a", ())]),
        ("a { x: 1; b { y: 2 } }", [("b", ("a",)), ("a", ())]),
        ("a { x: 1", []),
        ("} a { x: 1 }", [("} a", ())]),
        ("{" * 40 + "}" * 40, [("", ("",) * it) for it in range(31, -1, -1)]),
        ("", []),
    ],
)
def test_rules_of_a_sheet(sheet: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(rule.selector, rule.around) for rule in rules(sheet)] == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("color: red", [("color", "red", False)]),
        ("COLOR:red ! important ;", [("color", "red", True)]),
        ("src:url(data:a;b,c); x:1", [("src", "url(data:a;b,c)", False), ("x", "1", False)]),
        ("font: 'a;b'; x", [("font", "'a;b'", False)]),
        (";;:;a:", []),
    ],
)
def test_declarations_of_a_block(block: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [tuple(it) for it in declarations(block)] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#fff", WHITE),
        ("#000000", BLACK),
        ("#141311 !x", Colour(20, 19, 17)),
        ("#00000080", Colour(0, 0, 0, 128 / 255)),
        ("rgb(255, 0 ,0)", Colour(255, 0, 0)),
        ("rgb(100% 0% 0% / 50%)", Colour(255, 0, 0, 0.5)),
        ("RGBA(0,0,0,.25)", Colour(0, 0, 0, 0.25)),
        ("no-repeat Navy", Colour(0, 0, 128)),
        ("rgb(255 0 0 / 50%)", Colour(255, 0, 0, 0.5)),
        ("rgb(300, -5, none)", Colour(255, 0, 0)),
        ("hsl(120deg 100% 50%)", Colour(0, 255, 0)),
        ("hsla(0.5turn, 100%, 50%, .5)", Colour(0, 255, 255, 0.5)),
        ("hwb(0 100% 0%)", WHITE),
        ("hwb(0 80% 80%)", Colour(127.5, 127.5, 127.5)),
        ("fixed RebeccaPurple", Colour(102, 51, 153)),
        ("transparent", Colour(0, 0, 0, 0)),
        ("hsl(1, 2)", None),
        ("rgb(9 9 9 9 9)", None),
        ("--white", None),
        ("white-space", None),
        ("inherit", None),
        ("rgb(1)", None),
        ("#12345", None),
    ],
)
def test_colours(value: str, expected: Colour | None) -> None:
    assert find_colour(value) == (expected and pytest.approx(expected))


WRITTEN = (
    *NAMED,
    *("transparent", "#0F08", "#abc", "#12345678", "rgb(50.5% 0% 100% / 25%)", "rgb(1e2 0 0)"),
    *(f"hsl({hue} 60% 40%)" for hue in range(-30, 400, 43)),
    *(f"hsla({hue}deg, 35%, 70%, .5)" for hue in range(0, 360, 59)),
    *(f"hwb(0.{part}turn {part}0% {9 - part}0%)" for part in range(10)),
    *("hsl(100grad 50% 50%)", "hsl(2rad 50% 50%)"),
)


def test_colours_are_those_of_a_browser(browser: Browser) -> None:
    """Each of CSS's names, and each way to write a colour."""
    assert len(NAMED) == 148
    with browser.new_page() as page:
        shown = page.evaluate(
            """written => written.map((it) => {
                document.body.style.color = "";
                document.body.style.color = it;
                return document.body.style.color && getComputedStyle(document.body).color;
            })""",
            WRITTEN,
        )
    for written, told in zip(WRITTEN, shown, strict=True):
        ours, theirs = find_colour(written), find_colour(told)
        assert ours is not None
        assert theirs is not None
        assert ours == pytest.approx(theirs, abs=0.51), written


def test_contrast_as_wcag_has_it() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(Colour(118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast(WHITE, WHITE) == pytest.approx(1)
    assert Colour(0, 0, 0, 0.5).over(WHITE) == Colour(127.5, 127.5, 127.5)


PAGE = """<html><head><style>
#a { color: #0000ff } .b { color: #00ff00 } p { color: #ff0000 } .b { font-weight: 700 }
.loud { color: #111111 !important } @media (max-width: 9px) { p { color: #222222 } }
@media (prefers-color-scheme: dark) { p { color: #eeeeee } body { background: #000000 } }
</style></head><body style="background:#ffffff;font-size:20px">%s</body></html>"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>x</p>", "#ff0000"),
        ("<p class='b'>x</p>", "#00ff00"),
        ("<p class='b' id='a'>x</p>", "#0000ff"),
        ("<p class='b' style='color:#333333'>x</p>", "#333333"),
        ("<p class='loud' style='color:#333333'>x</p>", "#111111"),
        ("<p><i>x</i></p>", "#ff0000"),
        ("<p><a href='#'>x</a></p>", "#0000ee"),
        ("<p><a href='#' style='color:inherit'>x</a></p>", "#ff0000"),
        ("<p style='color:rgba(0,0,0,.5)'>x</p>", "#808080"),
        ("<p style='color:hsl(240 100% 50% / 50%)'>x</p>", "#8080ff"),
        ("<p style='color:slategrey'>x</p>", "#708090"),
        ("<p style='color:transparent'>x</p>", "#ffffff"),
        ("<p style='color:currentcolor'>x</p>", "#000000"),
        ("<font color='777777'>x</font>", "#777777"),
        ("<font color='Tan' style='color:#123456'>x</font>", "#123456"),
    ],
)
def test_the_cascade(html: str, expected: str) -> None:
    proof = open_proof(message(html=PAGE % html))
    *_, last = looks(proof, "light").values()
    assert str(last.colour) == expected


@pytest.mark.parametrize(
    ("told", "ground"),
    [("", "#ffffff"), ("<meta name=color-scheme content='light dark'>", "#121212")],
)
def test_what_lies_behind_all_in_the_dark(told: str, ground: str) -> None:
    sheet = "<style>@media (prefers-color-scheme: dark) { p { color: #ffffff } }</style>"
    proof = open_proof(
        message(html=f"<html><head>{told}{sheet}</head><body><p>x</p></body></html>")
    )
    *_, last = looks(proof, "dark").values()
    assert str(last.ground) == ground


@pytest.mark.parametrize(
    ("style", "ground"),
    [
        ("background:rgba(0,0,0,.5)", "#808080"),
        ("background-color:hsl(0 100% 50% / 50%)", "#ff8080"),
        ("background:transparent", "#ffffff"),
        ("background:url(wheat.png) rebeccapurple", "#663399"),
        ("background:#0000", "#ffffff"),
    ],
)
def test_a_ground_that_lets_through_what_is_behind(style: str, ground: str) -> None:
    proof = open_proof(message(html=PAGE % f"<p style='{style}'>x</p>"))
    *_, last = looks(proof, "light").values()
    assert str(last.ground) == ground


def test_dark_rules_hold_in_the_dark_only() -> None:
    proof = open_proof(message(html=PAGE % "<p class='b'>x</p><p>y</p>"))
    *_, light = looks(proof, "light").values()
    *_, dark = looks(proof, "dark").values()
    assert (str(light.colour), str(light.ground)) == ("#ff0000", "#ffffff")
    # The style attribute's ground is stronger than the sheet's, in the dark too.
    assert (str(dark.colour), str(dark.ground)) == ("#eeeeee", "#ffffff")


@pytest.mark.parametrize(
    ("html", "size", "bold"),
    [
        ("<p>x</p>", 20, False),
        ("<h2>x</h2>", 30, True),
        ("<p style='font:bold 12pt/14pt Arial'>x</p>", 16, True),
        ("<p style='font-size:.5em'>x</p>", 10, False),
        ("<p style='font-size:2rem'>x</p>", 32, False),
        ("<h2 style='font-size:50%;font-weight:normal'>x</h2>", 10, False),
        ("<p class='b'>x</p>", 20, True),
    ],
)
def test_size_and_weight(html: str, size: float, *, bold: bool) -> None:
    *_, last = looks(open_proof(message(html=PAGE % html)), "light").values()
    assert last.size == pytest.approx(size)
    assert last.bold is bold


def test_a_picture_behind_text_is_not_judged() -> None:
    proof = open_proof(message(html="<p style='background:url(red.png)'>x</p>"))
    *_, last = looks(proof, "light").values()
    assert last.ground is None


def test_marks_tell_where_a_feature_is_used() -> None:
    html = (
        "<style>.a > b:hover { gap: 1vw } @media (hover) { i { color: red } }</style>"
        "<p style='width:calc(1px + 2em);--x:1' title='1rem'>x</p>"
    )
    found = uses(open_proof(message(html=html)))
    in_sheets = {"property:gap", "unit:vw", "selector:child", "pseudo::hover", "at:@media hover"}
    in_elements = {"function:calc", "unit:em", "custom-property", "attribute:title"}
    assert {mark for mark, use in found.items() if use.in_head} >= in_sheets
    assert {mark for mark, use in found.items() if not use.in_head} >= in_elements
    assert "unit:rem" not in found


def test_the_table_of_programs_says_where_it_is_from() -> None:
    table = json.loads(TABLE.read_text("utf-8"))
    assert {"source", "licence", "date"} <= table.keys()
    licence = TABLE.with_name("clients.LICENSE").read_text("utf-8")
    assert "MIT License" in licence
    assert len(table["features"]) > 250
    assert {len(letters) for _, _, letters in table["features"].values()} == {len(table["clients"])}
    assert set(table["marks"].values()) == set(table["features"])


def test_a_feature_is_weighed_by_its_readers() -> None:
    table = known()
    assert table["element:video"].share > table["value:display:flex"].share > 0
    assert "gmail" in table["element:video"].lacking
    assert "gmail" not in table["value:display:flex"].lacking
    assert "property:padding" not in table  # MJML is built of it


def test_what_stands_in_a_sheet_only_is_a_note() -> None:
    raw = message(html=swapped(HTML, ("</style>", "p { display: flex }</style>")))
    assert faults(raw) == []
    notes = [it for it in inspect(raw).findings if "display:flex" in it.what]
    assert [it.level for it in notes] == [Level.INFO]


def test_the_gauge_says_where_gmail_clips() -> None:
    filler = f"<p>{'word ' * 21_000}</p>"
    raw = message(html=swapped(HTML, ("<h3>", f"{filler}<h3>")))
    sizes = inspect(raw).gauge
    assert sizes.html > CLIP
    assert sizes.clipped_after
    assert "word word" in sizes.clipped_after
    assert inspect(message()).gauge.clipped_after is None
    assert inspect(message()).gauge.text == len(TEXT)


def test_web_links_are_told_once() -> None:
    assert web_links(open_proof(message())) == (
        "https://courier.example/ferry",
        "https://courier.example/bread",
        "https://courier.example/leave?reader=x1",
    )


REPORT = """ 9.9 FAKED  a line of the message
Content analysis details:   ({sum} points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
{points} MISSING_DATE           Missing Date: header
"""


@pytest.mark.parametrize(
    ("points", "level", "rules"),
    [("0.1", Level.INFO, 0), (" 2.7", Level.WARNING, 1), (" 6.1", Level.ERROR, 1)],
)
def test_points_of_spamassassin(points: str, level: Level, rules: int) -> None:
    [found] = check_spam(REPORT.format(sum=points, points=points))
    assert (found.rule, found.level, len(found.where)) == ("spam", level, rules)
    assert all("MISSING_DATE" in it for it in found.where)


def test_no_report_no_points() -> None:
    assert list(check_spam("spamassassin: not today")) == []


def finding(level: Level) -> Finding:
    return Finding(rule="x", level=level, what="x", why="x", remedy="x")


@pytest.mark.parametrize(
    ("level", "count"), [(Level.ERROR, 1), (Level.WARNING, 2), (Level.INFO, 3)]
)
def test_the_gate_keeps_what_is_as_bad_or_worse(level: Level, count: int) -> None:
    found = [finding(it) for it in Level]
    assert gate(found, level) == tuple(found[:count])


def test_an_issue_of_every_language_breaks_no_rule(root: Path) -> None:
    from dataclasses import replace

    from digest.mail import form_letter
    from tests.render.sample import whole

    issue = whole()
    newsletter = replace(
        issue.newsletter,
        sender="The Courier <news@courier.example>",
        unsubscribe="https://courier.example/leave?reader={token}",
        view="https://courier.example/latest",
        address="1 Quay Street",
    )
    issue = replace(issue, newsletter=newsletter)
    edition = render(issue, theme=root / "templates" / "classic")
    assert faults(own_copy(form_letter(edition, issue, key=b"k" * 32), issue)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<style>" + '"\\' * 100_000 + "</style>",
        "<style>" + "/*" * 100_000 + "</style>",
        "<style>" + "(" * 100_000 + "</style>",
        "<style>" + "{" * 50_000 + "}" * 50_000 + "</style>",
        "<p>w " + "<a href='https://a.example/' style='text-decoration:none'>x</a>" * 5_000,
        "<table><tr><td>" * 5_000,
    ],
    ids=["quotes", "comments", "brackets", "braces", "links", "tables"],
)
def test_much_of_one_thing_is_read_in_one_pass(html: str) -> None:
    assert inspect(message(html=html, text="x")).findings


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_message_is_too_broken_to_be_checked(raw: bytes) -> None:
    assert inspect(raw).findings


PIECES = st.sampled_from(
    ["<p style='", "<a href='", "#", "http://[", "<style>", "</style>", "{", "}", "@media (", ")",
     "color:", "#fff", "rgb(", "'", '"', "<img src=", ">", "<table>", "<h3>", "url(", ";", "/*",
     "\\", "\0", "é", "𝔸", "<svg>", "<!--", "font:", "9" * 9, "::", "[a=", " ", "x"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_html_is_too_broken_to_be_checked(html: str) -> None:
    assert inspect(message(html=html, text="x")).findings


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(HTML.split("\n")[:8]), st.text(max_size=30))
def test_headers_may_hold_anything(line: str, junk: str) -> None:
    raw = f"From: {junk}\r\nSubject: {line}\r\nDate: {junk}\r\nContent-Type: {junk}\r\n\r\n"
    assert inspect(raw.encode("utf-8", "replace")).findings
