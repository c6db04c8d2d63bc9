"""Fit and validate the confidence of sentences: `python -m benchmarks.confidence [fit] --sets FOLDER [--first N]`.

Without `fit`, the curve is printed: sentences in ten groups by confidence, lowest first, with the mean confidence, the
share that is reliable (chrF of the sentence at least the limit) and the mean chrF of each group. The sets that it is
fitted on (`--on`, `flores-dev` unless named) are measured by ten-fold cross-validation, the others of `flores-dev` and
`press-dev` with the numbers on file, which never saw them.

`fit` fits the logistic model, picks the limit for review and writes `summarize/confidence.toml`. Weights whose sign
makes no sense (a sentence is not better for its errors) are noise, and left out.

AUC    chance that a reliable sentence has a higher confidence than one that is not
Brier  mean squared difference of confidence and outcome (the base rate alone: in brackets)
ECE    mean difference, over the ten groups, of mean confidence and share that is reliable
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import testsets
from benchmarks.decoded import add_options, opened
from benchmarks.testsets import ParallelSet
from summarize import confidence, glossary, pipeline, repair
from summarize.document import Sentence

if TYPE_CHECKING:
    from models.translator import Translator

    Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

FILE = Path(confidence.__file__).with_suffix(".toml")
SETS = ("flores-dev", "press-dev")
# The features and the sign that their weights may have, 0 for either.
SIGNS = {"score": 1, "errors": -1, "warnings": -1, "drift": -1, "length": 0, "rare": -1, "odd": -1, "names": 0}
NAMES = tuple(SIGNS)
CHRF = 50.0  # of a sentence that is taken for reliable: the sense is there, though words may differ
SURE = 0.5  # share of the sentences marked for review that are not reliable, at least: as likely as not
FOLDS, GROUPS = 10, 10
RIDGE = 1.0  # of the weights, features in units of their standard deviation


@dataclass(frozen=True, slots=True)
class Sample:
    """Features, one row a sentence in the order of `NAMES`, and the chrF of each sentence."""

    features: Matrix
    chrf: Vector

    @property
    def reliable(self) -> Vector:
        """1 for a sentence that is reliable, else 0."""
        return (self.chrf >= CHRF).astype(np.float64)


def sample(test: ParallelSet, translator: Translator) -> Sample:
    """Translate a set as the pipeline does and describe each sentence."""
    from sacrebleu import sentence_chrf  # noqa: PLC0415 - slow to import

    terms = glossary.combined()
    told = pipeline.informed(translator, terms)
    said = repair.repair(test.sources, told.translate(test.sources), told, terms)
    rows, scores = [], []
    for italian, translation, *references in zip(test.sources, said, *test.references, strict=True):
        made = pipeline.rendition(Sentence(italian, 0, len(italian), 0), translation, terms)
        found = confidence.features(italian, made.en, translation.score, made.findings)
        rows.append([found[name] for name in NAMES])
        scores.append(sentence_chrf(made.en, references).score)
    return Sample(np.array(rows), np.array(scores))


def fit(features: Matrix, reliable: Vector, signs: Sequence[int] = tuple(SIGNS.values())) -> tuple[float, Vector]:
    """Bias and weights of a logistic regression; features that would have a weight of the wrong sign get none."""
    kept = list(range(features.shape[1]))
    while True:
        bias, some = regression(features[:, kept], reliable)
        wrong = [(abs(weight), i) for i, weight in zip(kept, some, strict=True) if weight * signs[i] < 0]
        if not wrong:
            break
        kept.remove(max(wrong)[1])
    weights = np.zeros(features.shape[1])
    weights[kept] = some
    return bias, weights


def regression(features: Matrix, reliable: Vector) -> tuple[float, Vector]:
    """Logistic regression with a ridge, by Newton's method (iteratively reweighted least squares)."""
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-9
    rows = np.hstack([np.ones((len(features), 1)), (features - mean) / scale])
    ridge = np.diag([0.0] + [RIDGE] * features.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        odds = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (reliable - odds) - ridge @ weights
        curvature = (rows * (odds * (1 - odds))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(curvature, gradient)
    raw = weights[1:] / scale
    return float(weights[0] - raw @ mean), raw


def predicted(features: Matrix, bias: float, weights: Vector) -> Vector:
    """The probability of each row."""
    result: Vector = 1 / (1 + np.exp(-(bias + features @ weights)))
    return result


def held_out(found: Sample) -> Vector:
    """The probability of each sentence by a model that was fitted without its fold; a fold is every tenth sentence."""
    result = np.zeros(len(found.chrf))
    fold = np.arange(len(found.chrf)) % FOLDS
    for number in range(FOLDS):
        rest = fold != number
        result[~rest] = predicted(found.features[~rest], *fit(found.features[rest], found.reliable[rest]))
    return result


def limit(probabilities: Vector, reliable: Vector) -> float:
    """The highest confidence below which at least `SURE` of the sentences are not reliable; to two places."""
    order = np.argsort(probabilities)
    wrong = np.cumsum(1 - reliable[order]) / np.arange(1, len(order) + 1)
    enough = [i for i in range(9, len(order)) if wrong[i] >= SURE]  # fewer than ten prove nothing
    return round(float(probabilities[order[enough[-1]]]), 2) if enough else 0.0


def auc(probabilities: Vector, reliable: Vector) -> float:
    """The area under the ROC curve, ties counted half."""
    good, bad = probabilities[reliable == 1], probabilities[reliable == 0]
    if not len(good) or not len(bad):
        return float("nan")
    above = (good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()
    return float(above)


def correlation(first: Vector, second: Vector) -> float:
    """Pearson's; of a constant, none."""
    return float(np.corrcoef(first, second)[0, 1]) if first.std() and second.std() else float("nan")


def pooled(samples: Sequence[Sample]) -> Sample:
    """Several sets as one."""
    return Sample(np.vstack([s.features for s in samples]), np.concatenate([s.chrf for s in samples]))


def curve(name: str, probabilities: Vector, found: Sample, review: float) -> None:
    """Print the groups of a set, lowest confidence first, and the figures over all of it."""
    reliable = found.reliable
    base = reliable.mean()
    groups = np.array_split(np.argsort(probabilities), GROUPS)
    gaps = [abs(probabilities[g].mean() - reliable[g].mean()) * len(g) for g in groups if len(g)]
    brier, blind = ((probabilities - reliable) ** 2).mean(), base * (1 - base)
    marked = probabilities < review
    print(f"{name}: {len(reliable)} sentences, mean chrF {found.chrf.mean():.1f}, reliable {base:.3f}")
    print(
        f"  AUC {auc(probabilities, reliable):.3f}  Brier {brier:.3f} ({blind:.3f})  "
        f"ECE {sum(gaps) / len(reliable):.3f}  correlation with chrF {correlation(probabilities, found.chrf):.3f}"
    )
    print("  group  confidence  reliable  chrF")
    for number, group in enumerate(groups, 1):
        if len(group):
            row = (probabilities[group].mean(), reliable[group].mean(), found.chrf[group].mean())
            print(f"  {number:5}  {row[0]:10.3f}  {row[1]:8.3f}  {row[2]:4.1f}")
    below = (
        f", of them reliable {reliable[marked].mean():.3f}, chrF {found.chrf[marked].mean():.1f}" if any(marked) else ""
    )
    print(f"  below {review:.2f} (marked for review): {marked.sum()} = {marked.mean():.1%}{below}")


def write(translator: str, signature: str, bias: float, weights: Vector, review: float) -> None:
    """Write the fitted numbers down."""
    lines = [
        "# Written by `python -m benchmarks.confidence fit`; what it was fitted to is told there.",
        f"# {signature}",
        f'translator = "{translator}"',
        f"chrf = {CHRF}",
        f"review = {review}",
        f"bias = {bias:.4f}",
        "",
        "[weights]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(NAMES, weights, strict=True)),
    ]
    fresh = FILE.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(FILE)


def on_file() -> tuple[float, Vector]:
    """Bias and weights as the product uses them."""
    model = confidence.model()
    return model.bias, np.array([model.weights[name] for name in NAMES])


def main(arguments: Sequence[str] | None = None, open_translator: Callable[[], Translator] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", nargs="?", choices=("fit",))
    parser.add_argument("--sets", type=Path, required=True, help="the folder of flores-dev and press-dev")
    parser.add_argument("--on", nargs="+", choices=SETS, default=SETS[:1], help="the sets that it is fitted on")
    parser.add_argument("--first", type=int, help="only the first so many sentences of each set")
    add_options(parser)
    chosen = parser.parse_args(arguments)
    translator = opened(chosen, open_translator)
    samples = {name: sample(testsets.read(chosen.sets, name, chosen.first), translator) for name in SETS}
    fitted = pooled([samples[name] for name in chosen.on])
    out_of_fold = held_out(fitted)
    if chosen.action == "fit":
        bias, weights = fit(fitted.features, fitted.reliable)
        write(translator.signature.model, str(translator.signature), bias, weights, limit(out_of_fold, fitted.reliable))
        confidence.model.cache_clear()
        print(FILE.read_text(encoding="utf-8"))
    review = confidence.model().review
    at = 0
    for name in chosen.on:
        size = len(samples[name].chrf)
        curve(f"{name}, cross-validated", out_of_fold[at : at + size], samples[name], review)
        at += size
    for name in set(SETS) - set(chosen.on):
        curve(name, predicted(samples[name].features, *on_file()), samples[name], review)


if __name__ == "__main__":
    main()
