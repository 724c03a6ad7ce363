"""From document to article: what holds for every format."""

from __future__ import annotations

import socket
from datetime import UTC, date, datetime
from typing import NoReturn

import pytest

from digest.errors import ReadError
from digest.model import Article, Document
from digest.read import explain, read

FETCHED = datetime(2026, 3, 1, tzinfo=UTC)
ENGLISH = (
    "The library of Oldwick will stay open through the night from April on, the town council "
    "decided on Monday after a long debate about heating, keys and quiet."
)
GERMAN = (
    "Die Bücherei von Altwick bleibt ab April die ganze Nacht geöffnet. Das hat der Stadtrat am "
    "Montag nach einer langen Debatte über Heizung, Schlüssel und Ruhe beschlossen. Die Leiterin "
    "freut sich auf die neuen Gäste und hofft, dass niemand auf den Sofas schläft. Über die "
    "Kosten wird im Herbst noch einmal beraten, denn der Haushalt der Stadt ist jetzt schon knapp."
)


def document(
    text: str | bytes,
    media_type: str = "text/markdown",
    *,
    origin: str = "notes/night-shift.md",
    section: str | None = None,
    url: str | None = None,
) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return Document(
        origin=origin,
        data=data,
        media_type=media_type,
        fetched=FETCHED,
        source="notes",
        section=section,
        url=url,
    )


def article(
    head: str, text: str = ENGLISH, *, section: str | None = None, url: str | None = None
) -> Article:
    return read(document(f"---\n{head}\n---\n{text}", section=section, url=url))


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/plain", f"Night shift\n\n{ENGLISH}\n"),
        ("text/markdown", f"# Night shift\n\n{ENGLISH}\n"),
        ("text/html", f"<html><body><h1>Night shift</h1><p>{ENGLISH}</p></body></html>"),
        (
            "application/xhtml+xml",
            f"<html><body><h1>Night shift</h1><p>{ENGLISH}</p></body></html>",
        ),
        ("message/rfc822", f"Subject: Night shift\nContent-Type: text/html\n\n<p>{ENGLISH}</p>"),
        ("text/plain", f"<!DOCTYPE html><html><body><h1>Night shift</h1><p>{ENGLISH}</p></html>"),
        ("Text/HTML", f"<html><body><h1>Night shift</h1><p>{ENGLISH}</p></body></html>"),
    ],
)
def test_every_format_gives_the_same_article(media_type: str, text: str) -> None:
    found = read(document(text, media_type))
    assert (found.title, found.text) == ("Night shift", ENGLISH)
    assert found.id == read(document(f"# Night shift\n\n{ENGLISH}")).id
    assert (found.source, found.origin, found.language) == ("notes", "notes/night-shift.md", "en")


def test_paragraphs_are_squeezed_and_parted_by_a_blank_line() -> None:
    assert (
        read(document("# T\n\nOne\u00a0 two\nthree.\n\n- four\n")).text == "One two three.\n\nfour"
    )


def test_the_id_depends_on_the_words_and_their_paper_alone() -> None:
    one = read(document(f"# Night Shift\n\n{ENGLISH}", origin="a.md"))
    same = read(document(f"# NIGHT  shift\n\n{ENGLISH.upper()}\n\n", origin="b.md", section="town"))
    more = read(document(f"# Night Shift\n\n{ENGLISH} More."))
    elsewhere = read(document(f"# Night Shift\n\n{ENGLISH}", url="https://b.example/1"))
    assert one.id == same.id
    assert len({one.id, more.id, elsewhere.id}) == 3
    assert len(one.id) == 32
    assert set(one.id) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en_US", ENGLISH, "en-us"),
        ("EN-gb", ENGLISH, "en-gb"),
        ("zh-Hant-TW", "短い。", "zh-hant-tw"),
        ("de", "Kurz.", "de"),
        ("en", GERMAN, "de"),
        ("de-AT", GERMAN, "de-at"),
        ("nonsense tag!", GERMAN, "de"),
        ("", GERMAN, "de"),
        ("", "Ok.", "und"),
        ("", "12345 67890 " * 20, "und"),
        ("", "市議会は木曜日、古い橋を閉鎖することを決めた。", "ja"),
    ],
)
def test_languages_are_declared_or_detected(declared: str, text: str, language: str) -> None:
    assert article(f'title: T\nlang: "{declared}"', text).language == language


