"""What the checks are made of: CSS, marks, the table of programs, and hostile input."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.check import CLIP, Finding, Level, check_spam, gate, inspect, open_proof, web_links
from digest.check.clients import TABLE, known
from digest.check.css import declarations, rules
from digest.check.marks import uses
from digest.render import render
from digest.wiring.gate import own_copy
from tests.check.sample import HTML, TEXT, faults, message, swapped


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


def test_a_full_issue_by_default_settings_breaks_no_rule(root: Path) -> None:
    from digest.config import Settings
    from digest.mail import form_letter
    from digest.render import fit
    from tests.render.test_budget import many

    issue = many(300)
    newsletter = replace(
        issue.newsletter,
        sender="The Courier <news@courier.example>",
        unsubscribe="https://courier.example/leave?reader={token}",
    )
    issue = replace(issue, newsletter=newsletter)
    budget = Settings().edition.budget
    issue, edition = fit(issue, theme=root / "templates" / "classic", budget=budget)
    raw = own_copy(form_letter(edition, issue, key=b"k" * 32), issue)
    assert 0.95 * budget < inspect(raw).gauge.html
    assert faults(raw) == []
    [note] = [it for it in inspect(raw).findings if it.rule == "size"]
    assert note.level is Level.INFO


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
