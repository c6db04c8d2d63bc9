from pathlib import Path

import numpy as np
import pytest

from models.training import bundle
from models.training.base import Packed
from models.training.batching import PairEncoder
from models.training.corpus import Pair
from models.training.passes import CorpusPasses
from tests.models.training import small


def passes() -> CorpusPasses:
    recipe = small.recipe()
    encode = PairEncoder(small.tokenizer(), recipe.template, recipe.batch.longest)
    return CorpusPasses(small.corpus(), recipe, encode, {"test": [Pair("uno", "one")]})


def plain(pairs: object) -> list[tuple[list[int], list[int]]]:
    return [(list(pair.prompt), list(pair.target)) for pair in pairs if pair]  # type: ignore[attr-defined]


def test_pairs_come_out_as_they_went_in(tmp_path: Path) -> None:
    made = passes()
    bundle.write_pairs(tmp_path, made, part=500)
    assert len(list(tmp_path.glob("pairs.*"))) > 1
    read = bundle.read_pairs(tmp_path)
    assert plain(read.pairs(0)) == plain(made.pairs(0))
    assert plain(read.pairs(3, 2)) == plain(made.pairs(0))[2:]
    assert {name: plain(some) for name, some in read.watched.items()} == {
        name: plain(some) for name, some in made.watched.items()
    }
    assert set(read.watched) == {"held_out", "held_out_hinted", "test"}
    assert tuple(read.shared) == tuple(made.shared)
    assert set(read.vocabulary.tokens) <= set(made.vocabulary.tokens)


def test_the_watched_pairs_get_hints_as_in_use() -> None:
    encode = PairEncoder(small.tokenizer(), small.recipe().template, 99)
    (watched,) = passes().watched["test"]
    hinted = encode(Pair("uno\nHints: uno = one", "one"))
    assert hinted is not None
    assert plain([watched]) == plain([hinted])


def test_weights_come_out_as_they_went_in_and_a_lost_part_is_missed(tmp_path: Path) -> None:
    packed = Packed({"norm": np.arange(60, dtype=np.uint8).reshape(2, 30)}, {"norm": 8}, {"block_count": 3}, "{}")
    bundle.write_base(tmp_path, packed, part=50)
    read = bundle.read_base(tmp_path)
    assert (read.kinds, read.header, read.tokenizer) == (packed.kinds, packed.header, packed.tokenizer)
    np.testing.assert_array_equal(read.blocks["norm"], packed.blocks["norm"])
    bundle.write_base(tmp_path, packed, part=10_000)
    assert len(list(tmp_path.glob("base.*"))) == 1  # no part of before is left
    bundle.write_base(tmp_path, packed, part=50)
    max(tmp_path.glob("base.*")).unlink()
    with pytest.raises(ValueError, match="parts of base"):
        bundle.read_base(tmp_path)
