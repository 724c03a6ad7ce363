"""Feeds in wrong bytes, documents that are no feeds, and attacks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.read.feed import read_feed
from tests.read.feed.pairs import DATA, attempt, document

ITEM = "<item><title>{}</title><link>https://x.example/1</link></item>"
RSS = (
    '<rss version="2.0"><channel><title>T</title><link>https://x.example/</link>{}</channel></rss>'
)


def rss(*titles: str, prolog: str = '<?xml version="1.0"?>') -> str:
    return prolog + RSS.format("".join(ITEM.format(title) for title in titles))


def titles(data: bytes, **changes: object) -> list[str]:
    return [entry.title for entry in read_feed(document(data, **changes)).entries]


def declared(charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>'


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (rss("Café").encode("utf-8-sig"), "Café"),
        (("\n\n  " + rss("Café")).encode(), "Café"),
        (rss("Café", prolog=declared("iso-8859-1")).encode("latin-1"), "Café"),
        (rss("Café", prolog=declared("iso-8859-1")).encode(), "Café"),
        (rss("“Café” – 5 €", prolog=declared("iso-8859-1")).encode("cp1252"), "“Café” – 5 €"),
        (rss("Café “bar”", prolog=declared("utf-8")).encode("cp1252"), "Café “bar”"),
        (rss("Ночной паром", prolog=declared("windows-1251")).encode("cp1251"), "Ночной паром"),
        (rss("夜の連絡船", prolog=declared("shift_jis")).encode("cp932"), "夜の連絡船"),
        (rss("夜の連絡船", prolog=declared("iso-2022-jp")).encode("iso2022_jp"), "夜の連絡船"),
        (rss("Café 夜", prolog=declared("utf-16")).encode("utf-16"), "Café 夜"),
        (rss("Café", prolog=declared("utf-16")).encode(), "Café"),
        (rss("Café", prolog=declared("klingon")).encode(), "Café"),
        (rss("A\x01B\x0bC\x00").encode(), "ABC"),
        (rss("A", prolog='<!-- x --><?xml?xml version="1.0" ??>').encode(), "A"),
        (rss("Line\u2028break").encode(), "Line break"),
        (rss("Half a pair&#xD83D;&#8;").encode(), "Half a pair"),
        (rss("A ferry &#xD83D;&#xDEA2; &#55357;&#57000;").encode(), "A ferry 🚢 🚨"),
    ],
    ids=[
        "byte order mark", "space in front", "latin-1", "declared latin-1 but UTF-8",
        "declared latin-1 but Windows", "declared UTF-8 but Windows", "Cyrillic", "Japanese",
        "Japanese by mail",
        "UTF-16", "declared UTF-16 but UTF-8", "an unknown encoding", "controls", "a torn prolog",
        "a line separator", "half a character", "characters in halves",
    ],
)  # fmt: skip
def test_wrong_bytes_are_read(data: bytes, title: str) -> None:
    assert titles(data) == [title]


def test_the_charset_of_the_transport_counts_where_the_document_names_none() -> None:
    data = rss("Żółta łódź", prolog="").encode("iso-8859-2")
    assert titles(data, charset="iso-8859-2") == ["Żółta łódź"]


def test_a_feed_is_known_by_what_it_holds() -> None:
    assert titles(rss("A").encode(), media_type="text/html") == ["A"]
    assert titles(b'{"items": [{"title": "B"}]}', media_type="text/plain") == ["B"]


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (ITEM.format("One") + "<item><title>Two</title>", ["One"]),
        ("<item><title>One</title><item><title>Two</title>", ["One", "Two"]),
        ("<item><title>One</tite></item><item><title>Two</title></item>", ["One", "Two"]),
        (ITEM.format("One") + "</item></rss><p>" + ITEM.format("Two"), ["One", "Two"]),
        ("<rss:item><rss:title>One</rss:title></rss:item>", ["One"]),
        (ITEM.format("One") + "<item/><item><title/></item>", ["One", ""]),
    ],
    ids=["cut off", "never closed", "closed wrongly", "closed too often", "a prefix", "hollow"],
)
def test_open_tags_lose_no_entry(items: str, found: list[str]) -> None:
    data = RSS.format(items).removesuffix("</channel></rss>").encode()
    assert titles(data) == found


WEB_PAGE = "<!DOCTYPE html><html><head><title>Page</title></head><body><p>Hello</p></body></html>"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (WEB_PAGE.encode(), "is a web page and no feed"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "is a web page"),
        (b"<urlset><url><loc>https://x.example/</loc></url></urlset>", "is a sitemap"),
        (b"<opml><body/></opml>", "is a list of feeds"),
        (b'{"items": 5}', "no JSON Feed"),
        (b"[1, 2]", "no JSON Feed"),
        (b'{"items": [', "neither XML nor JSON"),
        (b'{"items": ' + b"[" * 200_000, "neither XML nor JSON"),
        (b"Service unavailable", "holds no feed"),
        (b"<?xml version='1.0'?>", "holds no feed"),
        (b"\x89PNG\r\n\x1a\n....", "is not text"),
    ],
    ids=[
        "empty", "blank", "page", "XHTML", "sitemap", "OPML", "odd JSON", "list", "half of JSON",
        "deep JSON", "words", "only a prolog", "picture",
    ],
)  # fmt: skip
def test_what_is_no_feed_is_named(data: bytes, why: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_feed(document(data))
    assert why in caught.value.why
    assert caught.value.where == "https://news.example/"


def test_a_page_is_answered_with_the_way_to_its_feed() -> None:
    with pytest.raises(ReadError, match="digest sources add"):
        read_feed(document(WEB_PAGE.encode()))


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("subset", "use", "why"),
    [
        (f'<!ENTITY a0 "ha">{LAUGHS}', "&a11;", "could grow without end"),
        (f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 1000, "could grow without end"),
        ('<!ENTITY a SYSTEM "file://{secret}">', "&a;", "stands outside"),
        ('<!ENTITY % a SYSTEM "file://{secret}"> %a;', "&leak;", "stands outside"),
        ('<!ENTITY a PUBLIC "p" "http://127.0.0.1:9/">', "&a;", "stands outside"),
    ],
    ids=["laughs", "quadratic", "a file", "a file of declarations", "an address"],
)
def test_attacks_by_entities_are_refused(tmp_path: Path, subset: str, use: str, why: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text('<!ENTITY leak "SECRET">')
    doctype = f"<!DOCTYPE rss [{subset.replace('{secret}', str(secret))}]>"
    item = f"<item><title>{use}</title><link href='https://x.example/?{use}'/></item>"
    with pytest.raises(ReadError, match=why):
        read_feed(document((doctype + RSS.format(item)).encode()))


def test_attacks_in_other_encodings_do_not_get_through(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text('<!ENTITY leak "SECRET">')
    doctype = f'<!DOCTYPE rss [<!-- ] --><!ENTITY % a SYSTEM "file://{secret}"> %a;]>'
    item = "<item><title>&leak; & x</title><link href='https://x.example/?&leak;'/></item>"
    for charset in ("utf-16", "utf-8-sig", "utf-32"):
        data = (doctype + RSS.format(item)).encode(charset)
        assert "SECRET" not in repr(attempt(partial(read_feed, document(data))))


def test_an_id_that_is_the_address_of_another_article_loses_neither() -> None:
    items = "".join(
        f"<item><guid isPermaLink='false'>{name}</guid><title>{n}</title><link>{link}</link></item>"
        for n, (name, link) in enumerate(
            [
                ("a", "https://x.example/1"),
                ("a", "https://x.example/2"),
                ("https://x.example/1", ""),
            ]
        )
    )
    feed = read_feed(document(RSS.format(items).encode()))
    assert len(feed.entries) == len({entry.id for entry in feed.entries}) == 3


def test_a_document_type_outside_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text(
        '<!ENTITY leak "SECRET"><!ATTLIST link href CDATA "https://x.example/SECRET">'
    )
    item = "<item><title>A &leak; B</title><link/><guid>x</guid></item>"
    data = f'<!DOCTYPE rss SYSTEM "file://{secret}">{RSS.format(item)}'
    feed = read_feed(document(data.encode()))
    assert "SECRET" not in repr(feed)
    assert [entry.title for entry in feed.entries] == ["A B"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: RSS.format("<item>" * 20_000),
        lambda: RSS.format("<item><description>" + "<div>" * 100_000 + "</description></item>"),
        lambda: RSS.format(ITEM.format("&" * 200_000)),
        lambda: RSS.format(ITEM.format("&lt;script" * 50_000)),
        lambda: RSS.format(ITEM.format("<" * 200_000)),
        lambda: RSS.format(f"<item {'a ' * 100_000}>"),
        lambda: RSS.format("".join(f"<n{n}:t xmlns:n{n}='u{n}'/>" for n in range(20_000))),
        lambda: "<!DOCTYPE rss [" + "<!--" * 50_000 + RSS.format(""),
        lambda: "<?xml " * 50_000,
        lambda: RSS.format(f"<item><link>https://x.example/{'a' * 10_000}</link></item>"),
        lambda: RSS.format("<item><pubDate>" + "1 " * 100_000 + "</pubDate></item>"),
        lambda: json.dumps({"items": [{"title": "a" * 500_000, "url": 9**99, "tags": {"a": 1}}]}),
    ],
    ids=[
        "items in items", "deep markup", "ampersands", "open scripts", "less-than signs",
        "attributes", "namespaces", "comments", "prologs", "a long address", "a long date",
        "odd JSON",
    ],
)  # fmt: skip
def test_bulk_is_borne(make: Callable[[], str]) -> None:
    feed = attempt(lambda: read_feed(document(make().encode())))
    assert feed is None or all(len(entry.title) <= 300 for entry in feed.entries)
    assert feed is None or all(len(entry.url or "") <= 2048 for entry in feed.entries)


SAMPLES = [
    file.read_bytes()
    for file in sorted(DATA.iterdir())
    if file.suffix != ".toml" and file.is_file()
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_torn_feed_gives_a_feed_or_an_error(sample: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 80)))
    torn = sample[:start] + data.draw(st.binary(max_size=12)) + sample[end:]
    assert_reads(torn)


PIECES = re.findall(
    r"\S+\s?",
    "<rss> <channel> <item> </item> <title> <link href=' '> > &a; &#0; ]]> <![CDATA[ <!-- x "
    "<entry> <feed xmlns='http://www.w3.org/2005/Atom'> é <guid> <pubDate> 9 <?xml <!DOCTYPE",
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_tags_give_a_feed_or_an_error(parts: list[str]) -> None:
    assert_reads("".join(parts).encode())


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["items", "id", "url", "title", "authors", "author", "name", "tags"]
                )
                | st.text(max_size=4),
                inner,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_gives_a_feed_or_an_error(value: object) -> None:
    assert_reads(json.dumps({"items": [value], "title": value, "version": value}).encode())


def assert_reads(data: bytes) -> None:
    feed = attempt(lambda: read_feed(document(data)))
    entries = feed.entries if feed else ()
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.id for entry in entries)
    assert all(e.url is None or e.url.startswith(("http://", "https://")) for e in entries)
