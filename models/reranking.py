"""Which hypothesis is taken: the likeliest, but that each hint it followed counts for it, and what it left out against.

Where the channel has a say, words that are left out say more than hints that were followed.

The weights were chosen by verdicts: on the hypotheses of 169 sentences written for it (`benchmarks.choosing`), and on
those of a hundred sentences of press-dev.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.hints import Hint
    from models.piecewise import Output

FOLLOWED = 0.05  # mean log-probability of a token that a followed hint makes up for
FAULT = 0.3  # and that a fault of decoding costs
LEFT_OUT = 0.04  # and that a word costs which it leaves out
CHANNEL = 0.5  # worth of the mean log-probability of a token of the source, said back
INSISTED = 0.03  # the head start of a hypothesis that had English put in its mouth
SHORTLIST = 4  # hypotheses that the channel is asked about: the winner is nearly always among them
FAR = 0.12  # behind the best; what is farther off wins by mistake as often as not
WORD = re.compile(r"[^\W_]+")
INFLECTION = re.compile(r"(?<=[^\W\d_]{3})(?:ing|ied|ies|ed|es|e|s|y)$")


def best(outputs: Sequence[Output], hints: Sequence[Hint]) -> Output:
    """The first of the best of some hypotheses of one source, which are in the order of their scores."""
    return max(outputs, key=lambda output: _worth(output) + FOLLOWED * followed(hints, output.text))


def shortlist(outputs: Sequence[Output]) -> dict[Output, float]:
    """The best of a model's hypotheses, made in several ways, and what each is worth before the channel is asked."""
    return {output: _worth(output) for output in sorted(outputs, key=_worth, reverse=True)[:SHORTLIST]}


def _worth(output: Output) -> float:
    """What a hypothesis is worth by itself: a mean log-probability of a token, less what is wrong with it."""
    return output.score - LEFT_OUT * len(output.left_out) - FAULT * len(output.flags)


def shortlists(models: Iterable[Sequence[Output]]) -> dict[Output, float]:
    """The shortlist of each model, put together, without what the channel could hardly lift above the best."""
    found = {output: worth for said in models for output, worth in shortlist(said).items()}
    least = max(found.values()) - FAR
    return {output: worth for output, worth in found.items() if worth >= least}


def chosen(worth: Mapping[Output, float], channel: Mapping[str, float]) -> Output:
    """The best of the shortlists; `channel` has the mean log-probability of a token of the source, by hypothesis."""
    return max(worth, key=lambda output: worth[output] + CHANNEL * channel[output.text])


def followed(hints: Sequence[Hint], english: str) -> int:
    """How many of the hints have one of their renderings in the English, in some regular inflection."""
    said = stems(english)
    return sum(any(stems(rendering) in said for rendering in hint.target.split(" / ")) for hint in hints)


@lru_cache(1_000)
def stems(text: str) -> str:
    """The words of an English text without their endings, a space around each."""
    return "".join(f" {INFLECTION.sub('', word.lower())}" for word in WORD.findall(text)) + " "
