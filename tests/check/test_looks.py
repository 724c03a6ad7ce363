"""Colours and looks: what a browser would show, and what cannot be told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from digest.check import Level, open_proof
from digest.check.colour import BLACK, WHITE, Colour, contrast, find_colour
from digest.check.looks import looks
from digest.check.named import NAMED
from tests.browser import browser
from tests.check.sample import HTML, faults, message, swapped

__all__ = ["browser"]


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
        ("<p style='color:oklch(40% 0.1 20)'>x</p>", "None"),
        ("<p style='color:color-mix(in lab, red, white)'><i>x</i></p>", "None"),
        ("<p style='color:var(--ink, red)'>x</p>", "None"),
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
        ("color:#123456;background:currentcolor", "#123456"),
        ("background:lab(50% 20 20)", "None"),
        ("background:light-dark(#fff, #000)", "None"),
    ],
)
def test_a_ground_that_lets_through_what_is_behind(style: str, ground: str) -> None:
    proof = open_proof(message(html=PAGE % f"<p style='{style}'>x</p>"))
    *_, last = looks(proof, "light").values()
    assert str(last.ground) == ground


@pytest.mark.parametrize(
    ("html", "colour", "ground"),
    [
        ("<p style='color:#000;opacity:.5'>x</p>", "#808080", "#ffffff"),
        ("<p style='color:#000;opacity:50%'><i>x</i></p>", "#808080", "#ffffff"),
        ("<div style='opacity:.5'><p style='color:#000;opacity:.5'>x</p></div>", "#bfbfbf", None),
        ("<p style='color:#fff;background:#000;opacity:.5'>x</p>", "#ffffff", "#808080"),
        ("<p style='color:#000;opacity:2'>x</p>", "#000000", "#ffffff"),
        ("<p style='color:#000;opacity:none'>x</p>", "#000000", "#ffffff"),
        ("<p style='background:url(a.png);opacity:.5'><i style='color:#000'>x</i></p>", None, None),
    ],
)
def test_opacity(html: str, colour: str | None, ground: str | None) -> None:
    *_, last = looks(open_proof(message(html=PAGE % html)), "light").values()
    seen, behind = last.seen
    assert colour is None or str(seen) == colour
    assert ground is None or str(behind) == ground


@pytest.mark.parametrize("style", ["opacity:.3", "background:currentColor"])
def test_text_that_fades_into_its_ground(style: str) -> None:
    found = faults(message(html=swapped(HTML, ("<p>Bakers", f"<p style='{style}'>Bakers"))))
    assert {it.rule for it in found} == {"contrast-light", "contrast-dark"}
    assert {it.level for it in found} == {Level.ERROR}


def test_what_is_not_there_to_be_seen_is_not_judged() -> None:
    html = swapped(HTML, ("<p>Bakers", "<p style='color:#fffdf9;opacity:0'>Bakers"))
    assert faults(message(html=html)) == []


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
