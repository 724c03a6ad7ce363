"""Names beside a quote that did not speak it, in languages other than English and German."""

from __future__ import annotations

import pytest

from digest.summary import quotes
from digest.summary.keyquote import MARGIN
from tests.summary.articles import article, words

#: Language, text, and the name under which the quote must not stand.
TRAPS = [
    ("fr", "Luc Morin a reçu une lettre : « Nous savons où tu habites. »", "Luc Morin"),
    ("fr", "« Rendez-nous nos rues », scandait la foule devant chez Luc Morin.", "Luc Morin"),
    ("es", "Ramón Vega recibió un mensaje anónimo: “Sabemos dónde vives”.", "Ramón Vega"),
    ("es", "El juez absolvió a Ramón Vega: “las pruebas no bastan para ello”.", "Ramón Vega"),
    ("it", "Elio Branca ha ricevuto un biglietto: «Sappiamo dove abiti».", "Elio Branca"),
    ("pt", "Rui Prado recebeu ontem uma carta: “Sabemos onde moras”.", "Rui Prado"),
    ("nl", "Jan Brink kreeg gisteren een brief: “Wij weten waar je woont”.", "Jan Brink"),
    ("pl", "Piotr Kania dostał wczoraj anonim: „Wiemy, gdzie mieszkasz”.", "Piotr Kania"),
    ("cs", "Petr Kalina dostal včera dopis: „Víme, kde bydlíš“.", "Petr Kalina"),
    ("ru", "Олег Марченко получил записку: «Мы знаем, где ты живёшь».", "Олег Марченко"),
    ("uk", "Остап Марчук отримав записку: «Ми знаємо, де ти живеш».", "Остап Марчук"),
    ("tr", "Kalabalık, Nuri Tan'ın evinin önünde “Okulumuzu geri verin” diye bağırdı.", "Nuri Tan"),
    ("ar", 'وتلقى سامي حداد أمس رسالة: "نحن نعرف أين تسكن وماذا تفعل".', "سامي حداد"),
    ("he", 'סמי חדד קיבל אתמול מכתב: "אנחנו יודעים איפה אתה גר".', "סמי חדד"),
    ("ja", "小林誠さんは「希望の丘に建つ家」という小説を書いた。", "小林誠"),
    ("zh", "何志明昨天收到一封信：“我们知道你住在哪里。”", "何志明"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "name"),
    TRAPS,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(TRAPS)],
)
def test_no_name_is_printed(language: str, text: str, name: str) -> None:
    made = article("Norvik.", text, language=language)
    printed = [
        words(made, quote.speaker)
        for quote in quotes(made)
        if quote.speaker and quote.confidence >= MARGIN
    ]
    assert not any(name in (said or "") for said in printed)
