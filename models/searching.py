"""Beam search over a network: many prompts beside each other, each until it has as many hypotheses as beams.

A hypothesis that ends gives its place to the next best that goes on, so that the search ends with as many as it is
wide (as CTranslate2 and others do it); they are ranked by the mean log-probability of a token.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from models.network import Array, Ids, Network, Scores
    from models.sequences import Sequences


@dataclass(frozen=True, slots=True)
class Penalties:
    """What keeps an output from running in circles.

    Attributes:
        repetition: logits of tokens that were said are divided by it, negative ones multiplied (Keskar et al. 2019,
            arXiv 1909.05858).
        phrase: tokens of a phrase that may not be said twice; 0 for none.

    """

    repetition: float = 1.0
    phrase: int = 0

    def applied(self, logits: Array, said: Sequence[Sequence[int]]) -> Array:
        """Log-probabilities of what may follow, from logits of shape (rows, vocabulary) and what each row said."""
        changed = logits.copy()
        for row, tokens in zip(changed, said, strict=True):
            seen = list(set(tokens))
            row[seen] = np.where(row[seen] > 0, row[seen] / self.repetition, row[seen] * self.repetition)
            row[self._barred(tokens)] = -np.inf
        changed -= changed.max(axis=1, keepdims=True)
        return np.asarray(changed - np.log(np.exp(changed).sum(axis=1, keepdims=True)), np.float32)

    def _barred(self, tokens: Sequence[int]) -> list[int]:
        """The tokens that would say a phrase again."""
        before = self.phrase - 1
        if self.phrase == 0 or len(tokens) < self.phrase:
            return []
        last = list(tokens[len(tokens) - before :])
        return [tokens[i + before] for i in range(len(tokens) - before) if list(tokens[i : i + before]) == last]


NONE = Penalties()
BESIDE = 36  # beams that are decoded beside each other, and
KEPT = 4_000  # tokens that these may have if an output is half as long as its prompt: 37 kilobytes each
WIDER = 1  # a token more is asked for than a beam could need: one of them may be unknown
REFILL = 4  # new prompts are read when a share of the places is free: one in so many


@dataclass(frozen=True, slots=True)
class Endings:
    """The tokens that end a hypothesis, and one that is never said."""

    ends: tuple[int, ...]
    unknown: int | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Tokens without the one that ended them, and the log-probability of all, over the number without it."""

    ids: tuple[int, ...]
    score: float


@dataclass(slots=True)
class Search:
    """One prompt whose translation is being searched for.

    Attributes:
        limit: tokens of a hypothesis, at most.
        said: the tokens of each beam, and `scores` the log-probability of all of them.

    """

    limit: int
    width: int
    endings: Endings
    said: list[list[int]] = field(default_factory=lambda: [[]])
    scores: list[float] = field(default_factory=lambda: [0.0])
    done: list[Hypothesis] = field(default_factory=list)

    def advance(self, offered: Sequence[tuple[Array, Ids]]) -> list[int]:
        """Take the best of the tokens that could follow; returns which beam each beam goes on from, none at the end.

        Args:
            offered: for each beam the log-probabilities of its likeliest tokens, and these; of both `WIDER` more than
                the width twice.

        """
        ends = self.endings.ends
        likely = (
            (before + float(score), beam, int(token))
            for beam, (before, (best, ids)) in enumerate(zip(self.scores, offered, strict=True))
            for score, token in zip(best, ids, strict=True)
            if token != self.endings.unknown
        )
        ranked = nlargest(2 * self.width, likely, key=lambda each: each[0])
        last = len(self.said[0]) + 1 >= self.limit
        spare = iter([each for each in ranked[self.width :] if each[2] not in ends])
        going = []
        for score, beam, token in ranked[: self.width]:
            if token not in ends and not last:
                going.append((score, beam, token))
                continue
            self._finish(self.said[beam] if token in ends else [*self.said[beam], token], score)
            going.extend(each for each in [next(spare, None)] if each)
        if last or len(self.done) >= self.width or not going:
            return []
        self.said = [[*self.said[beam], token] for _, beam, token in going]
        self.scores = [score for score, _, _ in going]
        return [beam for _, beam, _ in going]

    def _finish(self, said: Sequence[int], score: float) -> None:
        """Keep a hypothesis, unless it ended in another way before."""
        found = Hypothesis(tuple(said), score / max(len(said), 1))
        if all(found.ids != each.ids for each in self.done):
            self.done.append(found)


