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


MODEL = Model(2.0, {"score": 2.0, "errors": -1.0, "left_out": -0.5, "drift": -1.0, "length": 0.0})


def test_each_way_has_a_weight_for_every_feature_and_nothing_else() -> None:
    _, ways = confidence.on_file()
    assert set(ways) == {confidence.FAST, confidence.CAREFUL}
    assert all(set(model.weights) == set(features(*PAIR, said(-0.3), ())) for model in ways.values())


def test_a_lower_score_an_error_and_a_word_left_out_lower_it() -> None:
    sure = confidence.confidence(MODEL, *PAIR, said(-0.2), ())
    assert confidence.confidence(MODEL, *PAIR, said(-1.2), ()) < sure
    assert confidence.confidence(MODEL, *PAIR, said(-0.2), [ERROR]) < sure
    assert confidence.confidence(MODEL, *PAIR, said(-0.2, "smentito"), ()) < sure


def test_without_a_translation_there_is_none() -> None:
    assert confidence.confidence(MODEL, "Piove.", " ", said(0.0), ()) == 0.0


def test_the_features_of_a_pair() -> None:
    found = features(*PAIR, said(-9.0, *"abcdef"), [ERROR] * 5)
    assert found["score"] == confidence.LOWEST_SCORE
    assert found["errors"] == confidence.MOST_ERRORS
    assert found["left_out"] == confidence.MOST_LEFT_OUT
    assert found["length"] == pytest.approx(math.log(7))
    assert features("Piove.", "P" * 60, said(-1.0), ())["drift"] > found["drift"]


def test_below_the_limit_a_sentence_is_marked() -> None:
    (mark,) = marked(0.49)
    assert (mark.kind, mark.severity, mark.it, mark.en) == (confidence.KIND, "warning", None, None)
    assert marked(0.5) == ()
    assert marked(None) == ()


def test_it_is_known_for_the_ways_of_one_translator() -> None:
    translator, ways = confidence.on_file()
    assert confidence.known(Signature(translator, "float32", "abc")) is ways[confidence.FAST]
    careful = Signature(translator, "float32", "abc", {"channel": "def"})
    assert confidence.known(careful) is ways[confidence.CAREFUL]
    assert confidence.known(Signature("opus-mt", "int8")) is None


def test_the_logistic_function_takes_any_number() -> None:
    assert confidence.sigmoid(-1000) == 0.0
    assert confidence.sigmoid(1000) == 1.0
    assert confidence.sigmoid(0) == 0.5
