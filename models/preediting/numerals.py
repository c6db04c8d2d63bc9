"""The values of Italian numerals: "duecentotrentamila" is 230,000."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
UNITS, TEENS, TENS = (tuple(TABLE[kind].split()) for kind in ("units", "teens", "tens"))
SIMPLE = frozenset((*UNITS, *TEENS, *TENS, "cento", "mille"))  # those that are no compounds


@lru_cache(maxsize=8192)
def numeral(word: str) -> int | None:
    """The value of a numeral written as one word, `duecentotrentamila`; None for other words and for one."""
    if word.endswith("mila") and len(word) > 4:
        thousands = hundreds(word[:-4])
        return thousands * 1000 if thousands else None
    if "mila" in word or word.startswith("mille"):
        head, _, tail = word.partition("mille" if word.startswith("mille") else "mila")
        thousands, rest = (hundreds(head) if head else 1), hundreds(tail.removeprefix("e"))
        if tail and thousands and rest:
            return thousands * 1000 + rest
        return None
    found = hundreds(word)
    return found if found and found > 1 else None


def rooted(root: str) -> int | None:
    """The value of the numeral that an age or a place was made from: "settantadu" 72 ("settantaduenne")."""
    return next((n for vowel in ("", *"aeio") if (n := numeral(root + vowel)) is not None), None)


def hundreds(word: str) -> int | None:
    """The value of a numeral below a thousand, 0 for the empty word, None for other words."""
    for hundred in ("cento", "cent"):  # "cent" before "otto", "ottanta", "undici"
        head, found, tail = word.partition(hundred)
        many, rest = (small(head) if head else 1), (small(tail) if tail else 0)
        if found and many is not None and rest is not None and many < 10:
            return many * 100 + rest
    return small(word)


def small(word: str) -> int | None:
    """The value of a numeral below a hundred; tens drop their vowel before `uno` and `otto`."""
    return below_hundred().get(word)


@cache
def below_hundred() -> dict[str, int]:
    """All numerals below a hundred, elided ones too ("trent'anni")."""
    units = {word: n for n, word in enumerate(UNITS, 1)} | {"un": 1, "tré": 3}
    tens = {word: 10 * n for n, word in enumerate(TENS, 2)}
    found = units | {"una": 1} | {word: n for n, word in enumerate(TEENS, 10)} | tens
    for word, ten in tens.items():
        found |= {word[:-1]: ten} | {stem + unit: ten + n for stem in (word, word[:-1]) for unit, n in units.items()}
    return found
