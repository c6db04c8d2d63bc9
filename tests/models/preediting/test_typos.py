import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import wordlists
from models.piecewise import clean
from models.preediting.typos import WORD, common, corrected, seen


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("La comnpagnia aerea è falllita.", "La compagnia aerea è fallita."),  # a letter too many
        ("Un segnale proccupante, ha detto.", "Un segnale preoccupante, ha detto."),  # one missing
        ("Il sistema realtivo alle password", "Il sistema relativo alle password"),  # two swapped
        ("Nulla è stato comfermato.", "Nulla è stato confermato."),  # the key beside it
        ("l'inchesta", "l'inchiesta"),
    ],
)
def test_a_slip_is_put_right(typed: str, meant: str) -> None:
    assert corrected(typed) == meant
    assert clean(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Il Comfermato di Torino",  # perhaps a name
        "una violaz...",  # cut off, not mistyped
        "su comfermato.it e info@comfermato.it",
        "per avvertirle, dopo averlo sequestratogli",
        "l'influenza aviaria",  # known though no dictionary has it
        "la città perdette",  # unknown, and near no common word
        "casoo",  # short
        "Il ransomware e gli hacktivisti",
    ],
)
def test_what_may_be_right_is_left(text: str) -> None:
    assert corrected(text) == text


@given(st.sampled_from(sorted(common())))
def test_a_common_word_is_right(word: str) -> None:
    assert corrected(word) == word


@given(st.text())
def test_all_but_small_words_is_left(text: str) -> None:
    """Nothing is lost between the words, and no word is added."""
    after = corrected(text)
    assert WORD.sub("", after) == WORD.sub("", text)
    assert len(after.split()) == len(text.split())


def test_the_lists_are_words_in_order() -> None:
    for words in (common(), seen()):
        assert all(word.islower() and word.isalpha() for word in words)
    assert not common() & seen()
    assert not any(wordlists.known(word, "it") for word in seen())
