import pytest

from models.hints import Hint
from models.piecewise import Output
from models.reranking import FAULT, FOLLOWED, best, followed


@pytest.mark.parametrize(
    ("rendering", "english", "number"),
    [
        ("huge fine", "The authority imposed huge fines.", 1),
        ("huge fine", "The authority imposed a maximum fine.", 0),
        ("riot / revolt", "They are accused of revolting.", 1),
        ("deny the accusations", "He denied the accusation.", 1),
        ("art", "They started.", 0),
    ],
)
def test_a_hint_is_followed_in_any_regular_inflection(rendering: str, english: str, number: int) -> None:
    assert followed([Hint("parola", rendering)], english) == number


def test_a_hint_counts_for_so_much() -> None:
    hints = [Hint("rivolta", "riot"), Hint("cella", "cell")]
    likely = Output("They plot in a cell.", -0.2, 7, ())
    told = Output("They riot in a cell.", -0.2 - 0.9 * FOLLOWED, 7, ())
    unlikely = Output("They riot in cells.", -0.2 - 1.1 * FOLLOWED, 7, ())
    assert best([likely, told, unlikely], hints) is told
    assert best([likely, unlikely], hints) is likely
    assert best([likely, told], []) is likely


def test_a_fault_costs_more_than_two_hints() -> None:
    faulty = Output("A riot, a riot, a riot in a cell.", -0.2, 7, ("repetition",))
    assert best([faulty, Output("A cell.", -0.2 - 0.9 * FAULT, 3, ())], []).text == "A cell."
