"""Copies of the same story: agencies' texts that several outlets run, with or without changes.

MinHash signatures (Broder 1997) over runs of three words of the cleaned text, candidates by locality-sensitive hashing,
each candidate kept if its estimated Jaccard similarity reaches the threshold; copies of copies belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from summarize.digest.document import Item, Story

if TYPE_CHECKING:
    from datasketch import MinHash

SIMILAR = 0.5  # two texts with every tenth word changed still reach it; two on the same event do not
RUN = 3
PERMUTATIONS = 128
_WORD = re.compile(r"\w+")


def merge(items: Sequence[Item]) -> list[Story]:
    """Put copies together; stories stand in the order of their first article, by day and then by name."""
    from datasketch import MinHashLSH  # noqa: PLC0415 — numpy and all: only the digest needs it

    ordered = sorted(items, key=lambda item: (item.day or date.max, item.source))
    index = MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS)
    sketches: list[MinHash | None] = []
    leader = list(range(len(ordered)))
    for number, item in enumerate(ordered):
        sketch = _sketch(item.text)
        sketches.append(sketch)
        if sketch is None:
            continue
        for other in sorted(index.query(sketch)):
            known = sketches[other]
            if known is not None and sketch.jaccard(known) >= SIMILAR:
                _join(leader, number, other)
        index.insert(number, sketch)
    together: dict[int, list[Item]] = {}
    for number, item in enumerate(ordered):
        together.setdefault(_root(leader, number), []).append(item)
    return [Story(tuple(copies)) for _, copies in sorted(together.items())]


def _sketch(text: str) -> MinHash | None:
    from datasketch import MinHash  # noqa: PLC0415

    runs = {run.encode() for run in _runs(text)}
    if not runs:
        return None
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch(sorted(runs))
    return sketch


def _runs(text: str) -> Iterator[str]:
    words = _WORD.findall(text.lower())
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


def _join(leader: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(leader, one), _root(leader, other)))
    leader[second] = first
