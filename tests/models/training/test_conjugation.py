import pytest

from models.training.conjugation import forms


@pytest.mark.parametrize(
    ("infinitive", "some"),
    [
        ("puntare", {"punta", "puntano", "puntava", "puntò", "puntando", "puntato", "puntate"}),
        ("mettere", {"mette", "mise", "metterebbe", "messo", "messa", "messi", "mettendo"}),
        ("finire", {"finisce", "finiscono", "finiva", "finirono", "finito"}),
        ("cercare", {"cerca", "cerchi", "cercherà", "cercato"}),
        ("minacciare", {"minaccia", "minacciò", "minacciando"}),
    ],
)
def test_a_verb_has_its_forms(infinitive: str, some: set[str]) -> None:
    assert some <= set(forms(infinitive))


@pytest.mark.parametrize(("reflexive", "whole"), [("farsi", "fare"), ("mettersi", "mettere"), ("porsi", "porre")])
def test_a_reflexive_verb_has_the_forms_of_the_plain_one(reflexive: str, whole: str) -> None:
    assert forms(reflexive) == [reflexive, *forms(whole)]


def test_forms_that_nobody_uses_are_left_out() -> None:
    assert not {"cerchò", "cercerà", "mettò"} & {*forms("cercare"), *forms("mettere")}
    assert forms("zzzare") == ["zzzare"]
