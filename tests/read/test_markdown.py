"""Markdown: front matter in both kinds, and a body of plain paragraphs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from digest.errors import ReadError
from digest.read.markdown import read_markdown

FILE = """\
---
title: "The orchard: a second life"
authors:
  - Ana Sol
  - name: Ben Ort
date: 2026-03-04
lang: no
site: Hill Notes
url: https://hill.example/orchard
category: Nature
tags: [apples, pears]
---

# The orchard: a second life

Forty trees had [stood empty](https://hill.example/empty) since
the *old* owner left.[^1]

![A tree](tree.jpg "In May")

> “We prune in the dark,” she said.

## What it takes

1. A ladder
2. Two `friends`

```python
print("never read")
```

<div>raw markup</div>

The rest <b>is</b> waiting.

| Sort | Year |
| ---- | ---- |
| Ida  | 1910 |

[^1]: She moved to the coast.
"""


def test_front_matter_gives_the_facts() -> None:
    draft = read_markdown(FILE)
    assert draft.title == "The orchard: a second life"
    assert draft.byline == "Ana Sol, Ben Ort"
    assert draft.published == date(2026, 3, 4)
    assert (draft.language, draft.site, draft.section) == ("no", "Hill Notes", "Nature")
    assert draft.url == "https://hill.example/orchard"
    assert draft.image == "tree.jpg"


def test_the_body_is_plain_paragraphs() -> None:
    assert read_markdown(FILE).paragraphs == (
        "Forty trees had stood empty since the old owner left.",
        "“We prune in the dark,” she said.",
        "A ladder",
        "Two friends",
        "The rest is waiting.",
    )


def test_every_line_is_explained_with_its_number() -> None:
    lines = {line.text: line for line in read_markdown(FILE).lines}
    numbered = FILE.split("\n")
    for text, label, rule in [
        ("tags: [apples, pears]", "ignored", "front matter"),
        ("date: 2026-03-04", "published", "front matter"),
        ("What it takes", "subhead", "heading"),
        ("“We prune in the dark,” she said.", "body", "block quote"),
        ("A ladder", "body", "list item"),
        ("<div>raw markup</div>", "ignored", "html block"),
        ("Ida", "ignored", "table"),
        ("[^1]: She moved to the coast.", "ignored", "footnote"),
    ]:
        assert (lines[text].label, lines[text].rule) == (label, rule)
        assert text in numbered[lines[text].number - 1]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("date: 2026-03-04", date(2026, 3, 4)),
        ("date: 4 March 2026", date(2026, 3, 4)),
        ("date: 2026-03-04 10:30:00", date(2026, 3, 4)),
        ("date: 2026-03-04T10:30:00Z", datetime(2026, 3, 4, 10, 30, tzinfo=UTC)),
        ("published: 2026-03-04", date(2026, 3, 4)),
        ("date: soon", None),
        ("date:", None),
    ],
)
def test_dates_in_yaml(head: str, published: date | None) -> None:
    assert read_markdown(f"---\n{head}\n---\ntext").published == published


def test_toml_front_matter() -> None:
    draft = read_markdown(
        '+++\ntitle = "Pears"\nauthor = "Ana Sol"\ndate = 2026-03-04T10:30:00Z\n+++\nRipe now.\n'
    )
    assert (draft.title, draft.byline) == ("Pears", "Ana Sol")
    assert draft.published == datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
    assert draft.paragraphs == ("Ripe now.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\ntitle: One: two\n---\nx", r"note\.md: line 2: front matter is no YAML"),
        ("---\ntitle: ok\ntags: [a\n---\nx", r"line [34]: front matter is no YAML"),
        ("---\ntitle: never closed\n\ntext", r"line 1: front matter has no closing ---"),
        ("---\n- a list\n---\nx", r"line 2: front matter has no keys"),
        ('{\n"title": "a",\n"date": oops\n}\nx', r"line 3: front matter is no JSON"),
        ("---\ndraft: true\n---\nx", r"note\.md: is a draft"),
        ('{"draft": true}\nx', r"note\.md: is a draft"),
        ('{"a": ' + "[" * 19_000, r"front matter is no JSON"),
        ("+++\ntitle = \n+++\nx", r"line 2: front matter is no TOML"),
        ("+++\ntitle = 'a'\ntitle = 'b'\n+++\nx", r"line 3: front matter is no TOML"),
        ("---\na: &a [x, x]\nb: [*a, *a]\n---\nx", r"YAML alias"),
        ("---\na: " + "[" * 19_000 + "\n---\nx", r"front matter is too long or too deep"),
        ("---\na: " + "x" * 20_000 + "\n---\nx", r"front matter is too long or too deep"),
        ("---\na:\n  " + "- " * 9_000 + "\n---\nx", r"front matter is no YAML"),
    ],
    ids=[
        "colon",
        "bracket",
        "open",
        "list",
        "json",
        "draft",
        "json draft",
        "braces",
        "toml",
        "twice",
        "alias",
        "brackets",
        "long",
        "deep",
    ],
)
def test_broken_front_matter_names_line_and_problem(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read_markdown(text, "note.md")


@pytest.mark.parametrize(
    "text", ["---\n\nA break above.", "---\n---\nA break above.", "A break above."]
)
def test_a_line_across_the_page_is_no_front_matter(text: str) -> None:
    assert read_markdown(text).paragraphs == ("A break above.",)


def test_the_first_heading_is_the_title_without_front_matter() -> None:
    draft = read_markdown("# Pears\n\nRipe now.\n\n# Plums\n\nNot yet.")
    assert draft.title == "Pears"
    assert draft.paragraphs == ("Ripe now.", "Not yet.")


def test_a_heading_that_says_something_else_than_the_title_is_a_subhead() -> None:
    draft = read_markdown("---\ntitle: Fruit\n---\n# Pears\n\nRipe now.")
    assert draft.title == "Fruit"
    assert [line.label for line in draft.lines] == ["title", "subhead", "body"]


def test_scripts_are_cut_with_what_is_in_them() -> None:
    draft = read_markdown("One <script>alert('x')</script> two.\n\n<style>p {}</style>\n\nThree.")
    assert draft.paragraphs == ("One two.", "Three.")


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "![[",
        "*a ",
        "**a",
        ">",
        "- ",
        "`",
        "<a",
        "_a",
        "[a](",
        "<script ",
        "[[a",
        "{%",
        "{{",
        "{:",
        "[[a|",
    ],
)
def test_hostile_markdown_is_read_in_one_pass(unit: str) -> None:
    draft = read_markdown("Words first.\n\n" + unit * 10_000)
    assert draft.paragraphs[0] == "Words first."


@pytest.mark.parametrize("value", ["null", "~", "", "Null", "[]", "[null]"])
def test_a_value_that_says_nothing_is_missing(value: str) -> None:
    draft = read_markdown(f"---\nauthor: {value}\nsite: {value}\n---\n# Pears\n\nRipe now.")
    assert (draft.title, draft.byline, draft.site) == ("Pears", None, None)


@pytest.mark.parametrize(
    "head",
    [
        '{\n  "title": "Pears",\n "author": "Ana Sol",\n "date": "2026-03-04",\n  "site": null\n}',
        "---\ntitle: Pears\nauthor: Ana Sol\ndate: 2026-03-04\ndraft: false\n...",
        "% Pears\n% Ana Sol\n% 4 March 2026",
    ],
    ids=["JSON", "dots", "Pandoc"],
)
def test_front_matter_of_other_tools(head: str) -> None:
    draft = read_markdown(f"{head}\n\nRipe now.\n")
    assert (draft.title, draft.byline, draft.published) == ("Pears", "Ana Sol", date(2026, 3, 4))
    assert (draft.site, draft.paragraphs) == (None, ("Ripe now.",))
    assert draft.lines[-1].number == head.count("\n") + 3
    assert {"title", "byline", "published"} <= {line.label for line in draft.lines}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Pears\n\nRipe now.", "Pears"),
        ("## Pears\n\nRipe now.\n\n### Where\n\nHere.", "Pears"),
        ("## Pears\n\nRipe now.\n\n## Plums\n\nNot yet.", ""),
        ("Ripe now.\n\n## Pears\n\nNot yet.", ""),
        ("## Pears\n\nRipe now.\n\n# Plums\n\nNot yet.", "Plums"),
    ],
)
def test_a_lower_heading_at_the_top_is_the_title_if_no_other_is_as_high(
    text: str, title: str
) -> None:
    assert read_markdown(text).title == title


@pytest.mark.parametrize(
    "above",
    [
        "*By Ana Sol, 4 March 2026*",
        "By [Ana Sol](https://hill.example/ana) | Mar 4, 2026 | 5 min read",
        "**By Ana Sol**\n\n4 March 2026",
        "Published on March 4, 2026\n\nBy Ana Sol",
        "### By Ana Sol\n\n2026-03-04\n\n5 min read",
    ],
)
@pytest.mark.parametrize("head", ["# Pears\n\n", "---\ntitle: Pears\n---\n", "## Pears\n"])
def test_by_line_and_date_under_the_title(head: str, above: str) -> None:
    draft = read_markdown(
        f"{head}{above}\n\nBy March the pears of 2025 were all eaten.\n\nNow ripe."
    )
    assert (draft.title, draft.byline, draft.published) == ("Pears", "Ana Sol", date(2026, 3, 4))
    assert draft.paragraphs == ("By March the pears of 2025 were all eaten.", "Now ripe.")


def test_front_matter_goes_before_the_lines_under_the_title() -> None:
    draft = read_markdown(
        "---\nauthor: Ben Ort\ndate: 2026-03-05\n---\n# Pears\n\nBy Ana Sol, 4 March 2026\n\nRipe."
    )
    assert (draft.byline, draft.published) == ("Ben Ort", date(2026, 3, 5))
    assert draft.paragraphs == ("Ripe.",)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("> [!NOTE]\n> Mind the step.", ("Mind the step.",)),
        ("> [!warning]- Mind\n> the step.", ("Mind the step.",)),
        ("{% include ad.html %}\n\nMind the {{ site.thing }}step.", ("Mind the step.",)),
        ('{{< figure src="a.png" >}}\nMind the step.\n{: .note}', ("Mind the step.",)),
        ("{{% notice tip %}}\nMind the step.\n{{% /notice %}}", ("Mind the step.",)),
        ("Mind the [[places/step|step]] and [[Korsby]].", ("Mind the step and Korsby.",)),
        ("![[step.png]]\n\nMind the step.", ("Mind the step.",)),
        ("A set {a, b} and a list [[1, 2], [3]].", ("A set {a, b} and a list [[1, 2], [3]].",)),
    ],
)
def test_marks_of_tools_are_no_text(text: str, paragraphs: tuple[str, ...]) -> None:
    assert read_markdown(text).paragraphs == paragraphs
