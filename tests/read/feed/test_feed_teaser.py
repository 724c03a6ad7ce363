"""Whether a feed gives the article or its beginning, and what markup comes to."""

from __future__ import annotations

import pytest

from digest.model import Entry
from digest.read.feed import is_teaser
from digest.read.feed.teaser import says_more
from digest.read.feed.words import as_html, plain, teaser, title

SENTENCE = "The council kept the night ferry by a single vote on Friday evening. "
ARTICLE = f"<p>{SENTENCE * 30}</p>"
MIDDLING = f"<p>{SENTENCE * 10}</p>"


@pytest.mark.parametrize(
    ("content", "description", "expected"),
    [
        (None, None, True),
        (None, "A teaser.", True),
        ("<p>A short note.</p>", None, True),
        (ARTICLE, None, False),
        (ARTICLE, plain(ARTICLE), False),
        (MIDDLING, "Another teaser.", False),
        (MIDDLING, None, False),
        (MIDDLING, plain(MIDDLING), True),
        (f"<p>{SENTENCE * 30}And then he said …</p>", None, True),
        (f"<p>{SENTENCE * 30}And then he said [...]</p>", None, True),
        (f"<p>{SENTENCE * 30}And then he said [&hellip;]</p>", None, True),
        (f'{ARTICLE}<p><a href="/x">Read more</a></p>', None, True),
        (f'{ARTICLE}<a href="/x">Weiterlesen <span>»</span></a>', None, True),
        (f'{ARTICLE}<A HREF="/x">続きを読む</A>', None, True),
        (f"{ARTICLE} Continue reading", None, True),
        (f'{ARTICLE}<p><a href="/x">our archive</a></p>', None, False),
        (f'<p><a href="/x">Read more</a></p>{ARTICLE}', None, False),
        ("<p>" + "夜の連絡船は来春まで存続することが決まった。" * 20 + "</p>", None, False),
    ],
)
def test_a_teaser_is_known(content: str | None, description: str | None, *, expected: bool) -> None:
    assert is_teaser(Entry(id="1", content=content, description=description)) is expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Read more", True),
        ("READ MORE »", True),
        ("  Lire\n la suite → ", True),
        ("[…] اقرأ المزيد", True),
        ("Read more about the ferry", False),
        ("", False),
    ],
)
def test_labels_that_say_more(label: str, *, expected: bool) -> None:
    assert says_more(label) is expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One Two"),
        ("One<br>two", "One two"),
        ("<b>bo</b>ld", "bold"),
        ("<style>p{}</style>Seen<script>unseen()", "Seen"),
        ("1 < 2 &amp;amp; 3 > 2", "1 < 2 & 3 > 2"),
        ('<img alt="a > b" src="x">After', 'b" src="x">After'),
        ("cut <a hre", "cut"),
        ("<script>" * 1000, ""),
    ],
)
def test_plain(markup: str, expected: str) -> None:
    assert plain(markup) == expected


def test_a_long_title_and_a_long_teaser_are_cut_at_a_word() -> None:
    assert len(title("word " * 1000)) <= 300
    cut = teaser("<p>" + "word " * 1000)
    assert cut
    assert cut.endswith("word…")
    assert teaser("<p></p>") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("<p>As it is</p>", "<p>As it is</p>"),
        ("One.\n\nTwo & 3 < 4.", "<p>One.</p><p>Two &amp; 3 &lt; 4.</p>"),
        ("Salt &amp;amp; pepper", "<p>Salt &amp; pepper</p>"),
    ],
)
def test_a_text_without_tags_becomes_paragraphs(text: str, expected: str) -> None:
    assert as_html(text) == expected
