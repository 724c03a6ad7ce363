"""The rules for scraped lines, one by one: by words, by-lines, captions, places, wrapped lines."""

from __future__ import annotations

import pytest

from digest.read.scraped import read_scraped
from digest.read.scraped.credits import byline, name_alone
from digest.read.scraped.lines import block, blocks
from digest.read.scraped.rules import FURNITURE, judge

BY_WORDS = {
    "date 2024-03-11": "date",
    "Sunday, March 10, 2024": "date",
    "Published on 3 May 2024": "date",
    "Veröffentlicht am 3. Mai 2024, 18 Uhr": "date",
    "Published Oct. 3, 2021Updated Oct. 4, 2021": "date",
    "May 3, 2024 | 5 min read": "date",
    "3 days ago": "date",
    "vor 2 Stunden": "date",
    "2024年5月3日 18時20分": "date",
    "* * *": "ornament",
    "Photo: Orla Penn": "caption",
    "© 2024 The Harbour Courier": "copyright",
    "Copyright The Harbour Courier 2019-2024": "copyright",
    "Alle Rechte vorbehalten.": "copyright",
    "Advertisement": "advert",
    "Anzeige": "advert",
    "広告": "advert",
    "Read more": "related",
    "READ MORE →": "related",
    "You'll also love these": "related",
    "Mehr zum Thema": "related",
    "À lire aussi": "related",
    "اقرأ أيضًا": "related",
    "関連記事": "related",
    "あわせて読みたい": "related",
    "Read more: The Pier at Sund": "related",
    "Lesen Sie auch: Der Steg von Sund": "related",
    "12 comments:": "comments",
    "Leave a reply": "comments",
    "Ida Marlowe says:": "comments",
    "Reply": "comments",
    "Was this article helpful?": "comments",
    "[12] Marlowe, I. Ferries of the north. Sund, 2019.": "references",
    "About the author": "author",
    "References": "references",
    "https://harbour.example/ferry": "link",
    "Support The Harbour Courier!": "appeal",
    "Now is the time to support independent reporting": "appeal",
    "We use cookies to remember that you were here and to count our readers.": "appeal",
    "Sign in": "appeal",
    "Jetzt abonnieren": "appeal",
    "Never miss a ferry: our letter tells you when it leaves.": "appeal",
    "Fill out the form and we will write to you before the next storm.": "appeal",
    "Abonnez-vous !": "appeal",
    "Подпишитесь на «Северный вестник»": "appeal",
    "הירשמו לניוזלטר שלנו": "appeal",
    "Share on Facebook": "share",
    "1,204 shares": "share",
    "Teilen": "share",
    "Skip to content": "navigation",
    "Home > News > Harbours > Ferries": "navigation",
    "Tags: ferries, islands": "tags",
    "Editor's note: An earlier version misspelled the island.": "boilerplate",
    "5 min read": "boilerplate",
    "This story first appeared in The Harbour Courier.": "boilerplate",
    "By Ida Marlowe": "byline",
    "Reuters": "byline",
    "42": "number",
}
OPEN = [
    "Ferry to Lowen Island Stops for Good",
    "Support for the Ferry Grows",
    "Share Prices Fall in Sund",
    "Results of the Vote on the Pier, March 10, 2024",
    "Correction officers strike for a third day",
    "By the sea",
    "Von der Fähre zum Flugzeug",
    "More in common than you think.",
    "“Support our work,” she said.",
    "Copyright is a human right, said the composer.",
    "The judge named (a) the boat, (b) the pier and (c) the year 2019.",
    "She says:",
    "The mayor of Lowen wrote:",
    "The company said it uses cookies.",
    "Stand der Dinge auf der Insel",
    "Photo albums of the flood",
    "Ready to sail, the ferry waited for the tide at the pier of Sund.",
    "“Contact us,” she said, and nobody did.",
    "Two days ago",
    "[sic] stood beside the name of the boat in the harbour book.",
    "About the ferry nobody speaks any more.",
    "The mayor of Lowen spoke to Reuters.",
]


