from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.network import Network, Scores
from models.searching import NONE, Endings, Hypothesis, Penalties, search
from models.sequences import Sequences

END, VOCABULARY = 0, 6


class Table:
    """A network whose next token hangs on the last one alone, and which keeps what each sequence read."""

    def __init__(self, seed: int, vocabulary: int = VOCABULARY) -> None:
        raw = np.random.default_rng(seed).normal(0, 2, (vocabulary, vocabulary)).astype(np.float32)
        self.seen: list[tuple[int, ...]] = []
        self.after = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))

    def sequences(self, count: int, room: int) -> Sequences:
        return Sequences(["read"], count, 1, room, 1)

    def read(self, sequences: Sequences, row: int, text: Sequence[int], count: int = 1) -> Scores:
        alone = self.sequences(1, 100)
        alone.take([0], sequences, [row])
        for token in text:
            scores = self.step(alone, np.array([token]), count)
        sequences.take([row], alone, [0])
        return scores

    def step(self, sequences: Sequences, ids: np.ndarray, count: int) -> Scores:
        kept = sequences._kept["read"]
        for row, token in enumerate(ids):
            kept[row, 0, sequences.lengths[row], 0] = token
            sequences.lengths[row] += 1
            told = [int(each) for each in kept[row, 0, : sequences.lengths[row], 0]]
            assert told[0] == 1  # the beginning
            self.seen.append(tuple(told))
        scores = self.after[ids]
        order = np.argsort(-scores, axis=1)[:, :count]
        best = np.take_along_axis(scores, order, axis=1)
        return Scores(best, order, best[:, 0], _Raw(scores))


class _Raw:
    def __init__(self, scores: np.ndarray) -> None:
        self.scores = scores

    def numpy(self) -> np.ndarray:
        return self.scores


def searched(
    table: Table, prompts: Sequence[Sequence[int]], limit: int, width: int, penalties: Penalties = NONE
) -> list[list[Hypothesis]]:
    network = cast("Network", table)
    begun = table.sequences(1, 1)
    begun._kept["read"][:] = 1
    begun.lengths[:] = 1
    return search(network, begun, prompts, [limit] * len(prompts), Endings((END,)), width=width, penalties=penalties)


def likelihood(table: Table, start: int, ids: Sequence[int], *, ended: bool) -> float:
    whole = [start, *ids, *([END] if ended else [])]
    return float(sum(table.after[a, b] for a, b in pairwise(whole))) / max(len(ids), 1)


@given(st.integers(0, 500), st.integers(2, 5))
def test_a_beam_of_one_takes_the_likeliest_token_every_time(seed: int, start: int) -> None:
    table = Table(seed)
    ((found,),) = searched(table, [[start]], 7, 1)
    said: list[int] = []
    token = start
    while len(said) < 7 and (token := int(table.after[token].argmax())) != END:
        said.append(token)
    assert list(found.ids) == said
    assert found.score == pytest.approx(likelihood(table, start, said, ended=len(said) < 7), abs=1e-4)


@given(st.integers(0, 500))
def test_a_beam_as_wide_as_all_there_is_finds_the_likeliest(seed: int) -> None:
    table, limit = Table(seed, 4), 3
    (found,) = searched(table, [[2]], limit, 27)
    best = {}
    for length in range(limit + 1):
        for ids in product(range(1, 4), repeat=length):
            best[ids] = likelihood(table, 2, ids, ended=length < limit)
    assert {each.ids for each in found} <= set(best)
    for each in found:
        assert each.score == pytest.approx(best[each.ids], abs=1e-4)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(1, 3), st.integers(0, 50))
def test_prompts_beside_each_other_say_what_each_says_alone(starts: list[int], width: int, seed: int) -> None:
    table = Table(seed)
    together = searched(table, [[start] for start in starts], 6, width)
    assert together == [searched(table, [[start]], 6, width)[0] for start in starts]
    assert all(len(found) >= width for found in together)


@pytest.mark.parametrize("width", [1, 2, 3])
def test_what_a_beam_read_is_what_it_says(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.searching.BESIDE", 4)  # prompts take the places of others
    table = Table(3)
    prompts = [[start, other] for start in range(1, 6) for other in range(1, 6)]
    for prompt, found in zip(prompts, searched(table, prompts, 6, width), strict=True):
        for each in found:
            assert (1, *prompt, *each.ids[:-1]) in table.seen or not each.ids


def test_two_ways_to_end_make_one_hypothesis_and_the_unknown_is_never_said() -> None:
    table = Table(0)
    table.after[:] = -9
    table.after[2, [END, 1, 3]] = [-0.5, -0.6, -2]
    table.after[3, [5, 4, END]] = [-0.1, -3, -4]
    table.after[4, [END]] = -0.1
    network, begun = cast("Network", table), table.sequences(1, 1)
    begun._kept["read"][:] = begun.lengths[:] = 1
    (found,) = search(network, begun, [[2]], [6], Endings((END, 1), 5), width=2)
    assert {each.ids for each in found} == {(), (3,)}


def test_no_prompts_no_hypotheses() -> None:
    assert searched(Table(0), [], 5, 2) == []


def test_a_phrase_is_not_said_twice_where_that_is_forbidden() -> None:
    table = Table(0)
    table.after[:] = -9
    for token, following in ((2, 3), (3, 4), (4, 3)):  # 3 4 3 4 ...
        table.after[token, following] = -0.1
    ((free,),) = searched(table, [[2]], 8, 1)
    ((held,),) = searched(table, [[2]], 8, 1, Penalties(phrase=2))
    assert free.ids == (3, 4, 3, 4, 3, 4, 3, 4)
    pairs = [*zip(held.ids, held.ids[1:], strict=False)]
    assert len(pairs) == len(set(pairs))


def test_what_was_said_is_less_likely_where_repetition_costs() -> None:
    logits = np.array([[2.0, 1.9, -1.0, 0.5]], np.float32)
    plain = Penalties().applied(logits, [[]])
    costly = Penalties(repetition=2.0).applied(logits, [[0, 2]])
    assert plain.argmax() == 0
    assert costly.argmax() == 1
    np.testing.assert_allclose(np.exp(costly).sum(), 1, rtol=1e-5)
    assert costly[0, 2] - costly[0, 3] == pytest.approx(-2.5)
