"""Bytes to text: every encoding that articles come in, and what is no text at all."""

from __future__ import annotations

import codecs

import pytest

from digest.errors import ReadError
from digest.read.encoding import decode

FRENCH = (
    "La mairie de Saint-Aubrac a voté jeudi la fermeture du pont suspendu, après trois mois de "
    "débats. « Nous n'avions plus le choix », a déclaré la maire, Hélène Castagnet, à l'issue du "
    "conseil. Les travaux coûteront près de quatre millions, et l'été sera long."
)
GERMAN = (
    "Der Stadtrat von Grünmühl hat am Donnerstag beschlossen, die alte Brücke zu schließen. „Wir "
    "hätten längst handeln müssen“, sagte Bürgermeisterin Käthe Löwen nach der Sitzung – die "
    "Kosten sind doppelt so hoch wie geschätzt."
)
SPANISH = (
    "El ayuntamiento de Peñaclara aprobó el jueves el cierre del puente. «No teníamos otra "
    "opción», afirmó la alcaldesa, Inés Muñiz. Los niños caminarán más de dos kilómetros mañana."
)
ENGLISH = "The council of Fenwick closed the bridge. “We had no choice,” the mayor said – it’s old."
RUSSIAN = (
    "Городской совет Зелёного Бора проголосовал в четверг за закрытие старого моста. У нас не "
    "было другого выхода, сказала мэр Анна Рощина после заседания. Работы обойдутся в четыре "
    "миллиона и займут два года."
)
UKRAINIAN = (
    "Міська рада Зеленого Яру в четвер проголосувала за закриття старого мосту через річку. У нас "
    "не було іншого виходу, сказала після засідання мерка Ганна Їжакевич. Роботи коштуватимуть "
    "чотири мільйони й триватимуть два роки."
)
POLISH = (
    "Rada miejska Zielonej Kępy zagłosowała w czwartek za zamknięciem starego mostu. Nie mieliśmy "
    "innego wyjścia - powiedziała burmistrz Małgorzata Źródło po posiedzeniu. Prace będą "
    "kosztować cztery miliony złotych i potrwają dwa lata."
)
CZECH = (
    "Zastupitelstvo města Zelený Brod ve čtvrtek rozhodlo o uzavření starého mostu přes řeku. "
    "Neměli jsme jinou možnost, řekla po jednání starostka Božena Šťastná. Práce přijdou na "
    "čtyři miliony korun a potrvají dva roky."
)
HUNGARIAN = (
    "Zöldvölgy képviselő-testülete csütörtökön megszavazta a régi híd lezárását. Nem volt más "
    "választásunk, mondta az ülés után Őrsi Zsófia polgármester. A munka két évig tart."
)
GREEK = (
    "Το δημοτικό συμβούλιο της Πρασινούπολης ψήφισε την Πέμπτη το κλείσιμο της παλιάς γέφυρας. "
    "Δεν είχαμε άλλη επιλογή, δήλωσε η δήμαρχος Ελένη Καρά μετά τη συνεδρίαση."
)
HEBREW = (
    "מועצת העיר גבעת אורן הצביעה ביום חמישי בעד סגירת הגשר הישן. לא הייתה לנו ברירה אחרת, אמרה "
    "ראשת העיר חנה לוין אחרי הישיבה. העבודות יעלו ארבעה מיליון שקלים ויימשכו שנתיים."
)
ARABIC = (
    "صوت مجلس مدينة التل الأخضر يوم الخميس لصالح إغلاق الجسر القديم. وقالت رئيسة البلدية هناء "
    "الكرمي بعد الجلسة إنه لم يكن هناك خيار آخر، وستستمر الأعمال عامين كاملين."
)
TURKISH = (
    "Yeşilkent belediye meclisi perşembe günü eski köprünün kapatılmasına karar verdi. Başka "
    "seçeneğimiz yoktu diyen başkan Ayşe Gür, çalışmaların iki yıl süreceğini söyledi."
)
CHINESE = "绿山市议会星期四投票决定关闭旧桥。“我们别无选择，”市长林晓在会后说。工程历时两年。"
TAIWANESE = "綠山市議會星期四投票決定關閉舊橋。「我們別無選擇，」市長林曉在會後說。工程歷時兩年。"
JAPANESE = (
    "緑山市の市議会は木曜日、古い橋を閉鎖することを決めた。「ほかに選択肢はなかった」と市長の林"
    "美咲氏は会議のあとで語った。工事は二年間続く見通しだ。"
)
KOREAN = (
    "푸른산시 의회는 목요일 낡은 다리를 폐쇄하기로 결정했다. 다른 선택의 여지가 없었다고 김하늘 "
    "시장은 회의가 끝난 뒤 말했다. 공사는 이 년이 걸릴 전망이다."
)

