"""MJML to HTML, with what mrml (the compiler in mjml-python) gets wrong put right before.

mrml 6.0.1 writes attributes with the escapes of a Rust debug string, takes a bare ``0`` for no
padding at all, lets the first of several classes win, leaves ``inline="inline"`` undone, and
says "unable to parse" for whatever is unbalanced. See `compile_mjml` for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# `<` that opens no well-formed tag is matched alone. Possessive, so that it is linear.
_TAG = re.compile(
    r"<!--.*?-->"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)"
    r"""(?P<attributes>(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*+)\s*(?P<void>/?)>"""
    r"|<",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([\w:@.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_STYLE = re.compile(
    r"<mj-style(?P<inline>\s+inline=\"inline\")?\s*>(?P<css>.*?)</mj-style>", re.DOTALL
)
# mrml gives byte offsets; what it compiles is ASCII, so they are characters too.
_POSITION = re.compile(r"at position (\d+):\d+")
_ROOT = re.compile(r"\s*+(?:<!--.*?-->\s*+)*+<mjml[\s>]", re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n]+")
_BARE_ZERO = re.compile(r"(?<![\w.])0(?![\w.%])")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
#: mrml recurses, and 20,000 levels end the process; a theme needs about ten.
_DEPTH = 200


class MarkupError(Exception):
    """The MJML is wrong: why, in which text, and at which offset of it if that is known."""

    def __init__(self, why: str, source: str, offset: int | None) -> None:
        super().__init__(why, source, offset)
        self.why, self.source, self.offset = why, source, offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """HTML, and the CSS that is still to be put into it."""

    html: str
    #: Rules of ``<mj-style inline="inline">``: they go into the elements.
    inline: str
    #: Rules of other ``<mj-style>``: they go into the head as they are.
    head: str


def compile_mjml(source: str) -> Compiled:
    """HTML of ``source``; raises `MarkupError`.

    - Style sheets are taken out first: mrml refuses ``<`` in them and inlines none.
    - Tags must balance: an open one in ``mj-raw`` would swallow the sections behind it unsaid.
    - Everything beyond ASCII, and the backslash, becomes a character reference, or it would
      come out of an attribute as ``\\u{94d}``; line ends in attributes become blanks.
    - ``0`` in a padding becomes ``0px``; classes are turned round, so that the last one wins as
      in the MJML of its authors.
    - No fonts are given, or it would link those of Google.
    """
    from mjml import mjml2html

    if not _ROOT.match(source):
        start = len(source) - len(source.lstrip())
        raise MarkupError("the MJML does not begin with <mjml>", source, start)
    source, inline, head = _take_styles(source)
    check_balance(source)
    source = _TAG.sub(_repaired, source).replace("\\", "&#92;")
    source = source.encode("ascii", "xmlcharrefreplace").decode()
    try:
        html = mjml2html(source, fonts={})
    except ValueError as error:
        position = _POSITION.search(str(error))
        offset = int(position[1]) if position else None
        raise MarkupError(f"MJML: {error}", source, offset) from error
    if "\\" in html:
        raise MarkupError("MJML wrote an escaped character into an attribute", source, None)
    return Compiled(html=html, inline=inline, head=head)


def check_balance(source: str) -> None:
    """Raise `MarkupError` at the first tag that is malformed, never closed or never opened."""
    open_tags: list[tuple[str, int]] = []
    for tag in _TAG.finditer(source):
        name = tag["name"]
        if name is None:
            if tag[0] == "<":
                raise MarkupError(
                    "a tag that is not closed, an attribute without quotation marks,"
                    " or a < that should be &lt;",
                    source,
                    tag.start(),
                )
        elif tag["close"]:
            _close(open_tags, tag, source)
        elif not tag["void"] and name not in _VOID:
            open_tags.append((name, tag.start()))
            if len(open_tags) > _DEPTH:
                raise MarkupError(f"more than {_DEPTH} tags in each other", source, tag.start())
    if open_tags:
        name, offset = open_tags[-1]
        raise MarkupError(f"<{name}> is never closed", source, offset)


def _close(open_tags: list[tuple[str, int]], tag: re.Match[str], source: str) -> None:
    name = tag["name"]
    if not open_tags:
        raise MarkupError(f"</{name}> closes nothing", source, tag.start())
    last, offset = open_tags.pop()
    if last != name:
        raise MarkupError(f"<{last}> is not closed before </{name}>", source, offset)


def _take_styles(source: str) -> tuple[str, str, str]:
    """``source`` without its style sheets, those to be inlined, and the others."""
    inline: list[str] = []
    head: list[str] = []
    for style in _STYLE.finditer(source):
        (inline if style["inline"] else head).append(style["css"])
    # Line ends stay, so that the lines behind keep their numbers.
    kept = _STYLE.sub(lambda style: "\n" * style[0].count("\n"), source)
    return kept, "\n".join(inline), "\n".join(head)


def _repaired(tag: re.Match[str]) -> str:
    if not tag["attributes"]:
        return tag[0]
    start, end = tag.span("attributes")
    cut = start - tag.start()
    return (
        tag[0][:cut]
        + _ATTRIBUTE.sub(_repaired_attribute, tag["attributes"])
        + tag[0][cut + end - start :]
    )


def _repaired_attribute(attribute: re.Match[str]) -> str:
    name, value = attribute[1], _BLANKS.sub(" ", attribute[2])
    if name == "padding":
        value = _BARE_ZERO.sub("0px", value)
    elif name == "mj-class":
        value = value[0] + " ".join(reversed(value[1:-1].split())) + value[-1]
    return f"{name}={value}"
