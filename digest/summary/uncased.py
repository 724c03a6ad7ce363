"""Speakers in scripts without capitals: patterns of the words around a quote.

Arabic and Hebrew put the speaker behind the verb ("wa-qala X: ..."), Japanese before a particle,
Chinese before the verb. What the pattern finds is parted into role and name by the role's noun.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from digest.model import Span
from digest.summary.marks import Run
from digest.summary.scene import Scene

#: Characters before and behind a quote in which its speaker stands.
_BEFORE, _BEHIND = 120, 80
#: Characters on either side of a name in which its full form is looked for.
_NEAR = 8_000
#: Most characters of a Japanese family name.
_FAMILY = 3
_SURE, _FAIR = 0.95, 0.88


class Found(NamedTuple):
    """A speaker with role, as spans of the text."""

    speaker: Span
    role: Span | None
    found: str
    confidence: float
    #: Whether it is a name.
    named: bool


def _words(listed: str) -> str:
    return "|".join(sorted(listed.split(), key=len, reverse=True))


_ARABIC_SAYS = _words(
    "قال قالت يقول تقول أضاف أضافت أكد أكدت أوضح أوضحت صرح صرحت أعلن أعلنت ذكر ذكرت كتب كتبت أشار "
    "أشارت تابع تابعت شدد شددت اعتبر اعتبرت رأى رأت حذر حذرت علق علقت روى روت رد ردت تساءل تساءلت"
)
_ARABIC_ROLES = _words(
    "مدير مديرة المدير المديرة رئيس رئيسة الرئيس الرئيسة وزير وزيرة الوزير الوزيرة متحدث متحدثة "
    "المتحدث المتحدثة ناطق الناطق أمين أمينة الأمين الأمينة عمدة محافظ المحافظ أستاذ أستاذة "
    "الأستاذ الأستاذة دكتور الدكتور الدكتورة خبير خبيرة الخبير الخبيرة باحث باحثة الباحث الباحثة "
    "مهندس المهندس المهندسة محام محامي المحامي المحامية كاتب الكاتب الكاتبة فنان الفنان الفنانة "
    "معلم معلمة المعلم المعلمة طبيب الطبيب الطبيبة مزارع المزارع المزارعة صياد الصياد قائد "
    "القائد سفير السفير السفيرة نائب النائب النائبة السيد السيدة الشيخ مسؤول مسؤولة المسؤول "
    "المسؤولة مدرب المدرب مصدر الشرطة الوزارة الحكومة الشركة الهيئة مؤسس مؤسسة المؤسس المؤسسة"
)
_HEBREW_SAYS = _words(
    "אמר אמרה אמרו אומר אומרת הוסיף הוסיפה הסביר הסבירה מסביר מסבירה הצהיר הצהירה טען טענה טוען "
    "טוענת ציין ציינה הבהיר הבהירה כתב כתבה סיפר סיפרה מספר מספרת הדגיש הדגישה השיב השיבה מסר מסרה "
    "הודיע הודיעה הזהיר הזהירה סיכם סיכמה הודה הודתה הגיב הגיבה לדברי"
)
_HEBREW_ROLES = _words(
    "מנהל מנהלת המנהל המנהלת ראש שר שרת השר השרה דובר דוברת הדובר הדוברת נשיא נשיאת הנשיא הנשיאה "
    "יושב יו״ר מנכ״ל מנכ״לית פרופסור פרופ׳ פרופ' ד״ר מומחה מומחית חוקר חוקרת החוקר החוקרת מהנדס "
    "מהנדסת עורך עורכת סופר סופרת הסופר הסופרת אמן אמנית האמן האמנית מורה המורה רופא רופאה הרופא "
    "הרופאה חקלאי החקלאי מפקד המפקד שגריר השגריר חבר חברת מזכיר מזכירת אוצר אוצרת האוצר האוצרת "
    "המשטרה הממשלה המשרד העירייה החברה מייסד מייסדת ספרן ספרנית הספרנית תושב תושבת"
)

_CHINESE_SAYS = _words(
    "说 說 表示 指出 称 稱 强调 強調 认为 認為 写道 寫道 坦言 告诉 告訴 "
    "补充说 補充說 补充 補充 回忆说 介绍说 道"
)

_EDGE = r"(?![^\W_])"
_ARABIC_NAME = r"(?P<who>[^\W\d_][^،؛.:!؟«»“”\"()\n]{1,60}?)"
_ARABIC_STOP = (
    r"(?=\s*(?:[،؛:.«“\"(]|$|\s(?:إن|أن|إنه|إنها|أنه|أنها|في|خلال|لوكالة|لصحيفة|للصحفيين|اليوم|أمس|"
    r"يوم|عن|على|مضيفا|مضيفة|عبر|بعد|قبل)(?:\s|$)))"
)
_ARABIC_VERB = rf"(?<!\w)[وف]?(?:{_ARABIC_SAYS}|بحسب|حسب|وفقا ل){_EDGE}"
# "وفقا ل" sticks to the name.
_ARABIC_SOURCE = r"(?<!\w)[وف]?(?:وفقا|وفقًا|طبقا|طبقًا)\s+ل(?=\w)"
_HEBREW_STOP = (
    r"(?=\s*(?:[,;:.“”\"(]|$|\s(?:כי|ש|אתמול|היום|הבוקר|הערב|בראיון|במסיבת|לעיתונאים|לכתבים|על|"
    r"עם|לאחר|אחרי|לפני|ביום)(?:\s|$)))"
)
_HEBREW_NAME = r"(?P<who>[^\W\d_][^,;.:!?“”()\n]{1,60}?)"


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compiled at the first use: most runs meet none of these languages."""
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in patterns)


