"""Does a learned ranker beat the weights written by hand? `python -m benchmarks.claims_training FOLDER`.

Plain logistic regression over the features of `ranking.features`, with the hand-written weights as the centre of its
prior (L2 towards them, in steps of strength). Every figure is cross-validated: the articles of an outlet are scored
by weights that were fitted without it, bars included. The hand-written weights are scored on the same articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.claims_labelled import Labelled, candidates
from summarize.claims.lexicon import load

Vector = NDArray[np.float64]
STRENGTHS = (2.0, 10.0, 40.0)


def fit(table: Vector, truth: Vector, prior: Vector, strength: float) -> Vector:
    """Newton's method on the penalised log likelihood; `strength` is that of the pull towards `prior`."""
    weights = prior.copy()
    pull = np.full(len(prior), strength)
    pull[0] = 0.01  # the bias is free
    for _ in range(60):
        odds = 1 / (1 + np.exp(-table @ weights))
        gradient = table.T @ (odds - truth) + pull * (weights - prior)
        curvature = (table * (odds * (1 - odds))[:, None]).T @ table + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if abs(step).max() < 1e-6:
            break
    return weights


def figures(scored: Sequence[tuple[Labelled, Vector]], bars: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Article F1 (borderline ones left out), hit, recall and precision of the sentences named, as the scorer counts."""
    counts = dict.fromkeys(("tp", "fp", "fn", "hit", "hits", "found", "total", "right", "named"), 0)
    for (article, scores), (first, following) in zip(scored, bars, strict=True):
        order = np.argsort(-scores)
        kept = [article.rows[i] for rank, i in enumerate(order) if scores[i] >= (following if rank else first)]
        if not article.borderline:
            counts["tp"] += bool(article.wanted and kept)
            counts["fp"] += bool(kept and not article.wanted)
            counts["fn"] += bool(article.wanted and not kept)
        if article.wanted and kept:
            counts["hits"] += 1
            counts["hit"] += bool(kept[0].covers)
        counts["total"] += article.wanted
        counts["found"] += len({i for row in kept for i in row.covers})
        counts["named"] += len(kept)
        counts["right"] += sum(bool(row.covers) for row in kept)
    return {
        "f1": 2 * counts["tp"] / max(1, 2 * counts["tp"] + counts["fp"] + counts["fn"]),
        "hit": counts["hit"] / max(1, counts["hits"]),
        "recall": counts["found"] / max(1, counts["total"]),
        "precision": counts["right"] / max(1, counts["named"]),
    }


def best_bars(scored: Sequence[tuple[Labelled, Vector]]) -> tuple[float, float]:
    """The two bars that serve these articles best, recall counted up to 0.85 and precision up to 0.75."""

    def worth(bars: tuple[float, float]) -> float:
        got = figures(scored, [bars] * len(scored))
        return 2 * got["f1"] + got["hit"] + min(got["recall"], 0.85) + min(got["precision"], 0.75)

    grid = [(first, following) for first in np.arange(-1.5, 0.6, 0.2) for following in np.arange(-0.5, 1.8, 0.2)]
    return max(grid, key=worth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for kind, articles in candidates(parser.parse_args().folder).items():
        hand = load("weights.toml")[kind]
        names = sorted({name for article in articles for row in article.rows for name in row.features})
        prior = np.array([hand["bias"], *(hand.get(name, 0.0) for name in names)])

        def table(article: Labelled, names: list[str] = names) -> Vector:
            return np.array([[1.0, *(row.features[name] for name in names)] for row in article.rows]).reshape(
                -1, len(names) + 1
            )

        scored = [(article, table(article) @ prior) for article in articles]
        report(f"{kind}, by hand", figures(scored, [(hand["first_bar"], hand["next_bar"])] * len(scored)))
        outlets = sorted({article.outlet for article in articles})
        for strength in STRENGTHS:
            pooled: list[tuple[Labelled, Vector]] = []
            bars: list[tuple[float, float]] = []
            for outlet in outlets:
                train = [article for article in articles if article.outlet != outlet]
                rows = np.vstack([table(article) for article in train])
                truth = np.array([float(bool(row.covers)) for article in train for row in article.rows])
                weights = fit(rows, truth, prior, strength)
                chosen = best_bars([(article, table(article) @ weights) for article in train])
                held = [(article, table(article) @ weights) for article in articles if article.outlet == outlet]
                pooled += held
                bars += [chosen] * len(held)
            report(f"{kind}, learned, outlet held out, pull {strength:g}", figures(pooled, bars))


def report(name: str, values: dict[str, float]) -> None:
    print(f"{name:48s}", "  ".join(f"{key} {value:.3f}" for key, value in values.items()))


if __name__ == "__main__":
    main()
