"""Who said it: grammar of English, then a little of each language, then names and pronouns."""

from __future__ import annotations

import pytest

from digest.summary import quotes, summarize
from tests.summary.articles import article, spoken, words

Q = "We will open the old bridge again in spring"
R = "Мост будет открыт весной следующего года"

ENGLISH = [
    ("verb-after", f"“{Q},” Mara Holt said.", "Mara Holt", None, "cue-after"),
    ("inverted", f"“{Q},” said Mara Holt.", "Mara Holt", None, "cue-after"),
    ("role-before", f"“{Q},” said harbour director Mara Holt.", "Mara Holt",
     "harbour director", "cue-after"),
    ("title", f"Sen. Mara Holt said: “{Q}.”", "Mara Holt", None, "cue-before"),
    ("apposition", f"“{Q},” said Mara Holt, a spokeswoman for the port.", "Mara Holt",
     "a spokeswoman for the port", "cue-after"),
    ("apposed-subject", f"“{Q},” Mara Holt, the director of the port, said.", "Mara Holt",
     "the director of the port", "apposition-after"),
    ("role-then-name", f"The port's director, Mara Holt, said, “{Q}.”", "Mara Holt",
     "port's director", None),
    ("according-to", f"According to Mara Holt, “{Q}.”", "Mara Holt", None, "source-before"),
    ("colon", f"Mara Holt told reporters: “{Q}.”", "Mara Holt", None, "cue-before"),
    ("listener", f"“{Q},” Mara Holt told Ola Brandt.", "Mara Holt", None, "cue-after"),
    ("owner-is-not-the-speaker", f"“{Q},” Ola Brandt's lawyer Mara Holt said.", "Mara Holt",
     None, "cue-after"),
    ("behind-preposition", f"“{Q},” Mara Holt of the Norvik Council said.", "Mara Holt", None,
     "cue-after"),
    ("particle", f"“{Q},” said Ana de la Vega.", "Ana de la Vega", None, "cue-after"),
    ("initial", f"“{Q},” said J. P. Holt.", "J. P. Holt", None, "cue-after"),
    ("unnamed", f"“{Q},” said a spokesman for the ministry.", "a spokesman for the ministry",
     None, "cue-after"),
    ("body", f"“{Q},” the ministry said.", "the ministry", None, "cue-after"),
    ("secretary-of-state", f"“{Q},” Secretary of State Mara Holt said.", "Mara Holt",
     "Secretary of State", "cue-after"),
    ("party-in-brackets", f"“{Q},” Sen. Mara Holt (R-Ky.) said.", "Mara Holt", None, "cue-after"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "speaker", "role", "found"), [c[1:] for c in ENGLISH], ids=[c[0] for c in ENGLISH]
)
def test_english(text: str, speaker: str, role: str | None, found: str | None) -> None:
    made = article("The port of Norvik has been closed since May.", text)
    (quote,) = quotes(made)
    assert words(made, quote.speaker) == speaker
    if role is not None:
        assert words(made, quote.role) == role
    if found is not None:
        assert quote.found == found
    assert 0 < quote.confidence <= 1


