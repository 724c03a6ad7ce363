"""Names beside a quote that did not speak it: owners, listeners, and bearers of banners."""

from __future__ import annotations

import pytest

from digest.summary import quotes, summarize
from digest.summary.keyquote import MARGIN
from digest.summary.owners import genitive
from tests.summary.articles import article, words

Q = "We will open the old bridge again in spring"
R = "Мы снова откроем старый мост весной"
P = "Na wiosnę otworzymy ponownie stary most"
C = "Na jaře znovu otevřeme starý most"
A = "سنواصل العمل في الجسر حتى نهاية العام"
H = "אנחנו גאים מאוד בגשר החדש הזה"
J = "「新しい橋をとても誇りに思う」"

# Language, text, the name or the words for somebody unnamed.
SPEAKERS = [
    ("ru", f"«{R}», — сказала пресс-секретарь Олега Марченко.", "пресс-секретарь Олега Марченко"),
    ("ru", f"«{R}», — сказала пресс-секретарь Олега Марченко Анна Ланг.", "Анна Ланг"),
    ("ru", f"Пресс-секретарь Олега Марченко сказала: «{R}».", "Пресс-секретарь Олега Марченко"),
    ("ru", f"«{R}», — сказала вдова Петра Иванова.", "вдова Петра Иванова"),
    ("ru", f"«{R}», — сказала жена Андрея Ильина Мария.", "Мария"),
    ("ru", f"«{R}», — сказал адвокат Анны Лебедевой.", "адвокат Анны Лебедевой"),
    ("ru", f"«{R}», — сказал директор Никита Иванов.", "Никита Иванов"),
    ("ru", f"«{R}», — сказала мэр Анна Гавела.", "Анна Гавела"),
    ("ru", f"По словам директора музея Анны Лебедевой, «{R}».", "Анны Лебедевой"),
    ("uk", f"«{R}», — сказав речник Олега Марченка.", "речник Олега Марченка"),
    ("uk", f"«{R}», — сказала адвокатка Ірини Гай.", "адвокатка Ірини Гай"),
    ("uk", f"«{R}», — сказав речник Микола Бондаренко.", "Микола Бондаренко"),
    ("pl", f"„{P}” – powiedział rzecznik Pawła Nowaka.", "rzecznik Pawła Nowaka"),
    ("pl", f"„{P}” – powiedziała rzeczniczka Anny Nowak.", "rzeczniczka Anny Nowak"),
    ("pl", f"„{P}” – powiedział adwokat Kowalskiego.", "adwokat Kowalskiego"),
    ("pl", f"„{P}” – powiedział burmistrz Jan Zaręba.", "Jan Zaręba"),
    ("pl", f"„{P}” – powiedziała dyrektorka Kamila Nowak.", "Kamila Nowak"),
    ("pl", f"„{P}” – powiedziała adwokatka Kamila Nowaka.", "adwokatka Kamila Nowaka"),
    ("cs", f"„{C},“ řekl mluvčí Petra Nováka.", "mluvčí Petra Nováka"),
    ("cs", f"„{C},“ řekla mluvčí Petra Nováková.", "Petra Nováková"),
    ("cs", f"„{C},“ řekla advokátka Jany Malé.", "advokátka Jany Malé"),
    ("en", f"“{Q},” said Anna Weller's press aide.", "Anna Weller's press aide"),
    ("en", f"“{Q},” Anna Weller’s press aide said.", "Anna Weller’s press aide"),
    ("en", f"“{Q},” said Tom Hale's father.", "Tom Hale's father"),
    ("en", f"“{Q},” says Tom Hale's widow Ann.", "Ann"),
    ("en", f"“{Q},” said the widow of Tom Hale.", "the widow of Tom Hale"),
    ("de", f"„{Q}“, sagte die Witwe von Peter Lang.", "die Witwe von Peter Lang"),
    ("de", f"„{Q}“, hatte Petra Dahl Peter Lang erzählt.", "Petra Dahl"),
    ("ru", f"«{R}», — сказал Анне Лебедевой Иван Петров.", "Иван Петров"),
    ("cs", f"„{C},“ řekl Petr Novák Janě Malé.", "Petr Novák"),
    ("en", f"Peter Moor was told by Alan Vale: “{Q}.”", "Alan Vale"),
    ("en", f"“{Q},” Peter Moor was told by Alan Vale.", "Alan Vale"),
    ("en", f"Peter Moor was asked by Alan Vale: “{Q}?”", "Alan Vale"),
    ("en", f"Alan Vale said he was told by Peter Moor: “{Q}.”", "Peter Moor"),
    ("en", f"Peter Moor has been told by his doctor, Alan Vale: “{Q}.”", "Alan Vale"),
    ("en", f"Peter Moor said Alan Vale had told him: “{Q}.”", "Alan Vale"),
    ("en", f"Peter Moor quoted Alan Vale as saying: “{Q}.”", "Alan Vale"),
    ("en", f"“{Q},” Otto Brandt was quoted as saying by the Courier.", "Otto Brandt"),
    ("en", f"Tom Reed recalled what his foreman, Bill Gray, used to tell him: “{Q}.”",
     "Bill Gray"),
    ("es", f"Ana Ruiz recordó lo que le dijo Rosa Pardo: «{Q}».", "Rosa Pardo"),
    ("de", f"Anna Krüger wurde von Petra Lang gesagt: „{Q}.“", "Petra Lang"),
    ("de", f"„{Q}“, wurde Peter Lang von Petra Dahl gesagt.", "Petra Dahl"),
    ("en", f"When he was asked about it, Peter Moor said: “{Q}.”", "Peter Moor"),
    ("en", f"“{Q},” Peter Moor said when he was asked by reporters.", "Peter Moor"),
    ("en", f"“{Q},” said Peter Moor, who was once told by his boss to stay.", "Peter Moor"),
    ("en", f"Peter Moor, in a T-shirt with a red cross, said: “{Q}.”", "Peter Moor"),
    ("ar", f'وقال المتحدث باسم أحمد سالم: "{A}".', "المتحدث باسم أحمد سالم"),
    ("ar", f'وقالت المتحدثة باسم الوزارة ليلى حداد: "{A}".', "ليلى حداد"),
    ("ar", f'وقال محامي أحمد سالم: "{A}".', "محامي أحمد سالم"),
    ("ar", f'وقال الرئيس أحمد سالم: "{A}".', "أحمد سالم"),
    ("he", f'"{H}", אמרה מנהלת הספרייה, רות כהן.', "רות כהן"),
    ("he", f'"{H}", אמרה מנהלת הספרייה, בראיון לעיתון.', "מנהלת הספרייה"),
    ("ja", f"{J}と鈴木一郎市長の広報担当者は述べた。", "鈴木一郎市長の広報担当者"),
    ("ja", f"鈴木一郎市長の顧問弁護士は{J}と述べた。", "鈴木一郎市長の顧問弁護士"),
    ("ja", f"市の広報担当者は{J}と述べた。", "市の広報担当者"),
    ("ja", f"佐藤健一さんは鈴木一郎市長から{J}と言われた。", "鈴木一郎"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    SPEAKERS,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(SPEAKERS)],
)
def test_the_speaker_is_another(language: str, text: str, speaker: str) -> None:
    made = article("Norvik.", text, language=language)
    assert words(made, quotes(made)[0].speaker) == speaker


