"""Japanese: the speaker before a particle, with a title or "san" behind the name."""

from __future__ import annotations

import re

from digest.model import Span
from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.summary.uncased.found import (
    FAIR,
    NEAR,
    SURE,
    Found,
    alternatives,
    before,
    behind,
    clause_before,
    clause_behind,
)

#: Most characters of a family name.
_FAMILY = 3
#: How sure the speaker is who was named in the sentence before.
_NEXT = 0.86

_SAY = (
    r"(?:話|述べ|語|言|いう|いい|説明|強調|指摘|訴え|振り返|喜|明か|答え|コメント|笑|書|批判|反論|主張|警告|謝罪|"
    r"発表|報告|打ち明け|嘆|期待|断言|伝え|呼びかけ|求め|つぶや|叫|尋ね|問|評|力を込め|胸を張|悔や|懸念|認め|否定|"
    r"告白|回想|宣言|約束|釈明|不満|感謝|予想|分析|提案|疑問|考え|みて|して|証言|抗議|反発|表明|示し|投稿|つづ)"
)
_TITLE_WORDS = (
    "館長 消防署長 警察署長 署長 市長 町長 村長 区長 知事 教授 准教授 名誉教授 社長 会長 首相 "
    "大臣 外相 財務相 蔵相 農相 農水相 法相 防衛相 環境相 厚労相 経産相 国交相 文科相 総務相 "
    "官房長官 長官 代表 監督 選手 所長 理事長 委員長 議員 主任研究員 主任 校長 園長 院長 店長 "
    "部長 本部長 課長 局長 博士 記者 報道官 大統領 組合長 責任者 研究員 学芸員 担当者 弁護士 議長 "
    "幹事長 書記長 書記 総裁 頭取 理事 専務 常務 取締役 事務局長 事務総長 総長 学長 隊長 船長 "
    "団長 次官 審議官 参事官 大使 領事 将軍 司令官 警部 検事 判事 裁判長 医師 看護師 講師 助教 "
    "教諭 作家 画家 歌手 女優 俳優 投手 捕手 内野手 外野手 横綱 大関 名人 九段 八段 棋士 牧師 "
    "住職 神父 司教 法王 国王 王子 王女 編集長 編集委員 社員 党首 委員 評論家 支配人 総支配人 "
    "マネジャー コーチ キャプテン デザイナー アナリスト エコノミスト 被告 容疑者 キャスター "
    "アナウンサー 師匠 顧問 相談役 副知事 副市長"
)
_PREFIX = "(?:副|前|元|新|現|総|上席|代表|名誉|常務|専務|次期|故)?"
_TITLE = rf"{_PREFIX}(?:{alternatives(_TITLE_WORDS)})"
_TITLES = tuple(_TITLE_WORDS.split())
_BODIES = (
    *(
        "協会",
        "組合",
        "連盟",
        "連合",
        "委員会",
        "省",
        "庁",
        "警察",
        "県警",
        "府警",
        "警視庁",
        "会社",
        "本社",
    ),
    *(
        "側",
        "政府",
        "党",
        "機構",
        "財団",
        "大学",
        "病院",
        "市",
        "県",
        "関係者",
        "当局",
        "消防",
        "団体",
    ),
)
_KANJI, _KATAKANA = "[一-龯々ヶ]", "[ァ-ヴー]"
# What a speaker is made of, and the age or reading in brackets behind it.
_WHO = r"(?P<who>[^、。「」『』（\s]{2,30}?)(?:（[^）]{1,14}）)?"
_START = r"(?<![^、。」』\s])"

_TOPIC = re.compile(rf"{_START}{_WHO}(?:は|が|も)(?=[^。「」]{{0,60}}$)")
_SOURCE = re.compile(
    rf"{_START}{_WHO}(?:に(?:よると|よれば)|の(?:話|説明)(?:で|によると))、?[^。「」]{{0,12}}$"
)
_BEHIND = re.compile(rf"(?:と|などと)[、,]?{_WHO}(?:は|が|も)[^。「」]{{0,30}}?{_SAY}")
# "「...」と語るのは、職人の真鍋晴彦さんだ。" and "「...」と真鍋さん。"
_CLEFT = re.compile(
    rf"(?:と|などと)[^。「」、]{{1,16}}の(?:は|が)[、,]?{_WHO}(?:だ|である|です|で|。|、|$)"
)
_SIGNED = re.compile(rf"(?:と|とは)[、,]?{_WHO}(?:。|$)")
# "「...」。県警の寺内剛本部長はこう断言した。"
_SO = re.compile(
    rf"。?{_WHO}(?:は|が)[^。「」]{{0,12}}?(?:こう|そう|このように)[^。「」]{{0,10}}{_SAY}"
)
_CUE = re.compile(
    rf"(?:と|などと)(?:の(?:声明|談話|見解|認識|考え|コメント)|[^。「」]{{0,24}}?{_SAY})"
)
# "「...」という小説": what is called so is no speech.
_CALLED = re.compile(r"という(?![。、]|認識|考え|見方|見解|趣旨|声|思い|意見|意向|$)")
# The subject of the sentence before: "A社長は頭を下げた。「...」と謝罪した。"
_EARLIER = re.compile(rf"(?<![^。\s]){_WHO}は[^。「」]{{1,60}}。$")
_PRONOUN = re.compile(r"(?:彼女?|同氏|同[一-龯]{1,2}|本人|さらに|また)$")
# "..." と言われた: whoever stands before から said it.
_TOLD = re.compile(r"と(?:言わ|告げら|聞かさ|問わ|尋ねら|指摘さ|説明さ)れ")
_TELLER = re.compile(r"(?<![^、。」はが\s])(?P<who>[^、。「」はが]{2,24})から、?$")
# "The mayor's" before a trade: the mayor is not who speaks.
_OWNER = re.compile(rf".*(?:さん|氏|{_TITLE})の")
# Nouns for people that stand behind no name: 広報担当者 is no Mr. 広報.
_UNTITLED = "(?!担当者|責任者)"
_NAMED = re.compile(
    rf"(?:(?P<role>.{{0,24}}(?:{_TITLE}|[家師者員手士人長]))の|.{{0,24}}[ぁ-ん])?"
    rf"(?P<name>{_KANJI}{{1,6}}?|{_KANJI}{{1,4}}[ぁ-んァ-ヴー]{{1,5}}|{_KATAKANA}+(?:[・＝]{_KATAKANA}+)*)"
    rf"(?:さん|氏|くん|ちゃん|{_UNTITLED}(?P<title>{_TITLE}))"
)
_BARE = re.compile(rf"{_KANJI}{{2,5}}|{_KATAKANA}{{2,}}(?:[・＝]{_KATAKANA}+)*")


