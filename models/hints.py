"""Hints in the prompt: what a bilingual lexicon proposes for the rarer words of a sentence.

Dictionary-based prompting (Ghazvininejad et al. 2023, arXiv 2302.07856): the translator was trained to weigh them, so
a hint is a proposal, not an order. A user's glossary is more of the same, and goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
MOST = 4  # hints a sentence; each costs about seven tokens of prompt
COMMON = 60  # a word seen more often than that in the corpus needs no hint


@dataclass(frozen=True, slots=True)
class Hint:
    """An Italian form as it stands in the sentence and the English that the lexicon proposes for it."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """English renderings and corpus frequency of Italian forms in lower case."""

    entries: Mapping[str, tuple[str, int]]

    @property
    def renderings(self) -> list[str]:
        """All that the lexicon can propose, in its order."""
        return [rendering for rendering, _ in self.entries.values()]

    def hints(self, sentence: str) -> tuple[Hint, ...]:
        """The rarest words of a sentence that the lexicon knows, in the order of the sentence, at most `MOST`."""
        found: dict[str, tuple[int, int, Hint]] = {}
        for match in WORD.finditer(sentence):
            word = match[0]
            entry = self.entries.get(word.lower())
            if entry and entry[1] <= COMMON:
                found.setdefault(word.lower(), (entry[1], match.start(), Hint(word, entry[0])))
        rarest = sorted(found.values(), key=lambda item: item[:2])[:MOST]
        return tuple(hint for _, _, hint in sorted(rarest, key=lambda item: item[1]))


def load(path: Path) -> Lexicon:
    """Read a lexicon: a line an entry, form, renderings and frequency between tabs."""
    entries = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        source, target, count = line.split("\t")
        entries[source] = (target, int(count))
    return Lexicon(entries)


def merged(first: Sequence[Hint], others: Sequence[Hint], sentence: str) -> tuple[Hint, ...]:
    """The hints that go first and as many others as there is room for, in the order of the sentence, at most `MOST`.

    Another's hint for a word that a first one covers is left out.
    """
    covered = {word.lower() for hint in first for word in WORD.findall(hint.source)}
    free = [hint for hint in others if hint.source.lower() not in covered]
    kept = [*first, *free][:MOST]
    return tuple(sorted(kept, key=lambda hint: sentence.find(hint.source)))


def line(hints: Sequence[Hint]) -> str:
    """The line of the prompt that holds the hints, with the line break before it; empty without hints."""
    if not hints:
        return ""
    return "\nHints: " + "; ".join(f"{hint.source} = {hint.target}" for hint in hints)
