"""Typing errors in the Italian, put right before it is translated: of "comnpagnia" a translator makes what it will.

A word in small letters that no list has, and that a single slip of the keyboard (a letter missing, one too many, two
swapped, one hit beside its key) makes of one common word, is that word; where two words are as near, it stays.
`typos/common.txt` has the words that the corpora have often, `typos/seen.txt` others that they have and the
dictionaries have not; both are written by `python -m models.training words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from models import wordlists

FOLDER = Path(__file__).with_name("typos")
LEAST = 7  # letters: a shorter word is near too many others
WORD = re.compile(rf"(?<![\w.@/-])[^\W\d_]{{{LEAST},}}(?![\w@/…-]|\.[\w.])")
LETTERS = "abcdefghijklmnopqrstuvwxyzàèéìòù"
KEYS = ("qwertyuiopè", "asdfghjklòàù", "zxcvbnm")
BESIDE = {key: {*row[max(0, i - 1) : i], *row[i + 1 : i + 2]} for row in KEYS for i, key in enumerate(row)}
PRONOUN = "[mtcv]i|si|l[oaie]|ne|gli|gliel[oaie]|gliene|[mtscv]e(?:l[oaie]|ne)"
WITH_PRONOUN = re.compile(rf"(?:r|ndo|[ai]t[oaie])(?:{PRONOUN})$")  # "avvertirle": no dictionary has them all


def corrected(text: str) -> str:
    """The text with its sure typing errors put right."""
    return WORD.sub(lambda found: _corrected(found[0]), text)


@lru_cache(maxsize=32768)
def _corrected(word: str) -> str:
    if not word.islower() or word in common() or WITH_PRONOUN.search(word):
        return word
    near = {other for other in _slips(word) if other in common()}
    if len(near) != 1 or word in seen() or wordlists.known(word, "it") or wordlists.known(word, "en"):
        return word
    return near.pop()


def _slips(word: str) -> Iterator[str]:
    """What may have been meant: all that is one slip away, the first letter and the ending being right."""
    for i in range(1, len(word)):
        yield from (word[:i] + letter + word[i:] for letter in LETTERS)
        if i < len(word) - 1:
            yield word[:i] + word[i + 1 :]
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
            yield from (word[:i] + letter + word[i + 1 :] for letter in BESIDE.get(word[i], ()))


@cache
def common() -> frozenset[str]:
    """Words that a typing error may be of."""
    return _words("common.txt")


@cache
def seen() -> frozenset[str]:
    """Words that are no typing errors, though no dictionary has them."""
    return _words("seen.txt")


def _words(name: str) -> frozenset[str]:
    return frozenset((FOLDER / name).read_text(encoding="utf-8").split())
