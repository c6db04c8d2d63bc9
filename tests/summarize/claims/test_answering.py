"""Who answers, by the sentences that a whole article gives it."""

import pytest

from summarize.claims import answering
from tests.summarize.claims.contexts import context


@pytest.mark.parametrize(
    ("speaker", "blamed", "speaks"),
    [
        ("l'ambasciatore russo", "Mosca", True),
        ("un portavoce di Orbital Foods", "Orbital Foods", True),
        ("il difensore", "Carlo Neri", True),
        ("il governo di Taiwan", "Pechino", False),
        ("il quotidiano di Mosca", "Mosca", False),
        ("gli hacker russi", "Mosca", False),
        (None, "Mosca", False),
    ],
)
def test_the_accused_speak_or_somebody_for_them(speaker: str | None, blamed: str, speaks: bool) -> None:
    assert answering.speaks(context("Parla.", speaker=speaker, answers=(blamed,)), None) is speaks


def test_nobody_answers_where_nobody_is_blamed() -> None:
    assert not answering.speaks(context("Parla.", speaker="l'ambasciatore russo"), None)


def test_the_accused_whom_another_speaks_of() -> None:
    of_mosca = context("Kiev insiste: è stata la Russia.", speaker="Kiev", answers=("Mosca",))
    assert answering.spoken_of(of_mosca) == "Mosca"
    own = context("Mosca tace.", speaker="Mosca", answers=("Mosca",))
    assert answering.spoken_of(own) is None


@pytest.mark.parametrize(
    ("text", "admits"),
    [
        ("Abbiamo sbagliato e chiediamo scusa.", True),
        ("È una menzogna.", False),
        ("La società non ha commentato.", True),
    ],
)
def test_an_admission_or_no_comment(text: str, admits: bool) -> None:
    assert answering.admits(context(text)) is admits
