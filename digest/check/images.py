"""Whether images can be shown, and what is there where they are not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.check.finding import Finding, Level
from digest.check.proof import Element, Proof, places

#: px: as wide as a message is.
_WIDTH = 600
_FORMATS = frozenset({"png", "jpg", "jpeg", "gif"})
_FILE_NAME = re.compile(r"[\w %.-]+\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,6})(?:px)?\s*")


def check_images(proof: Proof) -> Iterator[Finding]:
    judged: dict[str, list[Element]] = defaultdict(list)
    for image in proof.root.iter("img"):
        for rule in image_faults(image):
            judged[rule].append(image)
    for rule, found in judged.items():
        level, what, why, remedy = IMAGE_RULES[rule]
        where = places(found)
        yield Finding(rule=rule, level=level, what=what, where=where, why=why, remedy=remedy)


def image_faults(image: Element) -> Iterator[str]:
    """The rules that an image breaks."""
    alt = image.get("alt")
    if alt is None:
        yield "image-alt"
    elif _FILE_NAME.fullmatch(alt.strip()):
        yield "image-alt-name"
    width = _NUMBER.fullmatch(image.get("width", ""))
    if width is None:
        yield "image-width"
    elif int(width[1]) > _WIDTH:
        yield "image-wide"
    yield from source_faults(image.get("src", "").strip())


def source_faults(source: str) -> Iterator[str]:
    """The rules that the address of an image breaks."""
    scheme, _, rest = source.partition(":")
    if scheme.lower() == "data":
        yield "image-inlaid"
    elif scheme.lower() not in ("http", "https", "cid") or not rest:
        yield "image-source"
    elif scheme.lower() == "http":
        yield "image-http"
    suffix = _suffix(source)
    if scheme.lower() in ("http", "https") and suffix not in _FORMATS and suffix in _KNOWN:
        yield "image-format"


#: Formats that a name tells; of an address without one nothing can be said.
_KNOWN = frozenset({"webp", "avif", "svg", "bmp", "tif", "tiff", "heic", "heif", "jxl", "ico"})


def _suffix(source: str) -> str:
    try:
        return urlsplit(source).path.rpartition(".")[2].lower()
    except ValueError:
        return ""


IMAGE_RULES = {
    "image-alt": (
        Level.ERROR,
        "an image without alt",
        "Where images are off, and for who does not see them, its address stands there",
        'Say in alt what it shows; alt="" if it is only decoration',
    ),
    "image-alt-name": (
        Level.WARNING,
        "an image whose alt is the name of a file",
        "It is read out, and says nothing",
        'Say in alt what the image shows; alt="" if it is only decoration',
    ),
    "image-width": (
        Level.WARNING,
        "an image without width in whole px",
        "Outlook shows it as wide as the file is, and breaks the layout",
        "Write the attribute width",
    ),
    "image-wide": (
        Level.WARNING,
        f"an image of more than {_WIDTH} px",
        "It widens the message beyond what is seen",
        f"Write width={_WIDTH} or less; the file may have twice as many",
    ),
    "image-inlaid": (
        Level.WARNING,
        "an image that is written into the HTML",
        "Gmail and Outlook do not show it, and it counts for the place where Gmail clips",
        "Put it on a server and link it by https:",
    ),
    "image-source": (
        Level.ERROR,
        "an image without a whole address",
        "A message has no address of its own, so nothing is shown",
        "Write the whole address, from https:// on",
    ),
    "image-http": (
        Level.WARNING,
        "an image that is not encrypted",
        "Some programs do not load it, and anybody on the way sees who reads",
        "Write https:",
    ),
    "image-format": (
        Level.WARNING,
        "an image in a format that Outlook does not show",
        "A broken image stands in its place",
        "Make it a PNG, JPEG or GIF",
    ),
}
