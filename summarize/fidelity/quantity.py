"""What a number in a text may mean, in either language, and how atoms of it join into one."""

import re
from dataclasses import dataclass, replace
from functools import cache

from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Span

# A reading is a value ("n", 1234.5), a place in a row ("o", 3), a time of day ("t", minutes), a loose plural ("~", 100
# for hundreds) or text that is only compared as it stands ("s", "1.2.3").
Reading = tuple[str, float | str]
Readings = frozenset[Reading]

# Digits with inner separators; thousands may be set apart by a (thin) space.
DIGITS = re.compile(
    r"(?<![\w.,])(?<!\d[-:/x])(?P<apostrophe>')?"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d\w])|\d+(?:[.,:]\d+)*)"
    r"(?P<suffix>(?!x\d)[a-zA-Z°º²³]+)?|(?<=\d[-:/x])(?P<later>\d+(?:[.,]\d+)*)(?P<tail>[a-zA-Z°º²³]+)?"
)
SPACES = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number as a text has it.

    Attributes:
        readings: all that it may mean; two mentions agree when they share one.
        digits: written with digits, or so large that no other word would do.
        scale: what it was multiplied with ("million"), 1 if nothing.
        unit: the unit or currency that goes with it, "" where none is known.

    """

    readings: Readings
    span: Span
    digits: bool
    scale: float = 1
    unit: str = ""


def value(number: float) -> Reading:
    """A plain value, rounded so that 0.1 + 0.2 is 0.3."""
    return "n", round(number, 6)


def ordinal(number: int) -> Reading:
    """A place in a row ("third"); as a word it is never taken for a count."""
    return "o", number


def clock(hours: int, minutes: int) -> set[Reading]:
    """A time of day as one reading; none when it is no time."""
    return {("t", hours * 60 + minutes)} if hours <= 24 and minutes < 60 else set()


def time_of_day(minutes: int) -> set[Reading]:
    """A time of day from its minutes; midnight ends a day and begins one."""
    return {("t", minutes), ("t", minutes or 24 * 60)}


def read_digits(written: str, point: str, comma: str) -> set[Reading]:
    """The readings of digits with separators, where `point` stands before decimals and `comma` groups thousands."""
    plain = SPACES.sub("", written)
    if plain.isdigit():
        return {value(int(plain)), ordinal(int(plain))} | (
            clock(int(plain[:2]), int(plain[2:])) if len(plain) == 4 else set()
        )
    parts = re.split(r"[.,:]", plain)
    separators = "".join(re.findall(r"[.,:]", plain))
    grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3 and parts[0] != "0"
    if ":" in separators:
        return clock(int(parts[0]), int(parts[1])) | {("s", plain)}
    if (grouped and set(separators) == {comma}) or (grouped and len(separators) > 1 and set(separators) == {point}):
        return {value(int("".join(parts)))}
    if len(parts) == 2:
        times = clock(int(parts[0]), int(parts[1])) if len(parts[0]) <= 2 and len(parts[1]) == 2 else set()
        return {value(float(f"{parts[0]}.{parts[1]}"))} | times
    if separators.count(point) == 1 and separators[-1] == point:
        return {value(float(plain.replace(comma, "").replace(point, ".")))}
    return {("s", plain)}


def scaled(readings: Readings | set[Reading], scale: float) -> Readings:
    """The plain values times a scale (thousand, million)."""
    return frozenset(value(n * scale) for kind, n in readings if kind == "n" and isinstance(n, float | int))


def century(number: int) -> set[Reading]:
    """A century by its number (19) and by its years (the 1800s)."""
    return {value(number), ordinal(number), value((number - 1) * 100)}


def decade(year: int) -> set[Reading]:
    """A decade by two digits or by four; a year that ends in 00 is a century too."""
    found = {value(year), value(year % 100)}
    if year < 100:
        found |= {value(1900 + year), value(2000 + year)}
    elif year % 100 == 0:
        full = year + 1000 if year < 1000 else year
        found = {value(year), value(full), value(full // 100 + 1)}
    return found


# Short ones of I, V and X; with L, C, D and M ("XL", "DC", "MI") only from three letters on.
ROMAN = re.compile(
    r"(?<![\w.-])(?!MIX|CIV|LIV|DIM)(?:(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
    r"|(?=[IVXLCDM]{3})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w-])"
)
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(numeral: str) -> int:
    """The value of a Roman numeral below 4000."""
    worths = [ROMAN_VALUES[sign] for sign in numeral]
    pairs = zip(worths, [*worths[1:], 0], strict=True)
    return sum(-worth if following > worth else worth for worth, following in pairs)


@cache
def units(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The units of a language as a pattern and as a mapping from form to name."""
    names = {form: name for name, forms in table("numbers")[language]["units"].items() for form in forms}
    forms = sorted(names, key=len, reverse=True)
    parts = [re.escape(form) + (r"(?!\w)" if form[-1].isalpha() else "") for form in forms]
    return re.compile(r"(?:" + "|".join(parts) + ")"), names


BETWEEN = re.compile(r"[\s\u00a0-]*(?:di\s+|of\s+|us\s+)?")
SYMBOL = re.compile(r"(us\$|[€$£¥])\s?$")


def with_unit(mention: Mention, lowered: str, language: str) -> Mention:
    """The mention with the unit that stands right after it or as a symbol before it."""
    forms, names = units(language)
    start, end = mention.span
    gap = BETWEEN.match(lowered, end)
    after = forms.match(lowered, gap.end() if gap else end)
    if after:
        return replace(mention, unit=names[after[0]])
    before = SYMBOL.search(lowered[max(0, start - 4) : start])
    return replace(mention, unit=names.get(before[1], "dollar")) if before else mention


RANGE = re.compile(r"\s*(?:/|-|–|—|to|and|or|e|o|a|ai|alle|agli|e i|e gli|e le|ed i)\s*(?:i |gli |le |gli )?[€$£]?")
SUM = re.compile(r"\s*(?:e|and)?\s*")


def join(mentions: list[Mention], text: str) -> list[Mention]:
    """Give the first number of a range the scale of the second, and add what is one sum.

    "dai 10 ai 20 milioni" begins with ten or with ten million; "un miliardo e 200 milioni" is also 1.2 billion.
    """
    joined = list(mentions)
    for i in range(len(joined) - 1):
        first, second = joined[i], joined[i + 1]
        gap = text[first.span[1] : second.span[0]].lower()
        if second.scale > first.scale and len(gap) < 12 and RANGE.fullmatch(gap):
            joined[i] = replace(first, readings=first.readings | scaled(first.readings, second.scale))
        if first.scale >= 1000 and first.scale > second.scale and SUM.fullmatch(gap):
            total = frozenset(
                value(float(a) + float(b))
                for kind, a in first.readings
                for other, b in second.readings
                if kind == other == "n"
            )
            joined[i] = replace(first, readings=first.readings | total)
            joined[i + 1] = replace(second, readings=second.readings | total)
    return joined
