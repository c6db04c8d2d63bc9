import numpy as np
import pytest

from models.training.batching import (
    GAP,
    Encoded,
    PairEncoder,
    Tokens,
    Vocabulary,
    build,
    parts,
    pass_steps,
    steps,
    with_gaps,
)
from models.training.corpus import Pair
from tests.models.training import small


def encoder(longest: int = 40) -> PairEncoder:
    return PairEncoder(small.tokenizer(), "Do.\nSay: {source}\nNow:", longest)


def text(tokens: Tokens) -> str:
    return "".join(small.CHARACTERS[token - 1] for token in tokens)


def test_a_pair_in_the_prompt() -> None:
    encode = encoder()
    pair = encode(Pair("uno", "one"))
    assert pair is not None
    assert encode.shared[0] == 0
    assert text(encode.shared[1:]) == "Do.\n"
    assert text(pair.prompt) == "Say: uno\nNow:"
    assert text(pair.target) == " one\n"
    assert pair.rows == len("Say: uno\nNow: one")
    assert list(encode.targets(["one"])) == [pair.target]


def test_long_pairs_are_refused() -> None:
    assert encoder(10)(Pair("uno", "one")) is None


def test_rows_of_a_batch() -> None:
    pairs = [Encoded((4, 5), (6, 7)), Encoded((8,), (9, 6))]
    batch = build(pairs, (1, 2), Vocabulary([9, 7, 6]))
    assert batch.tokens.tolist() == [1, 2, 4, 5, 6, 8, 9]
    assert batch.lengths == (2, 3, 2)
    assert batch.positions.tolist() == [0, 1, 2, 3, 4, 2, 3]
    assert batch.predict.tolist() == [3, 4, 5, 6]
    assert batch.targets.tolist() == [0, 1, 2, 0]


def test_steps_and_their_parts() -> None:
    pairs = [Encoded((1,) * size, (1,)) for size in (5, 4, 3, 3, 2, 1, 1)]
    cut = list(steps([*pairs[:2], None, *pairs[2:]], 8))
    assert [position for position, _ in cut] == [2, 6]
    assert [pair.rows for pair in cut[1][1]] == [3, 3, 2]
    assert pass_steps(pairs, 8) == 2
    split = parts(cut[1][1], 2)
    assert [[pair.rows for pair in part] for part in split] == [[3, 2], [3]]
    assert len(parts(pairs[:1], 4)) == 1


def test_gaps_are_in_what_is_shown_of_a_target_and_not_in_what_is_asked_for() -> None:
    pairs = [Encoded((4, 5), tuple(range(10, 50)))]
    assert with_gaps(pairs, 0.0, np.random.default_rng(1)) == pairs
    (gapped,) = with_gaps(pairs, 0.5, np.random.default_rng(1))
    shown = list(gapped.read[1])
    assert 5 < shown.count(GAP) < 35
    assert all(token in {GAP, place} for place, token in enumerate(shown, 10))
    vocabulary = Vocabulary(range(50))
    one, other = build(pairs, (1,), vocabulary), build([gapped], (1,), vocabulary)
    assert one.targets.tolist() == other.targets.tolist() == list(range(10, 50))
    assert other.tokens.tolist() == [1, 4, 5, *shown]


def test_a_token_that_no_target_has_is_refused() -> None:
    vocabulary = Vocabulary([9, 7, 7, 6])
    assert vocabulary.index(np.array([6, 9, 7])).tolist() == [0, 2, 1]
    for strange in (5, 8, 10):
        with pytest.raises(KeyError, match=str(strange)):
            vocabulary.index(np.array([6, strange]))
