"""Sentences that are too long for the model: cut at a clause, translated piece by piece, joined again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

RULES = tomllib.loads((Path(__file__).parent / "splitting.toml").read_text(encoding="utf-8"))
BOUNDARIES = tuple(re.compile(rule["pattern"]) for rule in RULES["boundary"])
STRONG = BOUNDARIES[: RULES["strong"]]
WEAK = BOUNDARIES[RULES["strong"] : RULES["strong"] + RULES["weak"]]
SMALL = frozenset(RULES["small_words"].split())
EDGE = 0.25  # a cut stays this share of the sentence away from either end


def split(sentence: str, size: Callable[[str], int], limit: int, wish: int | None = None) -> list[str]:
    """Cut a sentence into pieces of at most `limit` tokens each, at the best clause boundary nearest the middle.

    One of more than `wish` tokens is cut already if what it is cut at parts it nearly into sentences: ";", ":", a dash.

    Nothing is lost: the pieces joined by a space are the sentence, its white space aside.

    Args:
        sentence: Italian.
        size: the number of tokens of a text.
        limit: how many tokens a piece may have.
        wish: how many it should have; `limit` unless given.

    """
    tokens = size(sentence)
    if tokens > limit:
        at = _boundary(sentence, BOUNDARIES) or len(sentence) // 2
    elif tokens > (wish or limit):
        at = _boundary(sentence, STRONG)
    else:
        at = 0
    parts = _cut(sentence, at)
    return [piece for part in parts for piece in split(part, size, limit, wish)] if len(parts) > 1 else parts


def halves(sentence: str) -> list[str]:
    """The sentence cut once, at a comma, or the whole of it where it has none that is not near an edge."""
    return _cut(sentence, _boundary(sentence, WEAK))


def _cut(sentence: str, at: int) -> list[str]:
    """Both parts of a sentence, or the whole of it where one of them would be empty."""
    parts = [sentence[:at].strip(), sentence[at:].strip()]
    return parts if all(parts) else [sentence]


def _boundary(sentence: str, kinds: Sequence[re.Pattern[str]]) -> int:
    """The offset to cut at: of the first kind that is not near an edge, the one nearest the middle; 0 without any."""
    middle = len(sentence) / 2
    low, high = len(sentence) * EDGE, len(sentence) * (1 - EDGE)
    for pattern in kinds:
        ends = [next(m.end(g) for g in range(1, pattern.groups + 1) if m[g]) for m in pattern.finditer(sentence)]
        inside = [end for end in ends if low <= end <= high]
        if inside:
            return min(inside, key=lambda end: abs(end - middle))
    return 0


def join(sources: Sequence[str], targets: Sequence[str]) -> str:
    """Put the translated pieces of one sentence together again.

    The model ends a piece with a full stop and begins it with a capital as if it were a sentence: the stop goes where
    the Italian has none, the capital where the Italian begins small and the English with a common word.
    """
    pieces = [target.strip() for target in targets]
    for i, source in enumerate(sources):
        last = i == len(sources) - 1
        if not last and pieces[i].endswith(".") and not source.rstrip().endswith((".", "…")):
            pieces[i] = pieces[i][:-1] + _closing(source)
        if i and source[:1].islower() and pieces[i].split(" ", 1)[0].lower() in SMALL:
            pieces[i] = pieces[i][:1].lower() + pieces[i][1:]
    return " ".join(piece for piece in pieces if piece)


def _closing(source: str) -> str:
    """The mark that a piece of the Italian ends with, for a piece of the English that lost it."""
    end = source.rstrip()[-1:]
    return end if end in ",;:" else ""
