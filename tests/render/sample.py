"""An invented issue of twenty stories in many scripts, for every test that needs a whole one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from digest.model import (
    Article,
    Headline,
    Issue,
    Newsletter,
    Quote,
    Section,
    Span,
    Story,
    Summary,
)

CLASSIC = Path(__file__).parents[2] / "templates" / "classic"
SLOT = datetime(2026, 11, 20, 6, 30, tzinfo=UTC)


def span(text: str, words: str) -> Span:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def story(
    title: str,
    lead: str,
    *,
    quote: str = "",
    speaker: str = "",
    role: str = "",
    language: str = "en",
    also: tuple[Headline, ...] = (),
    id: str = "",  # noqa: A002  the model's own name
    published: date | None = date(2026, 11, 19),
    **fields: Any,
) -> Story:
    """A story whose text is its lead, and its quote with who said it."""
    text = f"{lead}\n\n{quote}\n\n{speaker}\n\n{role}"
    article = Article(
        id=id or title, title=title, text=text, language=language, published=published, **fields
    )
    said = Quote(
        words=(span(text, quote),),
        speaker=span(text, speaker) if speaker else None,
        role=span(text, role) if role else None,
    )
    summary = Summary(lead=span(text, lead), quote=said if quote else None)
    return Story(article=article, summary=summary, also=also)


def line(title: str, **fields: Any) -> Headline:
    """A headline without a story."""
    return Headline(article=title, title=title, published=date(2026, 11, 18), **fields)


def newsletter(**fields: Any) -> Newsletter:
    """The invented paper, with everything that a newsletter can have."""
    given: dict[str, Any] = {
        "id": "coast",
        "title": "The Quay Letter",
        "tagline": "What the harbour towns are talking about",
        "timezone": "Europe/Lisbon",
        "address": "Quay Letter Press\n4 Rope Walk, Port Ansel",
        "unsubscribe": "mailto:leave@quay.example",
        "view": "https://quay.example/latest",
    }
    return Newsletter(**{**given, **fields})


def issue(*sections: Section, held: int = 0, **fields: Any) -> Issue:
    """An issue of these sections; the keywords are the newsletter's."""
    return Issue(
        id="coast/2026-11-20T0630",
        newsletter=newsletter(**fields),
        slot=SLOT,
        sections=sections,
        held=held,
    )


def one(told: Story, **fields: Any) -> Issue:
    """An issue of one story without a section."""
    return issue(Section(name=None, stories=(told,)), **fields)


HARBOUR = (
    story(
        "Port Ansel votes to keep its night ferry after a winter of doubt",
        "The council of Port Ansel voted eleven to four on Thursday to pay for the night ferry "
        "until spring, ending months of argument over a boat that carries thirty people and most "
        "of the island’s bread.",
        quote="We were told that nobody would miss it, and then four hundred people stood on the "
        "quay in the rain to say that they would",
        speaker="Marisol Teague",
        role="chair of the harbour board",
        site="The Ansel Courier",
        byline="Owen Brandt",
        url="https://courier.example/2026/11/night-ferry?edition=morning&from=front#top",
        section="Transport",
        also=(
            line(
                "Ferry saved by four votes",
                site="Island Post",
                url="https://post.example/ferry-saved",
            ),
            line("A boat and its bread", site="Radio Tideway", url="https://tideway.example/a/77"),
        ),
    ),
    story(
        "Tide gauge built by schoolchildren is now the town’s best",
        "A gauge made of a drainpipe, a float and a borrowed clock has measured the tide at Low "
        "Bridge to within two centimetres for a year, the survey office said.",
        site="The Ansel Courier",
        byline="Ines Calder",
        url="https://courier.example/2026/11/tide-gauge",
    ),
    story(
        "Kelp farmers ask for a map that shows where the wind parks end",
        "Eleven kelp growers have asked the ministry to publish the borders of three planned wind "
        "parks, since two boats were fined in October for crossing lines that no chart shows.",
        quote="You cannot keep off a line that is not drawn",
        speaker="Haldis Orre",
        role="kelp farmer",
        site="Northern Nets",
        url="https://nets.example/kelp-map",
        published=datetime(2026, 11, 19, 23, 40, tzinfo=UTC),
    ),
    story(
        "Lighthouse keeper’s diary found behind a stove",
        "Workers at Cape Merrow found forty years of weather, one line a day, in a tin behind the "
        "kitchen stove of the old lighthouse; the museum will show it from March.",
        site="Merrow Weekly",
        byline="Tamsin Rook",
    ),
    story(
        "Bakers switch to tidal power and tell nobody for a month",
        "Three bakeries in Saltgate have run their ovens on the tidal mill since October without "
        "telling customers, to see whether anyone would taste a difference.",
        quote="Bread does not know where the heat comes from, and after a month neither did the "
        "customers, so we put up the sign and sold twice as many rolls",
        speaker="Pell Andersby",
        role="master baker",
        site="Saltgate Observer",
        byline="Ruth Okafor-Lind",
        url="https://observer.example/tidal-bread",
    ),
)