@pytest.mark.parametrize(("line", "label"), BY_WORDS.items(), ids=BY_WORDS)
def test_furniture_is_known_by_its_words(line: str, label: str) -> None:
    verdict = judge(block(1, line))
    assert verdict
    assert verdict.label == label


def test_each_rule_has_a_line_that_it_decides() -> None:
    deciding = {
        next(rule.says for rule in FURNITURE if rule.judge(block(1, line))) for line in BY_WORDS
    }
    assert deciding == {rule.says for rule in FURNITURE}


@pytest.mark.parametrize("line", OPEN)
def test_headlines_and_sentences_are_left_open(line: str) -> None:
    assert judge(block(1, line)) is None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Read more", "ends the article: “read more” heading"),
        ("By Ida Marlowe", "by-line: starts with “by”"),
        ("A boat. TASS", "caption: ends with a picture agency (TASS)"),
        ("12 May 2023", "date: the line is a date (2023-05-12)"),
        ("Donate now", "appeal: “donate now”"),
    ],
)
def test_a_rule_says_why(line: str, rule: str) -> None:
    verdict = judge(block(1, line))
    assert verdict
    assert verdict.rule == rule


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ida Marlowe", "Ida Marlowe"),
        ("BY IDA MARLOWE", "IDA MARLOWE"),
        ("By: Ida Marlowe", "Ida Marlowe"),
        ("By Ida Marlowe and Tom Ferrant", "Ida Marlowe and Tom Ferrant"),
        ("By Ida Marlowe, Tom Ferrant and Jo Lund", "Ida Marlowe, Tom Ferrant and Jo Lund"),
        ("By Ida Marlowe in Lowen", "Ida Marlowe"),
        ("By Ida Marlowe, Chief Correspondent", "Ida Marlowe"),
        ("By Ida Marlowe | March 10, 2024", "Ida Marlowe"),
        ("By Ida Marlowe March 10, 2024", "Ida Marlowe"),
        ("By J. P. O'Hara-Lund", "J. P. O'Hara-Lund"),
        ("By The Associated Press", "The Associated Press"),
        ("By AFP", "AFP"),
        ("(AFP)", "AFP"),
        ("Von Jule Brandner, Altenbrück", "Jule Brandner"),
        ("Von Anna von der Aue und Karl Ost", "Anna von der Aue und Karl Ost"),
        ("Par Agathe Rouvière avec AFP", "Agathe Rouvière avec AFP"),
        ("Por Tomás Arriaga", "Tomás Arriaga"),
        ("Di Carlo Bassani", "Carlo Bassani"),
        ("Door Pieter van den Berg", "Pieter van den Berg"),
        ("Автор: Пётр Лужников", "Пётр Лужников"),
        ("بقلم ليلى الحداد", "ليلى الحداد"),
        ("מאת נעמה ברקן", "נעמה ברקן"),
        ("文・高野みどり", "高野みどり"),
        ("作者：林晓舟", "林晓舟"),
        ("By the end of the week", None),
        ("Von Hamburg nach Altona", None),
        ("Por fin llueve", None),
        ("文化祭、三年ぶりに開催", None),
    ],
)
def test_bylines(line: str, names: str | None) -> None:
    assert byline(block(1, line)) == names


@pytest.mark.parametrize(
    ("line", "alone"),
    [("Ida Marlowe", True), ("Ida", False), ("Ida waits", False), ("Ida Marlowe, 81", False)],
)
def test_names_alone(line: str, alone: bool) -> None:  # noqa: FBT001 - a column of the table
    assert name_alone(block(1, line)) is alone


