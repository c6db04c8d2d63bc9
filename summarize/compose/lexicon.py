"""The words of actors and of what they do, Italian to English, read from the tables in `data/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

DATA = Path(__file__).parent / "data"
TOKEN = re.compile(
    r"(?:dell|all|dall|nell|sull|quest|quell|un|l|d)'|\w[\w.&@/-]*(?:'s\b)?(?:\(\d+\))?|[^\w\s]",
    re.IGNORECASE,
)

Words = tuple[str, ...]
Kind = Literal["person", "party", "office", "organ", "body", "group", "thing"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun: its English in both numbers, and how "di" is said after it (see `nouns.tsv`)."""

    english: str
    plural_english: str
    kind: Kind
    of: str
    singular: bool
    plural: bool


def tokens(text: str) -> list[str]:
    """Cut Italian into words and marks, elided articles apart; typographic apostrophes become straight ones."""
    found = TOKEN.findall(text.replace("’", "'").replace("ʼ", "'"))
    return [word.rstrip(".") if "." not in word[:-1] and len(word) > 1 else word for word in found]


def words(text: str) -> Words:
    """Lower-case tokens: the form in which the tables are keyed."""
    return tuple(token.lower() for token in tokens(text))


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table, comments left out."""
    for line in (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def nouns_of(name: str, kind: Kind | None = None) -> dict[Words, Noun]:
    """Read a table of nouns; a form that is both singular and plural says so."""
    table: dict[Words, Noun] = {}
    for row in rows(name):
        singular, plural, english, plural_english = row[:4]
        given: Kind = kind or row[4]  # type: ignore[assignment]
        for form in {singular, plural}:
            key = words(form)
            entry = Noun(english, plural_english, given, row[-1], form == singular, form == plural)
            table.setdefault(key, entry)
    return table


def inflections(adjective: str) -> set[str]:
    """All forms of an Italian adjective given in the masculine singular; too many forms do no harm."""
    stem, last = adjective[:-1], adjective[-1]
    if adjective.endswith(("co", "go")):
        return {adjective, stem + "a", stem + "i", stem + "hi", stem + "he"}
    if adjective.endswith("io"):
        return {adjective, stem + "a", stem, stem + "e"}
    if last == "o":
        return {adjective, stem + "a", stem + "i", stem + "e"}
    if last == "a":
        return {adjective, stem + "i", stem + "e", stem + "he"}
    return {adjective, stem + "i"} if last == "e" else {adjective}


def inflected(name: str) -> dict[Words, str]:
    """Read a table of adjectives, every form of each; a form of two words inflects its last."""
    table: dict[Words, str] = {}
    for italian, english in rows(name):
        *front, last = italian.split()
        for form in inflections(last):
            table.setdefault((*front, form), english)
    return table


@cache
def actors() -> dict[Words, Noun]:
    """Nouns for people and bodies; things where no actor has the word ("il responsabile della sicurezza")."""
    return nouns_of("things", "thing") | nouns_of("nouns")


@cache
def matters() -> dict[Words, Noun]:
    """Nouns for what is claimed or denied; people and bodies where no matter has the word."""
    return nouns_of("nouns") | nouns_of("things", "thing")


@cache
def modifiers() -> dict[Words, str]:
    """Nouns that qualify another noun."""
    return {words(italian): english for italian, english in rows("modifiers")}


@cache
def adjectives() -> dict[Words, str]:
    """Adjectives other than those of nation and place."""
    return inflected("adjectives")


@cache
def nationalities() -> dict[Words, str]:
    """Adjectives of nation, region and city."""
    return inflected("nationalities")


@cache
def fields() -> dict[Words, str]:
    """What ministers and ministries are in charge of."""
    return {words(italian): english for italian, english in rows("fields")}


@cache
def participles() -> dict[str, list[tuple[str, str]]]:
    """Participle → the prepositions it takes and its English with each."""
    table: dict[str, list[tuple[str, str]]] = {}
    for italian, preposition, english in rows("participles"):
        for form in inflections(italian):
            table.setdefault(form, []).append((preposition, english))
    return table


@cache
def states() -> dict[Words, str]:
    """States and territories: the names of the Unicode CLDR, in the form of `names.tsv` where that has another."""
    from babel import Locale  # noqa: PLC0415 - slow to import, and only summaries need it

    italian, english = Locale("it").territories, Locale("en").territories
    own = {words(name): translated for name, translated in rows("names")}
    known = {words(name): english[code] for code, name in italian.items() if code.isalpha() and code in english}
    return {name: own.get(name, translated) for name, translated in known.items()}


@cache
def names() -> dict[Words, str]:
    """Proper names: the table's own, then states, then the cities of the CLDR's time zones."""
    from babel import Locale  # noqa: PLC0415 - likewise

    italian, english = Locale("it").time_zones, Locale("en").time_zones
    cities = {
        words(zone["city"]): english[code]["city"]
        for code, zone in italian.items()
        if "city" in zone and "," not in zone["city"] and "city" in english.get(code, {})
    }
    return cities | states() | {words(name): translated for name, translated in rows("names")}


@cache
def pronouns() -> dict[Words, str]:
    """Pronouns for actors."""
    return {words(italian): english for italian, english in rows("pronouns")}


def nationality(form: Words) -> str | None:
    """Find an adjective of nation, also with "filo-", "anti-" or "pro-" before it."""
    known = nationalities()
    if form in known:
        return known[form]
    if len(form) != 1:
        return None
    prefix = re.match(r"(filo|anti|pro)-?(.+)", form[0])
    if prefix and (prefix[2],) in known:
        return f"{'pro' if prefix[1] == 'filo' else prefix[1]}-{known[(prefix[2],)]}"
    return None
