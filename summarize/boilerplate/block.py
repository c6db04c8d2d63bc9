"""The body as a block: the run of lines whose scores add up to the most."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from summarize.boilerplate.features import View


@cache
def weights() -> Mapping[str, float]:
    """The weights of the features; see `benchmarks/boilerplate_training.py` for where they come from."""
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))


def scores(table: Sequence[Mapping[str, float]], by: Mapping[str, float] | None = None) -> list[float]:
    """The log-odds of each line to be body."""
    by = by or weights()
    return [by["bias"] + sum(by[name] * value for name, value in row.items()) for row in table]


def best(score: Sequence[float]) -> tuple[int, int]:
    """The run [start, end) with the greatest sum (Kadane's algorithm); (0, 0) where no line scores above 0."""
    top = total = 0.0
    span = (0, 0)
    start = 0
    for index, value in enumerate(score):
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > top + 1e-9:
            top, span = total, (start, index + 1)
    return span


def ending(views: Sequence[View], start: int, end: int) -> tuple[int, str | None]:
    """Where a line inside the block ends the article, and the rule that says so.

    A firm end (`end`) needs prose before it, a soft one (`end-soft`) more prose before than after.
    """
    mass = [len(view.words) if view.prose and not view.hits else 0 for view in views]
    for index in range(start, end):
        for rule in views[index].hits:
            before = sum(mass[start:index])
            if rule.effect == "end" and before > 0:
                return index, rule.name
            if rule.effect == "end-soft" and before > sum(mass[index:end]):
                return index, rule.name
    return end, None


def squash(score: float) -> float:
    """Log-odds → probability."""
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))
