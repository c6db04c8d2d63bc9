"""The values of numerals in words."""

import pytest

from models.preediting.numerals import numeral


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("ventitre", 23),
        ("ottantuno", 81),
        ("duecentotrenta", 230),
        ("duecentottanta", 280),
        ("centotré", 103),
        ("centundici", 111),
        ("tremila", 3000),
        ("milleottocento", 1800),
        ("casa", None),
        ("uno", None),
    ],
)
def test_numerals(word: str, value: int | None) -> None:
    assert numeral(word) == value
