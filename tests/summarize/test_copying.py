import pytest

from summarize.copying import copied

SOURCE = "Il gruppo QUIETHERON ha usato GhostMill24 contro la NATO."


@pytest.mark.parametrize(
    ("english", "mended"),
    [
        ("The QUIETHRON group used GhostMill24 against NATO.", "The QUIETHERON group used GhostMill24 against NATO."),
        ("QuietHEROM used GostMill24; QuietHEROM!", "QUIETHERON used GhostMill24; QUIETHERON!"),
    ],
)
def test_a_code_name_with_a_letter_wrong_is_the_one_of_the_italian(english: str, mended: str) -> None:
    assert copied(SOURCE, english) == mended


@pytest.mark.parametrize(
    "english",
    [
        "The QUIETHERON group used GhostMill24 against NATO.",
        "The group used a tool against NATO.",  # a lost name is not made up
        "The QUIETHERON group used GhostMill25 against NATO.",  # another number may be another tool
        "QUIETHRON or QUIETHERIN used GhostMill24.",  # which one is it?
        "The DARKORCHARD group used GhostMill24.",
    ],
)
def test_what_is_not_surely_the_same_name_is_left(english: str) -> None:
    assert copied(SOURCE, english) == english


def test_words_of_a_headline_in_capitals_are_no_names() -> None:
    assert copied("ATTACCO ALLA REGIONE", "ATTACK ON THE REGIONS") == "ATTACK ON THE REGIONS"