@pytest.mark.parametrize(
    "line",
    [
        "The last ferry leaves the pier at Lowen, Sunday, March 10. TASS",
        "The last ferry leaves the pier. Orla Penn / AFP via Getty Images",
        "The last ferry leaves the pier. (Orla Penn/Reuters)",
        "The last ferry leaves the pier. (AP Photo/Orla Penn)",
        "The last ferry leaves the pier (Photo by Orla Penn)",
        "Der letzte Blick zurück. Foto: Karl Osterried/dpa",
        "Foto: Karl Osterried",
        "Crédit : Anne Lac",
        "Фото: Анна Зимина",
        "写真：佐伯健",
        "【写真】白い灯台（共同）",
        "صورة: سامي نجار",
        "Photograph by Orla Penn",
        "Karl Osterried/dpa",
    ],
)
def test_captions(line: str) -> None:
    verdict = judge(block(1, line))
    assert verdict
    assert verdict.label == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "The ferry stopped for good, the operator told Reuters.",
        "Der Eintritt bleibt bis Ende Juni frei. (dpa)",
        "She photographed the ferry for TASS",
        "He worked for AFP and, later, for Getty Images.",
    ],
)
def test_text_that_names_an_agency_is_no_caption(line: str) -> None:
    assert judge(block(1, line)) is None


PAGE = """\
The Ferry Comes Back | Harbour Courier
Menu
Politics
The Ferry Comes Back
Ida Marlowe
10 March 2024
A boat for the island
The mayor poses for a picture on the new ferry.
The ferry to the island comes back in spring, the council of Lowen said on Monday night.
What it costs
- two crowns for islanders
Nobody had expected it, and the pub stayed open until the morning of the next day.
Ida Marlowe is a reporter in Lowen.
Related
HARBOURS
Pier at Sund to Be Rebuilt
Workers will drive four hundred piles into the seabed before...
The Ferry Comes Back
Weather
"""

BY_PLACE = {
    1: ("title", "title of the page: holds the headline"),
    2: ("navigation", "menu: “menu”"),
    3: ("kicker", "kicker: the short line above the headline"),
    4: ("title", "headline: repeats the title of the page"),
    5: ("author", "author: begins with the name of the by-line"),
    6: ("date", "date: the line is a date (2024-03-10)"),
    7: ("standfirst", "between headline and text"),
    8: ("caption", "caption: under the headline, says what a picture shows"),
    9: ("body", "text: in the longest stretch of prose"),
    10: ("subhead", "sub-heading: a short line inside the text, kept with it"),
    11: ("body", "text: in the longest stretch of prose"),
    12: ("body", "text: in the longest stretch of prose"),
    13: ("author", "author: begins with the name of the by-line"),
    14: ("related", "ends the article: “related” heading"),
    15: ("teaser", "teaser: above a text that an ellipsis cuts"),
    16: ("teaser", "teaser: above a text that an ellipsis cuts"),
    17: ("teaser", "teaser: cut by an ellipsis"),
    18: ("title", "headline once more"),
    19: ("tail", "after the end of the text"),
}


def test_what_words_leave_open_is_known_by_its_place() -> None:
    found = {line.number: (line.label, line.rule) for line in read_scraped(PAGE).lines}
    assert found == BY_PLACE


@pytest.mark.parametrize(
    ("gap", "first"),
    [("", "The ferry to the island"), ("\n", "A boat leaves the pier.")],
    ids=["caption with its credit", "picture under the lead"],
)
def test_a_credit_below_makes_a_caption_only_of_its_own_paragraph(gap: str, first: str) -> None:
    text = f"""\
Menu

The Ferry Comes Back

By Ida Marlowe

A boat leaves the pier.
{gap}Orla Penn / Reuters

The ferry to the island comes back in spring, the council of Lowen said on Monday night.
"""
    assert read_scraped(text).paragraphs[0].startswith(first)


