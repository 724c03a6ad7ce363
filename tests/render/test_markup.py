"""What MJML's compiler and premailer get wrong on their own, and we do not."""

from __future__ import annotations

import re
import subprocess
import sys
from email.message import EmailMessage
from email.policy import SMTP
from importlib.metadata import packages_distributions
from pathlib import Path

import lxml.html
import pytest

from digest.render import render
from digest.render.inline import add_to_head, inline
from digest.render.markup import Compiled, MarkupError, check_balance, compile_mjml
from digest.tokens import UNSUBSCRIBE, VIEW
from tests.render.sample import CLASSIC, NOTES, one, whole


def mjml(body: str, head: str = "") -> Compiled:
    return compile_mjml(f"<mjml><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>")


def text(inner: str) -> str:
    return f"<mj-section><mj-column><mj-text>{inner}</mj-text></mj-column></mj-section>"


SCRIPTS = {
    "hindi": "क्षेत्रीय हिन्दी",
    "thai": "ที่นี่ไม่มีน้ำ",
    "tamil": "தமிழ்நாடு",
    "bengali": "বাংলাদেশের",
    "arabic with vowels": "مُحَمَّدٌ",
    "hebrew with vowels": "שָׁלוֹם",
    "accents apart": "e\u0301 o\u0308 n\u0303",
    "korean": "한국어 조합형",
    "khmer": "ភាសាខ្មែរ",
    "joined emoji": "👩🏽‍🔬 🏳️‍🌈 ✔️",
    "no-break space": "10\u00a0km",
    "zero width": "می\u200cخواهم\u200b",
    "backslash": r"C:\new\u{94d}",
    "quotation mark": "&#34;so&#34;",
}


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_attributes_keep_every_script(words: str) -> None:
    source = text(f'<img src="cid:a" alt="{words}" title="{words}"/>')
    head = f"<mj-title>{words}</mj-title>"
    root = lxml.html.fromstring(inline(mjml(source, head).html, ""))
    expected = words.replace("&#34;", '"')
    assert root.xpath("//img/@alt") == [expected]
    assert root.xpath("//img/@title") == [expected]
    assert root.xpath("//*[@role='article']/@aria-label") == [expected]
    assert root.findtext(".//title") == expected


def test_line_ends_in_attributes_are_blanks() -> None:
    html = mjml(text('<p style="color:red;\n\t  margin:0">x</p>')).html
    assert '<p style="color:red; margin:0">x</p>' in html


PADDINGS = {"0 40px": "520", "0px 40px": "520", "20px 20px 0 20px": "560", "0": "600"}


@pytest.mark.parametrize(("padding", "width"), PADDINGS.items(), ids=PADDINGS.keys())
def test_a_bare_zero_is_still_a_padding(padding: str, width: str) -> None:
    source = (
        f'<mj-section padding="{padding}"><mj-column>'
        '<mj-image padding="0px" src="cid:a" alt=""/></mj-column></mj-section>'
    )
    assert f'width="{width}"' in mjml(source).html


def test_other_zeros_stay() -> None:
    html = mjml(text('<p data-padding="0" title="0 0">10 0</p>')).html
    assert '<p data-padding="0" title="0 0">10 0</p>' in html


def test_the_last_class_wins() -> None:
    head = (
        '<mj-attributes><mj-class name="a" color="#aa0000"/>'
        '<mj-class name="b" color="#00bb00"/></mj-attributes>'
    )
    body = text("x").replace("<mj-text>", '<mj-text mj-class="a b">')
    assert "color:#00bb00" in mjml(body, head).html


def test_styles_to_be_inlined_are_inlined() -> None:
    head = (
        '<mj-style inline="inline">.x { color: red }</mj-style>'
        "<mj-style>@media (width<9px) { .x:before { content: '\\2014 <é' } }</mj-style>"
    )
    compiled = mjml(text('<p class="x">y</p>'), head)
    html = inline(add_to_head(compiled.html, compiled.head), compiled.inline)
    assert '<p class="x" style="color:red">y</p>' in html
    assert "@media (width<9px) { .x:before { content: '\\2014 <é' } }</style></head>" in html
    assert ".x { color: red }" not in html


UNBALANCED = {
    "open in one, closed in another": "<mj-raw><div></mj-raw>{}<mj-raw></div></mj-raw>",
    "never closed": "{}<mj-raw><div></mj-raw>",
    "closed only": "{}<mj-raw></div></mj-raw>",
    "paragraph": "{}<mj-raw><p>x</mj-raw>",
    "unknown mark": "{}<mj-raw><![CDATA[x]]></mj-raw>",
    "too deep": "{}<mj-raw>" + "<i>" * 20_000 + "</i>" * 20_000 + "</mj-raw>",
    "unclosed quotation mark": '{}<mj-raw><a href="x></a></mj-raw>' + "<" * 50_000,
}


