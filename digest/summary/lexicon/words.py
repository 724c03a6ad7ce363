"""What the rules for speakers must know of a language, as plain lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


def inflect(stems: str, *endings: str) -> str:
    """Every stem with every ending, parted by blanks."""
    return " ".join(stem + ending for stem in stems.split() for ending in endings)


#: Verbs that are looked for beside a name in the whole text.
_COMMON = 3


@dataclass(frozen=True, kw_only=True, eq=False)  # by identity: it is a key of caches
class Lexicon:
    """The words of one language, in lower case, parted by blanks; phrases by ``|``.

    Only languages whose names begin with a capital are read word by word; the others have
    patterns of their own in `digest.summary.uncased`.
    """

    language: str
    #: Verbs that introduce speech, in every form that news use.
    says: str = ""
    #: Those of them that may be followed by the person spoken to.
    tells: str = ""
    he: str = ""
    she: str = ""
    they: str = ""
    #: I and we: never a speaker that can be named.
    self: str = ""
    determiners: str = ""
    #: "by": who does it where the verb is passive (German "von").
    agents: str = ""
    #: Articles of cases in which nobody speaks (German "dem").
    oblique: str = ""
    #: Prepositions that tie a noun to the one before (of, for).
    genitives: str = ""
    prepositions: str = ""
    relatives: str = ""
    conjunctions: str = ""
    #: Auxiliaries and adverbs that stand between a speaker and the verb.
    between: str = ""
    #: Nouns for people and bodies that speak.
    roles: str = ""
    #: Nouns that say whose somebody is, as they stand before the owner's name: where the name
    #: is or may be a genitive, its bearer does not speak (German "Freundin Mara Holts").
    kin: str = ""
    #: Endings of compounds that are roles (German "Zoodirektorin").
    role_endings: str = ""
    #: Endings of adverbs that stand between a speaker and the verb (English "quietly").
    adverbs: str = ""
    #: Days and months, where they have a capital and are not names for all that.
    times: str = ""
    #: Adjectives and nouns that belong to a role (former, deputy, vice).
    modifiers: str = ""
    #: What stands before a name without an article (Mr., Senator).
    titles: str = ""
    #: Titles that tell the gender; articles that do, and endings of forenames.
    men: str = ""
    women: str = ""
    men_articles: str = ""
    women_articles: str = ""
    men_endings: str = ""
    women_endings: str = ""
    #: Small words inside names (van, de, al).
    particles: str = ""
    #: "according to", before the speaker; phrases parted by ``|``.
    sources: str = ""
    #: The same, where a sentence begins with it (French "Pour").
    opening_sources: str = ""
    #: The same, behind the speaker (German "zufolge").
    afterwards: str = ""
    #: Means "according to" right behind a quote only (German "so").
    behind_quote: str = ""
    #: Nouns before the title of a work in marks (film, novel).
    works: str = ""
    #: Nouns for what is written: before a quote it speaks, and not whoever got it (a letter).
    writings: str = ""
    #: Verbs that mostly do something else than say (called, believes).
    faint: str = ""
    #: Verbs before "es in": what follows is a text that speaks (German "heißt es im Bericht").
    documents: str = ""
    #: Subjunctives of reported speech: their subject is spoken of and does not speak.
    supposes: str = ""
    #: Last words of the names of bodies and places (Party, Street); words no forename is (New).
    bodies: str = ""
    directions: str = ""
    #: Whether a dash opens the paragraphs of a dialogue without marks; and speech behind a
    #: sentence of the same paragraph too.
    dialogue: bool = False
    dialogue_within: bool = False
    #: Whether names and the nouns behind a role bend ("директор музея", "Лебедевой").
    inflects: bool = False
    #: Words that hang behind a verb by a hyphen (French "-t-elle").
    enclitics: str = ""
    #: Whether every noun begins with a capital.
    nouns_capital: bool = False
    #: Whether the speaker follows the verb before a quote too ("Darauf sagte Muster: ...").
    verb_first: bool = False
    #: Elided articles that stick to the next word (French l', d').
    elisions: str = ""
    #: Words that speak of the speaker (I, my, our), and words that make a quote strong.
    first: str = ""
    strong: str = ""
    #: Whether names are not told by a capital; `digest.summary.uncased` reads such languages.
    uncased: bool = False

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Word -> one letter, see `digest.summary.frame`; an earlier line loses to a later."""
        table: dict[str, str] = {}
        for letter, listed in (
            ("&", self.conjunctions),
            ("X", self.between),
            ("I", self.prepositions),
            ("o", self.genitives),
            ("r", self.relatives),
            ("D", self.determiners),
            ("i", self.self),
            ("J", self.modifiers),
            ("R", self.roles),
            ("#", self.times),
            ("T", f"{self.titles} {self.men} {self.women}"),
            ("V", self.says),
            ("v", self.tells),
            ("h", self.he),
            ("s", self.she),
            ("t", self.they),
        ):
            table.update(dict.fromkeys(listed.split(), letter))
        return table

    @cached_property
    def relatives_of(self) -> frozenset[str]:
        return frozenset(self.kin.split())

    @cached_property
    def saying(self) -> frozenset[str]:
        """The verbs of saying."""
        return frozenset(word for word, kind in self.kinds.items() if kind in "Vv")

    @cached_property
    def special(self) -> frozenset[str]:
        """Small words of which the place decides the kind."""
        return self.small | self.late_sources | self.opening_words | {self.behind_quote}

    @cached_property
    def fixed_kinds(self) -> dict[str, str]:
        """The kinds that are the same in every place."""
        return {word: kind for word, kind in self.kinds.items() if word not in self.special} | {
            ",": ","
        }

    @cached_property
    def phrases(self) -> re.Pattern[str] | None:
        """Finds what means "according to"."""
        listed = [phrase for phrase in self.sources.split("|") if phrase]
        return _alternatives(listed) if listed else None

    @cached_property
    def agent_words(self) -> frozenset[str]:
        return frozenset(self.agents.split())

    @cached_property
    def oblique_words(self) -> frozenset[str]:
        return frozenset(self.oblique.split())

    @cached_property
    def inverts(self) -> bool:
        """Whether verb and speaker change places behind a quote, always: so in all but English."""
        return self.language != "en"

    @cached_property
    def faint_verbs(self) -> frozenset[str]:
        return frozenset(self.faint.split())

    @cached_property
    def document_verbs(self) -> frozenset[str]:
        return frozenset(self.documents.split())

    @cached_property
    def subjunctives(self) -> frozenset[str]:
        return frozenset(self.supposes.split())

    @cached_property
    def verbs_before(self) -> tuple[str, ...]:
        """The verbs that news have most, as they stand before a name."""
        return tuple(f"{verb} " for verb in self.says.split()[:_COMMON])

    @cached_property
    def verbs_behind(self) -> tuple[str, ...]:
        """The same, as they stand behind it."""
        return tuple(f" {verb}" for verb in self.says.split()[:_COMMON])

    @cached_property
    def body_nouns(self) -> frozenset[str]:
        return frozenset(f"{self.bodies} {self.roles}".split())

    @cached_property
    def body_nouns_alone(self) -> frozenset[str]:
        return frozenset(self.bodies.split())

    @cached_property
    def no_forenames(self) -> frozenset[str]:
        return frozenset(self.directions.split())

    @cached_property
    def small(self) -> frozenset[str]:
        """Particles of names."""
        return frozenset(self.particles.split())

    @cached_property
    def first_person(self) -> frozenset[str]:
        return frozenset(f"{self.self} {self.first}".split())

    @cached_property
    def work_nouns(self) -> frozenset[str]:
        return frozenset(self.works.split())

    @cached_property
    def writing_nouns(self) -> frozenset[str]:
        return frozenset(self.writings.split())

    @cached_property
    def strong_words(self) -> frozenset[str]:
        return frozenset(self.strong.split())

    @cached_property
    def masculine(self) -> frozenset[str]:
        return frozenset(f"{self.men} {self.men_articles}".split())

    @cached_property
    def feminine(self) -> frozenset[str]:
        return frozenset(f"{self.women} {self.women_articles}".split())

    @cached_property
    def masculine_endings(self) -> tuple[str, ...]:
        return tuple(self.men_endings.split())

    @cached_property
    def feminine_endings(self) -> tuple[str, ...]:
        return tuple(self.women_endings.split())

    @cached_property
    def opening_words(self) -> frozenset[str]:
        return frozenset(self.opening_sources.split())

    @cached_property
    def compounds(self) -> tuple[str, ...]:
        return tuple(self.role_endings.split())

    @cached_property
    def adverb_endings(self) -> tuple[str, ...]:
        return tuple(self.adverbs.split())

    @cached_property
    def late_sources(self) -> frozenset[str]:
        return frozenset(self.afterwards.split())


def _alternatives(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
