"""The table of what mail programs know, `digest/check/clients.json`, from caniemail's data.

    npm pack caniemail && tar xzf caniemail-*.tgz
    python -m tests.bench.make_clients package

For each feature the table holds one letter for each program, the result of its latest version
that was tested: y, a (in part), n or u (unknown). What MJML's own structure uses is its baseline.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from digest.check.clients import TABLE
from digest.check.marks import uses
from digest.check.proof import open_proof
from digest.render.markup import compile_mjml

#: Marks (see `digest.check.marks`) of features whose title does not tell them.
BY_HAND = {
    "css-at-media-hover": ("at:@media hover", "at:@media any-hover"),
    "css-at-media-device-pixel-ratio": ("at:@media -webkit-device-pixel-ratio",),
    "css-border-inline-block": ("property:border-inline", "property:border-block"),
    "css-block-inline-size": ("property:block-size",),
    "css-color-scheme": ("property:color-scheme",),
    "css-column-layout-properties": (
        "property:columns",
        "property:column-fill",
        "property:column-rule",
        "property:column-span",
        "property:column-width",
    ),
    "css-display-flex": ("value:display:flex", "value:display:inline-flex"),
    "css-display-grid": ("value:display:grid", "value:display:inline-grid"),
    "css-display-none": ("value:display:none",),
    "css-flex-direction": ("property:flex-direction",),
    "css-flex-wrap": ("property:flex-wrap",),
    "css-font": ("property:font",),
    "css-grid-template": (
        "property:grid-template",
        "property:grid-template-areas",
        "property:grid-template-columns",
        "property:grid-template-rows",
    ),
    "css-important": ("important",),
    "css-intrinsic-size": ("keyword:fit-content", "keyword:min-content", "keyword:max-content"),
    "css-modern-color": ("function:lch", "function:oklch", "function:lab", "function:oklab"),
    "css-nesting": ("nesting",),
    "css-pseudo-class-lang": ("pseudo::lang",),
    "css-scroll-snap": ("property:scroll-snap-type", "property:scroll-snap-align"),
    "css-selector-adjacent-sibling": ("selector:adjacent",),
    "css-selector-attribute": ("selector:attribute",),
    "css-selector-child": ("selector:child",),
    "css-selector-general-sibling": ("selector:sibling",),
    "css-sytem-ui": ("keyword:system-ui", "keyword:ui-serif", "keyword:ui-sans-serif"),
    "css-unit-calc": ("function:calc",),
    "css-unit-initial": ("keyword:initial",),
    "css-unit-percent": ("unit:%",),
    "css-variables": ("custom-property", "function:var"),
    "html-address": ("element:address",),
    "html-anchor-links": ("link:#",),
    "html-base": ("element:base",),
    "html-button-reset": ("button:reset",),
    "html-button-submit": ("button:submit",),
    "html-h1-h6": tuple(f"element:h{level}" for level in range(1, 7)),
    "html-image-maps": ("element:map", "attribute:usemap"),
    "html-input-checkbox": ("input:checkbox",),
    "html-input-hidden": ("input:hidden",),
    "html-input-radio": ("input:radio",),
    "html-input-reset": ("input:reset",),
    "html-input-submit": ("input:submit",),
    "html-input-text": ("input:text",),
    "html-lists": tuple(f"element:{name}" for name in ("ul", "ol", "li", "dl", "dt", "dd")),
    "html-mailto-links": ("link:mailto",),
    "html-meta-color-scheme": ("meta:color-scheme",),
    "html-semantics": tuple(
        f"element:{name}"
        for name in (
            "article", "aside", "details", "figcaption", "figure", "footer", "header", "main",
            "mark", "nav", "section", "summary", "time",
        )
    ),
    "html-srcset": ("attribute:srcset", "attribute:sizes"),
    "html-svg": ("element:svg",),
}  # fmt: skip
#: Not told by what a message holds, or by checks of their own.
PASSED_OVER = re.compile(
    r"amp|bimi|image-.*|(css|html)-comments|html-(doctype|style|body)"
    r"|css-selector-(chaining|class|descendant|grouping|id|type|universal)"
)
#: How a title tells its marks: whole titles, one or more names in each.
TITLES = (
    (r"@media \((?P<names>.+)\)", "at:@media "),
    (r"(?P<names>@[a-z-]+)", "at:"),
    (r"::(?P<names>[a-z-]+)", "pseudo:::"),
    (r":(?P<names>[a-z-]+)(?:\(\))?", "pseudo::"),
    (r"<(?P<names>[a-z]+)> element", "element:"),
    (r"(?P<names>[a-z-]+) attribute", "attribute:"),
    (r"(?P<names>[a-z]+) unit", "unit:"),
    (r"(?P<names>[a-z-]+\(\)(?:, [a-z-]+\(\))*)", "function:"),
    (r"(?P<names>[a-z-]+(?:(?:, | & )[a-z-]+)*)\s*(?:property)?", "property:"),
)
#: A page of MJML's usual parts. It is laid out as every digest is, so what it uses is no news.
SKELETON = """<mjml lang="en" dir="ltr"><mj-head><mj-title>A</mj-title>
<mj-preview>A</mj-preview></mj-head><mj-body>
<mj-wrapper><mj-section background-color="#fff" border="1px solid #ddd"><mj-column>
<mj-text><h1>A</h1><h2>B</h2><h3>C</h3><p>D <a href="https://a.example/">E</a> <span>F</span></p>
</mj-text><mj-image width="200px" alt="" src="https://a.example/a.png" /><mj-divider /><mj-spacer />
<mj-button href="https://a.example/">G</mj-button><mj-table><tr><td>H</td></tr></mj-table>
</mj-column></mj-section></mj-wrapper></mj-body></mjml>"""


def main(package: Path) -> None:
    data = json.loads(package.joinpath("data/caniemail.json").read_text("utf-8"))
    about = json.loads(package.joinpath("package.json").read_text("utf-8"))
    kept = [it for it in data["data"] if not PASSED_OVER.fullmatch(it["slug"])]
    marks = {mark: it["slug"] for it in reversed(kept) for mark in marks_of(it)}
    clients = sorted({c for it in kept for c in results(it)})
    told = set(marks.values())
    table = {
        "about": "What mail programs know of HTML and CSS; the data of https://www.caniemail.com/",
        "source": f"npm package caniemail {about['version']}",
        "licence": f"{about['license']}, see clients.LICENSE",
        "date": data["last_update_date"][:10],
        "clients": clients,
        "features": {
            it["slug"]: [it["title"].strip(), it["last_test_date"][:7], letters(it, clients)]
            for it in kept
            if it["slug"] in told
        },
        "marks": dict(sorted(marks.items())),
        "baseline": sorted({marks[mark] for mark in skeleton() if mark in marks}),
    }
    lines = json.dumps(table, ensure_ascii=False, indent=0, separators=(",", ":"))
    TABLE.write_text(compact(lines) + "\n", "utf-8")
    print(f"{len(told)} of {len(data['data'])} features, {len(clients)} clients", file=sys.stderr)
    print("no marks:", *(it["slug"] for it in kept if it["slug"] not in told), file=sys.stderr)


def marks_of(feature: Mapping[str, Any]) -> Iterator[str]:
    """What tells that a message uses a feature."""
    if by_hand := BY_HAND.get(feature["slug"]):
        yield from by_hand
        return
    title, keywords = feature["title"], feature["keywords"] or ""
    for pattern, kind in TITLES:
        if match := re.fullmatch(pattern, title):
            yield from (kind + it for it in re.findall(r"@?[a-z]+(?:-[a-z]+)*", match["names"]))
            break
    if title.startswith("border-") or feature["slug"] in ("css-border", "css-margin"):
        yield from (f"property:{name}" for name in re.findall(r"[a-z]+(?:-[a-z]+)+", keywords))


def results(feature: Mapping[str, Any]) -> dict[str, str]:
    """The letter of each program's latest version."""
    return {
        f"{family}.{platform}": versions[latest(versions)][0]
        for family, platforms in feature["stats"].items()
        for platform, versions in platforms.items()
        if versions
    }


def latest(versions: Mapping[str, str]) -> str:
    """The latest version: by number where all are dates or none is, else the one told last."""
    numbers = {it: tuple(map(int, re.findall(r"\d+", it))) for it in versions}
    if len({number[0] > 2000 for number in numbers.values()}) == 1:
        return max(numbers, key=lambda it: numbers[it])
    return list(versions)[-1]


def letters(feature: Mapping[str, Any], clients: list[str]) -> str:
    found = results(feature)
    return "".join(found.get(client, "u") for client in clients)


def skeleton() -> set[str]:
    """The marks of MJML's own structure."""
    html = compile_mjml(SKELETON).html
    head = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return set(uses(open_proof(head + html.encode())))


def compact(lines: str) -> str:
    """Short lists on one line, so that a change of one feature is a change of one line."""
    return re.sub(r"\[\n([^\[\]{}]*?)\n\]", lambda m: f"[{m[1].replace(chr(10), '')}]", lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
