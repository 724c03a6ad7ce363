"""The lead: what is cut, what is skipped, how long it may be."""

from __future__ import annotations

import pytest

from digest.summary import summarize
from tests.summary.articles import article

SENTENCE = "The council of Norvik closed the old harbour bridge on Monday after cracks were found."
SECOND = "Repairs will take until spring and cost four million crowns, engineers told residents."

DATELINES = [
    ("capitals-dash", "NORVIK – "),
    ("capitals-hyphen", "NORVIK - "),
    ("agency-only", "(AP) — "),
    ("city-agency", "NORVIK (Reuters) — "),
    ("city-date-agency", "NORVIK, Nov. 19 (UPI) -- "),
    ("two-places", "PORT ELLIS, Norland (AFP) – "),
    ("capital-first-letter", "Norvik (dpa) - "),
    ("place-and-dash", "Norvik – "),
    ("colon", "NEW NORVIK: "),
    ("spanish", "Norvik, 3 may (EFE).- "),
    ("press-release", "NORVIK, Norland, May 3, 2026 /NorWire/ -- "),
    ("time-of-an-entry", "14:32 – "),
    ("time-with-a-zone", "9:05 a.m. - "),
    ("bullet", "• "),
    ("bar", "Norvik | "),
    ("breaking", "Breaking: "),
    ("place-in-brackets", "(Norvik) "),
    ("agency-then-place", "(ANSA) - NORVIK, 03 MAG - "),
    ("wire-and-date", "Norvik, Norland -- (NORWIRE) -- May 3, 2026 -- "),
    ("two-cities", "PORT ELLIS/NORVIK (Reuters) - "),
    ("date-alone", "Monday, Nov. 3 (UPI) -- "),
]


@pytest.mark.parametrize("dateline", [d for _, d in DATELINES], ids=[n for n, _ in DATELINES])
def test_a_dateline_is_cut(dateline: str) -> None:
    made = article(dateline + SENTENCE, SECOND)
    assert made[summarize(made).lead] == SENTENCE


OTHER_DATELINES = [
    (
        "ru",
        "НОРВИК, 19 ноя — РИА Новости. ",
        "Мэрия Норвика закрыла старый мост после осмотра.",
    ),
    ("ru", "НОРВИК, 27 октября. /ТАСС/. ", "Мэрия Норвика закрыла старый мост после осмотра."),
    (
        "ar",
        "القاهرة (رويترز) - ",
        "أغلقت بلدية المدينة الجسر القديم يوم الاثنين لإصلاحه.",
    ),
    ("ar", "القاهرة - ", "أغلقت بلدية المدينة الجسر القديم يوم الاثنين لإصلاحه."),
    ("ja", "【北浜=共同】", "北浜市は月曜日、古い港の橋を閉鎖したと発表した。"),
    ("ja", "北浜 – ", "北浜市は月曜日、古い港の橋を閉鎖したと発表した。"),
    ("zh", "新华社北滨1月1日电（记者林立）", "北滨市政府周一宣布关闭旧港口大桥进行检修。"),
    ("zh", "本报北滨讯（记者林立）", "北滨市政府周一宣布关闭旧港口大桥进行检修。"),
    ("zh", "（中央社北濱3日電）", "北濱市政府週一宣布關閉舊港口大橋進行檢修。"),
    ("ru", "Норвик. 19 ноября. INTERFAX.RU - ", "Мэрия Норвика закрыла старый мост в понедельник."),
    ("uk", "НОРВІК. 3 травня. УНН. ", "Місто закрило в понеділок старий портовий міст у гавані."),
    ("de", "Nordwik. ", "Die Stadt Nordwik hat am Montag die alte Hafenbrücke gesperrt."),
    (
        "it",
        "Norvik, 3 mag. (Adnkronos) - ",
        "La città ha chiuso lunedì il vecchio ponte del porto.",
    ),
    ("ja", "［北浜　３日　ロイター］ - ", "北浜市は月曜日、古い港の橋を閉鎖したと発表した。"),
    ("de", "14.30 Uhr: ", "Die Stadt Nordwik hat am Montag die alte Hafenbrücke gesperrt."),
    ("de", "Nordwik (dpa) – ", "Die Stadt Nordwik hat am Montag die alte Hafenbrücke gesperrt."),
]


@pytest.mark.parametrize(("language", "dateline", "sentence"), OTHER_DATELINES)
def test_datelines_of_other_languages(language: str, dateline: str, sentence: str) -> None:
    made = article(dateline + sentence, language=language)
    assert made[summarize(made).lead] == sentence