WORLD = (
    story(
        "Die Brücke von Hohenwerft bleibt ein weiteres Jahr gesperrt",
        "Die Stadt Hohenwerft lässt ihre Drehbrücke bis Ende nächsten Jahres gesperrt, weil im "
        "Lager des Mittelpfeilers Risse gefunden wurden, die niemand erwartet hatte.",
        quote="Wir bauen lieber einmal richtig als dreimal schnell",
        speaker="Jorinde Maiwald",
        role="Stadtbaurätin",
        language="de",
        site="Werftbote",
        byline="Karl Ostermann",
        url="https://werftbote.example/brücke/drehbrücke",
    ),
    story(
        "Le phare de Kerlann sera éteint une nuit pour les oiseaux",
        "Le phare de Kerlann restera éteint dans la nuit de samedi, le temps de laisser passer "
        "vingt mille bécassines que sa lumière détourne chaque automne.",
        quote="Une nuit sans lumière, c’est peu pour nous et tout pour elles",
        speaker="Maëlle Quéré",
        role="ornithologue",
        language="fr",
        site="L’Estran",
        url="https://estran.example/phare",
    ),
    story(
        "La lonja de Puerto Salmor subasta por primera vez en silencio",
        "La lonja de Puerto Salmor cambió el miércoles los gritos por una pantalla y vendió cuatro "
        "toneladas de merluza en once minutos.",
        language="es",
        site="El Muelle",
        byline="Lucía Ferrán",
        url="https://muelle.example/lonja",
    ),
    story(
        "ميناء الرملة يفتح مكتبة عائمة للصيادين وأسرهم",
        "افتتح ميناء الرملة يوم الخميس مكتبة على ظهر عبّارة قديمة تضم ثلاثة آلاف كتاب، وسترسو كل "
        "أسبوع في قرية من قرى الساحل.",
        quote="البحر أعطانا رزقنا، واليوم يحمل إلينا الكتب",
        speaker="سلمى الحدّاد",
        role="مديرة المكتبة",
        language="ar",
        site="صدى الساحل",
        byline="ياسر منصور",
        url="https://sada.example/library",
        also=(line("مكتبة على الماء", site="Radio Tideway", url="https://tideway.example/ar/9"),),
    ),
    story(
        "הנמל הישן של חוף־אלון נפתח לשחייה אחרי ארבעים שנה",
        "עיריית חוף־אלון פתחה ביום שישי את הנמל הישן לשחייה, לאחר שבדיקות המים יצאו נקיות שלוש "
        "שנים ברציפות.",
        quote="הילדים שלי ישחו במקום שבו סבא שלי תיקן רשתות",
        speaker="נועה ברקאי",
        language="he",
        site="קול החוף",
        url="https://kol.example/harbour",
    ),
    story(
        "海辺の小さな駅、六十年ぶりに夜行列車が停車",
        "潮見町の小さな駅に木曜日の夜、六十年ぶりに夜行列車が停車し、ホームには百人を超える住民が集まった。",
        quote="汽笛を聞いたとき、父の声を思い出しました。またこの駅に灯りがともるとは思ってもいませんでした",
        speaker="浜口千歳",
        role="元駅員",
        language="ja",
        site="潮見日報",
        byline="三宅涼",
        url="https://shiomi.example/夜行列車",
    ),
    story(
        "海灣鎮的漁市改在清晨三點開市",
        "海灣鎮的漁市從本週起改在清晨三點開市，商販說這樣可以趕上第一班渡輪。",
        language="zh-hant",
        site="海灣早報",
        url="https://haiwan.example/market",
    ),
    story(
        "समुद्र किनारे के गाँव ने अपनी पहली मौसम चौकी बनाई",
        "रेतपुर गाँव के मछुआरों ने शुक्रवार को अपनी पहली मौसम चौकी शुरू की, जो हर घंटे हवा और लहरों की "
        "ऊँचाई की सूचना देगी।",
        quote="अब हमें तूफ़ान की ख़बर तूफ़ान से पहले मिलेगी",
        speaker="कमला नाविक",
        language="hi",
        site="तट समाचार",
        url="https://tat.example/mausam",
    ),
    story(
        "หมู่บ้านประมงเปิดโรงเรียนซ่อมเรือสำหรับคนรุ่นใหม่",
        "หมู่บ้านบ้านทรายขาวเปิดโรงเรียนซ่อมเรือไม้เมื่อวันพฤหัสบดี มีนักเรียนรุ่นแรกสิบสองคน",
        language="th",
        site="ข่าวชายฝั่ง",
        url="https://thai.example/boats",
    ),
    story(
        "Маяк на мысе Белый снова работает — теперь от ветра",
        "Маяк на мысе Белый зажгли в среду впервые за двадцать лет: вместо дизеля его питает "
        "небольшой ветряк, который собрали студенты мореходного училища.",
        quote="Мы просто хотели, чтобы с моря снова было видно дом",
        speaker="Арина Полозова",
        role="студентка",
        language="ru",
        site="Береговой листок",
        url="https://listok.example/mayak",
    ),
    story(
        "👩🏽‍🔬 Students 🚢 name a research boat “Ḑ́áwn” 🏴‍☠️ and the registry accepts it ✔️",
        "A boat registry built for plain letters accepted a name with two accents and no vowel it "
        "knew, after three weeks of letters between a school and a very patient clerk.",
        quote="I have printed stranger things, but never on the stern of a boat",
        speaker="Dorothea Whin",
        role="registry clerk",
        site="Campus Log",
        url="https://log.example/boat",
    ),
)

