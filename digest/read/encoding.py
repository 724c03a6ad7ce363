"""Bytes to text, whatever encoding they are in.

In order: byte order mark, UTF-16 by its zero bytes, UTF-8 with at most a few broken places, what
the document declares, and then a vote. The vote decodes the bytes with every code page that is
common on the web and asks the language detector which result reads like a language that is
written in it. Detectors that look at byte statistics alone take French for Central European, or
Japanese for Korean, on texts of article length.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise

from digest.errors import ReadError
from digest.read.language import guess
from digest.text import clean

_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"RIFF", "an image, sound or film"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg sound"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The escape that is missing here switches character sets in ISO-2022-JP.
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
_ZEROS_OF_UTF16 = 0.2
_CONTROLS_OF_BINARY, _FEW = 0.02, 8
_HEAD = 8192

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,40})"""
    rb"""|\A\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What the names mean on the web (WHATWG Encoding, 4.2), by Python's name of the codec.
_ALIASES = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
# Python also has "codecs" such as zip, idna and unicode_escape, which no page may call for.
_CHARSET = re.compile(
    r"(?:ascii|cp|windows|iso(?!2022)|koi|mac|gb|big5|euc|shift|iso2022_jp|tis)[\w-]*"
)


@dataclass(frozen=True, slots=True)
class _CodePage:
    codec: str
    #: Languages that are written in it, as the detector names them.
    languages: str
    latin: bool = False


_CENTRAL = "pl cs sk hu sl hr bs ro sh"
_WESTERN = "en de fr es it pt nl da sv no nb nn fi is ca eu gl"
_CYRILLIC = "ru uk bg sr mk be"
_CODE_PAGES = (
    _CodePage("gb18030", "zh"),
    _CodePage("big5hkscs", "zh yue"),
    _CodePage("cp949", "ko"),
    _CodePage("cp932", "ja"),
    _CodePage("euc_jp", "ja"),
    _CodePage("iso8859_2", _CENTRAL, latin=True),
    _CodePage("cp1250", _CENTRAL, latin=True),
    _CodePage("cp1252", _WESTERN, latin=True),
    _CodePage("mac_roman", _WESTERN, latin=True),
    _CodePage("cp1251", _CYRILLIC),
    _CodePage("koi8_u", _CYRILLIC),
    _CodePage("iso8859_5", _CYRILLIC),
    _CodePage("cp866", _CYRILLIC),
    _CodePage("cp1253", "el"),
    _CodePage("cp1254", "tr az", latin=True),
    _CodePage("cp1255", "he yi"),
    _CodePage("cp1256", "ar fa ur ckb ps"),
    _CodePage("iso8859_6", "ar"),
    _CodePage("cp1257", "lt lv et", latin=True),
    _CodePage("cp874", "th"),
)
_ANY = " ".join(page.languages for page in _CODE_PAGES)
_WIDE = tuple(_CodePage(codec, _ANY) for codec in ("utf-16-be", "utf-16-le"))
_VOTERS = 4000
_ENOUGH = 0.3
# Where Windows has the letters and marks that ISO 8859 has elsewhere or not at all.
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_UNASSIGNED = re.compile("[\x80-\x9f\ufffd\ue000-\uf8ff]")
_MARKUP = re.compile(r"<[^<>]{0,300}>|\s+")
# What no language has inside a word; a Greek final sigma that is not final; Thai figures in words.
_ODD = re.compile(
    r"(?<=[^\W\d_])(?:[^\x00-\x7f\w’‐–—·´]|[²³¹¼½¾ªº])(?=[^\W\d_])"
    r"|ς(?=[^\W\d_])|σ(?![^\W\d_])|(?<=[ก-๎])[๐-๙]|[๎๏๚๛]"
)


def decode(data: bytes, declared: str | None = None, *, where: str = "the document") -> str:
    """The text of ``data``, cleaned.

    ``declared`` is the charset of a header; a document's own ``<meta charset>`` or XML prolog is
    found here. Raises `ReadError` naming ``where`` if the data is empty or is no text.
    """
    if not data.strip(b" \t\r\n\0"):
        raise ReadError(where, "is empty")
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise ReadError(where, f"is not text but {name}", "Save the article as text or HTML")
    codec = _codec(declared or _declared(data))
    text = clean(
        _by_mark(data)
        or _by_zeros(data)
        or _by_controls(data, where)
        or _by_utf8(data, declared=codec == "utf-8")
        or _by_declaration(data, codec)
        or _by_vote(data)
    )
    if not text.strip():
        raise ReadError(where, "is empty")
    return text


def _by_mark(data: bytes) -> str | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    return None


def _by_zeros(data: bytes) -> str | None:
    """UTF-16 without its mark, told by the zeros on one side of most of its pairs."""
    even, odd = data[:_HEAD:2].count(0), data[1:_HEAD:2].count(0)
    if max(even, odd) < _ZEROS_OF_UTF16 * len(data[:_HEAD]) or min(even, odd) * 10 > max(even, odd):
        return None
    return data[: len(data) & ~1].decode("utf-16-le" if odd > even else "utf-16-be", "replace")


def _by_controls(data: bytes, where: str) -> str | None:
    """Text has hardly any controls; UTF-16 without its mark has many in other scripts."""
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls <= max(_FEW, _CONTROLS_OF_BINARY * len(head)):
        return None
    votes = [(_vote(data[: 2 * _VOTERS], page), page.codec) for page in _WIDE]
    best, codec = max(votes)
    if best < _ENOUGH:
        raise ReadError(where, "is not text: it holds binary data")
    return data.decode(codec, "replace")


def _by_utf8(data: bytes, *, declared: bool) -> str | None:
    """UTF-8, also with its end cut off, or with more good characters than broken ones."""
    if b"\x1b$" in data[:_HEAD]:
        return data.decode("iso2022_jp", "replace")
    text, good = data.decode("utf-8", "digest.stray"), data.decode("utf-8", "ignore")
    broken = len(text) - len(good)
    is_utf8 = not broken or len(good) - len(good.encode("ascii", "ignore")) > broken
    return text.removesuffix("\ufffd") if is_utf8 or (declared and broken <= _FEW) else None


def _stray(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that are no UTF-8: a lone one is of Windows, more are a torn letter."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bytes_ = error.object[error.start : error.end]
    at_end = error.end == len(error.object)
    if len(bytes_) > 1 or (at_end and error.reason == "unexpected end of data"):
        return "" if at_end and len(bytes_) > 1 else "\ufffd", error.end
    return bytes_.decode("cp1252", "replace"), error.end


codecs.register_error("digest.stray", _stray)


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else ""


def _codec(charset: str) -> str | None:
    """Python's name of a charset; None if it is none."""
    try:
        codec = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return _ALIASES.get(codec, codec) if codec == "utf-8" or _CHARSET.fullmatch(codec) else None


