"""Lines that stand among the first paragraphs and are none of the report's."""

from __future__ import annotations

import re

from digest.text import words

#: Longest greeting, credit or note in words, and in characters.
_NOTE, _LONGEST = 40, 3000

_FURNITURE = re.compile(
    r"(?:by|von|par|por|da|di|door|przez|автор:?)\s+[^\W\d_][^.!?]{2,60}$"
    r"|(?:last\s+)?(?:updated|published|posted|modified|aktualisiert|veröffentlicht|stand:|publié|"
    r"mis à jour|actualizado|publicado|aggiornato|pubblicato|atualizado|bijgewerkt|aktualizacja|"
    r"обновлено|опубликовано)\s*(?::|at|on|am|um|le|el|il|em|op|о|в|\d).{0,60}$"
    r"|(?:editor[’']?s?[’']?s?\s+note|note to readers|"
    r"anmerkung der redaktion|anm\. d\. red|note de la rédaction|ndlr|nota del editor|"
    r"nota de la redacción|nota dell[’']editore|nota da redação|от редакции)\b"
    r"|(?:correction|clarification|update|disclaimer|korrektur)\s?:"
    r"|(?:\d+ min(?:ute)?s? read|reading time|temps de lecture|lesezeit|tiempo de lectura|"
    r"tempo di lettura|tempo de leitura|leestijd|время чтения)\b.{0,20}$"
    r"|(?:photo|foto|image|picture|bild|credit|video|listen|watch|фото)s?\s*(?:by|:|/)"
    r"|(?:good (?:morning|evening|afternoon)|hello|hi|hey|dear (?:reader|friend)s?|"
    r"welcome (?:to|back)|happy \w+day|guten (?:morgen|abend|tag)|hallo|liebe leser\w*|"
    r"bonjour|bonsoir|chers lecteurs|"
    r"buenos días|hola|queridos lectores|buongiorno|cari lettori|bom dia|caros leitores|"
    r"goedemorgen|dzień dobry|доброе утро|здравствуйте)\b"
    r"(?:[^.]{0,40}!|,? (?:readers?|all|everyone|friends|and welcome|liebe|chers|queridos|cari)\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:/\s?|\(|©\s?)(?:AFP|AP|Reuters|Getty|dpa|TASS|EPA|EFE|ANSA|PA)\b[^.]{0,40}$"
)
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}\b.{0,16}$|\d{1,2}(?::\d{2})?\s?[ap]\.?m\.?.{0,8}$", re.IGNORECASE
)


def is_furniture(text: str) -> bool:
    """Whether a paragraph is a byline, a time, an editor's note, a credit or a greeting."""
    if len(text) > _LONGEST:
        return False
    noted = _FURNITURE.match(text) or _CREDIT.search(text) or _CLOCK.match(text)
    return noted is not None and len(words(text)) <= _NOTE
