"""Numbers as English writes them: 1,234.5, "a dozen", "one and a half million", "the 1980s", "3 pm", "$10bn"."""

import re
from dataclasses import replace

from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Pair, Span
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

LEXICON = table("numbers")["en"]
SCALES: dict[str, float] = LEXICON["scales"]
NUMERALS: dict[str, int] = LEXICON["numerals"]
UNITS_WORDS = "|".join(word for word, number in NUMERALS.items() if number < 10)
TENS_WORDS = "|".join(word for word, number in NUMERALS.items() if number >= 20)
OTHERS = "|".join(sorted((word for word, number in NUMERALS.items() if number < 20), key=len, reverse=True))
ORDINALS = "|".join(sorted(LEXICON["ordinals"], key=len, reverse=True))
LONG_SCALES = "|".join(scale for scale in SCALES if len(scale) > 3)
ARTICLE = (
    rf"(?:(?<!and a )half an?|(?<!and a )half|one|an?|the|per|every)(?=[\s-](?:{LONG_SCALES})\b)"
    r"|one(?=[\s-]and[\s-]a[\s-]half\b)"
)
PHRASE = re.compile(
    rf"(?<![\w])(?:(?P<tens>{TENS_WORDS})[-\s]?(?P<unit>one|{UNITS_WORDS}|{ORDINALS})|(?P<word>{OTHERS}|{TENS_WORDS})"
    rf"|(?P<ordinal>{ORDINALS})|(?P<article>{ARTICLE}))(?![\w])"
)
SINGLE = re.compile(
    r"(?<![\w])(?:(?P<group>"
    + "|".join(LEXICON["groups"])
    + ")|(?P<loose>"
    + "|".join(LEXICON["loose"])
    + ")|(?P<time>"
    + "|".join(LEXICON["times"])
    + ")|(?P<plural>"
    + "|".join(LEXICON["plurals"])
    + r"))(?![\w])"
)
SCALE = re.compile(r"[\s\u00a0-]*(" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")(?!\w|\$)")
AND_REST = re.compile(
    rf"\s+(?:and\s+)?(?:(?P<tens>{TENS_WORDS})(?:[-\s](?P<unit>one|{UNITS_WORDS}))?|(?P<word>{OTHERS}))\b"
)
AND_HALF = re.compile(r"[\s-]+(?:\w+\s+)?and[\s-]+a[\s-]+half\b")
HALF_OF_DAY = re.compile(r"\s*(?P<half>[ap])\.?\s?m\b")
CENTURY = re.compile(r"(?:st|nd|rd|th)?(?:\s*(?:-|and|to|or|century)\s*\d+(?:st|nd|rd|th)?)?[-\s]centur")


def mentions(pair: Pair) -> list[Mention]:
    """All numbers of the English side, in order."""
    text, lowered = pair.en, pair.en_lower
    found = [m for match in DIGITS.finditer(text) if (m := in_digits(match, lowered))]
    found += [in_words(match, lowered) for match in PHRASE.finditer(lowered)]
    taken = {i for mention in found for i in range(*mention.span)}
    found += [in_single(match) for match in SINGLE.finditer(lowered) if match.start() not in taken]
    found += [in_roman(match, lowered) for match in ROMAN.finditer(text) if match[0] not in ("", "I")]
    return [with_unit(m, lowered, "en") for m in join(sorted(found, key=lambda m: m.span), lowered)]


def in_roman(match: re.Match[str], lowered: str) -> Mention:
    """A Roman numeral; a century when that word is near."""
    number = roman(match[0])
    near = "centur" in lowered[max(0, match.start() - 30) : match.end() + 30]
    return Mention(frozenset(century(number) if near else {value(number), ordinal(number)}), match.span(), digits=False)


def in_digits(match: re.Match[str], lowered: str) -> Mention | None:
    """A number in digits with its suffix, its scale and its half of the day; None for "5G"."""
    written = match["number"] or match["later"]
    suffix = match["suffix"] or match["tail"] or ""
    if suffix[:1].isupper() and suffix.lower() not in (
        "km",
        "kg",
        "mb",
        "gb",
        "tb",
        "kb",
        "m",
        "bn",
        "am",
        "pm",
        "k",
        "c",
        "f",
    ):
        return None
    readings = read_digits(written, point=".", comma=",")
    start, end = match.start(), match.end() - len(suffix)
    whole = int(written) if written.isdigit() else None
    if whole is not None and (match["apostrophe"] or (lowered.startswith(("s", "'s"), end) and whole % 10 == 0)):
        readings |= decade(whole)
    if whole is not None and CENTURY.match(lowered, end):
        readings |= century(whole)
    if half := HALF_OF_DAY.match(lowered, end):
        readings |= afternoon(readings, whole, half["half"])
        return Mention(frozenset(readings), (start, end), digits=True)
    if lowered.startswith(" o'clock", end) and whole is not None:
        readings |= clock(whole, 0) | clock(whole + 12, 0)
    return finish(readings, (start, end), lowered, digits=True)


