"""CSS into the elements, for the mail clients that drop style sheets; and nothing but that."""

from __future__ import annotations

import logging
import re
from functools import lru_cache

from lxml import etree
from premailer import Premailer

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_MARK = "data-premailer"
_HEAD_END = "</head>"


def inline(html: str, css: str) -> str:
    """``html`` with the rules of ``css`` in the style attributes of the elements they match.

    premailer's defaults would drop the doctype, strip ``!important``, set every image to its
    CSS width, parse MJML's sheets and print warnings; so it gets a tree and each is said. What
    was there stays stronger than a rule, as in a browser. Raises ValueError for at-rules.
    """
    if "@" in css:
        raise ValueError("an at-rule cannot be inlined: put it into an <mj-style> of its own")
    root = etree.fromstring(html, etree.HTMLParser())
    for sheet in root.iter("style"):
        sheet.set(_MARK, "ignore")
    _Inliner(
        root,
        css_text=css,
        strip_important=False,
        disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        align_floating_images=False,
        allow_network=False,
        cssutils_logging_level=logging.CRITICAL,
        disable_validation=True,
    ).transform()
    for sheet in root.iter("style"):
        # It leaves its mark on one with a media attribute.
        sheet.attrib.pop(_MARK, None)
    return str(etree.tostring(root.getroottree(), method="html", encoding="utf-8"), "utf-8")


def add_to_head(html: str, css: str) -> str:
    """``html`` as MJML makes it, with ``css`` as its last style sheet, without its comments."""
    css = _BLANKS.sub(" ", _COMMENT.sub("", css)).strip()
    style = f'<style type="text/css">{css}</style>'
    return html.replace(_HEAD_END, style + _HEAD_END, 1) if css else html


_Rules = tuple[list[object], list[object]]


@lru_cache(maxsize=16)
def _rules(css: str, index: int) -> _Rules:
    premailer = Premailer(css, strip_important=False, disable_validation=True)
    rules: _Rules = premailer._parse_style_rules(css, index)  # noqa: SLF001  it has no public name
    return rules


class _Inliner(Premailer):  # type: ignore[misc]  # premailer ships no types
    """premailer, but it writes out a sheet's rules once and not for every document."""

    def _parse_style_rules(self, css_body: str, ruleset_index: int) -> _Rules:
        return _rules(css_body, ruleset_index)
