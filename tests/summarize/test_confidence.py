import math

import pytest

from models.translator import Signature, Translation
from summarize import confidence
from summarize.confidence import Model, features, marked
from summarize.document import Finding

ERROR = Finding("number", "17", "71", "error", (5, 7), (10, 12))
PAIR = ("Il ministero ha smentito la notizia.", "The ministry has denied the news.")


def said(score: float, *left_out: str) -> Translation:
    """What a translator says of a translation; the text is not looked at."""
    return Translation("", score, left_out=left_out)


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> Model:
    """Weights of round numbers in the place of the fitted ones."""
    weights = {"score": 2.0, "errors": -1.0, "left_out": -0.5, "drift": -1.0, "length": 0.0}
    model = Model("embedded", 2.0, weights)
    monkeypatch.setattr(confidence, "model", lambda: model)
    return model


def test_the_file_has_a_weight_for_every_feature_and_nothing_else() -> None:
    model = confidence.model()
    assert set(model.weights) == set(features(*PAIR, said(-0.3), ()))


def test_a_lower_score_an_error_and_a_word_left_out_lower_it(fixed: Model) -> None:
    sure = confidence.confidence(*PAIR, said(-0.2), ())
    assert confidence.confidence(*PAIR, said(-1.2), ()) < sure
    assert confidence.confidence(*PAIR, said(-0.2), [ERROR]) < sure
    assert confidence.confidence(*PAIR, said(-0.2, "smentito"), ()) < sure


def test_without_a_translation_there_is_none(fixed: Model) -> None:
    assert confidence.confidence("Piove.", " ", said(0.0), ()) == 0.0


def test_the_features_of_a_pair() -> None:
    found = features(*PAIR, said(-9.0, *"abcdef"), [ERROR] * 5)
    assert found["score"] == confidence.LOWEST_SCORE
    assert found["errors"] == confidence.MOST_ERRORS
    assert found["left_out"] == confidence.MOST_LEFT_OUT
    assert found["length"] == pytest.approx(math.log(7))
    assert features("Piove.", "P" * 60, said(-1.0), ())["drift"] > found["drift"]


def test_below_the_limit_a_sentence_is_marked(fixed: Model) -> None:
    (mark,) = marked(0.49)
    assert (mark.kind, mark.severity, mark.it, mark.en) == (confidence.KIND, "warning", None, None)
    assert marked(0.5) == ()
    assert marked(None) == ()


def test_it_is_known_for_one_translator_alone() -> None:
    assert confidence.known_for(Signature(confidence.model().translator, "float32", "abc"))
    assert not confidence.known_for(Signature("opus-mt", "int8"))


def test_the_logistic_function_takes_any_number() -> None:
    assert confidence.sigmoid(-1000) == 0.0
    assert confidence.sigmoid(1000) == 1.0
    assert confidence.sigmoid(0) == 0.5
