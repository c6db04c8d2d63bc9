"""How far a translated sentence can be relied on, as a calibrated probability.

A logistic model over a handful of features that a reader can follow. "Reliable" means that somebody who read the
sentence against the Italian would rely on it as it stands. The numbers stand in `confidence.toml`; they are fitted to
such readings and validated by `python -m benchmarks.confidence`, for the translator that the file names and each of its
ways; of any other engine nothing is known, for the log-probabilities of two models cannot be compared.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summarize.document import Finding
from summarize.fidelity.length import MEAN
from summarize.fidelity.pair import words

if TYPE_CHECKING:
    from models.translator import Signature, Translation

KIND = "confidence"  # of the finding that marks a sentence for review
FAST, CAREFUL = "fast", "careful"  # ways to translate: one, or several of which the channel tells the best
REVIEW = 0.5  # confidence below which a sentence is marked and not quoted: it is more likely wrong than right
MOST_ERRORS, MOST_LEFT_OUT = 3, 4
LOWEST_SCORE = -3.0


@dataclass(frozen=True, slots=True)
class Model:
    """The bias of a way to translate, and the weights of all ways, in units of `features`."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely a sentence with these features is reliable."""
        return sigmoid(self.bias + sum(weight * features[name] for name, weight in self.weights.items()))


def sigmoid(z: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


@cache
def on_file() -> tuple[str, Mapping[str, Model]]:
    """The translator that the numbers which come with sunto were fitted for, and the model of each of its ways."""
    table = tomllib.loads((files("summarize") / "confidence.toml").read_text(encoding="utf-8"))
    return table["translator"], {way: Model(bias, table["weights"]) for way, bias in table["bias"].items()}


def known(signature: Signature) -> Model | None:
    """The model for what a translator says; None where nothing is known of its confidence."""
    translator, ways = on_file()
    return ways[CAREFUL if "channel" in signature.parts else FAST] if signature.model == translator else None


def confidence(
    model: Model, italian: str, english: str, translation: Translation, findings: Sequence[Finding]
) -> float:
    """The probability, 0 to 1, that a sentence can be relied on; 0 for one that has no translation.

    Args:
        model: of the translator, as `known` gives it.
        italian: the sentence.
        english: its translation, as it is shown.
        translation: the same as the translator gave it.
        findings: what is wrong with it.

    """
    if not english.strip():
        return 0.0
    return round(model.probability(features(italian, english, translation, findings)), 3)


def features(italian: str, english: str, translation: Translation, findings: Sequence[Finding]) -> dict[str, float]:
    """What the model looks at.

    score     mean log-probability of a token, at least -3
    errors    findings that are errors, at most 3
    left_out  words of the Italian that the English does not account for, at most 4
    drift     how far the ratio of lengths is from the usual one, as the absolute value of a logarithm
    length    logarithm of the number of Italian words
    """
    return {
        "score": max(translation.score, LOWEST_SCORE),
        "errors": float(min(sum(finding.severity == "error" for finding in findings), MOST_ERRORS)),
        "left_out": float(min(len(translation.left_out), MOST_LEFT_OUT)),
        "drift": abs(math.log(max(len(english), 1) / max(len(italian), 1)) - MEAN),
        "length": math.log(1 + len(words(italian))),
    }


def marked(confidence: float | None) -> tuple[Finding, ...]:
    """The finding that asks a reader to compare a sentence with the Italian; none where it can be relied on."""
    if confidence is None or confidence >= REVIEW:
        return ()
    return (Finding(KIND, None, None, "warning"),)