# Language, text, speaker, role.
LANGUAGES = [
    ("de", "„Wir sind sehr stolz auf diese Brücke“, sagte Direktorin Anna Krüger.", "Anna Krüger",
     "Direktorin"),
    ("de", "Darauf erklärte Anna Krüger: „Wir sind sehr stolz auf diese Brücke.“", "Anna Krüger",
     None),
    ("de", "Laut Anna Krüger sind „alle sehr stolz auf diese neue Brücke“.", "Anna Krüger", None),
    ("de", "„Wir sind sehr stolz auf diese Brücke“, so Anna Krüger.", "Anna Krüger", None),
    ("de", "„Wir sind sehr stolz auf diese Brücke“, sagte ein Sprecher.", "ein Sprecher", None),
    ("fr", "« Nous sommes très fiers de ce pont », a déclaré la maire Claire Morel.",
     "Claire Morel", "maire"),
    ("fr", "Selon Claire Morel, « nous sommes tous très fiers de ce pont ».", "Claire Morel", None),
    ("es", "«Estamos muy orgullosos de este puente», dijo la alcaldesa Elena Robles.",
     "Elena Robles", "alcaldesa"),
    ("es", "—Volveremos mañana con toda la gente —dijo Elena Robles.", "Elena Robles", None),
    ("it", "«Siamo molto fieri di questo ponte», ha detto il sindaco Marco Bellini.",
     "Marco Bellini", "sindaco"),
    ("pt", "“Temos muito orgulho desta ponte”, disse a prefeita Joana Prado.", "Joana Prado",
     "prefeita"),
    ("nl", "“We zijn erg trots op deze brug”, zei directeur Els Vermeer.", "Els Vermeer",
     "directeur"),
    ("pl", "„Jesteśmy bardzo dumni z tego mostu” – powiedziała dyrektorka Anna Zielińska.",
     "Anna Zielińska", "dyrektorka"),
    ("cs", "„Jsme na ten most velmi hrdí,“ řekla ředitelka Jana Malá.", "Jana Malá", "ředitelka"),
    ("ru", "«Мы очень гордимся этим мостом», — сказала директор музея Анна Лебедева.",
     "Анна Лебедева", "директор музея"),
    ("ru", "— Мы вернёмся завтра со всеми, — сказала Анна Лебедева.", "Анна Лебедева", None),
    ("uk", "«Ми дуже пишаємося цим мостом», — сказала директорка Олена Гай.", "Олена Гай",
     "директорка"),
    ("tr", "Müze müdürü Ayşe Demir, “Bu köprüyle gurur duyuyoruz” dedi.", "Ayşe Demir",
     "Müze müdürü"),
    ("ar", "وقالت مديرة المتحف ليلى حداد: «نحن سعداء جدا بافتتاح هذا الجسر».", "ليلى حداد",
     "مديرة المتحف"),
    ("ar", "«سنواصل العمل في الجسر حتى نهاية العام»، قال المهندس سامي نور.", "سامي نور",
     "المهندس"),
    ("he", '"אנחנו גאים מאוד בגשר החדש הזה", אמרה מנהלת המוזיאון רונית כהן.', "רונית כהן",
     "מנהלת המוזיאון"),
    ("he", 'ראש העיר דוד לוי אמר: "נמשיך לעבוד על הגשר עד סוף השנה".', "דוד לוי", "ראש העיר"),
    ("ja", "港の田中恵子館長は16日、「新しい橋をとても誇りに思う」と話した。", "田中恵子", "館長"),
    ("ja", "漁師の佐藤健さん（52）は「こんな海は見たことがない」と話す。", "佐藤健", None),
    ("ja", "「新しい橋をとても誇りに思う」と田中恵子さんは語った。", "田中恵子", None),
    ("es", "«Volveremos mañana —aseguró Elena Robles—, y con todos».", "Elena Robles", None),
    ("es", "«Volveremos mañana», explicó la patrona mayor, Elena Robles.", "Elena Robles", None),
    ("fr", "« Rien n’était prêt ce jour-là », explique Claire Morel.", "Claire Morel", None),
    ("fr", "Claire Morel part. « Rien n’était prêt », explique-t-elle.", "Claire Morel", None),
    ("ja", "気象庁の担当者は「二年分の記録で確かめたい」と述べた。", "気象庁の担当者", None),
    ("ja", "鮮魚店を営む島村浩一さん（58）は店を失った。「早く知りたかったのです」と話す。",
     "島村浩一", None),
    ("ar", "وقالت الخياطة نوال العطار: «سأصدق الخبر حين أسمع صوت الماء».", "نوال العطار",
     "الخياطة"),
    ("zh", "博物馆馆长林晓月说：“我们为这座新桥感到非常自豪。”", "林晓月", "博物馆馆长"),
    ("zh", "“我们为这座新桥感到非常自豪。”工程师王建国表示。", "王建国", "工程师"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "speaker", "role"),
    LANGUAGES,
    ids=[f"{case[0]}-{number}" for number, case in enumerate(LANGUAGES)],
)
def test_languages(language: str, text: str, speaker: str, role: str | None) -> None:
    made = article(text, language=language)
    quote = quotes(made)[0]
    assert words(made, quote.speaker) == speaker
    if role is not None:
        assert words(made, quote.role) == role


