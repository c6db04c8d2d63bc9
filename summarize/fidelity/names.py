"""Names: countries and cities through their translations, all others as they are spelt."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from models import wordlists
from summarize.document import Finding
from summarize.fidelity import places
from summarize.fidelity.lexicon import table
from summarize.fidelity.numbers_it import word_readings
from summarize.fidelity.pair import Pair, Word
from summarize.fidelity.places import Place
from summarize.fidelity.spelling import altered, same, skeleton

ROMAN_LETTERS = frozenset("IVXLCDM")
ERAS = frozenset({"bc"})  # before Christ far oftener than British Columbia
SHORT = 4  # letters; shorter names that differ say nothing


def check(pair: Pair) -> list[Finding]:
    """Find places that were swapped or dropped and names that lost a letter."""
    return [*place_findings(pair), *(fixed_findings(pair) or spelt_findings(pair))]


def place_findings(pair: Pair) -> list[Finding]:
    """Compare the places of both sides by what they name; a name that both sides spell alike is well."""
    italian, english = places.find(pair.it, italian=True), places.find(pair.en, italian=False)
    if not italian and not english:
        return []
    lost = missing(italian, english, pair.en_words)
    added = missing(english, italian, pair.it_words)
    both = list(zip(lost, added, strict=False))
    findings = [pair.finding("name", it=a.span, en=b.span) for a, b in both]
    findings += [pair.finding("name", it=a.span) for a in lost[len(both) :] if a.name and not places.alike(a)]
    return findings + [
        pair.finding("name", en=b.span)
        for b in added[len(both) :]
        if (b.name or stated(b, pair.en)) and not places.ambiguous(b, pair.en)
    ]


def stated(place: Place, text: str) -> bool:
    """Whether an English adjective says where somebody is from, so that no translation would add it."""
    spoken = text[place.span[1] :].lstrip(" -").startswith("speak")
    return not spoken and place.folded not in table("names")["assumed"]["words"]


def missing(mine: Sequence[Place], theirs: Sequence[Place], words: tuple[Word, ...]) -> list[Place]:
    """The places that the other side names in no form."""
    there: frozenset[int] = frozenset().union(*(place.ids for place in theirs))
    lacking = [place for place in mine if not place.ids & there]
    if not lacking:
        return []
    spelt = {part for word in words for part in word.folded.split("-")}
    spelt -= {place.folded for place in theirs} - {place.folded for place in mine}
    return [
        place
        for place in lacking
        if place.folded not in ERAS and not all(near(part, spelt) for part in place.folded.split())
    ]


def near(part: str, spelt: set[str]) -> bool:
    """Whether a word stands among others, misspelt at most as transliterations differ."""
    return part in spelt or (len(part) > SHORT and any(skeleton(part) == skeleton(w) for w in spelt if w[0] == part[0]))


def fixed_findings(pair: Pair) -> list[Finding]:
    """Find a well-known name that became another well-known one ("Europol", "Interpol")."""
    italian, english = fixed().findall(pair.it), fixed().findall(pair.en)
    lost = [name for name in italian if name.lower() not in pair.en_lower]
    added = [name for name in english if name.lower() not in pair.it_lower]
    if not lost or not added:
        return []
    it, en = pair.it.index(lost[0]), pair.en.index(added[0])
    return [pair.finding("name", it=(it, it + len(lost[0])), en=(en, en + len(added[0])))]


@cache
def fixed() -> re.Pattern[str]:
    """The names of one form in both languages."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, table('names')['fixed']['names']))})(?!\w)")


def spelt_findings(pair: Pair) -> list[Finding]:
    """Compare the names that are no places, word by word.

    A name that is only missing says little, for pronouns, titles and initials may stand for it; a finding needs a
    name on the English side that the Italian has not.
    """
    theirs = parts(pair.en_words)
    theirs |= {word.removesuffix("s") for word in theirs}
    if in_capitals(pair.it_words):
        return []
    lost = [w for w in pair.it_words if named(w, pair.it) and not set(w.folded.split("-")) <= theirs]
    if not lost:
        return []
    mine = parts(pair.it_words)
    added = [w for w in pair.en_words if w.capitalised and not set(w.folded.split("-")) <= mine]
    spans = [p.span for p in places.find(pair.it, italian=True)]
    lost = [w for w in lost if not any(start <= w.start < end for start, end in spans)]
    return [finding for word in lost if (finding := spelt(pair, word, added, theirs))] if added else []


def in_capitals(words: tuple[Word, ...]) -> bool:
    """Whether they are a headline in capitals, where a capital tells no name."""
    return sum(word.text.isupper() for word in words) > len(words) / 2


def parts(words: tuple[Word, ...]) -> set[str]:
    """All words, and what stands between their hyphens, folded."""
    return {part for word in words for part in (word.folded, *word.folded.split("-"))}


def named(word: Word, text: str) -> bool:
    """Whether an Italian word is written as a name that English would copy."""
    elided = text.startswith("'", word.end)
    return word.capitalised and not word.initial and not elided and len(word.text) >= SHORT


def spelt(pair: Pair, word: Word, added: list[Word], theirs: set[str]) -> Finding | None:
    """A finding for a name that the English spells with another letter or has not; None when all is well."""
    if any(form in theirs or form in pair.en_lower for form in known().get(word.folded, ())):
        return None
    close = next((w for w in added if altered(word.folded, w.folded)), None)
    if close is not None and common(word.text):
        return None if english_common(close.text) else pair.finding("name", it=word.span, en=close.span)
    if close is None and (any(same(word.folded, other) for other in theirs) or word.folded in flat(pair.en_lower)):
        return None
    if common(word.text):
        return None
    if close is None:
        close = stranger(pair, added)
    return pair.finding("name", it=word.span, en=close.span) if close else None


def stranger(pair: Pair, added: list[Word]) -> Word | None:
    """A capitalised English word inside a sentence that nothing of the Italian explains."""
    mine = [word.folded for word in pair.it_words]
    spans = [p.span for p in places.find(pair.en, italian=False)]
    for word in added:
        if word.initial or len(word.text) < SHORT or word.text.isupper() or english_common(word.text):
            continue
        placed = any(start <= word.start < end for start, end in spans)
        if not placed and not any(same(word.folded, other) for other in mine):
            return word
    return None


def flat(text: str) -> str:
    """A text without spaces and hyphens, for names that are written together."""
    return text.replace(" ", "").replace("-", "")


def known() -> dict[str, list[str]]:
    """Names with another form in English."""
    found: dict[str, list[str]] = table("names")["known"]
    return found


@lru_cache(maxsize=16384)
def common(word: str) -> bool:
    """Whether an Italian word is no name but a common word with a capital ("Ministero", "Autorità")."""
    lowered = word.lower()
    if word_readings(lowered) or (not ROMAN_LETTERS.isdisjoint(word) and set(word) <= ROMAN_LETTERS):
        return True
    return lowered[-1] in "àèéìòù" or wordlists.known(lowered, "it") or lowered in places.indexes()[0]


@lru_cache(maxsize=16384)
def english_common(word: str) -> bool:
    """Whether an English word with a capital may be common or official ("Minister", "Guard")."""
    return wordlists.known(word.lower(), "en")
