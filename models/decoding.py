"""What can go wrong in decoding, found in the output itself, and the ways to decode again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

EMPTY, TOO_LONG, REPETITION = "empty", "too-long", "repetition"

# Ways to decode a sentence whose first output ran away, tried in turn (CTranslate2's names).
RETRIES: tuple[dict[str, Any], ...] = (
    {"beam_size": 4},
    {"beam_size": 4, "repetition_penalty": 1.2, "no_repeat_ngram_size": 4},
    {"beam_size": 2, "repetition_penalty": 1.4, "no_repeat_ngram_size": 3},
)
LOOP = 3  # a phrase said this often in a row is a loop, unless the source says it too
LONG_RATIO, LONG_MARGIN = 2.2, 15  # words of English for the words of Italian

NAME = re.compile(r"\b[A-Z][^\W\d_]{3,}")
WORD = re.compile(r"[^\W\d_]{4,}")
BEGINNING = 5  # letters by which two words of the source are one: "cinese", "Cina" are not, "cinese", "cinesi" are


def limit(source_tokens: int) -> int:
    """The most tokens an output may have: twice the source and some, far above any honest translation."""
    return 2 * source_tokens + 24


def faults(source: str, text: str, *, finished: bool) -> tuple[str, ...]:
    """Name what is wrong with an output as a translation of `source`; empty when nothing is.

    Args:
        source: Italian.
        text: the English decoded for it.
        finished: whether the model itself ended the output.

    """
    if not text.strip():
        return (EMPTY,) if source.strip() else ()
    found = []
    words, source_words = _words(text), _words(source)
    if not finished or len(words) > LONG_RATIO * len(source_words) + LONG_MARGIN:
        found.append(TOO_LONG)
    if _loops(words) > max(LOOP - 1, _loops(source_words)) or _echoes(source, text):
        found.append(REPETITION)
    return tuple(found)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _loops(words: Sequence[str]) -> int:
    """How often, at most, a phrase of one to eight words is said without anything between."""
    most = 1 if words else 0
    for size in range(1, 9):
        run = 0
        for i in range(size, len(words)):
            run = run + 1 if words[i] == words[i - size] else 0
            most = max(most, run // size + 1)
    return max(most, _scattered(words))


def _scattered(words: Sequence[str]) -> int:
    """How often the most frequent phrase of six words occurs anywhere: loops that vary a word between."""
    counts = Counter(tuple(words[i : i + 6]) for i in range(len(words) - 5))
    return max(counts.values(), default=0)


def _echoes(source: str, text: str) -> bool:
    """Whether a name is said more often than any word of the source: "Belgium is the turn of Belgium".

    Of 29,789 translations of news by a careful hand 87 do so.
    """
    said = Counter(NAME.findall(text))
    there = Counter(word.lower()[:BEGINNING] for word in WORD.findall(source))
    return max(said.values(), default=0) > max(there.values(), default=1)
