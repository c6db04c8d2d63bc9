"""What a translation leaves out: words of the Italian that nothing in the English accounts for.

A table says which English words the corpus links to an Italian one, in any form (`models.training.renderings`); the
lexicon and the hints say what else it and its phrases may be. Of 886 translated sentences of the press 34 in 100 were
not to be relied on; of those that left a word out 60, of those that left out two 78.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.hints import ARTICULATED, WORD, joined, key
from models.lines import Keyed, SortedLines
from models.reranking import stems

if TYPE_CHECKING:
    from models.hints import Hint, Lexicon

SHORT = 4  # letters; a shorter word says little, and is not asked for
SAME = 4  # first letters of an Italian and an English word that make them one: "sabotaggio", "sabotage"
AKIN = 5  # first letters of two English words that make them one: "provision", "provide"

Said = Mapping[str, tuple[str, ...]]
"""The stems that an Italian form is said with; none where human translators often leave it out: it says nothing."""


class Table(Keyed[tuple[str, ...]]):
    """A table on file: a line a form and its stems, a tab between, sorted by the forms."""

    @classmethod
    def load(cls, path: Path) -> Table:
        """Open a table; no line is looked at before it is needed. Raises OSError."""
        return cls(SortedLines(path.read_bytes()))

    def _value(self, columns: list[str]) -> tuple[str, ...]:
        return tuple(columns[0].split())


def fault(path: Path) -> str | None:
    """What keeps a file from being a table; None when all is well. Looks at every line."""
    lines = SortedLines(path.read_bytes())
    uneven = (number for number, line in enumerate(lines, 1) if line.count(b"\t") != 1)
    wrong = lines.fault() or next(uneven, None)
    return f"line {wrong} is not a form and its stems with a tab between" if isinstance(wrong, int) else wrong


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the words of the language."""

    said: Said
    lexicon: Lexicon

    def coverage(self, source: str, hints: Sequence[Hint] = ()) -> Coverage:
        """What is known of the words of a source, to which hints may add."""
        return Coverage(source, self.said, self.lexicon, hints)


class Coverage:
    """All that the words of a source may be said with; asked about each of its translations."""

    def __init__(self, source: str, said: Said, lexicon: Lexicon, hints: Sequence[Hint] = ()) -> None:
        self._words = [word[0] for word in WORD.finditer(source)]
        self._lower = [word.lower() for word in self._words]
        self._stems = [_stems(word, said, lexicon) for word in self._lower]
        told = {key(hint.source): hint.target.split(" / ") for hint in hints}
        self._phrases = list(self._known(lexicon, told))

    def _known(self, lexicon: Lexicon, told: dict[str, list[str]]) -> Iterator[tuple[range, list[str]]]:
        """The words of each phrase that has renderings, and of each that a hint is for, and these."""
        for start in range(len(self._lower)):
            for end in range(start + 1, min(start + lexicon.longest, len(self._lower)) + 1):
                phrase = joined(self._lower[start:end])
                entry = lexicon.entries.get(phrase) if end - start > 1 else None
                renderings = [*told.get(phrase, ()), *(entry[0].split(" / ") if entry else ())]
                if renderings:
                    yield range(start, end), renderings

    def left_out(self, english: str) -> tuple[str, ...]:
        """The words that a translation says in no way that is known, as they stand in the source."""
        text = stems(english)
        there = frozenset(text.split())
        same, akin = {stem[:SAME] for stem in there}, _beginnings(there)
        covered = {
            at for words, renderings in self._phrases if any(stems(each) in text for each in renderings) for at in words
        }
        return tuple(
            word
            for at, (word, lower, known) in enumerate(zip(self._words, self._lower, self._stems, strict=True))
            if known and at not in covered and lower[:SAME] not in same
            if known.isdisjoint(there) and akin.isdisjoint(_beginnings(known))
        )


def asked_for(word: str) -> bool:
    """Whether a word in lower case says enough to be missed: short ones and prepositions do not."""
    return len(word) >= SHORT and word not in ARTICULATED


def _stems(word: str, said: Said, lexicon: Lexicon) -> frozenset[str]:
    """All that a word is said with; nothing where too little is known of it, or where it is often left out."""
    if not asked_for(word):
        return frozenset()
    linked, entry = said.get(word), lexicon.entries.get(word)
    if linked == () or not (linked or entry):
        return frozenset()
    return frozenset([*(linked or ()), *(stems(entry[0]).split() if entry else ())])


def _beginnings(found: frozenset[str]) -> set[str]:
    return {stem[:AKIN] for stem in found if len(stem) >= AKIN}
