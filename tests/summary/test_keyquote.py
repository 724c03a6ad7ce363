"""The key quote: which one is pulled, what is printed under it, and when there is none."""

from __future__ import annotations

import pytest

from digest.model import Quote
from digest.summary import summarize
from tests.summary.articles import article, spoken, words

LEAD = "The council of Norvik closed the old harbour bridge on Monday after cracks were found."
FULL = "We have waited years for somebody to look under this bridge"
LATER = "We are going to lose the whole summer because of this bridge"

FRAGMENT = "Mara Holt said the bridge was “older than all of us here, and in bad repair” today."


def key(*paragraphs: str, language: str = "en", title: str = "Bridge closed") -> list[str | None]:
    """Words, speaker and role of the key quote; empty without one."""
    made = article(*paragraphs, language=language, title=title)
    quote: Quote | None = summarize(made).quote
    if quote is None:
        return []
    return [spoken(made, quote), words(made, quote.speaker), words(made, quote.role)]


CHOICES = [
    ("first-of-two", (f"“{FULL},” Mara Holt said.", f"“{LATER},” Ola Brandt said."), FULL),
    ("whole-before-fragment", (FRAGMENT, f"“{LATER},” Ola Brandt said."), LATER),
    ("named-before-nobody", (f"“{FULL}.”", f"“{LATER},” Ola Brandt said."), LATER),
    ("named-before-unnamed", (f"“{FULL},” an official said.", f"“{LATER},” Ola Brandt said."),
     LATER),
    ("statement-before-question", ("“Who has looked at it in all those years?” Mara Holt said.",
     f"“{LATER},” Mara Holt said."), LATER),
    ("right-length", ("“It was closed,” Mara Holt said.", f"“{LATER},” Ola Brandt said."), LATER),
    ("not-endless", ("“" + "And then we went on and on, " * 30 + "until the end,” Mara Holt said.",
     f"“{LATER},” Ola Brandt said."), LATER),
]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraphs", "expected"), [c[1:] for c in CHOICES], ids=[c[0] for c in CHOICES]
)
def test_choice(paragraphs: tuple[str, ...], expected: str) -> None:
    assert key(LEAD, *paragraphs)[0] == expected


def test_speaker_and_role_are_printed_in_full() -> None:
    found = key(LEAD, "Harbour director Mara Holt was there at noon.", f"“{FULL},” Holt said.")
    assert found == [FULL, "Mara Holt", "Harbour director"]


def test_the_lead_is_not_quoted_again() -> None:
    opening = f"“{FULL},” Mara Holt said on Monday as the old bridge of Norvik was closed to all."
    assert key(opening, f"“{LATER},” Ola Brandt said.")[0] == LATER


def test_the_title_is_not_quoted_again() -> None:
    said = f"“{FULL},” Mara Holt said. “{LATER},” Ola Brandt said."
    assert key(LEAD, said, title=f"“{FULL}”: Holt")[0] == LATER


def test_of_a_long_quotation_whole_sentences_are_printed() -> None:
    long = f"{FULL}. " + "Nobody came to see it, not even once, in all that time. " * 6
    assert (
        key(LEAD, f"“{long.strip()}” said Mara Holt.")[0]
        == (f"{FULL}. " + "Nobody came to see it, not even once, in all that time. " * 2).strip()
    )


def test_a_broken_quotation_is_cut_at_the_end_of_a_sentence() -> None:
    long = "Nobody came to see it, not even once, in all that time. " * 6
    said = f"“We have waited for years,” Mara Holt said, “and we are tired. {long.strip()}”"
    found = key(LEAD, said)[0]
    assert found is not None
    assert found.startswith("We have waited for years | and we are tired. Nobody came")
    assert found.endswith("in all that time.")
    assert len(found.split()) < 48


QUOTED_ABOVE = [
    ("title-in-single-marks", "‘Nothing to hide at all’, says Holt", LEAD),
    ("title-in-double-marks", "“Nothing to hide at all”: Holt", LEAD),
    ("lead", "Bridge closed", "Mara Holt said on Monday she had “nothing to hide at all” in it."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "lead"), [c[1:] for c in QUOTED_ABOVE], ids=[c[0] for c in QUOTED_ABOVE]
)
def test_what_title_or_lead_quote_in_part_is_not_quoted_again(title: str, lead: str) -> None:
    said = f"“I have nothing to hide at all,” Mara Holt said. “{LATER},” Ola Brandt said."
    assert key(lead, said, title=title)[0] == LATER


def test_a_short_echo_in_the_title_does_not_bar_a_long_quote() -> None:
    assert key(LEAD, f"“{FULL},” Mara Holt said.", title="Holt: “Waited years”")[0] == FULL


NONE = [
    ("no-quotes", ("Nobody said a word about it.",)),
    ("fragments", ("Mara Holt called it “a shame” and “very sad” on Monday.",)),
    ("titles", ("She read “The Long Winter of the North” on the ferry.",)),
    ("title-with-a-stop", ("They watched “The Long Winter of the North With Ola Brandt.”",)),
    ("nobody's-fragment", ("The bridge is “older than all of us here, and in bad repair” now.",)),
]


