"""A bilingual lexicon from sentence pairs: which English words an Italian word was translated with, how often.

IBM Model 1 in both directions (Brown et al. 1993), links found with a prior for the diagonal (Dyer et al. 2013,
fast_align) where both directions agree, then the English span that each Italian word or fixed phrase is linked to.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*|\d+(?:[.,]\d+)*")
ROUNDS = 5
SPARSITY = 0.02  # mass taken from every pair of words a round, so that accidents fade
DIAGONAL = 4.0  # how strongly a link far from the diagonal is held back
LONGEST = 60  # words of a sentence; longer ones align badly
LONGEST_SPAN = 4  # English words that one entry may have

Sentence = Sequence[str]
Links = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An Italian form (lower case), one English rendering of it, and how often the corpus has the two together.

    `share` is that count over all linked occurrences of the form, 0 to 1.
    """

    source: str
    target: str
    count: int
    share: float


def words(text: str) -> list[str]:
    """Cut a sentence into words and numbers; an Italian elided article is cut off ("l'accusa" → l', accusa)."""
    text = text.replace("’", "'")
    return WORD.findall(re.sub(r"\b(\w{1,5}')(?=\w)", r"\1 ", text))


def build(pairs: Iterable[tuple[str, str]], least_count: int = 2, least_share: float = 0.3) -> list[Entry]:
    """Align the pairs and list, for each Italian word, the renderings that reach both thresholds, best first."""
    renderings: dict[str, Counter[str]] = defaultdict(Counter)
    for it, en, there, back in _aligned(pairs):
        for source, target in _spans(it, en, there, back):
            renderings[source][target] += 1
    return [
        entry
        for source in sorted(renderings)
        for entry in _entries(source, renderings[source], least_count, least_share)
    ]


def links(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Align the pairs and give each Italian word with each English word that both directions link it to."""
    for it, en, there, back in _aligned(pairs):
        for i, j in set(there) & set(back):
            yield it[i].lower(), en[j].lower()


def _aligned(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[Sentence, Sentence, Links, Links]]:
    """The words of both sides of each pair that is not too long, and their links as either direction sees them."""
    tokens = [(words(it), words(en)) for it, en in pairs]
    tokens = [(it, en) for it, en in tokens if 0 < len(it) <= LONGEST and 0 < len(en) <= LONGEST]
    forward = _align([(it, en) for it, en in tokens])
    backward = _align([(en, it) for it, en in tokens])
    for (it, en), there, back in zip(tokens, forward, backward, strict=True):
        yield it, en, there, [(j, i) for i, j in back]


def _entries(source: str, found: Counter[str], least_count: int, least_share: float) -> list[Entry]:
    folded: Counter[str] = Counter()
    for target, count in found.items():
        folded[target.lower()] += count
    total = sum(folded.values())
    kept = [(low, n) for low, n in folded.most_common(3) if n >= least_count and n / total >= least_share]
    return [Entry(source, _usual_case(low, found), n, round(n / total, 2)) for low, n in kept]


def _usual_case(low: str, found: Counter[str]) -> str:
    return max((target for target in found if target.lower() == low), key=lambda target: (found[target], target))


def _spans(it: Sentence, en: Sentence, there: Links, back: Links) -> Iterable[tuple[str, str]]:
    """The English span of each Italian word: links of both directions and those of either one right beside them."""
    both = set(there) & set(back)
    either = set(there) | set(back)
    taken = Counter(j for _, j in both)
    for i, word in enumerate(it):
        span = {j for k, j in both if k == i}
        if not span:
            continue
        for step in (-1, 1):  # "ergastolo" → "life sentence": a neighbour that nobody else has claimed
            edge = min(span) if step < 0 else max(span)
            while (i, edge + step) in either and not taken[edge + step]:
                edge += step
                span.add(edge)
        if len(span) <= LONGEST_SPAN and max(span) - min(span) + 1 == len(span):
            yield word.lower(), " ".join(en[j] for j in sorted(span))


def _align(tokens: Sequence[tuple[Sentence, Sentence]]) -> list[Links]:
    """For each word of the first side the best-scored word of the second, unless the empty word is better."""
    index, shapes, table = _table(tokens)
    links: list[Links] = []
    at = 0
    for rows, columns in shapes:
        scores = table[index[at : at + rows * columns]].reshape(rows, columns)
        at += rows * columns
        places = np.arange(1, columns) / (columns - 1)
        distance = np.abs((np.arange(rows)[:, None] + 1) / rows - places[None, :])
        weighed = np.hstack([scores[:, :1] * 0.1, scores[:, 1:] * np.exp(-DIAGONAL * distance)])
        best = weighed.argmax(axis=1)
        links.append([(i, int(j) - 1) for i, j in enumerate(best) if j > 0])
    return links


def _table(
    tokens: Sequence[tuple[Sentence, Sentence]],
) -> tuple[NDArray[np.int32], list[tuple[int, int]], NDArray[np.float32]]:
    """IBM Model 1: p(first word | second word) for each pair of words that share a sentence.

    Returns the flat index of every link into the table, the (rows, columns) of each sentence pair — column 0 is the
    empty word — and the table.
    """
    first: dict[str, int] = {}
    second: dict[str, int] = {"": 0}
    keys, groups, shapes, group = [], [], [], 0
    for left, right in tokens:
        rows = np.array([first.setdefault(w.lower(), len(first)) for w in left], np.int64)
        columns = np.array([0] + [second.setdefault(w.lower(), len(second)) for w in right], np.int64)
        keys.append((rows[:, None] << 32 | columns[None, :]).ravel())
        groups.append(np.repeat(np.arange(group, group + len(rows), dtype=np.int32), len(columns)))
        shapes.append((len(rows), len(columns)))
        group += len(rows)
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    index, of_group = inverse.astype(np.int32), np.concatenate(groups)
    given = (unique & 0xFFFFFFFF).astype(np.int64)
    table = np.full(len(unique), 1.0 / len(first), np.float32)
    for _ in range(ROUNDS):
        likely = table[index]
        posterior = likely / np.bincount(of_group, likely, minlength=group).astype(np.float32)[of_group]
        counts = np.maximum(np.bincount(index, posterior, minlength=len(unique)) - SPARSITY, 0)
        norm = np.bincount(given, counts, minlength=len(second))
        table = np.maximum(counts / np.maximum(norm[given], 1e-9), 1e-9).astype(np.float32)
    return index, shapes, table
