"""Learn the weights of `summarize/boilerplate/weights.toml`: plain logistic regression on labelled lines.

    python -m benchmarks.boilerplate_training           print the weights
    python -m benchmarks.boilerplate_training --write   write them

Lines of the project's own pages and, where they are there, of the labelled articles beside the checkout. Newton's
method with an L2 penalty (Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 4.4); body lines weigh
more than boilerplate, and the pages of an outlet that has many weigh less.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.boilerplate_pages import BODY, NEITHER, Labelled, own, shared
from summarize.boilerplate import features, rules
from summarize.boilerplate.rules import Table

PENALTY = 2.0
BODY_WEIGHT = 3.0
STEPS = 40
WEIGHTS = Path(rules.__file__).parent / "weights.toml"
HAND = {"link": -1.5, "chrome": -3.0, "caption": -2.0, "not main": -1.5}  # of HTML: no labelled page shows them


def fit(pages: Iterable[Labelled], table: Table | None = None) -> Mapping[str, float]:
    """Learn the weights of the features.

    Args:
        pages: what to learn from.
        table: the rules whose hits are features; all of them by default.

    """
    pages = list(pages)
    share = Counter(page.outlet for page in pages)
    names: list[str] = []
    rows, targets, masses = [], [], []
    for page in pages:
        views = [features.view(line, table) for line in page.page.lines]
        for row, label in zip(features.of_page(views), page.labels, strict=True):
            if label == NEITHER:
                continue
            names = names or [name for name in row if name not in HAND]
            rows.append([1.0, *(row[name] for name in names)])
            targets.append(float(label == BODY))
            masses.append((BODY_WEIGHT if label == BODY else 1.0) / share[page.outlet] ** 0.5)
    learned = _newton(np.array(rows), np.array(targets), np.array(masses))
    return dict(zip(["bias", *names], map(float, learned), strict=True)) | HAND


def _newton(rows: np.ndarray, targets: np.ndarray, masses: np.ndarray) -> np.ndarray:
    """Logistic regression: (lines, features), (lines,), (lines,) → (features,)."""
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[0] = 0.01
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (masses * (odds - targets)) + penalty * weights
        hessian = (rows * (masses * odds * (1 - odds))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def folds(pages: Sequence[Labelled], count: int = 5) -> list[set[str]]:
    """Outlets in `count` groups of about as many pages each; an outlet is never split."""
    sizes = Counter(page.outlet for page in pages)
    groups: list[set[str]] = [set() for _ in range(count)]
    filled = [0] * count
    for outlet in sorted(sizes, key=lambda name: (-sizes[name], name)):
        least = filled.index(min(filled))
        groups[least].add(outlet)
        filled[least] += sizes[outlet]
    return groups


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    weights = fit([*own(), *shared()])
    lines = ["# Log-odds of a line to be body; written by `python -m benchmarks.boilerplate_training --write`."]
    lines += [f'"{name}" = {value:.2f}' for name, value in weights.items()]
    text = "\n".join(lines) + "\n"
    if arguments.parse_args().write:
        WEIGHTS.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
