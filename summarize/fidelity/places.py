"""Countries, peoples and cities under their Italian and their English names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from summarize.fidelity.lexicon import rows
from summarize.fidelity.lexicon import table as toml
from summarize.fidelity.pair import Span, fold

TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
ENDINGS = ("o", "a", "i", "e", "he", "hi", "io", "ia", "ie")
Phrase = tuple[str, ...]
Index = dict[str, list[tuple[Phrase, frozenset[int], bool]]]


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: all the places it may be, and whether it is a name or an adjective."""

    ids: frozenset[int]
    span: Span
    name: bool
    folded: str


def phrase(text: str) -> Phrase:
    """The folded words of a name, without full stops."""
    return tuple(fold(token.replace(".", "")) for token in TOKEN.findall(text.replace("'", " ")))


def expand(entry: str) -> Iterator[Phrase]:
    """An Italian adjective with all its endings."""
    if not entry.endswith("*"):
        yield phrase(entry)
        return
    *first, stem = phrase(entry[:-1])
    yield (*first, stem)
    for ending in ENDINGS:
        yield (*first, stem + ending)


@lru_cache(maxsize=1)
def indexes() -> tuple[Index, Index]:
    """Italian and English names by their first word, longest first."""
    italian: dict[Phrase, tuple[set[int], bool]] = {}
    english: dict[Phrase, tuple[set[int], bool]] = {}

    def put(index: dict[Phrase, tuple[set[int], bool]], form: Phrase, row: int, name: bool) -> None:
        if form:
            ids, only_name = index.get(form, (set(), True))
            index[form] = ids | {row}, only_name and name

    for row, cells in enumerate(table()):
        names_it, names_en, adjectives_it, adjectives_en = (cell.split("|") if cell else [] for cell in cells)
        for name in names_it:
            put(italian, phrase(name), row, True)
        for name in names_en:
            put(english, phrase(name), row, True)
        for adjective in adjectives_it:
            for form in expand(adjective):
                put(italian, form, row, False)
        for adjective in adjectives_en:
            put(english, phrase(adjective), row, False)
    return by_first(italian), by_first(english)


def by_first(forms: dict[Phrase, tuple[set[int], bool]]) -> Index:
    """Group phrases under their first word."""
    index: Index = {}
    for form in sorted(forms, key=len, reverse=True):
        ids, name = forms[form]
        index.setdefault(form[0], []).append((form, frozenset(ids), name))
    return index


@cache
def table() -> list[tuple[str, str, str, str]]:
    """Our own rows, then the territories and cities of CLDR that they lack."""
    own = [(*(row if len(row) > 1 else (row[0], row[0])), "", "", "")[:4] for row in rows("places")]
    known = {fold(name) for row in own for name in (row[0] + "|" + row[1]).split("|")}
    more = [(it, en, "", "") for it, en in cldr() if fold(it) not in known and fold(en) not in known]
    return [(a, b, c, d) for a, b, c, d in (*own, *more)]


def cldr() -> Iterator[tuple[str, str]]:
    """Italian and English names of territories and of the cities that stand for time zones."""
    from babel import Locale  # noqa: PLC0415 - slow to import
    from babel.core import get_global  # noqa: PLC0415 - likewise

    italian, english = Locale("it"), Locale("en")
    skipped = toml("names")["skipped"]["places"]
    for code, name in italian.territories.items():
        other = english.territories.get(code)
        if len(code) == 2 and other and name not in skipped and "(" not in name + other and len(name) > 3:
            yield name, other
    for zone in get_global("zone_territories"):
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        name = italian.time_zones.get(zone, {}).get("city", city)
        if name not in skipped and len(name) > 3:
            yield name, english.time_zones.get(zone, {}).get("city", city)


@lru_cache(maxsize=256)  # several checks ask, and a sentence is compared with several candidates
def find(text: str, italian: bool) -> tuple[Place, ...]:
    """The places of a text, longest names first; English names need their capital, Italian adjectives do not."""
    index = indexes()[0 if italian else 1]
    tokens = [(match[0], match.span()) for match in TOKEN.finditer(text)]
    folded = [fold(token.replace(".", "")) for token, _ in tokens]
    found: list[Place] = []
    i = 0
    while i < len(tokens):
        for form, ids, name in index.get(folded[i], ()):
            end = i + len(form)
            if tuple(folded[i:end]) == form and written(tokens, i, end, text, italian and not name):
                found.append(Place(ids, (tokens[i][1][0], tokens[end - 1][1][1]), name, " ".join(form)))
                i = end - 1
                break
        i += 1
    return tuple(found)


def opens(text: str, start: int) -> bool:
    """Whether a word opens a sentence, where any word has a capital."""
    before = text[:start].rstrip(" \"“«'(")
    return not before or before[-1] in ".!?:"


def ambiguous(place: Place, text: str) -> bool:
    """Whether an English place is a common word too and stands where any word has a capital ("Nice", "Turkey")."""
    return place.folded in toml("names")["ambiguous"]["words"] and opens(text, place.span[0])


def written(tokens: list[tuple[str, Span]], start: int, end: int, text: str, any_case: bool) -> bool:
    """Whether tokens are written as a place is: capitals at both ends, short ones in capitals, close together."""
    first, last = tokens[start], tokens[end - 1]
    if any(
        text[a[1][1] : b[1][0]] not in (" ", "-", "'", ". ", " '", "\u00a0")
        for a, b in zip(tokens[start : end - 1], tokens[start + 1 : end], strict=True)
    ):
        return False
    if any_case:
        return True
    if text.startswith("$", last[1][1]):  # US$
        return False
    if end - start == 1 and len(first[0].replace(".", "")) == 2:
        return first[0].replace(".", "").isupper() or first[0] == "Ue"
    return first[0][0].isupper() and (last[0][0].isupper() or end - start > 1)


def alike(place: Place) -> bool:
    """Whether all that a place may be is spelt alike in both languages, as most cities are."""
    return place.ids <= spelt_alike()


@cache
def spelt_alike() -> frozenset[int]:
    """The rows of places with one name in both languages and no adjectives."""
    return frozenset(i for i, row in enumerate(table()) if row[0] == row[1] and not row[2] and not row[3])