@pytest.mark.parametrize(
    ("gap", "first"),
    [("", "The ferry to the island"), ("\n", "A boat leaves the pier.")],
    ids=["caption under its credit", "picture above the lead"],
)
def test_a_credit_above_makes_a_caption_only_of_its_own_paragraph(gap: str, first: str) -> None:
    text = f"""\
Menu

Die Fähre kommt wieder

Von Ida Marlowe

Foto: Orla Penn / dpa
{gap}A boat leaves the pier.

The ferry to the island comes back in spring, the council of Lowen said on Monday night.
"""
    assert read_scraped(text).paragraphs[0].startswith(first)


@pytest.mark.parametrize(
    "caption",
    [
        "A boat leaves the pier. (AFP)",
        "A boat leaves the pier. Orla Penn / Northern Press",
        "A boat leaves the pier on Sunday. Museum of the Northern Shore",
        "The mayor speaks during a visit to the pier",
    ],
)
def test_captions_without_a_known_agency_stand_under_the_headline(caption: str) -> None:
    lead = "The ferry to the island comes back in spring, the council said on Monday."
    text = f"Menu\nThe Ferry Comes Back\nBy Ida Marlowe\n{caption}\n{lead}\nNobody knew. (AFP)\n"
    assert read_scraped(text).paragraphs == (lead, "Nobody knew. (AFP)")


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("Support The Harbour Courier!", "The Harbour Courier"),
        ("Subscribe to Le Journal de la Mer", "Le Journal de la Mer"),
        ("Suscríbete a El Faro del Sur", "El Faro del Sur"),
        ("© 2024 «Северный вестник». Все права защищены.", "Северный вестник"),
        ("© 2019–2024 Harbour Courier Ltd. All rights reserved.", "Harbour Courier"),
        ("Copyright © 2024, Altenbrücker Bote GmbH", "Altenbrücker Bote"),
        ("Support independent journalism!", None),
        ("Subscribe to our newsletter", None),
        ("Support Our Work!", None),
    ],
)
def test_the_paper_is_named_by_appeals_and_copyright(text: str, site: str | None) -> None:
    article = "The Ferry Comes Back\nBy Ida Marlowe\nThe ferry comes back in spring, they said.\n"
    assert read_scraped(f"{article}{text}\n").site == site


@pytest.mark.parametrize(
    ("line", "ends", "trails"),
    [
        ("It rained.", True, False),
        ("“It rained.”", True, False),
        ("« Il pleut ! »", True, False),
        ("雨が降った。」", True, False),
        ("هل تمطر؟", True, False),
        ("It rained.[12]", True, False),
        ("Es regnete. (dpa)", True, False),
        ("“It rained...”", True, False),
        ("It rained...", False, True),
        ("It rained […]", False, True),
        ("Rain in Lowen", False, False),
        ("Rain in Lowen:", False, False),
    ],
)
def test_how_lines_end(line: str, ends: bool, trails: bool) -> None:  # noqa: FBT001 - columns
    found = block(1, line)
    assert (found.ends, found.trails) == (ends, trails)


WRAPPED = """\
The clock on the town hall of Ebbing has not been wound since the war, yet
it shows the right time twice a day. Visitors set their watches by a well-
known clock.

Nobody minds.
"""


def test_wrapped_lines_are_joined() -> None:
    first, second = blocks(WRAPPED)
    assert first.text.endswith("set their watches by a well-known clock.")
    assert (first.number, len(first.raw)) == (1, 3)
    assert (second.number, second.text) == (5, "Nobody minds.")


NEIGHBOURS = """\
The ferry stopped for good on Sunday, the operator said in the evening.
Nobody on the island had expected it, and the pub stayed open all night.
It will come back in spring, the council of Lowen said a few hours later.
"""


@pytest.mark.parametrize(
    "text",
    [
        "A headline that is somewhat longer than the lines of text under it are\nBy Ida Marlowe\n",
        "Milk\nEggs\nTwelve candles\n",
        NEIGHBOURS,
    ],
    ids=["headline and by-line", "list", "one paragraph per line"],
)
def test_lines_that_are_paragraphs_are_not_joined(text: str) -> None:
    assert [found.text for found in blocks(text)] == text.splitlines()
