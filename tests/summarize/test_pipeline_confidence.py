import pytest

from models.translator import Proposal
from summarize import confidence
from summarize.confidence import KIND, Model
from summarize.glossary import Term
from summarize.pipeline import prose, renditions
from tests.benchmarks.fakes import Saying

TEXT = "Sono 17 casi.\n\nPiove."


@pytest.fixture(autouse=True)
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = dict.fromkeys(("score", "left_out", "drift", "length"), 0.0)
    model = Model(1.0, {**weights, "errors": -3.0})
    monkeypatch.setattr(confidence, "on_file", lambda: ("embedded", {confidence.FAST: model}))


def test_each_sentence_has_its_confidence_and_a_doubtful_one_a_mark() -> None:
    wrong, fine = renditions(prose(TEXT), Saying({"Sono 17 casi.": ("There are 71 cases.",), "Piove.": ("It rains.",)}))
    assert wrong.confidence is not None and fine.confidence is not None
    assert wrong.confidence < 0.5 < fine.confidence
    assert [finding.kind for finding in wrong.findings] == ["number", KIND]
    assert fine.findings == ()


def test_of_another_translator_nothing_is_known() -> None:
    assert {r.confidence for r in renditions(prose(TEXT), Saying({}, "opus-mt"))} == {None}


def test_the_translator_is_told_of_the_terms() -> None:
    told: list[Proposal] = []

    class Advised(Saying):
        def advised(self, proposals: object) -> "Advised":
            told.extend(proposals("I casi gravi."))  # type: ignore[operator]
            return self

    renditions(prose(TEXT), Advised({}), terms=(Term("caso", ("case",), own=True),))
    assert told == [Proposal("casi", "cases", firm=True)]
