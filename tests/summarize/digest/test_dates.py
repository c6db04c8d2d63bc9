"""Dates as pages write them."""

from datetime import date

import pytest

from summarize.digest.dates import day


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-12",
        "2026-03-12T08:00:00+01:00",
        "12/03/2026",
        "12.3.2026",
        "12 marzo 2026",
        "Giovedì 12 mar 2026, 8:00",
        "Mar 12, 2026  Lia Conti",
    ],
)
def test_a_date_is_read(text: str) -> None:
    assert day(text) == date(2026, 3, 12)


@pytest.mark.parametrize("text", [None, "", "marzo 2026", "31/02/2026", "12 brumaio 2026", "4321-1234-5678"])
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert day(text) is None


def test_the_first_of_may_is_the_first() -> None:
    assert day("1° maggio 2026") == date(2026, 5, 1)
