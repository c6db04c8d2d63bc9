import pytest

from summarize.claims import kin


@pytest.mark.parametrize(
    ("one", "other", "kin_of"),
    [
        ("la Russia", "il Cremlino", True),
        ("Mosca", "l'ambasciatore russo", True),
        ("Pechino", "il governo di Taiwan", False),
        ("Orbital Foods", "un portavoce di Orbital Foods", True),
        ("la Russia", None, False),
        ("il gruppo Nera", "il gruppo Bianca", False),
    ],
)
def test_two_names_of_one_party(one: str, other: str | None, kin_of: bool) -> None:
    assert kin.related(one, other) is kin_of
    assert kin.related(other, one) is kin_of


def test_the_countries_that_a_name_speaks_of() -> None:
    assert set(kin.countries("l'ambasciata cinese a Mosca")) == {*kin.countries("Cina"), *kin.countries("Russia")}
    assert kin.countries("il fornaio") == ()