NO_DATELINES = [
    "Mara Holt – the city's first woman mayor – closed the old harbour bridge on Monday.",
    "The bridge - all of it - was closed on Monday after engineers found new cracks.",
    "NATO said on Monday that the harbour of Norvik will be closed to all its ships.",
    "Correction officers in Norvik closed the north wing of the town prison on Monday.",
    "Over. The council of Norvik has closed the old harbour bridge after years of warnings.",
    "The he/she/they question has split the council of Norvik since its vote on Monday.",
    "1. Nordwik is the name of the new club that the fishermen of Norvik set up on Monday.",
    "19:30–21:00 was the only free hour for the council of Norvik to meet on Monday night.",
    "Subscribers to the water works of Norvik will pay a third more from January, they said.",
    "Published figures for Norvik show that the harbour lost a third of its ships in May.",
    "Hello Harbour, the firm that runs the ferries of Norvik, was sold on Monday night.",
    "What engineers feared for years has come true: the old bridge of Norvik is closed.",
]


@pytest.mark.parametrize("sentence", NO_DATELINES)
def test_a_sentence_that_only_looks_like_it_keeps_its_start(sentence: str) -> None:
    made = article(sentence, SECOND)
    assert made[summarize(made).lead] == sentence


FURNITURE = [
    ("title", "A title"),
    ("title-with-stop", "A Title."),
    ("byline", "By Mara Holt"),
    ("german-byline", "Von Mara Holt"),
    ("updated", "Updated at 5:12 p.m. on Monday"),
    ("clock", "5:55 p.m."),
    (
        "editors-note",
        "Editor's note: This story was corrected to fix the bridge's name.",
    ),
    ("credit", "The bridge in winter. Photo by Ola Brandt / AFP"),
    ("photo", "Photo: Ola Brandt, Norvik Courier."),
    ("greeting", "Good morning, readers! Here is what you need to know about the town today."),
    ("teaser", "Read more: how the bridge of Norvik was built."),
    ("subscribe", "Sign up for our weekly letter about rivers, bridges and lakes."),
    ("german-teaser", "Lesen Sie auch: Wie die Brücke gebaut wurde."),
    ("contact", "Media contact: Ola Brandt, press@norvik.example."),
    ("release", "FOR IMMEDIATE RELEASE."),
    ("old", "This article is more than three years old."),
    ("dated-correction", "Correction, May 3: This story gave the wrong number of cracks."),
    ("image-caption", "Image caption, The bridge was closed in the night."),
    ("german-notice", "Dieser Artikel wurde am 3. Mai aktualisiert."),
    ("developing", "This is a developing story and will be updated."),
    ("caption", "The bridge in winter, seen from the east bank. Photo: Ola Brandt/Norvik Courier."),
    ("greeting-with-a-stop", "Good morning. It is Tuesday, and here is what the day will bring."),
    ("label", "HARBOUR NEWS"),
    ("stars", "* * *"),
]


@pytest.mark.parametrize("line", [f for _, f in FURNITURE], ids=[n for n, _ in FURNITURE])
def test_furniture_before_the_report_is_skipped(line: str) -> None:
    made = article(line, SENTENCE, SECOND)
    assert made[summarize(made).lead] == SENTENCE


