"""Numbers as models copy them: "ottocentomila" they misread, 800.000 they do not; nor is 3/4 a date in all English."""

from __future__ import annotations

import re

from models.preediting.numerals import SIMPLE, TABLE, numeral, rooted, small

WORD = re.compile(r"(?<![\w.,@/-])(?:(\d{1,3}) ?mila|[^\W\d_]{5,})(?![\w@/-]|\.\w)")
AGE_OR_PLACE = re.compile(r"(\w+?)(enn[ei]|esim[oaie])")
CENTURY = re.compile(r"(?:\b(?:il|del|nel|dal|al|sul|un|primo|secondo|tardo)\s|l['’])$", re.IGNORECASE)
MILLIONS = re.compile(r"(?<![\w.,])(\w+) milion[ei] e (\w+mila)(?!\w)", re.IGNORECASE)
TIME = re.compile(r"\b(alle|dalle|delle|ore|verso le) (\w+) e (\w+)\b", re.IGNORECASE)
DATE = re.compile(r"(?<![\w/.-])(0?[1-9]|[12]\d|3[01])([/.])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?![\w/]|\.\w)")
MONTHS, CENTURIES = (TABLE[kind].split() for kind in ("months", "centuries"))
IN_ROMAN = re.compile(rf"\b({'|'.join(sorted(CENTURIES, key=len, reverse=True))})(?= secol[oi]\b)")
BEFORE_ALL = " «“\"'‘(–—-"  # what a sentence may begin with
YEARS = range(1900, 2100)  # written without a point


def in_digits(text: str) -> str:
    """The text with the numerals that are put together from others in digits: 800.000, 187, 72enne, 18esimo secolo.

    What may be a name or a century stays: "il Novecento", "del settecento". A date in digits gets its month in words:
    English readers take 3/4 for the third of April or the fourth of March.
    """
    text = DATE.sub(lambda found: f"{int(found[1])} {MONTHS[int(found[3]) - 1]} {found[4]}", text)
    text = TIME.sub(_time, text)
    text = IN_ROMAN.sub(lambda found: f"{CENTURIES.index(found[1]) + 1}esimo", text)
    text = MILLIONS.sub(_millions, text)
    return WORD.sub(lambda found: _in_digits(found, text), text)


def _time(found: re.Match[str]) -> str:
    """Hour and minutes as one: of "alle 17 e 30" the model makes two times."""
    hour, minutes = _value(found[2].lower()), _value(found[3].lower())
    said = hour and minutes and hour <= 24 and minutes < 60 and minutes % 5 == 0
    return f"{found[1]} {hour}.{minutes:02}" if said else found[0]


def _millions(found: re.Match[str]) -> str:
    """One and a half million as one number: in two the model loses one of them."""
    many, rest = (_value(word.lower()) for word in found.groups())
    return _written(many * 1_000_000 + rest) if many and rest else found[0]


def _value(word: str) -> int | None:
    thousands = word.removesuffix("mila")
    if thousands.isdecimal():
        return int(thousands) * (1 if thousands == word else 1000)
    return small(word) or numeral(word)


def _in_digits(found: re.Match[str], text: str) -> str:
    word, before = found[0], text[: found.start()]
    if found[1]:
        return _written(int(found[1]) * 1000)
    lowered = word.lower()
    first = word[1:].islower() and not before.strip(BEFORE_ALL)
    if not (word.islower() or first) or (lowered.endswith("cento") and CENTURY.search(before)):
        return word
    if parts := AGE_OR_PLACE.fullmatch(lowered):
        return _inflected(parts[1], parts[2], word)
    number = None if lowered in SIMPLE else numeral(lowered)
    return _written(number) if number else word


def _inflected(root: str, ending: str, word: str) -> str:
    """The age or place that a word says, "72enne", "26esima"; the word itself where it is a simple one or none."""
    simple = any(root + vowel in SIMPLE for vowel in ("", *"aeio"))
    number = None if simple else rooted(root)
    return f"{number}{ending}" if number else word


def _written(number: int) -> str:
    return str(number) if number in YEARS else f"{number:,}".replace(",", ".")