def speaker(scene: Scene, run: Run) -> Found | None:
    """Who speaks a run, by the words around it; None if no pattern says."""
    text, (start, end) = scene.text, behind(scene, run)
    if _CALLED.match(text, start, end):
        return None
    if _TOLD.match(text, start, end):
        return _of_last(scene, _TELLER, before(scene, run), "cue-reported")
    for pattern in (_BEHIND, _CLEFT, _SIGNED, _SO):
        match = pattern.match(text, start, end)
        if match and (found := _parted(scene, Span(*match.span("who")), "cue-after")):
            return found
    clause = clause_before(scene, run)
    found = _of_last(scene, _SOURCE, clause, "source-before")
    found = found or _of_last(scene, _TOPIC, clause, "cue-before")
    if found is None and goes_on(scene, run):
        earlier = Span(before(scene, run).start, clause.start)
        found = _of_last(scene, _EARLIER, earlier, "sentence-before")
        return found._replace(confidence=_NEXT) if found and found.named else None
    return found


def is_said(scene: Scene, run: Run) -> bool:
    """Whether a verb of saying stands behind a run, or a speaker beside it."""
    stretch = clause_behind(scene, run)
    return _CUE.match(scene.text, *stretch) is not None or speaker(scene, run) is not None


def goes_on(scene: Scene, run: Run) -> bool:
    """Whether a run has a verb of saying, and no subject or "he"."""
    clause = clause_before(scene, run)
    topics = [topic["who"] for topic in _TOPIC.finditer(scene.text, *clause)]
    if topics and not _PRONOUN.match(topics[-1]):
        return False
    return _CUE.match(scene.text, *clause_behind(scene, run)) is not None


def _of_last(scene: Scene, pattern: re.Pattern[str], stretch: Span, found: str) -> Found | None:
    """The speaker in the last match within a stretch."""
    who: Span | None = None
    for match in pattern.finditer(scene.text, *stretch):
        who = Span(*match.span("who"))
    return _parted(scene, who, found) if who else None


def _parted(scene: Scene, who: Span, found: str) -> Found | None:
    """Role and name of a phrase; None for a pronoun or what is no person."""
    text = scene.text
    words = text[who.start : who.end]
    if _PRONOUN.match(words):
        return None
    match = _NAMED.fullmatch(text, who.start, who.end)
    if match and match["title"] and _OWNER.match(text, who.start, match.start("name")):
        return Found(who, None, found, FAIR, named=False)
    if match and not match["name"].endswith(_BODIES):
        role = match.span("role") if match["role"] else match.span("title")
        span = Span(*role) if role[0] >= 0 else None
        name = _full(scene, Span(*match.span("name")))
        return Found(name, span, found, SURE, named=True)
    if words.endswith((*_TITLES, *_BODIES)):
        return Found(who, None, found, FAIR, named=False)
    if _BARE.fullmatch(words) and _is_person(scene, who):
        return Found(_full(scene, who), None, found, FAIR, named=True)
    return None


def _is_person(scene: Scene, who: Span) -> bool:
    """Whether the word has a title or "san" somewhere near."""
    word = re.escape(scene.text[who.start : who.end])
    titled = rf"{word}[一-龯々]{{0,3}}(?:さん|氏|{_TITLE})"
    return scene.once(titled, max(0, who.start - NEAR), who.end + NEAR) is not None


def _full(scene: Scene, name: Span) -> Span:
    """The earlier full name of which the family name stands here (田中 -> 田中恵子)."""
    word = scene.text[name.start : name.end]
    if len(word) > _FAMILY:
        return name
    pattern = rf"{re.escape(word)}[^\W\d_]{{1,4}}?(?=さん|氏|（|、|は|が|{_TITLE})"
    return scene.once(pattern, max(0, name.start - NEAR), name.start) or name
