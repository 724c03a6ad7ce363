"""Lines that stand among the first paragraphs and are none of the report's.

Most of them end without a full stop, and `digest.summary.openings` passes over those by that
alone. The words here tell the ones that do end like a sentence, in the languages of the wing.
"""

from __future__ import annotations

import re

from digest.text import words

#: Longest note, credit or greeting in words, and in characters.
_NOTE, _LONGEST = 40, 3000

_BYLINE = (
    r"(?:by|von|par|por|da|di|door|przez|yazan:?|автор:?|كتب:?|כתב:|מאת:?|文[／:：]|記者[／:：])"
    r"\s*(?<=[\s:：／])[^\W\d_][^.!?]{2,60}$"
    r"|(?:(?:media |press )?contact|pressekontakt|contact presse|contacto|contatto|contato)\s?:"
)
_TIME = (
    r"(?:last\s+)?(?:updated|published|posted|modified|aktualisiert|veröffentlicht|stand:|publié|"
    r"mis à jour|actualizado|publicado|aggiornato|pubblicato|atualizado|bijgewerkt|gepubliceerd|"
    r"aktualizacja|aktualizováno|publikováno|обновлено|опубликовано|оновлено|опубліковано|"
    r"güncelleme|yayınlanma|آخر تحديث|نشر في|עודכן|פורסם|更新|公開|发布时间)"
    r"\s*(?::|：|at|on|am|um|le|el|il|em|op|о|в|\d).{0,60}$"
    r"|\d{1,2}[:.h]\d{2}\b.{0,16}$|\d{1,2}(?::\d{2})?\s?[ap]\.?m\.?.{0,8}$"
)
_EDITORS = (
    r"(?:editor[’']?s?[’']?s?\s+note|note to readers|anmerkung der redaktion|anm\. d\. red|"
    r"note de la rédaction|ndlr|nota del editor|nota de la redacción|nota dell[’']editore|"
    r"nota della redazione|nota da redação|noot van de redactie|od redakcji|poznámka redakce|"
    r"от редакции|від редакції|editörün notu|ملاحظة من المحرر|הערת המערכת|編集部注|编者按|編者按)"
    r"(?!\w)"
    r"|(?:correction|clarification|update|disclaimer|korrektur|rectificatif|corrección|rettifica|"
    r"correção|correctie|sprostowanie|oprava|исправление|виправлення|düzeltme|تصحيح|תיקון|訂正|"
    r"更正)(?:,[^:]{1,20})?\s?[:：]"
    r"|this (?:article|story|post|page) (?:was|has been|is being|is more than|will be|"
    r"first appeared|originally appeared|contains)\b|this is a developing story"
    r"|(?:dieser (?:artikel|beitrag|text) (?:wurde|ist|erschien|enthält)|cet article (?:a été|est)|"
    r"este artículo (?:fue|se|ha)|questo articolo è|est[ea] (?:artigo|reportagem) (?:foi|contém)|"
    r"dit artikel (?:is|werd|verscheen)|we may earn|image caption,|image source,)"
    r"|(?:for immediate release|zur sofortigen veröffentlichung)\b"
    r"|(?:\d+ min(?:ute)?s? read|reading time|temps de lecture|lesezeit|tiempo de lectura|"
    r"tempo di lettura|tempo de leitura|leestijd|czas czytania|время чтения|час читання)\b.{0,20}$"
)
_CREDIT = (
    r"(?:photo|foto|image|imagen|immagine|imagem|picture|bild|beeld|credit|video|vidéo|listen|"
    r"watch|zdjęcie|fot\.|снимок|фото|fotoğraf|تصوير|صورة|צילום|תצלום|写真|撮影|图|圖|摄影)s?"
    r"\s*(?:by|:|/|：|／)"
)
_GREETING = (
    r"(?:good (?:morning|evening|afternoon)|hello|hi|hey|dear (?:reader|friend)s?|"
    r"welcome (?:to|back)|happy \w+day|guten (?:morgen|abend|tag)|hallo|liebe leser\w*|"
    r"bonjour|bonsoir|chers lecteurs|buenos días|hola|queridos lectores|buongiorno|cari lettori|"
    r"bom dia|caros leitores|goedemorgen|beste lezers?|dzień dobry|drodzy czytelnicy|dobrý den|"
    r"milí čtenáři|доброе утро|здравствуйте|доброго ранку|добрий день|günaydın|merhaba|صباح الخير|"
    r"בוקר טוב|おはようございます|こんにちは|早上好|各位读者)"
    r"(?!\w)(?:[^.]{0,40}[!！]|[.。](?:\s|$)|,? (?:readers?|all|everyone|friends|"
    r"and welcome|liebe|chers|queridos|cari)\b)"
)
_TEASER = (
    r"(?:read (?:more|also|the full)|also read|related|see also|sign up|subscribe|follow us|"
    r"click here|lesen sie (?:auch|mehr|hier)|mehr (?:dazu|zum thema)|abonnieren sie|"
    r"jetzt abonnieren|melden sie sich|(?:à )?lire aussi|lisez aussi|abonnez-vous|inscrivez-vous|"
    r"suivez-nous|le[ea] también|suscríb[ae]\w*|inscríbase|síg[au]nos|leggi anche|iscriviti|"
    r"abbonati|seguici|leia (?:também|mais)|inscreva-se|siga-nos|lees (?:ook|meer)|"
    r"abonneer je|schrijf je in|meld je aan|volg ons|czytaj (?:też|także|więcej)|przeczytaj|"
    r"zapisz się|zobacz (?:też|także)|čtěte (?:také|více)|přečtěte si|přihlaste se|sledujte nás|"
    r"читайте (?:также|ещё|еще|також|ще)|подпишитесь|подписывайтесь|смотрите также|підпишіться|"
    r"підписуйтесь|дивіться також|ayrıca okuyun|bültenimize|haberin devamı|abone olun|"
    r"اقرأ (?:أيضا|أيضًا|المزيد)|شاهد أيضا|اشترك|تابعونا|קראו (?:גם|עוד)|ראו גם|הירשמו|"
    r"הצטרפו אלינו)(?!\w)"
    r"|関連記事|あわせて読みたい|続きを読む|会員登録|相关阅读|相關閱讀|延伸阅读|延伸閱讀|推荐阅读|点击订阅|关注我们"
)
_FURNITURE = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            ("byline", _BYLINE),
            ("time", _TIME),
            ("note", _EDITORS),
            ("credit", _CREDIT),
            ("greeting", _GREETING),
            ("teaser", _TEASER),
        )
    ),
    re.IGNORECASE,
)
_CREDIT_BEHIND = re.compile(
    r"(?:/\s?|\(|©\s?)(?:AFP|AP|Reuters|Getty|dpa|TASS|EPA|EFE|ANSA|PA)\b[^.]{0,40}$"
    r"|\b(?:[Pp]hoto(?:graph)?|[Ff]oto|[Bb]ild|[Фф]ото)\s?(?:by\b|:|/)[^.!?]{2,50}\.?\)?$"
)


def furniture(text: str) -> str:
    """What a paragraph is if none of the report's: a byline, a time, a note, a credit, a
    greeting or a teaser; empty for one of the report's own."""
    if len(text) > _LONGEST:
        return ""
    noted = _FURNITURE.match(text)
    if noted is None and _CREDIT_BEHIND.search(text) is None:
        return ""
    if len(words(text)) > _NOTE:
        return ""
    return noted.lastgroup or "" if noted else "credit"
