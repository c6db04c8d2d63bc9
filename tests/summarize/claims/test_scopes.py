import pytest

from summarize.claims import scopes


@pytest.mark.parametrize("before", ["non ha ", "senza ", "non è stato mai ", "nessuno ha "])
def test_a_negation_in_the_clause_governs_the_cue(before: str) -> None:
    assert scopes.negated(before + "accusato", len(before))


@pytest.mark.parametrize("before", ["non commenta, ma ha ", "non solo ha ", "il non facile compito; ora "])
def test_a_negation_of_something_else_does_not(before: str) -> None:
    assert not scopes.negated(before + "accusato", len(before))


def test_conditional_background_and_question() -> None:
    assert scopes.conditional("il gruppo avrebbe colpito")
    assert not scopes.conditional("il gruppo ha colpito")
    assert scopes.background("nel marzo 2019 fu accusato")
    assert scopes.question("chi ha accusato chi?")
    assert scopes.hypothetical("se il ministro accusasse", len("se il ministro "))
