"""Fit and validate the confidence of sentences: `python -m benchmarks.confidence [fit] [--update]`.

`verdicts/` has a file for each way to translate (`benchmarks.judged`): the features of sentences that were read one by
one against the Italian, and whether each could be relied on. `fast` are the sentences of 50 articles, `careful` those
of press-dev that two readers found reliable or not. The curve of each is printed, in ten groups by confidence, lowest
first, with the mean confidence of a group and the share of it that is reliable, by ten-fold cross-validation. The
figures of the numbers on file are gated.

`fit` fits a logistic model to all of them, with a bias for each way, and writes `summarize/confidence.toml`. Weights
whose sign makes no sense (a sentence is not better for its errors) are noise, and left out.

AUC      chance that a reliable sentence has a higher confidence than one that is not
Brier    mean squared difference of confidence and outcome (the base rate alone: in brackets)
ECE      mean difference, over the ten groups, of mean confidence and share that is reliable
marked   share of the sentences that a reader is asked to compare with the Italian, how many of them are not reliable,
         and how many of those that are not reliable are among them
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks import floors, judged
from benchmarks.judged import NAMES, Matrix, Sample, Vector
from models import whole
from summarize import confidence

VERDICTS = Path(__file__).parent / "verdicts"
FLOOR = Path(__file__).with_suffix(".json")
FILE = Path(confidence.__file__).with_suffix(".toml")
SIGNS = (1, -1, -1, -1, 0)  # that the weights of `NAMES` may have, 0 for either
Fitted = dict[str, tuple[float, Vector]]  # bias and weights of each way
FOLDS, GROUPS = 10, 10
RIDGE = 1.0  # of the weights, features in units of their standard deviation


def fit(features: Matrix, reliable: Vector, signs: Sequence[int]) -> tuple[float, Vector]:
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


def fit_all(samples: Mapping[str, Sample]) -> Fitted:
    """The same weights for all ways to translate, and a bias for each: that of the first, and what others add to it."""
    first, *others = samples
    ways = [[float(name == other) for other in others] for name in samples]
    blocks = [
        np.hstack([found.features, np.tile(way, (len(found.features), 1))])
        for found, way in zip(samples.values(), ways, strict=True)
    ]
    reliable = np.concatenate([found.reliable for found in samples.values()])
    bias, weights = fit(np.vstack(blocks), reliable, (*SIGNS, *[0] * len(others)))
    shared, added = weights[: len(NAMES)], [0.0, *weights[len(NAMES) :]]
    return {name: (bias + more, shared) for name, more in zip([first, *others], added, strict=True)}


def held_out(samples: Mapping[str, Sample]) -> dict[str, Vector]:
    """The probability of each sentence by a model that was fitted without its fold; a fold is every tenth sentence."""
    results = {name: np.zeros(len(found.reliable)) for name, found in samples.items()}
    for number in range(FOLDS):
        for name, numbers in fit_all({name: _without(found, number) for name, found in samples.items()}).items():
            results[name][number::FOLDS] = predicted(samples[name].features[number::FOLDS], *numbers)
    return results


def _without(found: Sample, number: int) -> Sample:
    rest = np.arange(len(found.reliable)) % FOLDS != number
    return Sample(found.features[rest], found.reliable[rest])


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


def write(fitted: Fitted) -> None:
    """Write the fitted numbers down."""
    _, weights = next(iter(fitted.values()))
    lines = [
        "# Written by `python -m benchmarks.confidence fit`; what it was fitted to is told there.",
        f'translator = "{confidence.on_file()[0]}"',
        "",
        "[bias]",
        *(f"{name} = {bias:.4f}" for name, (bias, _) in fitted.items()),
        "",
        "[weights]",
        *(f"{name} = {weight:.4f}" for name, weight in zip(NAMES, weights, strict=True)),
    ]
    whole.write(FILE, ("\n".join(lines) + "\n").encode())


def by_file(name: str, features: Matrix) -> Vector:
    """The probability of each row as the product has it for a way to translate."""
    model = confidence.on_file()[1][name]
    return predicted(features, model.bias, np.array([model.weights[feature] for feature in NAMES]))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", nargs="?", choices=("fit",))
    floors.options(parser)
    chosen = parser.parse_args(arguments)
    files = {path.stem: path for path in sorted(VERDICTS.glob("*.tsv"))}
    samples = {name: judged.read(path) for name, path in files.items()}
    if chosen.action == "fit":
        write(fit_all(samples))
        confidence.on_file.cache_clear()
        print(FILE.read_text(encoding="utf-8"))
    now: dict[str, float] = {}
    unseen = held_out(samples)
    for name, found in samples.items():
        curve(name, unseen[name], found.reliable)
        told = figures(by_file(name, found.features), found.reliable)
        now |= {f"{name}: {figure}": value for figure, value in told.items()}
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files.values())).hexdigest()
    floors.gate(FLOOR, digest, now, chosen)


if __name__ == "__main__":
    main()
