"""Dates as pages write them: "2026-03-12T08:00", "12/03/2026", "12 marzo 2026", "Mar 12, 2026"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from summarize.fidelity.lexicon import rows

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})[°º]?\s+([a-zà]+)\.?,?\s+(\d{4})(?!\d)", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?<!\w)([a-zà]+)\.?\s+(\d{1,2}),?\s+(\d{4})(?!\d)", re.IGNORECASE)
_SHORTEST = 3  # letters of an abbreviated month


def day(text: str | None) -> date | None:
    """The first date in the text, day before month as Italians write; None where there is none."""
    if not text:
        return None
    if found := _ISO.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.search(text):
        return _date(int(found[3]), int(found[2]), int(found[1]))
    for found in _WORDS.finditer(text):
        if month := _month(found[2].lower()):
            return _date(int(found[3]), month, int(found[1]))
    for found in _MONTH_FIRST.finditer(text):
        if month := _month(found[1].lower()):
            return _date(int(found[3]), month, int(found[2]))
    return None


def _month(word: str) -> int | None:
    if len(word) < _SHORTEST:
        return None
    return next((number for name, number in _months().items() if name.startswith(word)), None)


@cache
def _months() -> dict[str, int]:
    return {row[0].lower(): int(row[2]) for row in rows("calendar") if len(row) > 2}


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