def afternoon(readings: set[Reading], whole: int | None, half: str) -> set[Reading]:
    """The readings of a time with am or pm on the clock of 24 hours; without minutes the hour alone counts too."""
    times = clock(whole, 0) if whole is not None else {r for r in readings if r[0] == "t"}
    shift = 720 if half == "p" else 0
    found: set[Reading] = {("t", (float(minutes) % 720) + shift) for _, minutes in times}
    if whole is not None:
        found |= {value(whole % 12 + shift / 60)}
    return found | {("t", float(minutes)) for _, minutes in times}


def finish(readings: set[Reading], span: Span, lowered: str, digits: bool) -> Mention:
    """Apply the scales, the half and the rest that follow."""
    scale, (start, end) = 1.0, span
    while (match := SCALE.match(lowered, end)) and scale < 1e12:
        step = SCALES[match[1]]
        if len(match[1]) < 3 and (match[0] != match[1] or not digits):
            break
        values = scaled(readings, step)
        readings, end = set(values), match.end()
        scale *= step
        if step == 100 and (rest := AND_REST.match(lowered, end)):
            extra = word_value(rest)
            readings, end = {value(float(n) + extra) for _, n in readings}, rest.end()
    if AND_HALF.match(lowered, end):
        readings |= {value(float(n) + scale / 2) for kind, n in readings if kind == "n"}
        if more := SCALE.match(lowered, AND_HALF.match(lowered, end).end()):  # type: ignore[union-attr]
            readings |= scaled(readings, SCALES[more[1]])
    return Mention(frozenset(readings), (start, end), digits or scale >= 1000, scale)


def word_value(match: re.Match[str]) -> int:
    """The value of `twenty-one` or `seven`."""
    if match["tens"]:
        unit = match["unit"] or ""
        return NUMERALS[match["tens"]] + (1 if unit == "one" else NUMERALS.get(unit, LEXICON["ordinals"].get(unit, 0)))
    return NUMERALS[match["word"]]


def in_words(match: re.Match[str], lowered: str) -> Mention:
    """A numeral, an ordinal, or an article before a scale ("half a million")."""
    if match["article"]:
        base = 0.5 if match["article"].startswith("half") else 1
        mention = finish({value(base)}, match.span(), lowered, digits=False)
        return replace(mention, digits=mention.scale > 1000)
    if match["ordinal"]:
        number = LEXICON["ordinals"][match["ordinal"]]
        readings = {ordinal(number)} | ({value(1 / number)} if number > 2 else set())
        if "centur" in lowered[match.end() : match.end() + 25]:
            readings |= century(number)
        return Mention(frozenset(readings), match.span(), digits=False)
    number = word_value(match)
    if match["tens"] and match["unit"] in LEXICON["ordinals"]:
        return Mention(frozenset({ordinal(number)}), match.span(), digits=False)
    mention = finish({value(number)}, match.span(), lowered, digits=False)
    if lowered.startswith(" decades", match.end()):
        return replace(mention, readings=mention.readings | {value(number * 10)})
    return mention


def in_single(match: re.Match[str]) -> Mention:
    """A word for a group, a time of day, a loose plural or a decade."""
    if match["loose"]:
        return Mention(frozenset({("~", LEXICON["loose"][match["loose"]])}), match.span(), digits=False)
    if match["time"]:
        return Mention(frozenset(time_of_day(LEXICON["times"][match["time"]])), match.span(), digits=False)
    if match["plural"]:
        return Mention(frozenset(decade(LEXICON["plurals"][match["plural"]])), match.span(), digits=False)
    share = LEXICON["groups"][match["group"]]
    readings = {value(share), value(share * 100)} if share < 1 else {value(share)}
    return Mention(frozenset(readings), match.span(), digits=False)
