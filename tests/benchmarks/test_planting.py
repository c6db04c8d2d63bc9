import random

import pytest

from benchmarks.planting import PLANTS
from summarize.fidelity import check

ITALIAN = (
    "Il gruppo lettone APT57 avrebbe rubato a Riga tre milioni di euro il 14 giugno e non ha mai "
    "colpito la Francia, ha detto il perito Brandolin a Parigi: «È il quinto caso»."
)
ENGLISH = (
    "The Latvian group APT57 allegedly stole three million euros in Riga on 14 June and has "
    'not ever hit France, said the expert Brandolin in Paris: "It is the fifth case".'
)


def test_the_pair_is_faithful() -> None:
    assert check(ITALIAN, ENGLISH) == ()


@pytest.mark.parametrize("name", PLANTS)
def test_each_error_is_planted_alike_every_time_and_found(name: str) -> None:
    plant, kind = PLANTS[name]
    damaged = plant(ITALIAN, ENGLISH, random.Random(1))
    assert damaged is not None and damaged != ENGLISH
    assert damaged == plant(ITALIAN, ENGLISH, random.Random(1))
    assert kind in {finding.kind for finding in check(ITALIAN, damaged)}


@pytest.mark.parametrize("name", sorted(set(PLANTS) - {"italian", "half", "half-stopped", "half-italian", "loop"}))
def test_where_there_is_nothing_to_change_nothing_is_planted(name: str) -> None:
    assert PLANTS[name][0]("Piove.", "Rain falls.", random.Random(1)) is None