# Each with the group ``who``; before a quote the last match counts, behind it the first.
_BEFORE_PATTERNS = {
    "ar": (rf"(?:{_ARABIC_VERB}\s+|{_ARABIC_SOURCE}){_ARABIC_NAME}{_ARABIC_STOP}",),
    "he": (
        rf"(?<!\w)[וש]?(?:{_HEBREW_SAYS}){_EDGE}\s+{_HEBREW_NAME}{_HEBREW_STOP}",
        rf"(?:^|[.!?]\s+){_HEBREW_NAME}(?:,[^,.]{{2,50}},)?\s+(?:{_HEBREW_SAYS}){_EDGE}",
    ),
    "ja": (
        r"(?:^|[、。」\s])(?P<who>[^、。「」『』（\s]{2,30}?)(?:（[^）]{1,10}）)?(?:は|が|も)(?=[^。「」]{0,40}$)",
        r"(?:^|[、。」\s])(?P<who>[^、。「」『』（\s]{2,30}?(?:さん|氏))(?:（[^）]{1,10}）)?は(?=[^「」]{0,60}$)",
    ),
    "zh": (
        (
            r"(?:^|[，。！？；：“”「」\s])(?P<who>[^，。！？；：“”「」\s\d]{2,24}?)"
            r"(?:(?:在|对|對|向|于|於|也|则|則|还|還|今天|昨天|周|随后|之后|进一步|日前)[^，。！？；“”「」]{0,14}?)?"
            rf"(?:{_CHINESE_SAYS})[^，。！？；“”「」]{{0,10}}"
            r"(?:[：:，,][^，。！？；：“”「」]{0,12})?\s*$"
        ),
        r"(?:据|據)(?P<who>[^，。！？；：“”「」\s\d]{2,24}?)(?:介绍|介紹|透露|披露|称|稱|说|說)[，,]\s*$",
    ),
}
_BEHIND_PATTERNS = {
    "ar": (rf"[،,.]?\s*(?:كما\s+|هكذا\s+)?{_ARABIC_VERB}\s+{_ARABIC_NAME}{_ARABIC_STOP}",),
    "he": (rf"[,.]?\s*(?:כך\s+)?(?:{_HEBREW_SAYS}){_EDGE}\s+{_HEBREW_NAME}{_HEBREW_STOP}",),
    "ja": (
        (
            r"(?:と|などと)[、,]?(?P<who>[^、。「」『』\s]{2,24}?)(?:は|が|も)[^。「」]{0,30}?"
            r"(?:話|述べ|語|言|説明|強調|指摘|訴え|振り返|喜|明か|答え|コメント|笑|書)"
        ),
    ),
    "zh": (
        (
            r"[，,]?\s*(?P<who>[^，。！？；：“”「」\s\d]{2,24}?)"
            r"(?:(?:在|对|對|向|于|於|也|则|則|还|還|今天|昨天|周|随后|之后|进一步|日前)[^，。！？；“”「」]{0,14}?)?"
            rf"(?:{_CHINESE_SAYS})(?:[，。：]|$)"
        ),
    ),
}
_PRONOUN_WORDS = "他 她 他们 她们 他們 她們 我 我们 彼 彼女 私 私たち これ それ הוא היא هو هي"
_PRONOUNS = frozenset(_PRONOUN_WORDS.split())
_ROLES = {
    "ar": re.compile(rf"(?:{_ARABIC_ROLES}){_EDGE}(?:\s+باسم\s+\S+)?(?:\s+ال\S+){{0,2}}"),
    "he": re.compile(rf"(?:{_HEBREW_ROLES})(?![^\W_])(?:\s+ה\S+)?"),
}
# A noun with the article before two words without: a trade before a name ("the tailor N. N.").
_DEFINITE = re.compile(r"ال\w+(?= (?!ال)\w+ \w+$)")
# A role without the article owns what follows it: "the lawyer of N. N.", not "lawyer N. N.".
_DEFINITE_ROLE = re.compile(r"(?:^|\s)ال\S+$|^(?:ال(?!\S*\s+باسم)|دكتور)")
# Two words between commas or stops, unless the first may begin with a preposition or "and".
_HEBREW_APPOSED = re.compile(
    r",\s((?!(?:אתמול|אחרי|עם|על|תוך|אך|גם|רק|עוד|אבל|אם|אז|עד)\b)"
    r"[^\W\d_בכלומשה]\w+ [^\W\d_]\w+)(?=[,.:]|$)"
)
_JAPANESE_ROLE = (
    r"館長|消防署長|警察署長|署長|市長|町長|村長|知事|教授|准教授|社長|会長|首相|大臣|外相|長官|代表|監督|選手|所長|理事長|委員長|"
    r"議員|主任研究員|主任|校長|園長|院長|店長|部長|課長|局長|博士|記者|報道官|大統領|組合長|責任者|研究員|学芸員|担当者|弁護士"
)
_JAPANESE_ROLES = tuple(_JAPANESE_ROLE.split("|"))
# Nouns for people that stand behind no name: 広報担当者 is no Mr. 広報.
_UNTITLED = r"(?!担当者|責任者)"
# "The mayor's" before a trade: the mayor is not who speaks.
_JAPANESE_OWNER = re.compile(rf".*(?:さん|氏|{_JAPANESE_ROLE})の")
# "..." と言われた: whoever stands before から said it.
_JAPANESE_TOLD = re.compile(r"と(?:言わ|告げら|聞かさ|問わ|尋ねら|指摘さ|説明さ)れ")
_JAPANESE_TELLER = re.compile(r"(?:^|[、。」はが])(?P<who>[^、。「」はが]{2,24})から、?$")
_JAPANESE = re.compile(
    rf"(?:(?P<role>.{{0,24}}(?:{_JAPANESE_ROLE}))の|.{{0,24}}[ぁ-ん])?"
    rf"(?P<name>[一-龯々]{{1,6}}?|[ァ-ヴー]+(?:[・＝][ァ-ヴー]+)*)"
    rf"(?:さん|氏|くん|ちゃん|{_UNTITLED}(?P<title>{_JAPANESE_ROLE}))"
)
_JAPANESE_BARE = re.compile(r"[一-龯々]{2,5}|[ァ-ヴー]{2,}(?:[・＝][ァ-ヴー]+)*")
_CHINESE_ROLE = (
    r"馆长|館長|市长|市長|省长|部长|部長|教授|局长|局長|发言人|發言人|主席|总统|總統|总理|總理|经理|經理|校长|"
    r"校長|主任|博士|院长|院長|研究员|研究員|专家|專家|记者|記者|工程师|工程師|老师|老師|医生|醫生|导演|作家|"
    r"书记|会长|會長|董事长|創辦人|创始人|负责人|負責人|律师|律師|矿工|礦工|司机|司機|渔民|漁民|村民|居民|队长|教练|先生|女士"
)
_CHINESE = re.compile(
    rf"(?P<role>.{{0,16}}(?:{_CHINESE_ROLE}))(?P<name>[一-龥]{{2,4}}|[一-龥]+(?:·[一-龥]+)+)$"
)
_CHINESE_BARE = re.compile(r"[一-龥]{2,3}|[一-龥]+(?:·[一-龥]+)+")


