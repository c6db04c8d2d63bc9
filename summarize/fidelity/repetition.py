"""Repetition: the loops that small models fall into."""

import re
from collections import Counter

from summarize.document import Finding
from summarize.fidelity.pair import Pair, Span

LOOP = 3  # times that a short phrase may follow itself before it is a loop


def check(pair: Pair) -> list[Finding]:
    """Find a phrase that follows itself, or a long one that comes back, more often than the Italian repeats itself."""
    english, italian = pieces(pair.en), pieces(pair.it)
    span = stutter(english)
    if span and not stutter(italian):
        return [pair.finding("repetition", en=span)]
    again = returning(english)
    if again and not returning(italian):
        return [pair.finding("repetition", en=again)]
    return []


Piece = tuple[str, Span]


def pieces(text: str) -> list[Piece]:
    """Words with the punctuation that clings to them: a stop between two equal phrases makes them no loop."""
    return [(match[0].lower(), match.span()) for match in re.finditer(r"\S+", text)]


def stutter(words: list[Piece]) -> Span | None:
    """The span of a word or phrase that is said three times in a row, or of two or more words said twice in a row."""
    folded = [text for text, _ in words]
    for size in range(1, 9):
        times = LOOP if size == 1 else 2
        for i in range(len(folded) - size * times + 1):
            phrase = folded[i : i + size]
            if folded[i] == folded[i + size] and phrase * (times - 1) == folded[i + size : i + size * times]:
                return words[i][1][0], words[i + size * times - 1][1][1]
    return None


def returning(words: list[Piece]) -> Span | None:
    """The span of the third of three equal runs of four words, or of the second of two equal runs of eight."""
    folded = [text for text, _ in words]
    for size, times in ((4, 3), (8, 2)):
        seen: Counter[tuple[str, ...]] = Counter()
        for i in range(len(folded) - size + 1):
            run = tuple(folded[i : i + size])
            seen[run] += 1
            if seen[run] == times:
                return words[i][1][0], words[i + size - 1][1][1]
    return None
