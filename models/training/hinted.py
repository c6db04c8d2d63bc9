"""Hints put behind some sources in training, now and then missing or wrong, so that the model weighs them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from models.hints import Hint, Lexicon, line


@dataclass(frozen=True)
class Hinting:
    """The share of pairs that get hints, and of their hints the shares that are left out and that are wrong."""

    share: float
    lost: float
    wrong: float


def hinted(source: str, lexicon: Lexicon, hinting: Hinting, rng: random.Random) -> str:
    """The source with its line of hints, or as it was when the lexicon knows none of its words."""
    hints = []
    for hint in lexicon.hints(source):
        draw = rng.random()
        if draw < hinting.wrong:
            hints.append(Hint(hint.source, rng.choice(lexicon.renderings)))
        elif draw >= hinting.wrong + hinting.lost:
            hints.append(hint)
    return source + line(hints)
