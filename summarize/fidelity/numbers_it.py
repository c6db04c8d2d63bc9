"""Numbers as Italian writes them: 1.234,5, "dodici", "un milione e mezzo", "anni '80", "XIX secolo", "ore 15"."""

import re
from functools import lru_cache

from models.preediting.numerals import numeral, rooted
from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Pair, Span, Word
from summarize.fidelity.quantity import (
    DIGITS,
    ROMAN,
    Mention,
    Reading,
    century,
    clock,
    decade,
    join,
    ordinal,
    read_digits,
    roman,
    scaled,
    time_of_day,
    value,
    with_unit,
)

LEXICON = table("numbers")["it"]
SCALES: dict[str, float] = LEXICON["scales"]
SCALE = re.compile(r"[\s\u00a0-]*(?:di )?(" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")(?!\w)")
AND_HALF = re.compile(r"\s+(?:(?!e\b)\w+\s+)?e\s+mezz[oa]\b")
HOURS = re.compile(r"\b(?:ore|alle|dalle|le|h)\s+$")
DECADE = re.compile(r"\banni\s+'?$")
CENTURY = re.compile(r"(?:°|º|o|esimo)?\s+secol[oi]")
ARTICLE = re.compile(r"\b(?:un|uno|una|al|il|del|mezzo|ogni)\s+$")
GROWTH = re.compile(
    rf"({'|'.join(LEXICON['growth'])})(?:a|ano|at[oaie]|are|ando|ava|avano|ò|arono|erà|eranno|herà|heranno|o|amento)"
)
ORDINAL_ENDINGS = "oaie"
DETERMINER = re.compile(r"\b(?:il|un|al|del|dal|nel|sul|suo|loro|ogni|quel|questo|mio|nostro|col)\s+$")


def mentions(pair: Pair) -> list[Mention]:
    """All numbers of the Italian side, in order."""
    text, lowered = pair.it, pair.it_lower
    found = [m for match in DIGITS.finditer(text) if (m := in_digits(match, lowered))]
    found += [m for word in pair.it_words if (m := in_word(word, lowered))]
    found += [
        in_roman(match, lowered) for match in ROMAN.finditer(text) if len(match[0]) > 1 or after_century(match, text)
    ]
    return [with_unit(m, lowered, "it") for m in join(sorted(found, key=lambda m: m.span), lowered)]


def after_century(match: re.Match[str], text: str) -> bool:
    """Whether a single Roman sign is the number of a century."""
    return bool(match[0]) and bool(CENTURY.match(text, match.end()))


def in_roman(match: re.Match[str], lowered: str) -> Mention:
    """A Roman numeral; a century when "secolo" is near."""
    number = roman(match[0])
    near = "secol" in lowered[max(0, match.start() - 30) : match.end() + 30]
    return Mention(frozenset(century(number) if near else {value(number), ordinal(number)}), match.span(), digits=False)


def in_digits(match: re.Match[str], lowered: str) -> Mention | None:
    """A number in digits with its suffix, its scale and what stands before it; None for "5G"."""
    written = match["number"] or match["later"]
    suffix = match["suffix"] or match["tail"] or ""
    if suffix[:1].isupper() and suffix.lower() not in ("km", "kg", "mb", "gb", "tb", "kb", "m", "mln", "mld", "c", "f"):
        return None
    readings = read_digits(written, point=",", comma=".")
    start, end = match.start(), match.end() - len(suffix)
    before = lowered[max(0, start - 8) : start]
    whole = int(written) if written.isdigit() else None
    if whole is not None and (match["apostrophe"] or DECADE.search(before)):
        readings |= decade(whole)
    if whole is not None and whole <= 24 and HOURS.search(before):
        readings |= clock(whole, 0)
    if whole is not None and CENTURY.match(lowered, end):
        readings |= century(whole)
    return finish(readings, (start, end), lowered, digits=True)


def finish(readings: set[Reading], span: Span, lowered: str, digits: bool) -> Mention:
    """Apply the scale and the half that follow."""
    scale, (start, end) = 1.0, span
    while (match := SCALE.match(lowered, end)) and scale < 1e12:
        scale *= SCALES[match[1]]
        end = match.end()
    values = set(scaled(readings, scale)) if scale > 1 else readings
    if AND_HALF.match(lowered, end):
        values = values | {value(float(n) + scale / 2) for kind, n in values if kind == "n"}
    return Mention(frozenset(values), (start, end), digits or scale >= 1000, scale)


def in_word(word: Word, lowered: str) -> Mention | None:
    """A numeral, a scale of its own ("un milione"), a group ("una ventina") or a loose plural ("migliaia")."""
    text, before = word.text.lower(), lowered[max(0, word.start - 8) : word.start]
    if text in SCALES and (ARTICLE.search(before) or text == "mille"):
        base: set[Reading] = {value(0.5 if before.endswith("mezzo ") else 1)}
        span = (word.start, word.start)
        return finish(base, span, lowered, digits=True)
    if text in LEXICON["loose"]:
        return Mention(frozenset({("~", LEXICON["loose"][text])}), word.span, digits=False)
    if text in LEXICON["times"] and (word.initial or not word.capitalised):
        return Mention(frozenset(time_of_day(LEXICON["times"][text])), word.span, digits=False)
    if word.capitalised and text in LEXICON["centuries"]:
        return Mention(frozenset(century(LEXICON["centuries"][text])), word.span, digits=False)
    readings = word_readings(text) or (word_readings(word.folded) if text[-1] == "é" else frozenset())
    if not readings or (text == "secondo" and not DETERMINER.search(before)):
        return None
    if DECADE.search(before):
        readings = readings | {r for kind, n in readings if kind == "n" for r in decade(int(n))}
    return finish(set(readings), word.span, lowered, digits=False)


@lru_cache(maxsize=8192)
def word_readings(word: str) -> frozenset[Reading]:
    """What a single word says: a numeral, an ordinal, a group; nothing for any other word."""
    if word in LEXICON["groups"]:
        share = LEXICON["groups"][word]
        return frozenset({value(share), value(share * 100)} if share < 1 else {value(share)})
    number = numeral(word)
    if number is not None:
        return frozenset({value(number)})
    if growth := GROWTH.fullmatch(word):
        return frozenset({value(LEXICON["growth"][growth[1]])})
    place = ordinal_value(word)
    if place is None:
        return frozenset()
    if word[:-1].endswith("enn"):
        return frozenset({value(place)})
    readings = {ordinal(place)} | ({value(1 / place)} if place > 2 else set())
    return frozenset(readings | ({value((place - 1) * 100)} if place > 10 else set()))


def ordinal_value(word: str) -> int | None:
    """`terzo` 3, `ventesima` 20, `sedicenne` 16; None for other words."""
    stem = word[:-1]
    if word[-1:] in ORDINAL_ENDINGS and stem in LEXICON["ordinals"] and word not in ("seconda", "non", "nona"):
        found: int = LEXICON["ordinals"][stem]
        return found
    if word[:-1].endswith(("esim", "enn")):
        root = word[:-1].removesuffix("esim").removesuffix("enn")
        return rooted(root)
    return None