LENGTHS = [
    ("one-sentence", f"{SENTENCE} {SECOND}", SENTENCE),
    ("stub", f"It is over. {SENTENCE} {SECOND}", f"It is over. {SENTENCE}"),
    ("stubs", f"Dark. Cold. Wet. {SENTENCE}", f"Dark. Cold. Wet. {SENTENCE}"),
    ("abbreviation", "Sen. Ada Moor of the U.S. Senate closed the talks on Monday. They failed.",
     "Sen. Ada Moor of the U.S. Senate closed the talks on Monday."),
    ("brackets", "Rep. Ada Moor (D-Ky.) closed the talks about the bridge on Monday. They failed.",
     "Rep. Ada Moor (D-Ky.) closed the talks about the bridge on Monday."),
    ("long-stays-whole", "One " + "very " * 60 + "long sentence. Next.",
     "One " + "very " * 60 + "long sentence."),
    ("stub-before-long", "It is over. The " + "very " * 60 + "long end.", "It is over."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead"), [c[1:] for c in LENGTHS], ids=[c[0] for c in LENGTHS])
def test_length(text: str, lead: str) -> None:
    made = article(text)
    assert made[summarize(made).lead] == lead


SOFT = [
    ("question", "Who would close a bridge in the middle of the summer season?"),
    ("quote", "“I heard the stones crack under me and I ran,” Mara Holt said."),
    ("all-quote", "“It was like thunder, and then nothing at all.”"),
    ("colon", "The Latest on the closing of the Norvik bridge:"),
]


@pytest.mark.parametrize("opening", [s for _, s in SOFT], ids=[n for n, _ in SOFT])
def test_a_soft_opening_gives_way_to_what_happened(opening: str) -> None:
    made = article(opening, SENTENCE, SECOND)
    assert made[summarize(made).lead] == SENTENCE


def test_a_scene_gives_way_to_the_paragraph_that_tells_the_title() -> None:
    scene = "At ten to nine a gull sits down on the rail. A boy throws it some bread and laughs."
    made = article(scene, SENTENCE, SECOND, title="Norvik closes harbour bridge")
    assert made[summarize(made).lead] == SENTENCE


def test_a_paragraph_with_a_word_of_the_title_is_no_scene() -> None:
    news = "Nobody may walk over the bridge any more, the mayor of the town said late on Sunday."
    made = article(news, SENTENCE, title="Norvik closes harbour bridge")
    assert made[summarize(made).lead] == news


def test_an_interview_leads_with_its_introduction() -> None:
    made = article(
        "Q: When did you close the bridge?",
        SENTENCE,
        "A: On Monday, as soon as we saw the cracks.",
        "Q: And when will it open again?",
        "A: In spring, if the ice allows it.",
    )
    assert made[summarize(made).lead] == SENTENCE


ODD = ["", " ", "\n\n\n\n", "?", "“", "a", "…", "By X", "١٢٣", "\ud800", "Who?\n\nWhat?\n\nWhy?"]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_any_text_has_a_lead_within_it(text: str) -> None:
    made = article(text)
    lead = summarize(made).lead
    assert 0 <= lead.start <= lead.end <= len(text)
    assert bool(made[lead]) == bool(text.strip())


def test_a_paragraph_without_an_end_gives_a_lead_that_can_be_printed() -> None:
    made = article("word " * 200_000)
    assert 0 < len(made[summarize(made).lead]) <= 3000


SCENE = "On the beach below the church lie a piano, two doors and a wedding shoe in the seaweed."
DESCRIPTIONS = [
    ("whole", SENTENCE),
    ("with-its-dateline", f"NORVIK – {SENTENCE}"),
    ("cut-with-dots", "The council of Norvik closed the old harbour bridge on Mon..."),
    ("cut-in-brackets", "The council of Norvik closed the old harbour bridge […]"),
    ("two-sentences", f"{SENTENCE} {SECOND}"),
    ("white-space", f"  {SENTENCE}\n"),
]


@pytest.mark.parametrize("said", [d for _, d in DESCRIPTIONS], ids=[n for n, _ in DESCRIPTIONS])
def test_the_description_of_the_feed_is_the_lead_where_the_text_has_it(said: str) -> None:
    made = article(SCENE, f"NORVIK – {SENTENCE} {SECOND}", SECOND)
    assert made[summarize(made, description=said).lead] == SENTENCE


NO_VOTES = [
    ("not-in-the-text", "All about a bridge that the town of Norvik has come to fear."),
    ("too-short", "The old harbour bridge"),
    ("inside-a-sentence", "closed the old harbour bridge on Monday after cracks were found."),
    ("empty", ""),
    ("only-dots", "..."),
]


@pytest.mark.parametrize("said", [d for _, d in NO_VOTES], ids=[n for n, _ in NO_VOTES])
def test_any_other_description_changes_nothing(said: str) -> None:
    made = article(SCENE, SENTENCE, SECOND)
    assert summarize(made, description=said) == summarize(made)


def test_a_list_leads_with_its_first_item_without_the_number() -> None:
    made = article(f"1. {SENTENCE}", f"2. {SECOND}")
    assert made[summarize(made).lead] == SENTENCE


def test_a_transcript_without_introduction_leads_with_the_first_answer() -> None:
    made = article(
        "THE CHAIR: When did you close the bridge?",
        "HOLT: On Monday.",
        "THE CHAIR: And why only then, after so many years?",
        "HOLT: Because nobody had shown us the cracks until the divers came up on Sunday.",
        "THE CHAIR: Thank you.",
    )
    lead = "Because nobody had shown us the cracks until the divers came up on Sunday."
    assert made[summarize(made).lead] == lead
