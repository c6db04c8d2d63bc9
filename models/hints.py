"""Hints in the prompt: what a bilingual lexicon proposes for the rarer words of a sentence.

Dictionary-based prompting (Ghazvininejad et al. 2023, arXiv 2302.07856): the translator was trained to weigh them, so
a hint is a proposal, not an order. A user's glossary is more of the same, and goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from models.lines import Entries, SortedLines

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ENTRY = re.compile(rb"[^\t ]*(?: [^\t ]+){0,7}\t[^\t]+\t\d+")
GAP = re.compile(r"[\s'’]+")  # between the words of a phrase
MOST = 8  # hints a sentence; each costs about seven tokens of prompt
LONGEST = 8  # words of an entry of a lexicon
COMMON = 150  # a word or phrase seen more often than that in the corpus needs no hint
ARTICULATED = {
    **dict.fromkeys(("del", "dello", "della", "dell", "dei", "degli", "delle", "d"), "di"),
    **dict.fromkeys(("al", "allo", "alla", "all", "ai", "agli", "alle", "ad"), "a"),
    **dict.fromkeys(("dal", "dallo", "dalla", "dall", "dai", "dagli", "dalle"), "da"),
    **dict.fromkeys(("nel", "nello", "nella", "nell", "nei", "negli", "nelle"), "in"),
    **dict.fromkeys(("sul", "sullo", "sulla", "sull", "sui", "sugli", "sulle"), "su"),
    **dict.fromkeys(("col", "coi"), "con"),
}  # an entry stands for all of them: "a causa di" for "a causa della"; but not where it begins: "a testa", "alla testa"


@dataclass(frozen=True, slots=True)
class Hint:
    """An Italian form as it stands in the sentence and the English that the lexicon proposes for it."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """English renderings and corpus frequency of Italian words and phrases.

    Attributes:
        entries: by the words of an entry as `key` has them.
        longest: words of the longest entry.

    """

    entries: Mapping[str, tuple[str, int]]
    longest: int = 1

    def hints(self, sentence: str) -> tuple[Hint, ...]:
        """The rarest entries that occur in a sentence, in its order, at most `MOST`; a phrase goes before its words."""
        rarest = sorted(self._found(sentence), key=lambda item: item[:2])[:MOST]
        return tuple(hint for _, _, hint in sorted(rarest, key=lambda item: item[1]))

    def _found(self, sentence: str) -> list[tuple[int, int, Hint]]:
        """Frequency, place and hint of every entry that is rare enough, each once."""
        words = list(WORD.finditer(sentence))
        found: dict[str, tuple[int, int, Hint]] = {}
        at = 0
        while at < len(words):
            size, entry = self._longest_at(sentence, words, at)
            if entry and entry[1] <= COMMON and not (at and size == 1 and _named(words[at][0], entry[0])):
                first, last = words[at].start(), words[at + size - 1].end()
                hint = Hint(sentence[first:last], entry[0])
                found.setdefault(key(hint.source), (entry[1], first, hint))
            at += size
        return list(found.values())

    def _longest_at(self, sentence: str, words: Sequence[re.Match[str]], at: int) -> tuple[int, tuple[str, int] | None]:
        for size in range(min(self.longest, len(words) - at), 0, -1):
            span = words[at : at + size]
            entry = self.entries.get(joined([word[0].lower() for word in span]))
            if entry and all(GAP.fullmatch(sentence, a.end(), b.start()) for a, b in pairwise(span)):
                return size, entry
        return 1, None


def _named(word: str, renderings: str) -> bool:
    """Whether a word inside a sentence is a name rather than what the lexicon renders: "Speciale"."""
    return word[0].isupper() and not any(c.isupper() for c in renderings)


def key(text: str) -> str:
    """What a text is looked up by: "Furto d'identità" and "furto di identità" are one."""
    return joined([word.lower() for word in WORD.findall(text)])


def joined(words: Sequence[str]) -> str:
    """Words in lower case, a space between; after the first without the articles that stick to prepositions."""
    return " ".join([*words[:1], *(ARTICULATED.get(word, word) for word in words[1:])])


def load(path: Path) -> Lexicon:
    """Open a lexicon: a line an entry, its `key`, renderings and frequency between tabs, sorted by the keys.

    No line is looked at before it is needed; `fault` looks at all of them.
    """
    return Lexicon(Entries(SortedLines(path.read_bytes())), LONGEST)


def fault(path: Path) -> str | None:
    """What keeps a file from being a lexicon; None when all is well."""
    lines = SortedLines(path.read_bytes())
    wrong = lines.fault()
    for number, line in enumerate(lines, 1):
        if wrong:
            break
        if not ENTRY.fullmatch(line):
            wrong = f"line {number} is not a key of at most {LONGEST} words, renderings and a frequency between tabs"
    return wrong


def merged(first: Sequence[Hint], others: Sequence[Hint], sentence: str) -> tuple[Hint, ...]:
    """The hints that go first and as many others as there is room for, in the order of the sentence, at most `MOST`.

    A hint of the others for words that a first one covers is left out.
    """
    covered = {word.lower() for hint in first for word in WORD.findall(hint.source)}
    free = [hint for hint in others if covered.isdisjoint(word.lower() for word in WORD.findall(hint.source))]
    kept = [*first, *free][:MOST]
    return tuple(sorted(kept, key=lambda hint: sentence.find(hint.source)))


def line(hints: Sequence[Hint]) -> str:
    """The line of the prompt that holds the hints, with the line break before it; empty without hints."""
    if not hints:
        return ""
    return "\nHints: " + "; ".join(f"{hint.source} = {hint.target}" for hint in hints)