@pytest.mark.parametrize("paragraphs", [c[1] for c in NONE], ids=[c[0] for c in NONE])
def test_none(paragraphs: tuple[str, ...]) -> None:
    assert key(LEAD, *paragraphs) == []


def test_a_long_fragment_of_a_named_speaker_will_do() -> None:
    assert key(LEAD, FRAGMENT) == [
        "older than all of us here, and in bad repair",
        "Mara Holt",
        None,
    ]


def test_a_pronoun_is_never_printed_as_a_speaker() -> None:
    assert key(LEAD, f"“{FULL},” they said.") == [FULL, None, None]


def test_an_unnamed_speaker_is_printed_in_the_text_s_own_words() -> None:
    assert key(LEAD, f"“{FULL},” said a spokesman for the port.")[:2] == [
        FULL,
        "a spokesman for the port",
    ]


INTERVIEWS = [
    ("letters", ("Q: When did you know?", "A: In May I saw the first of the cracks myself.",
                 "Q: And then?", "A: Then I called the mayor and we closed it.")),
    ("names", ("Courier: When did you know?",
               "Mara Holt: In May I saw the first of the cracks myself.", "Courier: And then?",
               "Mara Holt: Then I called the mayor and we closed it.")),
    ("turns", ("When did you know about it?", "In May I saw the first of the cracks myself.",
               "And what did you do then?", "Then I called the mayor and we closed it.",
               "What comes next?", "I hope that we can open it in spring.")),
]  # fmt: skip


def test_an_answer_that_opens_with_a_bare_reply_is_left_to_a_better_one() -> None:
    found = key(
        "Mara Holt has kept the bridge of Norvik for twenty years, until Monday.",
        "Courier: When did you know?",
        "Holt: In spring. I saw the cracks from my boat one morning.",
        "Courier: And then?",
        "Holt: Then I called the mayor and we closed it within the hour.",
    )
    assert found[0] in (
        "I saw the cracks from my boat one morning.",
        "Then I called the mayor and we closed it within the hour.",
    )
    assert found[1] == "Mara Holt"


def test_a_label_in_capitals_is_printed_as_the_text_writes_the_name() -> None:
    found = key(
        "The inquiry heard Mara Holt, the mayor of Norvik, for two hours on Monday.",
        "THE CHAIR: When did you know?",
        "HOLT: I read about the cracks in the paper like everybody else.",
        "THE CHAIR: And then?",
        "HOLT: I asked for a meeting.",
    )
    assert found[:2] == ["I read about the cracks in the paper like everybody else.", "Mara Holt"]


@pytest.mark.parametrize("turns", [c[1] for c in INTERVIEWS], ids=[c[0] for c in INTERVIEWS])
def test_an_interview_gives_an_answer_and_the_name_of_who_answers(turns: tuple[str, ...]) -> None:
    found = key("Mara Holt has kept the bridge of Norvik for twenty years, until Monday.", *turns)
    assert found[:2] == ["In May I saw the first of the cracks myself.", "Mara Holt"]


LANGUAGES = [
    ("de", "Die Stadt hat die alte Hafenbrücke am Montag gesperrt, nachdem Risse gefunden wurden.",
     "„Wir haben jahrelang gewarnt, und niemand hat zugehört“, sagte Direktorin Anna Krüger.",
     ["Wir haben jahrelang gewarnt, und niemand hat zugehört", "Anna Krüger", "Direktorin"]),
    ("fr", "La ville a fermé lundi le vieux pont du port après la découverte de fissures.",
     "« Nous avons prévenu tout le monde pendant des années », a déclaré Claire Morel.",
     ["Nous avons prévenu tout le monde pendant des années", "Claire Morel", None]),
    ("es", "La ciudad cerró el lunes el viejo puente del puerto tras hallar varias grietas.",
     "«Llevamos años avisando y nadie nos quiso escuchar», dijo la alcaldesa Elena Robles.",
     ["Llevamos años avisando y nadie nos quiso escuchar", "Elena Robles", "alcaldesa"]),
    ("ja", "北浜市は月曜日、古い港の橋にひびが見つかったとして通行止めにした。",
     "田中恵子館長は「何年も前から危ないと言い続けてきました」と話した。",
     ["何年も前から危ないと言い続けてきました", "田中恵子", "館長"]),
    ("ar", "أغلقت بلدية المدينة الجسر القديم يوم الاثنين بعد العثور على شقوق في أعمدته.",
     "وقالت مديرة المتحف ليلى حداد: «لقد حذرنا الجميع من هذا الجسر منذ سنوات طويلة جدا».",
     ["لقد حذرنا الجميع من هذا الجسر منذ سنوات طويلة جدا", "ليلى حداد", "مديرة المتحف"]),
    ("he", "העירייה סגרה ביום שני את הגשר הישן בנמל לאחר שהתגלו בו סדקים.",
     '"הזהרנו את כולם במשך שנים ואף אחד לא הקשיב לנו", אמרה מנהלת המוזיאון רונית כהן.',
     ["הזהרנו את כולם במשך שנים ואף אחד לא הקשיב לנו", "רונית כהן", "מנהלת המוזיאון"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "lead", "said", "expected"), LANGUAGES, ids=[case[0] for case in LANGUAGES]
)
def test_languages(language: str, lead: str, said: str, expected: list[str | None]) -> None:
    assert key(lead, said, language=language) == expected