LEGACY = [
    ("cp1252", FRENCH), ("cp1252", GERMAN), ("cp1252", SPANISH), ("cp1252", ENGLISH),
    ("mac_roman", FRENCH), ("mac_roman", GERMAN), ("mac_roman", SPANISH),
    ("cp1251", RUSSIAN), ("koi8-r", RUSSIAN), ("iso-8859-5", RUSSIAN), ("cp866", RUSSIAN),
    ("cp1251", UKRAINIAN), ("koi8-u", UKRAINIAN), ("iso-8859-5", UKRAINIAN),
    ("cp1250", POLISH), ("cp1250", CZECH), ("cp1250", HUNGARIAN),
    ("iso-8859-2", POLISH), ("iso-8859-2", CZECH), ("iso-8859-2", HUNGARIAN),
    ("cp1253", GREEK), ("cp1254", TURKISH), ("cp1255", HEBREW), ("cp1256", ARABIC),
    ("iso-8859-6", ARABIC),
    ("gb18030", CHINESE), ("big5", TAIWANESE), ("shift_jis", JAPANESE), ("euc_jp", JAPANESE),
    ("iso2022_jp", JAPANESE), ("euc_kr", KOREAN),
]  # fmt: skip


@pytest.mark.parametrize(
    "shape", ["{0}", "{0}\n\n{0}\n", "<div><a href='/'>Home</a><p>{0}</p></div>"]
)
@pytest.mark.parametrize(("codec", "text"), LEGACY, ids=[f"{c}-{t[:9]}" for c, t in LEGACY])
def test_legacy_encodings_without_a_declaration(codec: str, text: str, shape: str) -> None:
    text = shape.format(text)
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_unicode_with_and_without_mark(mark: bytes, codec: str, text: str) -> None:
    assert decode(mark + text.encode(codec)) == text


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("latin-1", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1252", "cp1252"),
        ("cp1250", "cp1250"),
    ],
)
def test_a_declared_charset_means_what_it_means_on_the_web(charset: str, codec: str) -> None:
    assert decode("“a”".encode(codec), charset) == "“a”"


@pytest.mark.parametrize(
    ("head", "codec", "word"),
    [
        ('<meta charset="koi8-r">', "koi8-r", "мост"),
        ("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gb18030", "镕基桥"),
        ('<?xml version="1.0" encoding="shift_jis"?>', "cp932", "①橋"),
    ],
)
def test_a_document_declares_its_own_charset(head: str, codec: str, word: str) -> None:
    text = f"{head}<p>{word}</p>"
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize("charset", ["zip", "idna", "unicode_escape", "no-such", "utf-8", "utf-16"])
def test_a_charset_that_is_none_or_does_not_fit_is_not_believed(charset: str) -> None:
    assert decode(FRENCH.encode("cp1252"), charset) == FRENCH


def test_strict_utf8_goes_before_a_declaration() -> None:
    assert decode(FRENCH.encode(), "iso-8859-1") == FRENCH


def test_utf8_that_is_cut_off_or_broken_in_one_place_stays_utf8() -> None:
    assert decode(RUSSIAN.encode()[:-2]).startswith("Городской совет")
    broken = RUSSIAN.encode()[:101] + b"\xff" + RUSSIAN.encode()[101:]
    assert decode(broken).startswith("Городской совет")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Der Bürgermeister kam über die Brücke".encode() + b", it\x92s said", ", it’s said"),
        ("Käthe Löwen läuft. ".encode() + b"Gr\xfcnm\xfchl", "Grünmühl"),
        (f"{FRENCH} fin\u2019".encode()[:-1], "long. fin"),
        ("Käthe Löwen, ".encode() + b"cut \xe2\x80 inside", "cut \ufffd inside"),
        (
            b'<meta charset="utf-8"><p>The mayor\x92s bridge, Gr\xfcnm\xfchl',
            "mayor’s bridge, Grünmühl",
        ),
        (b"Nothing but plain words, and then a cut \xe2\x80", "and then a cut"),
    ],
    ids=["quote", "umlauts", "cut end", "cut inside", "declared", "plain"],
)
def test_a_few_broken_places_leave_utf8_as_it_is(data: bytes, text: str) -> None:
    found = decode(data)
    assert found.rstrip().endswith(text)
    assert "Ã" not in found


def test_line_ends_controls_and_decomposed_letters_are_cleaned() -> None:
    assert decode("a\r\nb\rc\x00\x07 e\u0301".encode()) == "a\nb\nc é"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe \x00", b"\0\0\0"])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"note\.txt: is empty"):
        decode(data, where="note.txt")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG image"),
        (b"%PDF-1.7 stream", "PDF document"),
        (b"PK\x03\x04rest", "ZIP archive"),
        (b"\x7fELF\x02\x01", "program"),
        (b"GIF89a...", "GIF image"),
        (bytes(range(256)) * 20, "binary data"),
        (b"text \x00\x01\x02\x03 " * 100, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(ReadError, match=name):
        decode(data, where="x")
