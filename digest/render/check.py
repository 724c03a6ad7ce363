"""What must be true of every edition, whichever theme made it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from digest.render.page import Page

#: Gmail drops style sheets beyond 16 KB, older advice says 8,192 characters.
_STYLES = 8_192


def complaints(html: str, text: str, page: Page) -> Iterator[tuple[str, str]]:
    """What is wrong with an edition of ``page``, and a pattern that finds it in a theme.

    The pattern is empty for what is nowhere; nothing comes if nothing is wrong.
    """
    root = etree.fromstring(html, etree.HTMLParser())
    if not html.startswith("<!DOCTYPE html>"):
        yield "the HTML does not begin with its doctype", ""
    if [bool(title.text) for title in root.iter("title")] != [True]:
        yield "the HTML needs one <mj-title> that is not empty", r"<mj-title\b"
    # Twice, since some clients drop <html> and others the wrapper in the body.
    for name, value in (("lang", page.language), ("dir", page.dir)):
        if [root.get(name), *root.xpath(f"//*[@role='article']/@{name}")] != [value, value]:
            yield f'<mjml> needs {name}="{value}"', r"<mjml\b"
    if any(image.get("alt") is None for image in root.iter("img")):
        bare = r"<(?:img|mj-image)\b(?![^>]*\balt\s*=)"
        yield 'an image without alt; say alt="" if it is only decoration', bare
    if unknown := root.xpath("//*[starts-with(name(), 'mj-')]"):
        tag = unknown[0].tag
        why = f"<{tag}> is no tag of MJML, or stands where it means nothing"
        yield why, rf"<{re.escape(str(tag))}(?![\w-])"
    if sum(len(style.text or "") for style in root.iter("style")) > _STYLES:
        yield f"style sheets of more than {_STYLES:,} characters: Gmail would drop them", ""
    yield from _missing_tokens(root, text, page)


def _missing_tokens(root: etree._Element, text: str, page: Page) -> Iterator[tuple[str, str]]:
    links = root.xpath("//a/@href")
    for name, token in (("page.unsubscribe", page.unsubscribe), ("page.view", page.view)):
        for part, content in (("HTML", links), ("text", text)):
            if token and token not in content:
                yield f"the {part} has no link to {{{{ {name} }}}}", ""
