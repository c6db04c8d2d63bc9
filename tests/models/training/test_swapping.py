import random

import pytest

from models.hints import Hint, Lexicon
from models.training.swapping import Swaps, inflected

LEXICON = Lexicon(
    {
        "semafori": ("traffic light", 3),
        "muffa": ("mould", 2),
        "truffa": ("fraud", 9),
        "zuffa": ("brawl / scuffle", 1),
        "stoffa": ("fabric", 4),
    }
)
TARGETS = ("Mould, mould and frauds, the moulds.", "A fraud in 2019.", "The fabric of life")


@pytest.fixture
def swaps() -> Swaps:
    return Swaps.of(LEXICON, TARGETS)


def test_only_single_words_that_the_translations_have_stand_for_others(swaps: Swaps) -> None:
    assert swaps.kinds == {"ffa": ("mould", "fraud", "fabric")}
    assert "brawl" not in swaps.spoken


def test_the_translation_says_what_the_hint_says(swaps: Swaps) -> None:
    found = {swaps.swapped(Hint("muffa", "mould"), "The mould, again.", random.Random(seed)) for seed in range(30)}
    assert found == {
        None,  # itself was drawn
        (Hint("muffa", "fraud"), "The fraud, again."),
        (Hint("muffa", "fabric"), "The fabric, again."),
    }


def test_one_of_the_hints_of_a_pair_is_swapped(swaps: Swaps) -> None:
    hints = [Hint("muffa", "mould"), Hint("truffa", "fraud")]
    found = {
        tuple(hint.target for hint in swaps.one_swapped(hints, "The mould, a fraud.", random.Random(seed))[0])
        for seed in range(60)
    }
    assert found == {
        ("mould", "fraud"),
        ("fraud", "fraud"),
        ("fabric", "fraud"),
        ("mould", "mould"),
        ("mould", "fabric"),
    }


def test_an_inflection_is_kept_or_nothing_is_swapped(swaps: Swaps) -> None:
    found = {swaps.swapped(Hint("truffa", "fraud"), "Two frauds.", random.Random(seed)) for seed in range(30)}
    assert found == {None, (Hint("truffa", "mould"), "Two moulds.")}  # nobody said "fabrics"


@pytest.mark.parametrize(
    "target", ["No such word.", "The mould and the mould.", "A mould-free home.", "Mould is here."]
)
def test_a_word_that_does_not_stand_there_once_and_alone_is_left(swaps: Swaps, target: str) -> None:
    assert all(swaps.swapped(Hint("muffa", "mould"), target, random.Random(seed)) is None for seed in range(30))


def test_phrases_and_choices_are_left(swaps: Swaps) -> None:
    assert swaps.swapped(Hint("zuffa", "brawl / scuffle"), "A brawl.", random.Random(1)) is None
    assert swaps.swapped(Hint("semafori", "traffic light"), "A traffic light.", random.Random(1)) is None


@pytest.mark.parametrize(
    ("word", "ending", "found"),
    [
        ("mould", "", "mould"),
        ("party", "s", "parties"),
        ("day", "s", "days"),
        ("clash", "s", "clashes"),
        ("charge", "ed", "charged"),
        ("deny", "ed", "denied"),
        ("deny", "ing", "denying"),
        ("charge", "ing", "charging"),
        ("halt", "ing", "halting"),
    ],
)
def test_regular_inflections(word: str, ending: str, found: str) -> None:
    assert inflected(word, ending) == found
