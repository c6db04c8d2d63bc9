"""The body as a block: the run of lines whose scores add up to the most."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from summarize.boilerplate.features import View

FLOOR = -2.0  # of a line that a rule removes anyway: promotion between paragraphs must not tear the body apart
ENOUGH = 40  # words of prose, in two lines at least, that must stand before a firm end


@cache
def weights() -> Mapping[str, float]:
    """The weights of the features; see `benchmarks/boilerplate_training.py` for where they come from."""
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))


def scores(table: Sequence[Mapping[str, float]], by: Mapping[str, float]) -> list[float]:
    """The log-odds of each line to be body."""
    return [by["bias"] + sum(by[name] * value for name, value in row.items()) for row in table]


def best(score: Sequence[float], views: Sequence[View], listed: Mapping[int, str]) -> tuple[int, int]:
    """The run [start, end) of lines with the greatest sum of scores (Kadane's algorithm).

    Members of a list of related titles or contents count nothing: they neither join paragraphs nor part them.

    Returns:
        (0, 0) where no line scores above 0.
    """
    top = total = 0.0
    span = (0, 0)
    start = 0
    for index, raw in enumerate(score):
        value = 0.0 if index in listed else max(raw, FLOOR) if views[index].hits else raw
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > top + 1e-9:
            top, span = total, (start, index + 1)
    return span


def ending(views: Sequence[View], start: int, end: int) -> tuple[int, str | None]:
    """Where a line inside the block ends the article, and the rule that says so.

    A firm end (`end`) needs some prose before it, a soft one (`end-soft`) more prose before than after.
    """
    mass = [len(view.words) if view.prose and not view.hits else 0 for view in views]
    for index in range(start, end):
        before = [words for words in mass[start:index] if words]
        for rule in views[index].hits:
            if rule.effect == "end" and len(before) > 1 and sum(before) >= ENOUGH:
                return index, rule.name
            if rule.effect == "end-soft" and sum(before) > sum(mass[index:end]):
                return index, rule.name
    return end, None
