"""Fit and validate the confidence of sentences: `python -m benchmarks.confidence [fit | collect JUDGED] [--update]`.

A file of `verdicts/` has a line a sentence that somebody read against the Italian: the features of its translation and
whether it could be relied on as it stood. The texts are the press', and are not here.

Without an action the curve of each file is printed, in ten groups by confidence, lowest first, with the mean
confidence of a group and the share of it that is reliable: once by ten-fold cross-validation of the sentences that the
model is fitted on, and by the numbers on file for the others, which never saw them. The figures are gated.

`fit` fits the logistic model and writes `summarize/confidence.toml`. Weights whose sign makes no sense (a sentence is
not better for its errors) are noise, and left out. `collect` translates what was judged (JSON lines with `it`, `en` and
`reliable`) and writes the features of those sentences that come out as they were read.

AUC      chance that a reliable sentence has a higher confidence than one that is not
Brier    mean squared difference of confidence and outcome (the base rate alone: in brackets)
ECE      mean difference, over the ten groups, of mean confidence and share that is reliable
marked   share of the sentences that a reader is asked to compare with the Italian, how many of them are not reliable,
         and how many of those that are not reliable are among them
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import floors
from benchmarks.decoded import add_options, opened
from summarize import confidence, glossary, pipeline, repair
from summarize.document import Sentence

if TYPE_CHECKING:
    from models.translator import Translator

    Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

VERDICTS = Path(__file__).parent / "verdicts"
FITTED = "articles-fast"  # the file that the numbers are fitted to
FLOOR = Path(__file__).with_suffix(".json")
FILE = Path(confidence.__file__).with_suffix(".toml")
# The features and the sign that their weights may have, 0 for either.
SIGNS = {"score": 1, "errors": -1, "left_out": -1, "drift": -1, "length": 0}
NAMES = tuple(SIGNS)
RELIABLE = "reliable"
FOLDS, GROUPS = 10, 10
RIDGE = 1.0  # of the weights, features in units of their standard deviation


@dataclass(frozen=True, slots=True)
class Sample:
    """Features, one row a sentence in the order of `NAMES`, and 1 for each sentence that is reliable, else 0."""

    features: Matrix
    reliable: Vector


def read(path: Path) -> Sample:
    """The sentences of a file of verdicts. Raises OSError, and ValueError where the columns are others."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if header.split("\t") != [*NAMES, RELIABLE]:
        raise ValueError(f"{path}: its columns are not {', '.join([*NAMES, RELIABLE])}; collect them anew")
    table = np.array([[float(value) for value in line.split("\t")] for line in lines])
    return Sample(table[:, :-1], table[:, -1])


def collected(judged: Path, translator: Translator) -> list[str]:
    """The lines of a file of verdicts, for the judged sentences that are translated as they were then."""
    rows = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines()]
    sources = [row["it"] for row in rows]
    terms = glossary.combined()
    told = pipeline.informed(translator, terms)
    said = repair.repair(sources, told.translate(sources), told, terms)
    lines = ["\t".join([*NAMES, RELIABLE])]
    for row, translation in zip(rows, said, strict=True):
        italian = row["it"]
        made = pipeline.rendition(Sentence(italian, 0, len(italian), 0), translation, terms)
        if made.en == row["en"]:
            found = confidence.features(italian, made.en, translation, made.findings)
            lines.append("\t".join([*(f"{found[name]:.4g}" for name in NAMES), str(int(row[RELIABLE]))]))
    return lines


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
    replaced(FILE, lines)


def replaced(path: Path, lines: Iterable[str]) -> None:
    """Write a file in one step."""
    fresh = path.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.replace(path)


def on_file() -> tuple[float, Vector]:
    """Bias and weights as the product uses them."""
    model = confidence.model()
    return model.bias, np.array([model.weights[name] for name in NAMES])


def main(arguments: Sequence[str] | None = None, open_translator: Callable[[], Translator] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", nargs="?", choices=("fit", "collect"))
    parser.add_argument("judged", nargs="?", type=Path, help="of `collect`: the sentences that were read")
    parser.add_argument("--output", type=Path, help="of `collect`: the file of verdicts")
    add_options(parser)
    floors.options(parser)
    chosen = parser.parse_args(arguments)
    if chosen.action == "collect":
        if not chosen.judged or not chosen.output:
            parser.error("collect needs JUDGED and --output")
        replaced(chosen.output, collected(chosen.judged, opened(chosen, open_translator)))
        return
    files = {path.stem: path for path in sorted(VERDICTS.glob("*.tsv"))}
    samples = {name: read(path) for name, path in files.items()}
    if chosen.action == "fit":
        write(*fit(samples[FITTED].features, samples[FITTED].reliable))
        confidence.model.cache_clear()
        print(FILE.read_text(encoding="utf-8"))
    now: dict[str, float] = {}
    for name, found in samples.items():
        probabilities = held_out(found) if name == FITTED else predicted(found.features, *on_file())
        curve(f"{name}, cross-validated" if name == FITTED else name, probabilities, found.reliable)
        of_file = figures(predicted(found.features, *on_file()), found.reliable)
        now |= {f"{name}: {figure}": value for figure, value in of_file.items()}
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files.values())).hexdigest()
    floors.gate(FLOOR, digest, now, chosen)


if __name__ == "__main__":
    main()
