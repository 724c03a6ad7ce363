"""Which mail programs do not know what a message uses.

The table is made from caniemail's data by ``tests/bench/make_clients.py``. Only the latest tested
version of a program counts, and families of programs by how many readers have them. What MJML
itself is built of is passed over, since it has an answer for the programs that lack it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from digest.check.finding import Finding, Level
from digest.check.marks import Use, uses
from digest.check.proof import Proof, place

TABLE = Path(__file__).with_name("clients.json")

#: Readers of a hundred, by families of programs (published shares of 2026). Apple's is inflated,
#: since its proxies open mail that nobody reads; the others are far behind.
_SHARES = {"apple-mail": 47.0, "gmail": 25.0, "outlook": 4.0, "yahoo": 2.0}
_OTHER = 0.5
#: Programs that are named at once.
_MOST = 4
#: Families that are named in the order of their shares; a lack in any of them is a warning.
_NAMES = {
    "apple-mail": "Apple Mail",
    "gmail": "Gmail",
    "outlook": "Outlook",
    "yahoo": "Yahoo",
    "aol": "AOL",
    "fastmail": "Fastmail",
    "free-fr": "Free.fr",
    "gmx": "GMX",
    "hey": "HEY",
    "ionos-1and1": "IONOS",
    "laposte": "La Poste",
    "mail-ru": "Mail.ru",
    "orange": "Orange",
    "protonmail": "Proton Mail",
    "samsung-email": "Samsung Email",
    "sfr": "SFR",
    "t-online-de": "T-Online",
    "thunderbird": "Thunderbird",
    "web-de": "WEB.DE",
    "wp-pl": "WP.pl",
}
_PLATFORMS = {
    "android": "Android",
    "desktop-webmail": "web",
    "ios": "iOS",
    "macos": "macOS",
    "mobile-webmail": "mobile web",
    "outlook-com": "Outlook.com",
    "windows": "Windows",
    "windows-mail": "Windows Mail",
}
#: Without these a message looks or reads as well: hints for programs that know them.
_HARMLESS = frozenset(
    {
        "css-border-radius",
        "css-box-shadow",
        "css-color-scheme",
        "css-font-kerning",
        "css-hyphens",
        "css-opacity",
        "css-text-wrap",
        "css-text-shadow",
        "css-transition",
        "html-anchor-links",
        "html-bdi",
        "html-loading-attribute",
        "html-meta-color-scheme",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature and who knows it."""

    slug: str
    title: str
    #: Month of the last test.
    tested: str
    #: Programs by family, those that lack it, and how many of the family were tested.
    lacking: Mapping[str, tuple[tuple[str, ...], int]]

    @property
    def share(self) -> float:
        """Readers of a hundred whose program lacks it."""
        return sum(
            _SHARES.get(family, _OTHER) * len(programs) / tested
            for family, (programs, tested) in self.lacking.items()
        )


def check_clients(proof: Proof) -> Iterator[Finding]:
    """A finding for each feature that some program does not know."""
    table = known()
    told: dict[str, tuple[Feature, Use]] = {}
    for mark, use in uses(proof).items():
        feature = table.get(mark)
        if feature and (feature.slug not in told or told[feature.slug][1].in_head):
            told[feature.slug] = (feature, use)
    for feature, use in sorted(told.values(), key=lambda it: -it[0].share):
        yield _finding(feature, use)


@cache
def known() -> Mapping[str, Feature]:
    """The features by their marks, without the baseline and what every program knows."""
    table = json.loads(TABLE.read_text("utf-8"))
    baseline = set(table["baseline"])
    features = {
        slug: _feature(slug, told, table["clients"])
        for slug, told in table["features"].items()
        if slug not in baseline
    }
    return {
        mark: features[slug]
        for mark, slug in table["marks"].items()
        if slug in features and features[slug].lacking
    }


def _feature(slug: str, told: tuple[str, str, str], clients: list[str]) -> Feature:
    title, tested, letters = told
    families: dict[str, dict[str, str]] = {}
    for client, letter in zip(clients, letters, strict=True):
        family, _, platform = client.partition(".")
        if letter != "u":
            families.setdefault(family, {})[platform] = letter
    lacking: dict[str, Any] = {
        family: (programs, len(platforms))
        for family, platforms in families.items()
        if (programs := tuple(it for it, letter in platforms.items() if letter == "n"))
    }
    return Feature(slug=slug, title=title, tested=tested, lacking=lacking)


def _finding(feature: Feature, use: Use) -> Finding:
    is_major = any(family in _SHARES for family in feature.lacking)
    is_quiet = use.in_head or feature.slug in _HARMLESS or not is_major
    programs = list(_programs(feature))
    others = f" and {len(programs) - _MOST} more" if len(programs) > _MOST else ""
    return Finding(
        rule="clients",
        level=Level.INFO if is_quiet else Level.WARNING,
        what=f"“{feature.title}” is unknown to {', '.join(programs[:_MOST])}{others}",
        where=(use.at if isinstance(use.at, str) else place(use.at),),
        why=(
            f"About {max(feature.share, 0.1):.1f} of 100 readers see the message without it."
            f" Tested {feature.tested}: {', '.join(programs)}"
        ),
        remedy=(
            "Nothing need be done if the message reads well without it"
            if is_quiet
            else "Leave it out, or build it with what MJML offers"
        ),
    )


def _programs(feature: Feature) -> Iterator[str]:
    """Families with the platforms that lack the feature, the most used first."""
    for family in sorted(feature.lacking, key=lambda it: (-_SHARES.get(it, 0), it)):
        programs, tested = feature.lacking[family]
        name = _NAMES.get(family, family)
        places = ", ".join(_PLATFORMS.get(it, it) for it in programs)
        yield name if len(programs) == tested else f"{name} ({places})"
