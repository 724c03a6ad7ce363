"""Where a scraped article begins and ends, and what may stand inside it without ending it."""

from __future__ import annotations

import pytest

from digest.read.scraped import read_scraped

BODY = "\n".join(
    f"The ferry number {n} left the harbour of Sund at noon, and nobody on the pier had waited."
    for n in range(12)
)
AFTER = "The committee of the pier thanks everybody who has written to it about the timetable."


@pytest.mark.parametrize(
    "line",
    [
        "References\nMarlowe, I. Ferries of the north, and what became of them. Sund, 2019.",
        "12 comments:\nNobody has ever waited for that ferry, as far as I know, said my aunt.",
        "Related\nThe Pier at Sund\nThe Light of Lowen\nA Bridge for the Goats\nTwelve Boats",
        "Ida Marlowe\nIda Marlowe writes about harbours and has sailed on most of the ferries.",
        "By Ida Marlowe Ida Marlowe is a reporter in Lowen, where she was born at high tide.",
        "Tom Ferrant\nHarbour desk\nDr. Tom Ferrant is a sailor, and he has counted every buoy.",
        "About The Harbour Courier\nThe paper of the island has come out every week since the war.",
        "Tags: ferries, islands",
        "Share",
    ],
    ids=[
        "references",
        "comments",
        "related",
        "author",
        "by-line of a box",
        "role",
        "paper",
        "tags",
        "share",
    ],
)
def test_the_text_ends_where_something_else_begins(line: str) -> None:
    text = f"Home\nFerry Stops for Good\nBy Ida Marlowe\n{BODY}\n{line}\n{AFTER}\n"
    assert read_scraped(text).paragraphs == tuple(BODY.split("\n"))


@pytest.mark.parametrize(
    "line",
    [
        "Related\nThe Pier at Sund",
        "References",
        "Share",
        "Ida Marlowe is of another mind, and she has said so in the pub since the autumn.",
        "About Lowen",
    ],
)
def test_the_text_does_not_end_in_its_middle(line: str) -> None:
    text = f"Home\nFerry Stops for Good\nBy Ida Marlowe\n{BODY}\n{line}\n{BODY}\n{BODY}\n"
    assert len(read_scraped(text).paragraphs) >= 3 * 12


def test_a_list_whose_entries_begin_with_their_names_goes_on() -> None:
    entries = "\n".join(
        f"{name} Inn\n{name} Inn stands on the quay, and its soup has been praised for forty years."
        for name in ("Heron", "Otter", "Marten", "Curlew", "Plover", "Dunlin")
    )
    text = f"Home\nSix Inns of Sund\nBy Ida Marlowe\n{AFTER}\n{entries}\nComments\n"
    assert "Plover Inn stands" in " ".join(read_scraped(text).paragraphs)


THREAD = "\n".join(
    f"Ida {n}\n{n} hours ago\nI have crossed on that ferry every summer, {n} times in all, and "
    "nobody on board has ever asked me for my ticket or for my name, which was a pity, since I had "
    "learnt both by heart before we left the pier at home and kept repeating them all the way to "
    "the island and back again.\nReply"
    for n in range(3, 40)
)


def test_a_long_thread_of_comments_is_not_taken_for_the_article() -> None:
    text = f"Home\nFerry Stops for Good\nBy Ida Marlowe\n{BODY}\nReply\n{THREAD}\nPrivacy\n"
    assert read_scraped(text).paragraphs == tuple(BODY.split("\n"))


def test_a_long_list_inside_an_article_does_not_end_it() -> None:
    fares = "\n".join(f"{n}. Pier {n}" for n in range(1, 121))
    text = f"Home\nFerry Stops for Good\nBy Ida Marlowe\n{BODY}\nFares:\n{fares}\n{BODY}\nShare\n"
    assert len(read_scraped(text).paragraphs) == 12 + 1 + 120 + 12


@pytest.mark.parametrize(
    "box",
    [
        "Never miss an update\nGet the latest from the harbour every Monday.\nEmail\nSign up",
        "Sign up for our letter\nYour email\nOops! Something went wrong.\nNo thanks\nSubmit",
    ],
)
def test_a_box_inside_an_article_is_left_out_of_it(box: str) -> None:
    text = f"Home\nFerry Stops for Good\nBy Ida Marlowe\n{BODY}\n{box}\n{BODY}\n{BODY}\nShare\n"
    assert read_scraped(text).paragraphs == tuple(BODY.split("\n")) * 3


def test_a_long_banner_above_the_headline_is_left_out() -> None:
    banner = "This paper is written by people who live here, and it is read by them as well. " * 4
    prose = "The ferry to the island comes back in spring, and nobody had expected it. " * 8
    draft = read_scraped(f"Menu\n{banner}\nThe Ferry Comes Back\nBy Ida Marlowe\n{prose}\n")
    assert draft.title == "The Ferry Comes Back"
    assert draft.paragraphs == (prose.strip(),)