def speaker(scene: Scene, run: Run) -> Found | None:
    """Who speaks a run, by the words around it; None if no pattern says."""
    language = scene.lexicon.language
    paragraph = scene.paragraphs[run.paragraph]
    behind_end = min(paragraph.end, run.outer.end + _BEHIND)
    if language == "ja" and _JAPANESE_TOLD.match(scene.text, run.outer.end, behind_end):
        return _japanese_teller(scene, Span(paragraph.start, run.outer.start))
    for pattern in _compiled(_BEHIND_PATTERNS[language]):
        match = pattern.match(scene.text, run.outer.end, behind_end)
        if match and (found := _parted(scene, Span(*match.span("who")), "cue-after")):
            return found
    start = max(paragraph.start, run.outer.start - _BEFORE)
    for pattern in _compiled(_BEFORE_PATTERNS[language]):
        matches = list(pattern.finditer(scene.text, start, run.outer.start))
        if matches and (found := _parted(scene, Span(*matches[-1].span("who")), "cue-before")):
            return found
    return None


def _parted(scene: Scene, who: Span, found: str) -> Found | None:
    """Role and name of a phrase; None for a pronoun."""
    words = scene.text[who.start : who.end]
    if words.strip() in _PRONOUNS:
        return None
    return _PARTS[scene.lexicon.language](scene, who, found)