NOTES = (
    story(
        "Sea pool reopens with warmer changing rooms",
        "The sea pool at Hollin Bay reopened on Monday with heated floors, paid for by a raffle.",
        site="Hollin News",
        url="https://hollin.example/pool",
    ),
    story(
        "A choir for people who cannot sing finds eighty members",
        "The Flat Notes, a choir founded in September for people who were told to mouth the words, "
        "has eighty members and a waiting list.",
        quote="Nobody here has ever been asked to stay, and now nobody wants to leave",
        speaker="Gwil Harrop",
        role="its conductor",
        site="Hollin News",
        url="https://hollin.example/choir",
    ),
    story(
        "Post boat gets a new engine and an old horn",
        "The post boat Petrel sails with an electric engine from Tuesday and keeps the steam horn "
        "that villages set their clocks by.",
        site="Island Post",
        byline="Sam Hurrell",
        url="https://post.example/petrel",
    ),
    story(
        "Four villages share one dentist, one boat and one calendar",
        "A dentist who comes by boat has cut waiting times in four villages from a year to three "
        "weeks, says a report by the district.",
        quote="The drill is the same, but people arrive having seen a seal",
        speaker="Dr. Amadou Kell",
        role="dentist",
        site="District Gazette",
        url="https://gazette.example/dentist",
    ),
)

LINES = (
    line("Harbour café wins an award for its soup", site="Hollin News", url="https://h.example/1"),
    line("Ein Kran für Hohenwerft", site="Werftbote", url="https://w.example/2", language="de"),
    line("قارب جديد للإنقاذ في خليج النور", site="صدى الساحل", language="ar"),
)


def whole(**fields: Any) -> Issue:
    """The issue of twenty stories."""
    return issue(
        Section(name="Harbour", stories=HARBOUR),
        Section(name="World", stories=WORLD),
        Section(name=None, stories=NOTES, headlines=LINES),
        held=3,
        **fields,
    )
