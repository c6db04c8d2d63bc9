import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.claims.text import fold, quotations

ANY = st.text(max_size=200)


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='ab “”"«». ', max_size=60))
def test_quotations_are_ordered_spans_of_the_text(text: str) -> None:
    spans = quotations(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_marks_of_different_kinds_close_one_another() -> None:
    text = "“Non siamo stati noi“, ha detto."
    assert [text[a:b] for a, b in quotations(text)] == ["“Non siamo stati noi“"]


def test_an_open_quotation_runs_to_the_end() -> None:
    text = "Ha detto: «Nego tutto. Sempre."
    assert [text[a:b] for a, b in quotations(text)] == ["«Nego tutto. Sempre."]