def test_detection_stays_off_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("reading must not open a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    page = (
        f"<html><body><h1>Nachtschicht</h1><p>{GERMAN}</p><img src='http://x.example/a.png'></html>"
    )
    assert read(document(page, "text/html", url="https://altwick.example/n")).language == "de"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (
            "  https://a.example/night shift?q=late hours ",
            "https://a.example/night%20shift?q=late%20hours",
        ),
        ("https://a.example/" + 1982 * "n", "https://a.example/" + 1982 * "n"),
        ("https://a.example/" + 1983 * "n", None),
        ("https://a night.example/", None),
        ("https://a.example/x?y=1#part", "https://a.example/x?y=1"),
        ("HTTPS://A.Example/x", "https://a.example/x"),
        ("https://user:secret@a.example:8443/x", "https://a.example:8443/x"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://[bad/x", None),
        ("https://a.example:port/", None),
        ("/relative", None),
        ("", None),
    ],
)
def test_only_web_addresses_are_kept_without_credentials(url: str, kept: str | None) -> None:
    assert article(f'title: T\nurl: "{url}"').url == kept


@pytest.mark.parametrize(
    ("image", "kept"),
    [
        ("https://a.example/news/1", None),
        ("#top", None),
        ("/a.jpg", "https://a.example/a.jpg"),
        ("b.jpg", "https://a.example/news/b.jpg"),
        ("//cdn.example/c.jpg", "https://cdn.example/c.jpg"),
        ("http://cdn.example/d.jpg", "http://cdn.example/d.jpg"),
        ("data:image/png;base64,AAAA", None),
    ],
)
def test_images_are_absolute(image: str, kept: str | None) -> None:
    assert article(f"title: T\nimage: '{image}'\nurl: https://a.example/news/1").image == kept


def test_a_page_may_state_its_addresses_relative_to_itself_or_wrong() -> None:
    head = "<link rel=canonical href='/story'><meta property=og:image content='http://[bad/a.jpg'>"
    page = f"<html><head>{head}</head><body><h1>Night shift</h1><p>{ENGLISH}</p></body></html>"
    found = read(document(page, "text/html", url="https://a.example/story?utm_source=x"))
    assert (found.url, found.image) == ("https://a.example/story", None)


def test_a_relative_image_without_an_address_is_dropped() -> None:
    assert article("title: T\nimage: /a.jpg").image is None


@pytest.mark.parametrize(
    ("day", "published"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("1989-12-31", None),
        ("2101-01-01", None),
        ("0001-01-01", None),
    ],
)
def test_years_that_no_digest_prints_are_dropped(day: str, published: date | None) -> None:
    assert article(f"title: T\ndate: {day}").published == published


def test_fields_of_the_document_fill_what_it_does_not_say() -> None:
    found = article("title: T", section="town", url="https://a.example/1#x")
    assert (found.section, found.url) == ("Town", "https://a.example/1")
    own = article(
        "title: T\nsection: culture\nurl: https://b.example/2",
        section="town",
        url="https://a.example/1",
    )
    assert (own.section, own.url) == ("Culture", "https://b.example/2")


def test_a_title_of_ten_thousand_characters_is_shortened() -> None:
    found = article(f"title: {'night ' * 2_000}")
    assert len(found.title) <= 300
    assert found.title.endswith("…")


def test_marks_that_turn_text_around_are_taken_out_of_titles() -> None:
    assert article('title: "night\\u202E \\0shift"').title == "night shift"


@pytest.mark.parametrize(
    ("text", "title", "rule"),
    [
        (ENGLISH, ENGLISH[:40], "no title found: the first words of the text"),
        ("# Night shift\n\nOpen.", "Night shift", "first heading"),
    ],
)
def test_a_missing_title_is_replaced_and_explained(text: str, title: str, rule: str) -> None:
    assert read(document(text)).title.startswith(title)
    lines = explain(document(text))
    assert [line.rule for line in lines if line.label == "title"] == [rule]


def test_explain_shows_a_document_without_an_article() -> None:
    lines = explain(document("# Only a heading", origin="only-a-heading.md"))
    assert [(line.text, line.label) for line in lines] == [("Only a heading", "title")]
    (line,) = explain(document("```\ncode\n```\n[x]: y", origin="shop/open-late.md"))[1:]
    assert (line.text, line.rule) == ("open late", "no title found: the file's name")


@pytest.mark.parametrize(
    ("data", "media_type", "why"),
    [
        (b"", "text/plain", "is empty"),
        (b" \n\t\n", "text/html", "is empty"),
        (b"\x89PNG\r\n", "text/plain", "PNG image"),
        (b"<html><body></body></html>", "text/html", "no article text found"),
        (b"# Only a heading", "text/markdown", "no article text found"),
        (b"---\ntitle: a: b\n---\nx", "text/markdown", "line 2"),
        (b"x" * 20_000_001, "text/plain", "is too large: 20 MB"),
        (b"x", "image/png", "media type that cannot be read: image/png"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_name(
    data: bytes, media_type: str, why: str
) -> None:
    with pytest.raises(ReadError, match=why) as caught:
        read(document(data, media_type))
    assert caught.value.where == "notes/night-shift.md"


def test_the_same_bytes_give_the_same_article() -> None:
    page = document(f"<html><body><h1>Night</h1><p>{GERMAN}</p></body></html>", "text/html")
    assert read(page) == read(page)
    assert explain(page) == explain(page)