def _by_declaration(data: bytes, codec: str | None) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except ValueError:
        return None


def _by_vote(data: bytes) -> str:
    """The best reading of a text that declares nothing."""
    sample = _sample(data)
    votes = [(_vote(sample, page), page.codec) for page in _CODE_PAGES]
    best, codec = max(votes, key=lambda vote: vote[0])
    if best < _ENOUGH:
        codec = _by_statistics(sample)
    if codec == "cp1250" and not _WINDOWS_ONLY.search(sample):
        codec = "iso8859_2"
    return data.decode(codec, "replace")


def _sample(data: bytes) -> bytes:
    """The first lines that hold what the vote is about."""
    first = re.search(rb"[\x80-\xff]", data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return data[max(start, first.start() - 2000 if first else 0) :][: 4 * _VOTERS]


def _vote(sample: bytes, page: _CodePage) -> float:
    """How well ``sample`` reads in a code page, at most 1."""
    try:
        # A sample may end inside a character.
        text = codecs.getincrementaldecoder(page.codec)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    if _UNASSIGNED.search(text):
        return 0.0
    text = _MARKUP.sub(" ", text)[:_VOTERS]
    foreign = sum(letter > "\x7f" for letter in text)
    if page.latin and foreign * 2 > len(text):
        return 0.0
    odd = len(_ODD.findall(text)) + sum(a.islower() and b.isupper() for a, b in pairwise(text))
    fluency = sum(score for tag, score in guess(text).items() if tag in page.languages.split())
    return fluency - 2 * odd / max(1, foreign)


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