def _spaced(scene: Scene, who: Span, found: str) -> Found | None:
    """Arabic and Hebrew: the role's noun with its complement, then the name."""
    text, language = scene.text, scene.lexicon.language
    words = text[who.start : who.end].rstrip()
    who = Span(who.start, who.start + len(words))
    role = _ROLES[language].match(text, who.start, who.end)
    if role is None:
        role = _DEFINITE.match(text, who.start, who.end) if language == "ar" else None
    if role is None:
        named = 1 < len(words.split()) <= 4
        name = _full_spaced(scene, who)
        return Found(name, _role_behind(scene, who), found, _SURE if named else _FAIR, named=True)
    name = Span(role.end(), who.end)
    while name.start < name.end and text[name.start].isspace():
        name = Span(name.start + 1, name.end)
    if name.start == name.end and language == "he":
        name = _apposed(text, who.end) or name
    if name.start == name.end or (language == "ar" and not _DEFINITE_ROLE.search(role[0])):
        return Found(who, None, found, _FAIR, named=False)
    return Found(_full_spaced(scene, name), Span(*role.span()), found, _SURE, named=True)


def _apposed(text: str, end: int) -> Span | None:
    """The name that a comma parts from the role before it."""
    name = _HEBREW_APPOSED.match(text, end)
    return Span(*name.span(1)) if name else None


def _full_spaced(scene: Scene, name: Span) -> Span:
    """The earlier two words that end in a surname which stands alone here."""
    word = scene.text[name.start : name.end]
    if " " in word:
        return name
    verb = rf"[وفוש]?(?:{_ARABIC_SAYS}|{_HEBREW_SAYS}) "
    pattern = rf"(?<!\S)(?!{verb})[^\W\d_]+ {re.escape(word)}(?!\w)"
    return scene.once(pattern, max(0, name.start - _NEAR), name.start) or name


def _role_behind(scene: Scene, who: Span) -> Span | None:
    behind = re.compile(r"[،,]\s*").match(scene.text, who.end)
    if behind is None:
        return None
    role = _ROLES[scene.lexicon.language].match(scene.text, behind.end())
    return Span(*role.span()) if role else None


def _japanese_teller(scene: Scene, before: Span) -> Found | None:
    """Who told somebody the words that follow; None if the text does not say."""
    start = max(before.start, before.end - _BEFORE)
    match = _JAPANESE_TELLER.search(scene.text, start, before.end)
    return _japanese(scene, Span(*match.span("who")), "cue-reported") if match else None


def _japanese(scene: Scene, who: Span, found: str) -> Found | None:
    text = scene.text
    match = _JAPANESE.fullmatch(text, who.start, who.end)
    if match and match["title"] and _JAPANESE_OWNER.match(text, who.start, match.start("name")):
        return Found(who, None, found, _FAIR, named=False)
    if match:
        role = match.span("role") if match["role"] else match.span("title")
        span = Span(*role) if role[0] >= 0 else None
        name = _full_japanese(scene, Span(*match.span("name")))
        return Found(name, span, found, _SURE, named=True)
    words = text[who.start : who.end]
    if words.endswith(_JAPANESE_ROLES):
        return Found(who, None, found, _FAIR, named=False)
    if _JAPANESE_BARE.fullmatch(words) and _is_person(scene, who):
        return Found(_full_japanese(scene, who), None, found, _FAIR, named=True)
    return None


def _is_person(scene: Scene, who: Span) -> bool:
    """Whether the word has a title or "san" somewhere near."""
    word = re.escape(scene.text[who.start : who.end])
    titled = rf"{word}[一-龯々]{{0,3}}(?:さん|氏|{_JAPANESE_ROLE})"
    return scene.once(titled, max(0, who.start - _NEAR), who.end + _NEAR) is not None


def _full_japanese(scene: Scene, name: Span) -> Span:
    """The earlier full name of which the family name stands here (田中 -> 田中恵子)."""
    word = scene.text[name.start : name.end]
    if len(word) > _FAMILY:
        return name
    pattern = rf"{re.escape(word)}[^\W\d_]{{1,4}}?(?=さん|氏|（|、|は|{_JAPANESE_ROLE})"
    return scene.once(pattern, max(0, name.start - _NEAR), name.start) or name


def _chinese(scene: Scene, who: Span, found: str) -> Found | None:
    match = _CHINESE.fullmatch(scene.text, who.start, who.end)
    if match:
        name, role = Span(*match.span("name")), Span(*match.span("role"))
        return Found(name, role, found, _SURE, named=True)
    if _CHINESE_BARE.fullmatch(scene.text, who.start, who.end):
        return Found(who, None, found, _FAIR, named=True)
    return None


_PARTS: dict[str, Callable[[Scene, Span, str], Found | None]] = {
    "ar": _spaced,
    "he": _spaced,
    "ja": _japanese,
    "zh": _chinese,
}
