from __future__ import annotations

import pytest

from models.decoding import EMPTY, REPETITION, TOO_LONG, faults

SOURCE = "Il gruppo ha colpito il porto, il porto vecchio e il porto nuovo, secondo la polizia."


@pytest.mark.parametrize(
    "text",
    [
        "The group hit the port, the old port and the new port, according to the police.",
        "The group hit the port.",
        "Very, very good.",
    ],
)
def test_honest_output_is_not_blamed(text: str) -> None:
    assert faults(SOURCE, text, finished=True) == ()


def test_what_the_source_repeats_may_be_repeated() -> None:
    assert faults("No, no, no, no!", "No, no, no, no!", finished=True) == ()


@pytest.mark.parametrize(
    ("text", "finished", "expected"),
    [
        ("", True, (EMPTY,)),
        ("  ", True, (EMPTY,)),
        ("The group hit the port", False, (TOO_LONG,)),
        ("the port of the port of the port of the port of", True, (REPETITION,)),
        ("hit hit hit hit", True, (REPETITION,)),
        (
            "The group said that it had hit the port. The group said that it had hit the town. "
            "The group said that it had hit the coast. ",
            True,
            (REPETITION,),
        ),
        (" ".join(f"word{i}" for i in range(80)), True, (TOO_LONG,)),
    ],
)
def test_output_that_ran_away_is_found(text: str, finished: bool, expected: tuple[str, ...]) -> None:
    assert faults(SOURCE, text, finished=finished) == expected


def test_a_name_that_is_said_more_often_than_anything_in_the_source_is_a_repetition() -> None:
    source = "Ieri era il turno della Norvegia, che accusa un gruppo di spie."
    wrong = "Norway was yesterday the turn of Norway, which accuses a group of spies."
    assert faults(source, wrong, finished=True) == (REPETITION,)
    assert faults(source, "Yesterday it was the turn of Norway, which accuses a group of spies.", finished=True) == ()
    source = "L'ambasciata russa accusa la stampa russa."
    assert faults(source, "The Russian embassy accuses the Russian press.", finished=True) == ()


def test_nothing_from_nothing_is_no_fault() -> None:
    assert faults("", "", finished=True) == ()
