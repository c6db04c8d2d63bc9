"""Stories over time: above the line those with an accusation, below it those with a denial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from summarize.digest.document import Story
from summarize.digest.drawing import ATTRIBUTION, DENIAL, box, drawing, line, text

WIDTH, SIDE, HALF, FOOT = 720, 20, 70, 40
DAYS, MONTHS = 62, 1830  # the longest spans that are drawn by day and by month


def draw(stories: Sequence[Story]) -> str:
    """The timeline of the stories with a date; empty without any."""
    days = [story.first.day for story in stories if story.first.day]
    if not days:
        return ""
    step, label = _scale(min(days), max(days))
    bins = _bins(min(days), max(days), step)
    accused = Counter(step(s.first.day) for s in stories if s.first.day and any(i.accusations for i in s.items))
    denied = Counter(step(s.first.day) for s in stories if s.first.day and any(i.denials for i in s.items))
    tallest = max([1, *accused.values(), *denied.values()])
    wide = (WIDTH - 2 * SIDE) / len(bins)
    parts = [line(SIDE, HALF, (WIDTH - SIDE, HALF))]
    for at, start in enumerate(bins):
        x, bar = SIDE + at * wide + wide * 0.1, min(wide * 0.8, 40)
        for counts, colour, up, word in ((accused, ATTRIBUTION, True, "accuse"), (denied, DENIAL, False, "deny")):
            if counts[start]:
                height = (HALF - 10) * counts[start] / tallest
                tip = f"{label(start)}: in {counts[start]} stories some {word}"
                parts.append(box((x, HALF - height if up else HALF), (bar, height), colour, tip, 0.85))
    parts += [
        text(SIDE, 2 * HALF + 20, label(bins[0])),
        text(WIDTH - SIDE, 2 * HALF + 20, label(bins[-1]), anchor="end"),
    ]
    return drawing("Stories over time", (WIDTH, 2 * HALF + FOOT), parts)


def _scale(first: date, last: date) -> tuple[Callable[[date], date], Callable[[date], str]]:
    """How to round a date for the span, and how to write the result."""
    if last - first <= timedelta(DAYS):
        return (lambda day: day), date.isoformat
    if last - first <= timedelta(MONTHS):
        return (lambda day: day.replace(day=1)), (lambda day: day.isoformat()[:7])
    return (lambda day: day.replace(month=1, day=1)), (lambda day: day.isoformat()[:4])


def _bins(first: date, last: date, step: Callable[[date], date]) -> list[date]:
    span = (last - first).days
    return list(dict.fromkeys(step(first + timedelta(number)) for number in range(span + 1)))
