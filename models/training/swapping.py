"""A hint and what it stands for in the translation, both replaced by another word: the hint alone tells which.

A model that knows a pair by heart learns nothing from a hint that says what it would say anyway, and then passes over
the hints it needs. What only the hint tells cannot be known by heart, as with terms put into sources and targets
(Dinu et al. 2019, "Training Neural Machine Translation to Apply Terminology Constraints").
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.hints import Hint, Lexicon

WORD = re.compile(r"(?<= )[a-z]+(?![\w'’-])")
ENDING = 3  # letters of an Italian form that tell what kind of word it is
INFLECTIONS = ("", "s", "ed", "ing")


@dataclass(frozen=True)
class Swaps:
    """What may stand for what.

    Attributes:
        kinds: English words that render Italian forms with the same ending.
        spoken: the words of the translations, in lower case: what is no such word is never put into one.

    """

    kinds: Mapping[str, tuple[str, ...]]
    spoken: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon, targets: Iterable[str]) -> Swaps:
        """The renderings of a lexicon that are a single word and occur in these translations."""
        spoken = frozenset(word for target in targets for word in WORD.findall(target))
        kinds: dict[str, list[str]] = defaultdict(list)
        for form, (renderings, _) in lexicon.entries.items():
            if " " not in form and renderings in spoken:
                kinds[form[-ENDING:]].append(renderings)
        return cls({ending: tuple(words) for ending, words in kinds.items()}, spoken)

    def one_swapped(self, hints: Sequence[Hint], target: str, rng: random.Random) -> tuple[Sequence[Hint], str]:
        """The hints of a pair and its translation with one of them swapped, drawn by chance, if it can be."""
        at = rng.randrange(len(hints))
        if found := self.swapped(hints[at], target, rng):
            return [*hints[:at], found[0], *hints[at + 1 :]], found[1]
        return hints, target

    def swapped(self, hint: Hint, target: str, rng: random.Random) -> tuple[Hint, str] | None:
        """The hint with another word and the translation with that word in its place; None where that cannot be."""
        others = self.kinds.get(hint.source[-ENDING:].lower(), ())
        if not hint.target.isalpha() or not others:
            return None
        other = rng.choice(others)
        for inflection in INFLECTIONS:
            here = rf"(?<= ){inflected(hint.target, inflection)}(?![\w'’-])"
            there = inflected(other, inflection)
            if len(re.findall(here, target)) == 1 and there in self.spoken and other != hint.target:
                return Hint(hint.source, other), re.sub(here, there, target)
        return None


def inflected(word: str, ending: str) -> str:
    """A word in a regular inflection, which is no word at all where the inflection is irregular."""
    if ending == "s":
        return re.sub("(?<=[^aeiou])y$", "ie", word) + ("es" if re.search("(?:[sxz]|[cs]h)$", word) else "s")
    if ending:
        return re.sub("e$", "", re.sub("(?<=[^aeiou])y$", "i", word) if ending == "ed" else word) + ending
    return word
