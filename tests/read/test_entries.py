"""What a feed says of an article: beside its page, and in place of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from digest.errors import ReadError
from digest.model import Article, Entry
from digest.read import explain, read
from tests.builders import document
from tests.read.pages import PARAGRAPHS, TITLE, linked, page, paragraphs

TEXT = "\n\n".join(PARAGRAPHS)
NOON = datetime(2026, 10, 30, 12, 0, tzinfo=timezone(timedelta(hours=1)))
ENTRY = Entry(
    id="lantern:7",
    url="https://lantern.example/lamps?utm_source=feed",
    title=TITLE,
    byline="Runa Sund",
    published=NOON,
    language="en-IE",
    image="https://lantern.example/lamp.jpg",
    tags=("Harbour", "Light"),
)


def fragment(html: str, entry: Entry | None = ENTRY) -> Article:
    return read(document(html.encode(), media_type="text/html", fragment=True, entry=entry))


def with_page(html: str, entry: Entry | None = ENTRY, **changes: object) -> Article:
    return read(document(html.encode(), media_type="text/html", entry=entry, **changes))


def test_a_fragment_is_read_whole_with_the_facts_of_its_entry() -> None:
    article = fragment(paragraphs())
    assert article.text == TEXT
    assert (article.title, article.byline, article.language) == (TITLE, "Runa Sund", "en-ie")
    assert (article.published, article.dated_by) == (NOON, "feed")
    assert article.url == "https://lantern.example/lamps"
    assert (article.image, article.tags) == (ENTRY.image, ("Harbour", "Light"))


@pytest.mark.parametrize(
    "more",
    [
        "<p>The post Lamplighters return appeared first on The Orvik Lantern.</p>",
        "<p>Der Beitrag Lampen erschien zuerst auf Laterne.</p>",
        "<p>Continue reading Lamplighters return →</p><p>Read more</p>",
        "<script>count()</script><p style='display:none'>You are not meant to see this one.</p>",
    ],
    ids=["first on", "German", "read more", "unseen"],
)
def test_what_content_systems_put_under_an_entry_is_no_text(more: str) -> None:
    assert fragment(paragraphs() + more).text == TEXT


def test_captions_headline_and_picture_of_a_fragment() -> None:
    html = (
        f"<h1>{TITLE}</h1><figure><img src='https://lantern.example/f.jpg'>"
        f"<figcaption>A lamp on the quay.</figcaption></figure>{paragraphs()}"
    )
    article = fragment(html, Entry(id="1", title=TITLE))
    assert (article.text, article.image) == (TEXT, "https://lantern.example/f.jpg")


@pytest.mark.parametrize("html", ["", "<p></p>", "<script>x</script>", "<img src=/a.jpg>"])
def test_a_fragment_without_words_is_no_article(html: str) -> None:
    with pytest.raises(ReadError):
        fragment(html)


def test_a_fragment_is_explained() -> None:
    html = f"<p>{PARAGRAPHS[0]}</p><p>The post Lamps appeared first on Lantern.</p>"
    source = document(html.encode(), media_type="text/html", fragment=True, entry=ENTRY)
    assert [line.label for line in explain(source)] == ["body", "furniture"]


def test_the_entry_helps_where_the_page_is_silent() -> None:
    article = with_page(page().replace(" lang='en'", ""), url=ENTRY.url)
    assert (article.byline, article.published, article.dated_by) == ("Runa Sund", NOON, "feed")
    assert (article.language, article.image, article.tags) == ("en-ie", ENTRY.image, ENTRY.tags)


def test_the_page_speaks_for_itself() -> None:
    head = "<meta name=author content='Ivo Brandt'><meta property='article:tag' content='lamps'>"
    article = with_page(page(head=head))
    assert (article.byline, article.language) == ("Ivo Brandt", "en")
    assert article.tags == ("Harbour", "Light", "lamps")


def test_the_entry_s_title_tells_the_headline_from_the_site_s_name() -> None:
    html = page().replace("<header>", "<header><h1>Lantern of the North</h1>")
    html = html.replace(f"<title>{TITLE}", "<title>Lantern of the North")
    assert with_page(html, None).title == "Lantern of the North"
    assert with_page(html).title == TITLE


@pytest.mark.parametrize(
    ("declared", "told", "printed", "by"),
    [
        ("2026-10-30T11:00:00Z", NOON, NOON, "json-ld"),
        ("2026-10-30", NOON, NOON, "json-ld"),
        ("2026-11-19", NOON, NOON, "feed"),
        ("2026-10-02", NOON, date(2026, 10, 2), "json-ld"),
        ("no day", NOON, NOON, "feed"),
    ],
    ids=["the same", "with its time", "page edited", "feed edited", "feed alone"],
)
def test_the_earlier_of_two_dates_counts(
    declared: str, told: datetime, printed: date, by: str
) -> None:
    head = linked({"@type": "NewsArticle", "datePublished": declared})
    article = with_page(page(head=head), Entry(id="1", title=TITLE, published=told))
    assert (article.published, article.dated_by) == (printed, by)


def test_a_text_that_the_feed_gives_in_full_is_read_instead_of_a_part() -> None:
    entry = Entry(id="1", title=TITLE, content=paragraphs())
    assert with_page(page(paragraphs(1)), entry).text == TEXT
    assert with_page(page(), Entry(id="1", title=TITLE, content=paragraphs(1))).text == TEXT


def test_what_the_publisher_gives_elsewhere_cuts_off_what_stands_around() -> None:
    note = (
        "<p>The Lantern thanks the seven people who wrote to it about this, and all the others.</p>"
    )
    body = paragraphs() + note
    assert with_page(page(body), None).text.endswith("all the others.")
    entry = Entry(id="1", title=TITLE, content=paragraphs())
    data = linked({"@type": "NewsArticle", "articleBody": " ".join(PARAGRAPHS)})
    assert with_page(page(body), entry).text == TEXT
    assert with_page(page(body, head=data), None).text == TEXT


def test_the_charset_of_the_transport_counts() -> None:
    words = PARAGRAPHS[0].replace("Orvik", "Órvík")
    html = f"<html><body><article><h1>Lamps</h1><p>{words}</p></article></body></html>"
    source = document(html.encode("cp1250"), media_type="text/html", charset="windows-1250")
    assert "Órvík" in read(source).text


@pytest.mark.parametrize(
    ("data", "media_type", "by"),
    [
        ("+++\ndate = 2026-10-30\n+++\nThe lamps are lit.", "text/markdown", "front matter"),
        ("# Lamps\n\n30 October 2026\n\nThe lamps are lit again.", "text/markdown", "text"),
        (f"date 2026-10-30\n{TITLE}\n\n{TEXT}", "text/plain", "text"),
        (f"Date: Fri, 30 Oct 2026 12:00:00 +0000\n\n{TEXT}", "message/rfc822", "mail"),
        (f"{TITLE}\n\n{TEXT}", "text/plain", ""),
    ],
)  # fmt: skip
def test_every_date_keeps_its_source(data: str, media_type: str, by: str) -> None:
    article = read(document(data.encode(), media_type=media_type))
    assert article.dated_by == by
    assert (article.published is not None) == bool(by)
    if isinstance(article.published, datetime):
        assert article.published == datetime(2026, 10, 30, 12, tzinfo=UTC)


def test_an_address_that_tracks_readers_is_printed_without_that() -> None:
    address = "https://Lantern.example/lamps?id=7&utm_campaign=x&fbclid=1#top"
    assert with_page(page(), None, url=address).url == "https://lantern.example/lamps?id=7"


def test_a_canonical_link_to_the_front_page_is_a_mistake() -> None:
    head = "<link rel=canonical href='https://lantern.example/'>"
    address = "https://lantern.example/2026/lamps"
    assert with_page(page(head=head), None, url=address).url == address


def test_the_feed_names_the_paper_where_the_page_does_not() -> None:
    entry = replace(ENTRY, site="The Orvik Lantern")
    assert fragment(paragraphs(), entry).site == "The Orvik Lantern"
    assert with_page(page(), entry).site == "The Orvik Lantern"
    named = page(head="<meta property='og:site_name' content='Lantern'>")
    assert with_page(named, entry).site == "Lantern"


LINKED = (
    "<p>As <a href='https://port.example/report/2026?utm_source=x'>the port</a> and "
    "<a href='/own'>we</a> said, <a href='javascript:alert(1)'>nothing</a> is "
    "<b><a href='https://sea.example/a-b-c'>decided</a></b>, and will not be before the spring "
    "comes and the ice has gone from the basin of the inner harbour.</p>"
)


def test_the_links_of_the_text_are_those_to_elsewhere() -> None:
    links = ("https://port.example/report/2026", "https://sea.example/a-b-c")
    more = "<nav><a href='https://menu.example/x-y-z'>Our friends</a></nav>"
    html = page(paragraphs() + LINKED, below=more)
    assert with_page(html, None, url="https://lantern.example/lamps").links == links
    assert fragment(paragraphs() + LINKED).links == links
    note = document(b"# Lamps\n\nSee [the port](https://port.example/report/2026).\n",
                    media_type="text/markdown")  # fmt: skip
    assert read(note).links == links[:1]
    many = "".join(
        f"the people of the village see <a href='https://a{n}.example/'>it</a> " for n in range(50)
    )
    assert len(fragment(f"{paragraphs()}<p>And now {many}</p>").links) == 20


@pytest.mark.parametrize(
    "media_type", ["application/octet-stream", "application/xml", "image/png", ""]
)
def test_a_page_under_a_wrong_name_is_a_page(media_type: str) -> None:
    for head in ("", "\ufeff", "<?xml version='1.0'?>\n"):
        data = (head + page()).encode()
        assert read(document(data, media_type=media_type)).text == TEXT
    with pytest.raises(ReadError, match="media type that cannot be read"):
        read(document(b"%PDF-1.7", media_type=media_type))


def test_a_feed_is_no_article() -> None:
    head = "<?xml version='1.0'?><?xml-stylesheet href='x'?><!-- made by hand -->"
    for root in ("rss version='2.0'", "feed xmlns='http://www.w3.org/2005/Atom'", "rdf:RDF"):
        feed = f"{head}<{root}><channel><title>Lamps</title>{paragraphs()}</channel>"
        with pytest.raises(ReadError, match="is a feed and no page"):
            with_page(feed)
