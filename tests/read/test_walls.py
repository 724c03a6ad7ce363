"""Pages that stand in front of an article are named, and articles about such pages are read."""

from __future__ import annotations

import pickle

import pytest

from digest.errors import WallError
from digest.model import Entry
from digest.read import read
from digest.read.walls import TOLD, Wall
from tests.builders import document
from tests.read.pages import PARAGRAPHS, TITLE, linked, page, paragraphs

SHORT = "<p>The harbour office tells more about the lamps of Orvik to those who stay.</p>"
PRIVACY = (
    "<p>We and our partners store cookies on your device. With your consent we use cookies and "
    "personal data to measure what you read. You can withdraw your consent at any time.</p>"
)
WALLS = {
    "bot check": (Wall.CHECK, page("<p>Verify you are human by ticking the box below.</p>")),
    "bot check by title": (
        Wall.CHECK,
        page("<p>This may take a few seconds, please be patient.</p>", title="Just a moment..."),
    ),
    "bot check by script": (
        Wall.CHECK,
        (
            "<html><body><p>One second, please wait here.</p>"
            "<script src='https://x.example/cdn-cgi/challenge-platform/h.js'></script></body></html>"
        ),
    ),
    "bot check in German": (
        Wall.CHECK,
        page("<p>Bitte bestätigen Sie, dass Sie ein Mensch sind, um fortzufahren.</p>"),
    ),
    "soft 404": (
        Wall.MISSING,
        page("<p>Sorry, we looked everywhere for it and gave up.</p>", title="Page not found"),
    ),
    "soft 404 by number": (
        Wall.MISSING,
        page("<p>The tide has taken this one away, we think.</p>", title="404 | The Lantern"),
    ),
    "soft 404 in French": (
        Wall.MISSING,
        page(
            "<p>Le lien que vous avez suivi est peut-être trop vieux.</p>", title="Page introuvable"
        ),
    ),
    "soft 404 in Japanese": (Wall.MISSING, page("<p>お探しのページが見つかりませんでした。</p>")),
    "consent": (Wall.CONSENT, page(PRIVACY, title="Before you continue to The Lantern")),
    "consent in German": (
        Wall.CONSENT,
        page(
            "<p>Wir und unsere Partner nutzen Cookies. Mit Ihrer Einwilligung verarbeiten wir "
            "personenbezogene Daten für Werbung. Ihre Zustimmung können Sie widerrufen.</p>",
            title="Ihre Privatsphäre ist uns wichtig",
        ),
    ),
    "paywall": (
        Wall.PAYWALL,
        page(paragraphs(1) + "<div><p>Subscribe to continue reading</p></div>"),
    ),
    "paywall that is declared": (
        Wall.PAYWALL,
        page(
            paragraphs() + "<div><p>Subscribe to read the full story</p></div>",
            head=linked({"@type": "NewsArticle", "isAccessibleForFree": "False"}),
        ),
    ),
    "paywall in French": (
        Wall.PAYWALL,
        page(paragraphs(1) + "<div><p>Cet article est réservé aux abonnés</p></div>"),
    ),
    "script": (
        Wall.SCRIPT,
        (
            "<html><body><noscript>You need to enable JavaScript to run this app.</noscript>"
            "<div id='root'></div></body></html>"
        ),
    ),
    "script without a word": (
        Wall.SCRIPT,
        "<html><head><title>Lantern</title></head><body><div id=app></div></body></html>",
    ),
}


def walled(html: str) -> WallError:
    with pytest.raises(WallError) as caught:
        read(document(html.encode(), media_type="text/html"))
    return caught.value


@pytest.mark.parametrize("name", WALLS)
def test_a_wall_is_named_and_never_an_article(name: str) -> None:
    kind, html = WALLS[name]
    assert walled(html).kind == kind


def test_the_error_says_what_to_do_and_survives_pickling() -> None:
    error = walled(WALLS["consent"][1])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert str(again) == str(error) == f"seeds/a.txt: {'. '.join(TOLD[Wall.CONSENT])}"
    assert again.kind == Wall.CONSENT


ABOUT = {
    "a headline about a wall": page(title="Page not found: the history of a message"),
    "a headline about bots": page(title="Verify you are human, says the harbour"),
    "a headline about privacy": page(title="We value your privacy, says the harbour"),
    "a sentence about subscribers": page(
        paragraphs() + "<p>The pilots asked readers to subscribe to continue reading, and many of "
        "them did so at once, although the lamps had not even been lit and it rained.</p>"
    ),
    "an offer in the menu": page().replace("Sea</a>", "Sea</a> <a>Subscribe to read</a>"),
    "a note without scripts": page() + "<noscript>Please enable JavaScript.</noscript>",
    "a whole article that declares a price": page(
        head=linked({"@type": "NewsArticle", "isAccessibleForFree": False})
    ),
}


@pytest.mark.parametrize("name", ABOUT)
def test_an_article_is_no_wall_whatever_it_is_about(name: str) -> None:
    article = read(document(ABOUT[name].encode(), media_type="text/html"))
    assert article.text.startswith("\n\n".join(PARAGRAPHS))


def test_the_feed_s_own_text_is_read_where_the_page_is_a_wall() -> None:
    entry = Entry(id="1", title=TITLE, content=paragraphs())
    for kind, html in WALLS.values():
        article = read(document(html.encode(), media_type="text/html", entry=entry))
        assert article.text == "\n\n".join(PARAGRAPHS), kind


def test_a_script_only_page_is_read_from_its_data_but_no_paywall_is_passed() -> None:
    data = linked({"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)})
    shell = f"<html><head>{data}</head><body><div id=root></div></body></html>"
    assert read(document(shell.encode(), media_type="text/html")).text == "\n\n".join(PARAGRAPHS)
    paid = page(paragraphs(1) + "<div><p>Subscribe to continue reading</p></div>", head=data)
    assert walled(paid).kind == Wall.PAYWALL
