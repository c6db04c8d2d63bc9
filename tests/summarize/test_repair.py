from collections.abc import Callable, Sequence

from models.translator import Signature, Translation
from summarize.repair import repair


class Offering:
    """A translator that offers what it was given and counts how often it was asked."""

    def __init__(self, *offered: Translation) -> None:
        self.offered = list(offered)
        self.asked: list[str] = []
        self.signature = Signature("fake", "none")

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        raise AssertionError("only candidates are asked for")

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        self.asked += sentences
        return [self.offered for _ in sentences]


SENTENCE = "Sono 17 casi."
WRONG = Translation("There are 71 cases.", -0.2)


def test_a_candidate_that_keeps_the_number_is_taken() -> None:
    right = Translation("There are 17 cases.", -0.4)
    assert repair([SENTENCE], [WRONG], Offering(Translation("There are 18.", -0.3), right)) == [right]


def test_an_unlikely_candidate_and_an_empty_one_are_not() -> None:
    offering = Offering(Translation("17 cabbages.", -3.0), Translation("", -0.1))
    assert repair([SENTENCE], [WRONG], offering) == [WRONG]


def test_good_sentences_are_not_decoded_again() -> None:
    good = Translation("There are 17 cases.", -0.2)
    offering = Offering()
    assert repair([SENTENCE], [good], offering) == [good]
    assert offering.asked == []


def test_words_left_out_ask_for_nothing_but_count_against_a_candidate() -> None:
    short = Translation("There are 17.", -0.2, left_out=("casi", "gravi"))
    offering = Offering()
    assert repair(["Sono 17 casi gravi."], [short], offering) == [short]
    assert offering.asked == []
    shorter = Translation("17.", -0.1, left_out=("casi", "gravi"))
    assert repair(["Sono 17 casi gravi."], [WRONG], Offering(shorter)) == [WRONG]
    assert repair(["Sono 17 casi gravi."], [Translation("71", -0.2, ("repetition",))], Offering(short)) == [short]