def test_many_that_are_told_in_one_paragraph() -> None:
    made = article(" ".join([f"Peter Moor was told by Alan Vale: “{Q}.”"] * 2000))
    assert {words(made, quote.speaker) for quote in quotes(made)} == {"Alan Vale"}


def test_a_word_without_an_end_is_read_at_once() -> None:
    made = article(f"Peter Moor was told by {'a' * 140}, “{Q}.”")
    assert len(quotes(made)) == 1


NOBODY = [
    ("en", f"“{Q},” Peter Moor said he had been told."),
    ("en", f"“{Q},” Peter Moor had been told."),
    ("en", f"Peter Moor, who was once told by his boss: “{Q}.”"),
    ("en", f"Peter Moor denied having said: “{Q}.”"),
    ("en", f"Peter Moor denied saying “{Q}.”"),
    ("en", f"Peter Moor read out a letter from Alan Vale: “{Q}.”"),
    ("en", f"Peter Moor carried a banner that said: “{Q}.”"),
    ("en", f"Peter Moor carried a banner reading “{Q}.”"),
    ("en", f"Peter Moor wore a T-shirt with the words “{Q}.”"),
    ("en", f"Peter Moor held a sign that reads: “{Q}.”"),
    ("en", f"Peter Moor pointed to a headline that said “{Q}.”"),
    ("en", f"Peter Moor stood beside a poster saying “{Q}.”"),
    ("en", f"“{Q},” read a sign carried by Peter Moor."),
    ("en", f"Peter Moor held up a sign: “{Q}.”"),
    ("en", f"Peter Moor never said “{Q}.”"),
    ("es", f"Ana Ruiz negó haber dicho: «{Q}»."),
    ("fr", f"Paul Morel a nié avoir dit : « {Q} »."),
    ("it", f"Paolo Bellini ha negato di aver detto: «{Q}»."),
    ("pt", f"Joana Prado negou ter dito: “{Q}”."),
    ("de", f"Peter Lang bestritt, gesagt zu haben: „{Q}.“"),
    ("de", f"„{Q}“, bestritt Peter Lang gesagt zu haben."),
    ("de", f"„{Q}“, sagte man Peter Lang."),
    ("fr", f"« {Q} », a nié avoir dit Paul Morel."),
    ("es", f"«{Q}», negó haber dicho Ana Ruiz."),
    ("it", f"«{Q}», ha negato di aver detto Paolo Bellini."),
    ("pt", f"“{Q}”, negou ter dito Joana Prado."),
    ("nl", f"“{Q}”, ontkende Els Vermeer gezegd te hebben."),
    ("pl", f"„{P}” – zaprzeczył, że powiedział Jan Zaręba."),
    ("cs", f"„{C},“ popřel, že by řekl, Petr Novák."),
    ("ru", f"«{R}», — сказали Анне Лебедевой."),
    ("de", f"Peter Lang trug ein Plakat mit der Aufschrift „{Q}“."),
    ("es", f"Ana Ruiz llevaba una pancarta con el lema «{Q}»."),
    ("ru", f"Анна Лебедева держала плакат с надписью «{R}»."),
    ("ja", f"佐藤健一さんは{J}と言われた。"),
]


@pytest.mark.parametrize(
    ("language", "text"), NOBODY, ids=[f"{c[0]}-{number}" for number, c in enumerate(NOBODY)]
)
def test_nobody_is_named(language: str, text: str) -> None:
    made = article("Norvik.", text, language=language)
    assert all(one.speaker is None or one.confidence < MARGIN for one in quotes(made))
    pulled = summarize(made).quote
    assert pulled is None or pulled.speaker is None


@pytest.mark.parametrize(
    ("forename", "bent"),
    [
        ("олега", True), ("петра", True), ("павла", True), ("андрея", True), ("анны", True),
        ("pawła", True), ("marka", True), ("zofii", True), ("jany", True),
        ("олег", False), ("анна", False), ("никита", False), ("paweł", False), ("ewa", False),
        ("mara", False), ("", False),
    ],
)  # fmt: skip
def test_genitive(forename: str, bent: bool) -> None:  # noqa: FBT001 - a column of the table
    assert genitive(forename) is bent
