"""Each rule with a message that breaks it and nothing else, beside the one that breaks none."""

from __future__ import annotations

import pytest

from digest.check import Level, inspect
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
    ("size", WARNING, [("</h3>", f"</h3><!--{'x' * 90_000}-->")]),
    ("size", ERROR, [("</h3>", f"</h3><!--{'x' * 110_000}-->")]),
]


@pytest.mark.parametrize(("rule", "level", "swaps"), IN_HTML, ids=[it[0] for it in IN_HTML])
def test_html_that_breaks_one_rule(rule: str, level: Level, swaps: list[Swap]) -> None:
    [found] = faults(message(html=swapped(HTML, *swaps)))
    assert (found.rule, found.level) == (rule, level)
    assert found.what
    assert found.why
    assert found.remedy


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


def test_text_from_the_wrong_side() -> None:
    swap = ("Bakers sail at four", f'<span lang="ar">{ARABIC}</span>')
    [found] = faults(message(html=swapped(HTML, swap)))
    assert found.rule == "dir-parts"


@pytest.mark.parametrize("part", ["html", "text"])
def test_a_part_is_missing(part: str) -> None:
    raw = message(html=None) if part == "html" else message(text=None)
    [found] = faults(raw)
    assert (found.rule, found.level) == ("parts", ERROR)


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


def test_a_header_that_stands_twice() -> None:
    [found] = faults(b"Subject: Again\r\n" + message())
    assert (found.rule, found.level, found.where) == ("header-twice", ERROR, ("subject",))


def test_a_line_too_long() -> None:
    [found] = faults(b"X-Long: " + b"x" * 1_000 + b"\r\n" + message())
    assert (found.rule, found.level, found.where) == (
        "line-length",
        ERROR,
        ("line 1, 1,008 octets",),
    )


def test_a_line_that_ends_alone() -> None:
    raw = message()
    [found] = faults(raw.replace(b"at four\r\n", b"at four\n") + b"a\nb")
    assert (found.rule, found.level) == ("line-ends", ERROR)


def test_the_text_behind_the_html() -> None:
    head, text, html, *rest = message().split(b"--==")
    [found] = faults(b"--==".join((head, html, text, *rest)))
    assert (found.rule, found.level) == ("parts-order", ERROR)


def test_a_message_that_is_cut_off() -> None:
    raw = message()
    [found] = faults(raw[: raw.rindex(b"--==")])
    assert (found.rule, found.level) == ("defects", ERROR)


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