@pytest.mark.parametrize("frame", UNBALANCED.values(), ids=UNBALANCED.keys())
def test_what_does_not_balance_is_refused(frame: str) -> None:
    with pytest.raises(MarkupError) as caught:
        mjml(frame.replace("{}", text("kept")))
    assert caught.value.offset is not None
    assert caught.value.source[caught.value.offset] == "<"


def test_what_balances_is_not_refused() -> None:
    check_balance(
        "<mjml><!-- <b> --><br><img src='<>'/><mj-raw/><a href=\"a>b\" hidden>x</a>"
        "<!--[if mso]></td><![endif]--><mj-text\n  a = 'b'\n/></mjml>"
    )


def test_the_compilers_own_words_come_with_their_place() -> None:
    with pytest.raises(MarkupError, match="MJML: unexpected element") as caught:
        compile_mjml("<mjml><p>é</p>\n<p></p></mjml>")
    assert caught.value.offset == 6


PAGE = (
    "<!doctype html><html><head><style>@media (width>1px) { .a { color: blue !important } }"
    "</style><!--[if mso]><style>.o { color: red }</style><![endif]-->"
    '<link rel="stylesheet" href="https://127.0.0.1:1/x.css"></head><body>'
    '<img class="i" src="cid:a" alt="" width="550" style="float:left">'
    f'<a class="a" style="color:red" href="{UNSUBSCRIBE}">x</a>'
    '<p class="b" style="mso-hide:all">y</p></body></html>'
)


def test_premailer_keeps_what_it_would_lose(capfd: pytest.CaptureFixture[str]) -> None:
    css = (
        ".i { width: 100% } .a { color: green; margin: 0 !important } .b { -webkit-x: y; mso-z: 0 }"
    )
    html = inline(PAGE, css)
    assert html.startswith("<!DOCTYPE html>")
    assert ".a { color: blue !important }" in html
    assert "<!--[if mso]><style>.o { color: red }</style><![endif]-->" in html
    root = lxml.html.fromstring(html)
    (image,) = root.xpath("//img")
    assert image.get("width") == "550"
    assert image.get("align") is None
    (link,) = root.xpath("//a")
    assert link.get("href") == UNSUBSCRIBE
    assert link.get("style") == "color:red; margin:0 !important"
    assert "mso-hide:all" in root.xpath("//p/@style")[0]
    assert "data-premailer" not in html
    assert capfd.readouterr() == ("", "")


def test_a_style_that_reads_like_a_selector_does_no_harm() -> None:
    sheet = "h1 { color: red }"
    assert "color:red" in inline("<html><body><h1>x</h1></body></html>", sheet)
    html = inline('<html><body><h1 style="">x</h1><p style="h1">y</p></body></html>', sheet)
    assert 'style="color:red"' in html


def test_tokens_survive_the_trip() -> None:
    edition = render(one(NOTES[0]), theme=CLASSIC)
    assert edition.html.count(UNSUBSCRIBE) == 1
    assert edition.html.count(VIEW) == 2
    for token in (UNSUBSCRIBE, VIEW):
        assert re.fullmatch(r"[A-Za-z:/._]+", token)


def test_long_lines_survive_quoted_printable() -> None:
    edition = render(whole(), theme=CLASSIC)
    assert max(map(len, edition.html.splitlines())) > 998
    message = EmailMessage(policy=SMTP)
    message.set_content(edition.html, subtype="html", cte="quoted-printable")
    assert max(map(len, message.as_bytes().split(b"\r\n"))) <= 78
    assert message.get_content().replace("\r\n", "\n").strip() == edition.html.strip()


def test_the_preheader_is_hidden_but_not_white() -> None:
    html = render(whole(), theme=CLASSIC).html
    root = lxml.html.fromstring(html)
    (hidden,) = root.xpath("//div[contains(@style, 'mso-hide:all')]")
    assert "display:none" in hidden.get("style")
    assert "color:#22201d" in hidden.get("style")
    assert root.xpath("//meta[@name='description']/@content") == [hidden.text]
    assert "color:#ffffff" not in html


def test_nothing_is_loaded_from_anywhere() -> None:
    html = render(whole(), theme=CLASSIC).html
    root = lxml.html.fromstring(html)
    assert root.xpath("//link | //img | //script | //*[@src] | //*[@background]") == []
    assert not re.search(r"url\(|@import|@font-face", html)


def test_module_mjml_is_the_one_that_is_meant() -> None:
    assert packages_distributions()["mjml"] == ["mjml-python"]


HEAVY = {"premailer", "cssutils", "requests", "lxml", "mjml", "babel", "jinja2"}


def test_heavy_and_copyleft_modules_wait_until_they_are_used() -> None:
    code = "import sys, digest.render; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_no_gpl_library_is_imported() -> None:
    folder = Path(sys.modules["digest.render"].__file__ or "").parent
    code = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    assert "premailer" in code
    assert "html2text" not in code
