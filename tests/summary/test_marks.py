"""Quoted runs: which marks open, which close, and what is no mark at all."""

from __future__ import annotations

import pytest

from digest.summary.marks import runs
from digest.text import paragraphs

CASES = [
    ("curly", "“We are open,” he said.", ["We are open"]),
    ("straight", '"We are open," he said. "Come in."', ["We are open", "Come in."]),
    ("german", "„Wir haben offen“, sagte er.", ["Wir haben offen"]),
    ("german-inner", "„Er rief ‚halt‘ und ging“, sagte sie.", ["Er rief ‚halt‘ und ging"]),
    ("german-guillemets", "»Wir haben offen«, sagte er.", ["Wir haben offen"]),
    ("french", "« Nous sommes ouverts », dit-il.", ["Nous sommes ouverts"]),
    ("swiss", "«Wir haben offen», sagte er.", ["Wir haben offen"]),
    ("swedish", "”Vi har öppet”, säger hon.", ["Vi har öppet"]),
    ("finnish-guillemets", "»Olemme auki», hän sanoo.", ["Olemme auki"]),
    ("polish", "„Mamy otwarte” – powiedziała.", ["Mamy otwarte"]),
    ("japanese", "「開いています」と話した。", ["開いています"]),
    ("japanese-nested", "「彼は『開く』と言った」と話した。", ["彼は『開く』と言った"]),
    ("chinese", "她说：“我们开门了。”", ["我们开门了。"]),
    ("british", "‘The workers’ hall is open,’ she said.", ["The workers’ hall is open"]),
    ("scare-single", "the ‘quiet’ harbour and the ‘loud’ one", ["quiet", "loud"]),
    ("straight-single", "'We are open,' she said. 'Come in.'", ["We are open", "Come in."]),
    ("nested-double", "“She called it ‘home’ twice,” he said.", ["She called it ‘home’ twice"]),
    ("mixed-close", '“We are open," he said. “Come.”', ["We are open", "Come."]),
    ("mixed-open", '"We are open,” he said.', ["We are open"]),
    ("wrong-close", "the “best shop“ in town", ["best shop"]),
    ("unclosed", "“We are open, he said.", ["We are open, he said."]),
    ("two-paragraphs", "“One.\n\n“Two,” he said.", ["One.", "Two"]),
    ("apostrophes", "Don't ask the dogs' owners; it's '90s rock 'n' roll.", []),
    ("curly-apostrophes", "Don’t ask the dogs’ owners; it’s ’90s rock ’n’ roll.", []),
    ("inches", 'A 12" pipe and a 6" pipe.', []),
    ("gershayim", 'צה"ל הודיע וארה"ב הגיבה.', []),
    ("hebrew", 'היא אמרה: "צה"ל כאן".', ['צה"ל כאן']),
    ("hebrew-high", "״הוא כאן״, אמרה אם צה״ל.", ["הוא כאן"]),
    ("chinese-comma", "“他来了，”她说。", ["他来了"]),
    ("blanks-inside", '" We are open , " she said . " Come . "', ["We are open", "Come ."]),
    ("inches-with-blanks", 'It is 5 " long and 6 " wide.', []),
    ("two-singles-for-one", "''It's the 'old pier' again,'' he said of the '80s.", []),
    ("empty", "He wrote “” and « » on the wall.", []),
]


@pytest.mark.parametrize(("text", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_runs(text: str, words: list[str]) -> None:
    found = runs(text, paragraphs(text))
    assert [text[run.inner.start : run.inner.end] for run in found] == words


def test_a_quotation_taken_up_in_the_next_paragraph_is_closed_and_resumed() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” he said."
    found = runs(text, paragraphs(text))
    assert [(run.closed, run.resumes) for run in found] == [
        (True, False),
        (True, True),
        (True, True),
    ]


def test_a_quotation_that_nobody_closes_is_told() -> None:
    text = "“One.\n\nTwo."
    assert [run.closed for run in runs(text, paragraphs(text))] == [False]