NAMES = [
    ("surname", ("The mayor, Mara Holt, came by boat.", f"“{Q},” Holt said."), "Mara Holt"),
    ("surname-named-later", (f"“{Q},” Holt said.", "Mara Holt came by boat."), "Mara Holt"),
    ("two-of-a-name", ("Mara Holt met Ola Holt.", f"“{Q},” Holt said."), "Holt"),
    ("he", ("Ola Brandt came by boat.", f"“{Q},” he said."), "Ola Brandt"),
    ("she-by-gender", ("Maria Holt met Peter Brandt.", f"“{Q},” she said."), "Maria Holt"),
    ("he-by-gender", ("Maria Holt met Peter Brandt.", f"“{Q},” he said."), "Peter Brandt"),
    ("he-by-title", ("Mr. Moor met Mrs. Vale at the port.", f"“{Q},” he said."), "Moor"),
    ("he-of-nobody", (f"“{Q},” he said.",), "he"),
    ("in-capitals", ("Mara Holt came by boat.", f"“{Q},” HOLT said."), "Mara Holt"),
    ("speaker-before", (f"“It is cold,” said Maria Holt. “{Q}.”",), "Maria Holt"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraphs", "speaker"), [c[1:] for c in NAMES], ids=[c[0] for c in NAMES]
)
def test_names(paragraphs: tuple[str, ...], speaker: str) -> None:
    made = article(*paragraphs)
    quote = next(quote for quote in quotes(made) if made[quote.words[0]].startswith(Q))
    assert words(made, quote.speaker) == speaker


def test_a_bent_surname_leads_to_the_name() -> None:
    made = article(
        "Музей открыла Анна Лебедева.", "По словам Лебедевой, «зимой музей будет открыт».",
        language="ru",
    )  # fmt: skip
    assert words(made, quotes(made)[0].speaker) == "Анна Лебедева"


JOINED = [
    ("broken-by-attribution", "en", ("“We came,” Mara Holt said, “to stay for good.”",),
     ["We came | to stay for good."]),
    ("two-sentences", "en", ("“We came here,” Mara Holt said. “We stay for good.”",),
     ["We came here", "We stay for good."]),
    ("paragraphs", "en", ("“We came.", "“We stay for good,” Mara Holt said."),
     ["We came. | We stay for good"]),
    ("within-the-marks", "es", ("«Volveremos mañana —dijo Elena Robles—, con todos».",),
     ["Volveremos mañana | con todos"]),
    ("dialogue", "es", ("—Volveremos mañana —dijo Elena Robles—, con todos.",),
     ["Volveremos mañana | con todos."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "paragraphs", "expected"), [c[1:] for c in JOINED], ids=[c[0] for c in JOINED]
)
def test_pieces_are_joined(language: str, paragraphs: tuple[str, ...], expected: list[str]) -> None:
    made = article(*paragraphs, language=language)
    assert [spoken(made, quote) for quote in quotes(made)] == expected


NO_SPEECH = [
    ("en", "She read “The Long Winter” on the ferry."),
    ("en", "The so-called “quiet zone” begins at the pier."),
    ("en", "The firm, known as “Blue Anchor Lines”, was sold."),
    ("de", "Der Verein „Freunde der alten Hafenbrücke“ wurde verkauft."),
    ("fr", "Le film « Les Enfants du port » sort jeudi."),
    ("ja", "小説「冬の橋」が出版された。"),
    ("en", "On the shelf stood “The Long Way Over,” and nobody bought it."),
    ("en", 'The plank is 5 " long and 6 " wide on the ferry.'),
    ("en", "It closed in the '80s and was sold in the '90s."),
    ("de", "Der Bund „Nationale Front für Brücken und Wege“ wurde verkauft."),
]


@pytest.mark.parametrize(("language", "text"), NO_SPEECH)
def test_titles_and_scare_quotes_are_no_quotes(language: str, text: str) -> None:
    assert quotes(article(text, language=language)) == ()


def test_a_word_that_somebody_is_said_to_say_is_a_quote() -> None:
    made = article("The plan is “appalling,” Mara Holt said on Monday.")
    assert [spoken(made, quote) for quote in quotes(made)] == ["appalling"]


def test_an_unknown_language_gives_words_without_an_error() -> None:
    made = article("”Vi är mycket stolta över bron”, säger Anna Lind.", language="xx")
    assert [spoken(made, quote) for quote in quotes(made)] == ["Vi är mycket stolta över bron"]


PATTERNS = [
    ("long-role", "en", f"“{Q},” said former Norvik Council chairman Ola Brandt, a Holt backer.",
     "Ola Brandt"),
    ("two-roles", "en", f"“{Q},” said former mayor and harbour committee chairman Ola Brandt.",
     "Ola Brandt"),
    ("far-verb", "en", f"Ola Brandt, in a long letter to the port, said: “{Q}.”", "Ola Brandt"),
    ("weekday", "en", f"“{Q},” Ola Brandt said Tuesday.", "Ola Brandt"),
    ("another", "en", f"Ola Brandt laughed. Another said, “{Q}.”", "Another"),
    ("signed", "en", f"“{Q}.” Ola Brandt “It is far too late for this bridge now.” Mara Holt",
     "Ola Brandt"),
    ("listener-in-dative", "de", f"„{Q}“, sagte Anna Krüger dem Norder Boten.", "Anna Krüger"),
    ("paper-as-listener", "de", f"Dem Norder Boten sagte Anna Krüger: „{Q}.“", "Anna Krüger"),
    ("role-with-genitive", "de", f"„{Q}“, sagte der Sprecher der Werft, Jens Lohmann.",
     "Jens Lohmann"),
    ("zufolge", "de", "Anna Krüger zufolge ist die Brücke „in einem sehr guten Zustand“.",
     "Anna Krüger"),
    ("verb-first", "de", f"Am Montag sagte Landrätin Ingrid Dahl der Presse: „{Q}.“",
     "Ingrid Dahl"),
    ("age", "de", f"Die 34-jährige Anna Krüger freut sich: „{Q}.“", "Anna Krüger"),
    ("ministry", "de", f"„{Q}“, teilte das Verkehrsministerium mit.", "das Verkehrsministerium"),
    ("role-alone", "de", f"„{Q}“, erklärte der Ministerpräsident am Dienstag.",
     "der Ministerpräsident"),
    ("particle", "de", f"„{Q}“, sagte Ursula von der Heide der Zeitung.", "Ursula von der Heide"),
    ("not-a-particle", "de", f"„{Q}“, sagte Anna Krüger von der Werft.", "Anna Krüger"),
    ("not-a-particle-either", "de", f"„{Q}“, sagte Anna Krüger zu Beginn.", "Anna Krüger"),
    ("initial", "de", f"„{Q}“, erklärte der Hafenchef Jens R. Lohmann.", "Jens R. Lohmann"),
    ("separable-verb", "de", f"„{Q}“, hob Anna Krüger hervor.", "Anna Krüger"),
    ("so-at-the-end", "de", f"Die Brücke sei „{Q}“ gewesen, so Anna Krüger.", "Anna Krüger"),
    ("in-the-report", "de", f"„{Q}“, heißt es in dem Bericht.", "dem Bericht"),
    ("words-of-a-role", "de", f"„{Q}“, erklärte das Amt der Stadt Norden.",
     "das Amt der Stadt Norden"),
    ("agency-as-listener", "fr", f"« {Q} », a indiqué à l’AFP le préfet, Paul Morel.",
     "Paul Morel"),
    ("state-before-name", "ru", f"Президент России Иван Петров заявил, что «{R}».", "Иван Петров"),
    ("agency-behind-name", "ru", f"«{R}», — сказал Петров РИА Новости.", "Петров"),
    ("in-a-statement", "ru", f"«{R}», — говорится в сообщении ведомства.", "сообщении ведомства"),
    ("press-office", "ru", f"«{R}», — отметили в пресс-службе порта.", "пресс-службе порта"),
    ("in-a-statement", "uk", f"«{R}», — йдеться у повідомленні міністерства.",
     "повідомленні міністерства"),
    ("in-a-statement", "pl", f"„{Q}” – czytamy w komunikacie ministerstwa.",
     "komunikacie ministerstwa"),
    ("in-a-statement", "cs", f"„{Q},“ stojí v prohlášení ministerstva.", "prohlášení ministerstva"),
    ("dative", "tr", f"Ayşe Demir’e göre “{Q}”.", "Ayşe Demir"),
    ("stuck-preposition", "ar", 'ووفقا لأحمد سالم "الجسر سيفتح من جديد في الربيع القادم".',
     "أحمد سالم"),
    ("introduced", "zh", "据王伟介绍，“大桥将于明年春天重新开放”。", "王伟"),
    ("words-before-the-quote", "zh", "王伟说，大桥“将于明年春天重新开放，欢迎大家”。", "王伟"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "speaker"), [c[1:] for c in PATTERNS], ids=[c[0] for c in PATTERNS]
)
def test_patterns_of_news(language: str, text: str, speaker: str) -> None:
    made = article("Norvik.", text, language=language)
    assert words(made, quotes(made)[0].speaker) == speaker


def test_a_verb_before_a_surname_is_no_forename() -> None:
    text = 'قال سالم: "الجسر سيفتح من جديد". قال سالم: "سنعمل كل يوم حتى يفتح الجسر من جديد هنا".'
    made = article("أعلن مجلس الميناء يوم الثلاثاء بناء جسر جديد فوق النهر.", text, language="ar")
    pulled = summarize(made).quote
    assert pulled is not None
    assert words(made, pulled.speaker) == "سالم"


def test_a_long_paragraph_has_speakers_to_its_end() -> None:
    made = article("The port closed in May. " * 1500 + f"“{Q},” said Mara Holt.")
    assert words(made, quotes(made)[0].speaker) == "Mara Holt"


def test_a_speech_over_paragraphs_is_asked_for_where_words_stand_by_it() -> None:
    opened = [f"“{Q}.", f"“{Q}.", f"“{Q}.”"]
    made = article("Mara Holt spoke at the pier. She said:", *opened)
    assert words(made, quotes(made)[0].speaker) == "Mara Holt"


def test_two_phrases_for_one_speaker_make_the_name_surer() -> None:
    one = article(f"“{Q},” said Mara Holt.")
    both = article(f"The port's director, Mara Holt, said: “{Q}.”")
    assert min(quotes(made)[0].confidence for made in (one, both)) > 0.8