def search(  # noqa: PLR0913 - options are arguments
    network: Network,
    begun: Sequences,
    prompts: Sequence[Sequence[int]],
    limits: Sequence[int],
    endings: Endings,
    *,
    width: int = 1,
    penalties: Penalties = NONE,
) -> list[list[Hypothesis]]:
    """The hypotheses of each prompt, best first.

    A prompt takes the place of one whose search is over, so that as many beams as there is room for are always decoded
    beside each other (Yu et al. 2022, Orca: iteration-level scheduling).

    Args:
        network: what says how likely a token is.
        begun: one sequence, of what all prompts begin with.
        prompts: the tokens after that, at least one in each.
        limits: tokens of a hypothesis of each prompt, at most.
        endings: of hypotheses; the tokens that end them are not counted as theirs.
        width: of the beam; 1 is greedy.
        penalties: on tokens that were said before.

    """
    start = int(begun.lengths[0])
    room = max((len(prompt) + limit for prompt, limit in zip(prompts, limits, strict=True)), default=0)
    longest = max(map(len, prompts), default=1)
    places = min(max(min(BESIDE, KEPT * 2 // (3 * longest)) // width, 1), len(prompts))
    sequences = network.sequences(places * width, start + room)
    searches = [Search(limit, width, endings) for limit in limits]
    longest_first = sorted(zip(searches, prompts, strict=True), key=lambda each: -len(each[1]))
    waiting = deque(longest_first)  # those that are left at the end, beside fewer and fewer others, are short
    live: list[Search] = []
    scores: list[Scores] = []
    while live or waiting:
        free = places - len(live)
        if waiting and free >= places / REFILL:  # several are read in less time than one by one
            new = [waiting.popleft() for _ in range(min(free, len(waiting)))]
            scores.extend(_begin(network, begun, sequences, sum(len(each.said) for each in live), new))
            live.extend(each for each, _ in new)
        live = _advance(live, sequences, scores)
        scores = [_next(network, sequences, live, penalties)] if live else []
    return [sorted(each.done, key=lambda hypothesis: -hypothesis.score) for each in searches]


def _begin(
    network: Network, begun: Sequences, sequences: Sequences, row: int, new: Sequence[tuple[Search, Sequence[int]]]
) -> Iterator[Scores]:
    """Read prompts into the rows from `row` on; each has one beam yet."""
    for at, (each, prompt) in enumerate(new, row):
        sequences.take([at], begun, [0])
        yield network.read(sequences, at, prompt, 2 * each.width + WIDER)


def _advance(live: Sequence[Search], sequences: Sequences, scores: Sequence[Scores]) -> list[Search]:
    """Let each search go on; the beams of those that are not over follow one another in `sequences` afterwards."""
    rows = [row for each in scores for row in zip(each.best, each.ids, strict=True)]
    sources: list[list[int]] = []
    row = 0
    for each in live:
        beams = len(each.said)
        sources.append([row + beam for beam in each.advance(rows[row : row + beams])])
        row += beams
    order = _closed([bool(each) for each in sources])
    moved = [
        (row, source) for row, source in enumerate(source for n in order for source in sources[n]) if row != source
    ]
    sequences.take([row for row, _ in moved], sequences, [source for _, source in moved])
    return [live[n] for n in order]


def _closed(going: Sequence[bool]) -> list[int]:
    """Those that go on, the last of them in the places of those that do not: the fewest rows have to move."""
    last = [n for n, goes in enumerate(going) if goes]
    return [n if going[n] else last.pop() for n in range(len(last))]


def _next(network: Network, sequences: Sequences, live: Sequence[Search], penalties: Penalties) -> Scores:
    """What may follow each beam of each search."""
    said = [tokens for each in live for tokens in each.said]
    count = 2 * live[0].width + WIDER
    scores = network.step(sequences, np.array([tokens[-1] for tokens in said]), count)
    if penalties == NONE:
        return scores
    changed = penalties.applied(scores.logits(), said)
    ids = np.argpartition(-changed, count, axis=1)[:, :count]
    return replace(scores, best=np.take_along_axis(changed, ids, axis=1), ids=ids)
