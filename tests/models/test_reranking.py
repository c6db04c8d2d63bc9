import pytest

from models.hints import Hint
from models.piecewise import Output
from models.reranking import (
    FAR,
    FAULT,
    FOLLOWED,
    LEFT_OUT,
    SHORTLIST,
    best,
    chosen,
    followed,
    shortlist,
    shortlists,
)


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


def test_the_shortlist_has_the_likeliest_the_best_first_and_what_each_is_worth() -> None:
    whole = Output("They riot.", -0.30, 3, ())
    others = [Output(f"They plot {n}.", -0.30 - n / 10, 4, ()) for n in range(1, SHORTLIST + 1)]
    short = Output("They.", -0.29, 3, (), ("rivolta", "cella"))
    broken = Output("They, they, they.", -0.1, 6, ("repetition",))
    found = shortlist([*others, broken, short, whole])
    assert list(found) == [whole, short, others[0], broken]
    assert found[short] == pytest.approx(-0.29 - 2 * LEFT_OUT)
    assert found[broken] == pytest.approx(-0.1 - FAULT)


def test_what_is_far_behind_the_best_of_all_models_is_not_said_back() -> None:
    best, near, far = (
        Output(text, -0.1 - behind, 1, ()) for text, behind in (("a", 0), ("b", FAR / 2), ("c", 2 * FAR))
    )
    assert list(shortlists([[far, near], [best]])) == [near, best]


def test_what_can_be_said_back_makes_up_for_twice_as_much_likelihood() -> None:
    likelier, nearer = Output("a", -0.1, 1, ()), Output("b", -0.4, 1, ())
    worth = {likelier: likelier.score, nearer: nearer.score}
    assert chosen(worth, {"a": -1.0, "b": -0.5}) == likelier
    assert chosen(worth, {"a": -1.0, "b": -0.3}) == nearer
