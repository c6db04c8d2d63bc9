"""Hedging: a suspicion or a report that the English states as a fact."""

import re
from functools import cache

from summarize.document import Finding
from summarize.fidelity.lexicon import pattern
from summarize.fidelity.pair import Pair


@cache
def entries(side: str, key: str) -> re.Pattern[str]:
    """A list of `hedges.toml` as a pattern."""
    return pattern("hedges", f"{side}.{key}")


def check(pair: Pair) -> list[Finding]:
    """Find the Italian hedge for which the English has none of any kind.

    The reportative conditional ("avrebbe colpito") and "presunto" ask for a firm hedge; "secondo" is content with
    any word of saying or of view.
    """
    italian = entries("it", "idle").sub(lambda match: "#" * len(match[0]), pair.it_lower)
    for key, answer in (("conditional", "firm"), ("alleged", "firm"), ("apparent", "firm"), ("according", "words")):
        found = entries("it", key).search(italian)
        if found and not entries("en", answer).search(pair.en_lower):
            return [pair.finding("hedge", it=found.span())]
    return []
