"""Hints put behind some sources in training: mostly those that the translation bears out, so that the model obeys.

As with terms annotated in the source (Dinu et al. 2019, "Training Neural Machine Translation to Apply Terminology
Constraints"): a hint that is right nearly always is followed, one that is right half of the time is not.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from models.hints import WORD, Hint, Lexicon, line


@dataclass(frozen=True)
class Hinting:
    """What pairs get of what the lexicon proposes.

    Attributes:
        share: of the pairs that get hints.
        lost: of their hints those that are left out all the same.
        wrong: of the proposals that the translation does not bear out those that stay.

    """

    share: float
    lost: float
    wrong: float


def hinted(source: str, target: str, lexicon: Lexicon, hinting: Hinting, rng: random.Random) -> str:
    """The source with its line of hints, or as it was when none is left."""
    english = stems(target)
    kept = [
        hint
        for hint in lexicon.hints(source)
        if rng.random() < (1 - hinting.lost if holds(hint, english) else hinting.wrong)
    ]
    return source + line(kept)


def holds(hint: Hint, english: str) -> bool:
    """Whether a translation, given as its stems, has one of the renderings of a hint in some inflection."""
    return any(stems(rendering) in english for rendering in hint.target.split(" / "))


@lru_cache(100_000)
def stems(text: str) -> str:
    """The lemmas of an English text, a space around each."""
    return "".join(f" {_stem(word.lower())}" for word in WORD.findall(text)) + " "


@lru_cache(100_000)
def _stem(word: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(word, lang="en")).lower()
