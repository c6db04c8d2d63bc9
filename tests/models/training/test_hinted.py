import random

from models.hints import Hint, Lexicon
from models.training.hinted import Hinting, hinted, holds, stems

LEXICON = Lexicon({"semafori": ("traffic light / signal", 3), "muffa": ("mould", 2)})
SOURCE, TARGET = "I semafori e la muffa.", "The traffic lights and the stains."


def test_a_hint_holds_in_any_inflection_but_not_inside_a_word() -> None:
    assert holds(Hint("semafori", "traffic light"), stems(TARGET))
    assert holds(Hint("ritira", "withdraw"), stems("They withdrew it."))
    assert not holds(Hint("muffa", "stain glass"), stems(TARGET))
    assert not holds(Hint("arte", "art"), stems("The party is over."))


def test_hints_that_do_not_hold_are_left_out() -> None:
    strict = Hinting(share=1, lost=0, wrong=0)
    assert hinted(SOURCE, TARGET, LEXICON, strict, random.Random(0)) == (
        f"{SOURCE}\nHints: semafori = traffic light / signal"
    )
    assert hinted(SOURCE, "Nothing.", LEXICON, strict, random.Random(0)) == SOURCE


def test_some_wrong_ones_stay_and_some_right_ones_are_lost() -> None:
    mild = Hinting(share=1, lost=0.5, wrong=0.5)
    rng = random.Random(0)
    lines = {hinted(SOURCE, TARGET, LEXICON, mild, rng).removeprefix(SOURCE) for _ in range(60)}
    assert lines == {
        "",
        "\nHints: muffa = mould",
        "\nHints: semafori = traffic light / signal",
        "\nHints: semafori = traffic light / signal; muffa = mould",
    }
