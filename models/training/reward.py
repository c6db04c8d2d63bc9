"""How good a drawn translation is, told by a reference.

The mean of chrF (Popović 2015) and of an F-measure of words in which a word counts by how rare it is: a wrong fact is
one or two rare words among many that are right. Of two translations of a press sentence of which readers could rely
on one alone, the better by either is the reliable one in four of five cases.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
STEM = 5  # letters by which two words are held for one


class Reward:
    """Holds translations against references, with what a set of references tells of how rare words are."""

    def __init__(self, references: Iterable[str]) -> None:
        """Count in how many references a word stands."""
        counted = [set(_words(text)) for text in references]
        self._texts = len(counted)
        self._seen = Counter(word for words in counted for word in words)

    def __call__(self, translations: Sequence[str], reference: str) -> list[float]:
        """From 0 to 1 for each translation of one sentence."""
        right = _words(reference)
        return [(_chrf(text, reference) + self._rare(_words(text), right)) / 2 for text in translations]

    def _rare(self, words: Mapping[str, int], right: Mapping[str, int]) -> float:
        both = self._weight({word: min(count, right.get(word, 0)) for word, count in words.items()})
        all_of_them = self._weight(words) + self._weight(right)
        return 2 * both / all_of_them if all_of_them else float(words == right)

    def _weight(self, words: Mapping[str, int]) -> float:
        return sum(count * math.log((self._texts + 1) / (self._seen[word] + 1)) for word, count in words.items())


def _words(text: str) -> Counter[str]:
    return Counter(word if word[0].isdigit() else word[:STEM] for word in WORD.findall(text.lower()))


def _chrf(text: str, reference: str) -> float:
    return float(_metric().sentence_score(text, [reference]).score) / 100


@lru_cache(1)
def _metric():  # type: ignore[no-untyped-def] # noqa: ANN202 - sacrebleu has no types
    from sacrebleu.metrics import CHRF

    return CHRF()
