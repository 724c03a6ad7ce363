"""Each rule with a message that breaks it and nothing else, beside the one that breaks none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.check import Level, inspect
from digest.cli.commands import cli
from tests.check.sample import HEADERS, HTML, TEXT, Swap, faults, message, swapped

ERROR, WARNING = Level.ERROR, Level.WARNING
LINK = 'href="https://courier.example/ferry"'
IMAGE = 'src="https://courier.example/quay.png"'
ARABIC = "افتتح ميناء الرملة يوم الخميس مكتبة على ظهر عبّارة قديمة"
GREEK = "Ο φάρος του ακρωτηρίου άναψε ξανά χθες το βράδυ"


def test_the_sample_breaks_no_rule() -> None:
    assert faults(message()) == []


#: Name of the rule, how bad it is, and what changes in the HTML.
IN_HTML: list[tuple[str, Level, list[Swap]]] = [
    ("lang", ERROR, [('<html lang="en"', "<html")]),
    ("lang", WARNING, [('role="article" lang="en"', 'role="article"')]),
    ("dir", WARNING, [('role="article" lang="en" dir="ltr"', 'role="article" lang="en"')]),
    ("title", ERROR, [("<title>The Courier: Night ferry saved</title>", "<title> </title>")]),
    ("title", ERROR, [("</title>", "</title><title>Again</title>")]),
    ("heading-top", WARNING, [("<h1>The Courier</h1>", "<p>The Courier</p>")]),
    ("heading-top", WARNING, [("h2>", "h1>"), ("h3>", "h2>")]),
    ("heading-order", WARNING, [("h3>", "h4>")]),
    ("table-role", WARNING, [('<table role="presentation"', "<table")]),
    ("table-data", WARNING, [("<tr><td>", "<tr><th>Day</th></tr><tr><td>")]),
    ("zoom", WARNING, [("initial-scale=1", "initial-scale=1, user-scalable=no")]),
    ("lang-parts", WARNING, [("Bakers sail at four", f"Bakers said: {GREEK}")]),
    ("text-size", WARNING, [("<p>Bakers", '<p style="font-size:11px">Bakers')]),
    ("text-justified", WARNING, [("<p>Bakers", '<p style="text-align:justify">Bakers')]),
    ("link-underline", WARNING, [(f'{LINK} style="', f'{LINK} style="text-decoration:none;')]),
    ("contrast-light", WARNING, [("<p>Bakers", '<p style="color:#808080">Bakers')]),
    ("contrast-light", ERROR, [("<p>Bakers", '<p class="q" style="color:#dddddd">Bakers')]),
    ("contrast-dark", WARNING, [("color: #f0927f", "color: #a8523f")]),
    ("contrast-dark", ERROR, [("; color: #d9d3c8 !important", "")]),
    ("link-nowhere", ERROR, [("<h3>", '<p><a href="#">Up</a></p><h3>')]),
    ("link-relative", ERROR, [("<h3>", '<p><a href="/bread">Bread</a></p><h3>')]),
    ("link-scheme", ERROR, [("<h3>", '<p><a href="javascript:go()">Go</a></p><h3>')]),
    ("link-scheme", ERROR, [("<h3>", '<p><a href="data:text/html,x">Go</a></p><h3>')]),
    ("link-anchor", WARNING, [("<h3>", '<p><a href="#bread">Bread</a></p><h3>')]),
    ("link-empty", ERROR, [("the night\nferry</a>", "</a>")]),
    ("link-text", WARNING, [("the night\nferry</a>", "Read more …</a>")]),
    ("link-same-text", WARNING, [("the night\nferry</a>", "their guild</a>")]),
    ("image-alt", ERROR, [(' alt="People on the quay"', "")]),
    ("image-alt-name", WARNING, [("People on the quay", "IMG 2041.jpeg")]),
    ("image-width", WARNING, [(' width="520"', "")]),
    ("image-wide", WARNING, [('width="520"', 'width="1200"')]),
    ("image-inlaid", WARNING, [(IMAGE, 'src="data:image/png;base64,iVBORw0KGgo="')]),
    ("image-source", ERROR, [(IMAGE, 'src="quay.png"')]),
    ("image-http", WARNING, [(IMAGE, 'src="http://courier.example/quay.png"')]),
    ("image-format", WARNING, [("quay.png", "quay.webp")]),
    ("preheader", WARNING, [("Four votes, and four hundred people in the rain", "")]),
    ("preheader-length", WARNING, [("Four votes", "Four votes " * 15)]),
    ("parity-headlines", WARNING, [("A boat and its bread", "A boat and its cake")]),
    ("clients", WARNING, [("<p>Bakers", '<p style="display:flex">Bakers')]),
    ("clients", WARNING, [("<p>Bakers", '<p style="margin:1rem">Bakers')]),
    ("clients", WARNING, [("<h3>", "<video></video><h3>")]),
    ("style-size", WARNING, [("</style>", f"{'.a { color: #222 } ' * 500}</style>")]),
    ("style-size", ERROR, [("</style>", f"{'.a { color: #222 } ' * 1_000}</style>")]),
    ("style-nested", WARNING, [("</style>", "@media print { @page { margin: 0 } }</style>")]),
    ("size", WARNING, [("</h3>", f"</h3><!--{'x' * 100_000}-->")]),
    ("size", ERROR, [("</h3>", f"</h3><!--{'x' * 110_000}-->")]),
]


@pytest.mark.parametrize(("rule", "level", "swaps"), IN_HTML, ids=[it[0] for it in IN_HTML])
def test_html_that_breaks_one_rule(rule: str, level: Level, swaps: list[Swap]) -> None:
    [found] = faults(message(html=swapped(HTML, *swaps)))
    assert (found.rule, found.level) == (rule, level)
    assert found.what
    assert found.why
    assert found.remedy


#: Name of the rule, how bad it is, and what stands in a comment for Outlook.
IN_OUTLOOK: list[tuple[str, Level, str]] = [
    ("outlook-image-alt", ERROR, f"<v:image {IMAGE} />"),
    ("outlook-image-alt", ERROR, f'<v:rect fill="true"><v:fill type="frame" {IMAGE} /></v:rect>'),
    ("outlook-image-alt", ERROR, f'<v:shape style="width:9px"><v:imagedata {IMAGE} /></v:shape>'),
    ("outlook-image-alt", ERROR, f'<img {IMAGE} width="520">'),
    ("outlook-image-width", WARNING, f'<img {IMAGE} alt="People on the quay">'),
    ("outlook-image-source", ERROR, '<v:image src="quay.png" alt="People on the quay" />'),
    ("outlook-image-source", ERROR, '<v:rect><v:fill src="quay.png" /><v:textbox>'),
    ("outlook-image-http", WARNING, '<v:image src="http://courier.example/q.png" alt="" />'),
    ("outlook-link-nowhere", ERROR, '<v:roundrect href=""><center>Go</center></v:roundrect>'),
    ("outlook-link-relative", ERROR, '<v:roundrect href="/go"><center>Go</center></v:roundrect>'),
    ("outlook-link-scheme", ERROR, '<a href="javascript:go()">Go</a>'),
    ("outlook-link-empty", ERROR, f"<v:rect {LINK}></v:rect>"),
    ("outlook-link-empty", ERROR, f"<a {LINK}></a>"),
    ("outlook-link", WARNING, '<v:rect href="https://courier.example/cake"><center>Go</center>'),
    (
        "outlook-shape",
        WARNING,
        "<v:rect><v:textbox><h2>Night ferry saved</h2></v:textbox></v:rect>",
    ),
    ("outlook-shape", WARNING, f"<v:rect><v:textbox><a {LINK}>The ferry</a></v:textbox></v:rect>"),
]


def for_outlook(content: str, condition: str = "mso | IE") -> bytes:
    comment = f"<!--[if {condition}]>{content}<![endif]-->"
    return message(html=swapped(HTML, ("<h3>", f"{comment}<h3>")))


@pytest.mark.parametrize(("rule", "level", "content"), IN_OUTLOOK, ids=[it[0] for it in IN_OUTLOOK])
def test_a_part_for_outlook_that_breaks_one_rule(rule: str, level: Level, content: str) -> None:
    [found] = faults(for_outlook(content))
    assert (found.rule, found.level) == (rule, level)
    assert found.where[0].startswith("<!--[if mso]> <")


@pytest.mark.parametrize(
    "content",
    [
        "",
        f"<v:roundrect {LINK}><w:anchorlock/><center>The night ferry</center></v:roundrect>",
        f"<v:roundrect {LINK}><center>",
        f'<v:image {IMAGE} alt="" />',
        f'<v:image {IMAGE} style="width:600px;z-index:-3;" />',
        f'<v:rect alt="People on the quay"><v:fill {IMAGE} /></v:rect>',
        f'<v:rect fill="true"><v:fill type="tile" {IMAGE} /><v:textbox inset="0">',
        '<v:rect fillcolor="#ffffff"><v:fill opacity="50%" /></v:rect>',
        "</td></tr></table>",
        "<xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml>",
        '<v:rect href="https://a.example',
        "< > <<",
    ],
)
def test_a_part_for_outlook_that_breaks_none(content: str) -> None:
    assert faults(for_outlook(content)) == []


@pytest.mark.parametrize("condition", ["!mso", "!mso | IE", "lt IE 9"])
def test_a_part_that_outlook_does_not_see(condition: str) -> None:
    assert faults(for_outlook("<v:image>", condition)) == []


BOTH: list[tuple[str, Level, Swap]] = [
    ("link-token", ERROR, ("https://courier.example/ferry", "https://m.invalid/__VIEW__")),
    ("link-http", WARNING, ("https://courier.example/ferry", "http://courier.example/ferry")),
    ("link-broken", ERROR, ("https://courier.example/ferry", "https://courier/ferry")),
]


@pytest.mark.parametrize(("rule", "level", "swap"), BOTH, ids=[it[0] for it in BOTH])
def test_an_address_that_is_wrong_in_both_parts(rule: str, level: Level, swap: Swap) -> None:
    [found] = faults(message(html=swapped(HTML, swap), text=swapped(TEXT, swap)))
    assert (found.rule, found.level) == (rule, level)
    assert swap[1] in found.where[0]


IN_TEXT: list[tuple[str, Swap]] = [
    ("parity-headlines", ("A boat and its bread\n", "")),
    ("parity-links", ("https://courier.example/bread\n", "")),
    ("parity-extra", ("Unsubscribe:", "https://courier.example/more\nUnsubscribe:")),
]


@pytest.mark.parametrize(("rule", "swap"), IN_TEXT, ids=[it[0] for it in IN_TEXT])
def test_text_that_does_not_say_what_the_html_says(rule: str, swap: Swap) -> None:
    [found] = faults(message(text=swapped(TEXT, swap)))
    assert (found.rule, found.level) == (rule, WARNING)


IN_HEADERS: list[tuple[str, Level, dict[str, str | None]]] = [
    ("header-missing", ERROR, {"Date": None}),
    ("header-missing", ERROR, {"Message-ID": None}),
    ("header-missing", ERROR, {"To": None}),
    ("header-date", ERROR, {"Date": "the day before yesterday"}),
    ("header-id", ERROR, {"Message-ID": "<1234 at courier>"}),
    ("header-from", ERROR, {"From": "a@courier.example, b@courier.example"}),
    ("header-bytes", WARNING, {"To": "ñora@post.example"}),
    ("subject", ERROR, {"Subject": None}),
    ("subject-length", WARNING, {"Subject": "Night ferry saved " * 10}),
    ("subject-shouting", WARNING, {"Subject": "NIGHT FERRY SAVED"}),
    ("unsubscribe", WARNING, {"List-Unsubscribe": None}),
    ("unsubscribe-link", WARNING, {"List-Unsubscribe": "<https://courier.example/bye>"}),
    ("one-click", WARNING, {"List-Unsubscribe-Post": None}),
    ("one-click-header", ERROR, {"List-Unsubscribe-Post": "One-Click"}),
    ("one-click-signed", WARNING, {"DKIM-Signature": "v=1; h=from:date; d=courier.example"}),
]


@pytest.mark.parametrize(("rule", "level", "changes"), IN_HEADERS, ids=[it[0] for it in IN_HEADERS])
def test_headers_that_break_one_rule(
    rule: str, level: Level, changes: dict[str, str | None]
) -> None:
    [found] = faults(message(headers=changes))
    assert (found.rule, found.level) == (rule, level)


def reordered() -> bytes:
    head, text, html, *rest = message().split(b"--==")
    return b"--==".join((head, html, text, *rest))


RAW = message()
ARABIC_PART = ("Bakers sail at four", f'<span lang="ar">{ARABIC}</span>')
#: Name of the rule, how bad it is, where it is, and the message.
WHOLE: list[tuple[str, Level, tuple[str, ...], bytes]] = [
    ("header-twice", ERROR, ("subject",), b"Subject: Again\r\n" + RAW),
    ("line-length", ERROR, ("line 1, 1,008 octets",), b"X-Long: " + b"x" * 1_000 + b"\r\n" + RAW),
    ("line-ends", ERROR, (), RAW.replace(b"guild.\r\n", b"guild.\n", 1)),
    ("parts-order", ERROR, ("multipart/alternative, text/html, text/plain",), reordered()),
    ("defects", ERROR, (), RAW[: RAW.rindex(b"--==")]),
    ("parts", ERROR, (), message(html=None)),
    ("parts", ERROR, (), message(text=None)),
    ("dir-parts", WARNING, (), message(html=swapped(HTML, ARABIC_PART))),
]


@pytest.mark.parametrize(("rule", "level", "where", "raw"), WHOLE, ids=[it[0] for it in WHOLE])
def test_a_message_that_breaks_one_rule(
    rule: str, level: Level, where: tuple[str, ...], raw: bytes
) -> None:
    [found] = faults(raw)
    assert (found.rule, found.level) == (rule, level)
    assert found.where[: len(where)] == where


def every_broken() -> Iterator[tuple[str, Level, bytes]]:
    """All of the messages above."""
    yield from ((r, level, message(html=swapped(HTML, *it))) for r, level, it in IN_HTML)
    yield from ((r, level, for_outlook(it)) for r, level, it in IN_OUTLOOK)
    for rule, level, swap in BOTH:
        yield rule, level, message(html=swapped(HTML, swap), text=swapped(TEXT, swap))
    yield from ((r, WARNING, message(text=swapped(TEXT, it))) for r, it in IN_TEXT)
    yield from ((r, level, message(headers=it)) for r, level, it in IN_HEADERS)
    yield from ((r, level, raw) for r, level, _, raw in WHOLE)


BROKEN = tuple(every_broken())


@pytest.mark.parametrize(("rule", "level", "raw"), BROKEN, ids=[it[0] for it in BROKEN])
def test_the_command_tells_that_one_and_fails(
    rule: str, level: Level, raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error fails in any case, a warning with ``--strict``."""
    monkeypatch.setenv("PATH", "")  # SpamAssassin takes a second for each
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.eml").write_bytes(raw)
    asked = ["check", "broken.eml", "--json"]
    plain, strict = (CliRunner().invoke(cli, asked + more) for more in ([], ["--strict"]))
    assert (plain.exit_code, strict.exit_code) == (1 if level is ERROR else 0, 1)
    assert plain.stdout == strict.stdout
    told = json.loads(strict.stdout)["findings"]
    [found] = [it for it in told if it["level"] != "info"]
    assert (found["rule"], found["level"]) == (rule, level)
    assert all(found[key] for key in ("what", "why", "remedy"))


def test_a_sender_on_this_machine_owes_nobody_a_way_to_leave() -> None:
    changes = dict.fromkeys(("List-Unsubscribe", "List-Unsubscribe-Post"), None)
    raw = message(headers={**changes, "From": "The Digest <digest@localhost>"})
    assert faults(raw) == []
    assert {"sender-local", "unsubscribe"} <= {it.rule for it in inspect(raw).findings}


def test_a_signature_that_covers_the_way_to_leave() -> None:
    signed = "v=1; h=From:List-Unsubscribe:List-Unsubscribe-Post; d=courier.example"
    assert faults(message(headers={"DKIM-Signature": signed})) == []


def test_a_subject_in_encoded_words_is_read_in_clear() -> None:
    raw = message(headers={"Subject": "=?utf-8?b?QnLDvGNrZSBnZXNwZXJydCDwn5qn?="})
    assert inspect(raw).subject == "Brücke gesperrt 🚧"
    assert "Subject" in HEADERS
