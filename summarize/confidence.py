"""How far a translated sentence can be relied on, as a calibrated probability.

A logistic model over a handful of features that a reader can follow. "Reliable" means that the sentence is close to a
reference translation: its chrF is at least `chrf` of `confidence.toml`, where all the numbers stand. They are fitted
and validated by `python -m benchmarks.confidence`, for the translator that the file names; of any other engine nothing
is known, for the log-probabilities of two models cannot be compared.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from models import wordlists
from summarize.document import Finding
from summarize.fidelity.length import MEAN
from summarize.fidelity.pair import Word, words

if TYPE_CHECKING:
    from models.translator import Signature

KIND = "confidence"  # of the finding that marks a sentence for review
MOST_FINDINGS = 3
LOWEST_SCORE = -3.0
SHORT = 4  # letters; shorter words are in every dictionary


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted numbers.

    Attributes:
        translator: the `model` of the signature that it was fitted for.
        chrf: from which on a sentence counts as reliable, 0 to 100.
        review: confidence below which a sentence is marked for review and not quoted.
        bias, weights: of the logistic model, in the units of `features`.

    """

    translator: str
    chrf: float
    review: float
    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely a sentence with these features is reliable."""
        return sigmoid(self.bias + sum(weight * features[name] for name, weight in self.weights.items()))


def sigmoid(z: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


@cache
def model() -> Model:
    """The fitted model that comes with sunto."""
    table = tomllib.loads((files("summarize") / "confidence.toml").read_text(encoding="utf-8"))
    return Model(table["translator"], table["chrf"], table["review"], table["bias"], table["weights"])


def known_for(signature: Signature) -> bool:
    """Whether the confidence of this translator's sentences is known."""
    return signature.model == model().translator


def confidence(italian: str, english: str, score: float, findings: Sequence[Finding]) -> float:
    """The probability, 0 to 1, that a sentence can be relied on; 0 for one that has no translation.

    Args:
        italian: the sentence.
        english: its translation.
        score: mean log-probability of its tokens, as the translator gives it.
        findings: what is wrong with it.

    """
    if not english.strip():
        return 0.0
    return round(model().probability(features(italian, english, score, findings)), 3)


def features(italian: str, english: str, score: float, findings: Sequence[Finding]) -> dict[str, float]:
    """What the model looks at.

    score     mean log-probability of a token, at least -3
    errors    findings that are errors, at most 3
    warnings  the other findings, at most 3
    drift     how far the ratio of lengths is from the usual one, as the absolute value of a logarithm
    length    logarithm of the number of Italian words
    rare      share of the longer Italian words in small letters that the dictionary does not know
    odd       share of the longer English words in small letters that neither the dictionary nor the Italian has
    names     share of the Italian words that are names or numbers
    """
    source, target = words(italian), words(english)
    errors = sum(finding.severity == "error" for finding in findings)
    there = {word.folded for word in source}
    named = sum(word.capitalised and not word.initial for word in source) + sum(map(str.isdigit, italian.split()))
    return {
        "score": max(score, LOWEST_SCORE),
        "errors": float(min(errors, MOST_FINDINGS)),
        "warnings": float(min(len(findings) - errors, MOST_FINDINGS)),
        "drift": abs(math.log(max(len(english), 1) / max(len(italian), 1)) - MEAN),
        "length": math.log(1 + len(source)),
        "rare": share_unknown(source, "it", frozenset()),
        "odd": share_unknown(target, "en", frozenset(there)),
        "names": named / max(len(source), 1),
    }


def share_unknown(text: Sequence[Word], language: str, known: frozenset[str]) -> float:
    """Share of the longer words in small letters that a dictionary does not know, nor `known`."""
    plain = [word for word in text if word.text.islower() and len(word.text) >= SHORT and "-" not in word.text]
    unknown = sum(word.folded not in known and not wordlists.known(word.text, language) for word in plain)
    return unknown / max(len(plain), 1)


def marked(confidence: float | None) -> tuple[Finding, ...]:
    """The finding that asks a reader to compare a sentence with the Italian; none where it can be relied on."""
    if confidence is None or confidence >= model().review:
        return ()
    return (Finding(KIND, None, None, "warning"),)
