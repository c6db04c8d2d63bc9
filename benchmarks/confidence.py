"""Fit and validate the confidence of sentences: `python -m benchmarks.confidence [fit] [--update]`.

A file of `verdicts/` (`benchmarks.judged`) has the features of sentences that were read one by one against the
Italian, and whether each could be relied on. The curve of each file is printed, in ten groups by confidence, lowest
first, with the mean confidence of a group and the share of it that is reliable: by ten-fold cross-validation for the
sentences that the numbers are fitted to, by the numbers on file for others, which never saw them. The figures of the
numbers on file are gated.

`fit` fits the logistic model and writes `summarize/confidence.toml`. Weights whose sign makes no sense (a sentence is
not better for its errors) are noise, and left out.

AUC      chance that a reliable sentence has a higher confidence than one that is not
Brier    mean squared difference of confidence and outcome (the base rate alone: in brackets)
ECE      mean difference, over the ten groups, of mean confidence and share that is reliable
marked   share of the sentences that a reader is asked to compare with the Italian, how many of them are not reliable,
         and how many of those that are not reliable are among them
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks import floors, judged
from benchmarks.judged import NAMES, Matrix, Sample, Vector
from summarize import confidence

VERDICTS = Path(__file__).parent / "verdicts"
FITTED = "articles-fast"  # the file that the numbers are fitted to
FLOOR = Path(__file__).with_suffix(".json")
FILE = Path(confidence.__file__).with_suffix(".toml")
SIGNS = (1, -1, -1, -1, 0)  # that the weights of `NAMES` may have, 0 for either
FOLDS, GROUPS = 10, 10
RIDGE = 1.0  # of the weights, features in units of their standard deviation


def fit(features: Matrix, reliable: Vector, signs: Sequence[int] = SIGNS) -> tuple[float, Vector]:
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
    result = np.zeros(len(found.reliable))
    fold = np.arange(len(found.reliable)) % FOLDS
    for number in range(FOLDS):
        rest = fold != number
        result[~rest] = predicted(found.features[~rest], *fit(found.features[rest], found.reliable[rest]))
    return result


def auc(probabilities: Vector, reliable: Vector) -> float:
    """The area under the ROC curve, ties counted half."""
    good, bad = probabilities[reliable == 1], probabilities[reliable == 0]
    if not len(good) or not len(bad):
        return float("nan")
    above = (good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()
    return float(above)


def figures(probabilities: Vector, reliable: Vector) -> dict[str, float]:
    """What is gated: the AUC, and of the sentences that are marked or not reliable the share that is both."""
    marked, wrong = probabilities < confidence.REVIEW, reliable == 0
    both = float((marked & wrong).sum())
    return {
        "AUC": round(auc(probabilities, reliable), 4),
        "marked: not reliable": round(both / max(marked.sum(), 1), 4),
        "not reliable: marked": round(both / max(wrong.sum(), 1), 4),
    }


def curve(name: str, probabilities: Vector, reliable: Vector) -> None:
    """Print the groups of a file, lowest confidence first, and the figures over all of it."""
    base = reliable.mean()
    groups = [group for group in np.array_split(np.argsort(probabilities), GROUPS) if len(group)]
    gaps = [abs(probabilities[group].mean() - reliable[group].mean()) * len(group) for group in groups]
    brier, blind = ((probabilities - reliable) ** 2).mean(), base * (1 - base)
    found = figures(probabilities, reliable)
    print(f"{name}: {len(reliable)} sentences, reliable {base:.3f}")
    print(f"  AUC {found['AUC']:.3f}  Brier {brier:.3f} ({blind:.3f})  ECE {sum(gaps) / len(reliable):.3f}")
    print("  group  confidence  reliable")
    for number, group in enumerate(groups, 1):
        print(f"  {number:5}  {probabilities[group].mean():10.3f}  {reliable[group].mean():8.3f}")
    wrong, told = found["marked: not reliable"], found["not reliable: marked"]
    share = (probabilities < confidence.REVIEW).mean()
    print(f"  marked {share:.3f}, of these not reliable {wrong:.3f}; of all that are not reliable {told:.3f}")


def write(bias: float, weights: Vector) -> None:
    """Write the fitted numbers down."""
    lines = [
        "# Written by `python -m benchmarks.confidence fit`; what it was fitted to is told there.",
        f'translator = "{confidence.model().translator}"',
        f"bias = {bias:.4f}",
        "",
        "[weights]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(NAMES, weights, strict=True)),
    ]
    judged.replaced(FILE, lines)


def on_file() -> tuple[float, Vector]:
    """Bias and weights as the product uses them."""
    model = confidence.model()
    return model.bias, np.array([model.weights[name] for name in NAMES])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", nargs="?", choices=("fit",))
    floors.options(parser)
    chosen = parser.parse_args(arguments)
    files = {path.stem: path for path in sorted(VERDICTS.glob("*.tsv"))}
    samples = {name: judged.read(path) for name, path in files.items()}
    if chosen.action == "fit":
        write(*fit(samples[FITTED].features, samples[FITTED].reliable))
        confidence.model.cache_clear()
        print(FILE.read_text(encoding="utf-8"))
    now: dict[str, float] = {}
    for name, found in samples.items():
        by_file = predicted(found.features, *on_file())
        if name == FITTED:
            curve(f"{name}, cross-validated", held_out(found), found.reliable)
        else:
            curve(name, by_file, found.reliable)
        now |= {f"{name}: {figure}": value for figure, value in figures(by_file, found.reliable).items()}
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files.values())).hexdigest()
    floors.gate(FLOOR, digest, now, chosen)


if __name__ == "__main__":
    main()
