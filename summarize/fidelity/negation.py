"""Negation: a "non", a "nessuno", a denial that the English no longer has."""

import re
from functools import lru_cache

from summarize.document import Finding
from summarize.fidelity.lexicon import compile_entries, pattern, table
from summarize.fidelity.pair import Pair


@lru_cache(maxsize=None)
def english() -> re.Pattern[str]:
    """All that negates or may stand for a negation in English."""
    lists = table("negation")["en"]
    skipped = "|".join(lists["not_prefixed"])
    prefixed = [rf"(?!(?:{skipped})(?!\w))(?:{entry})" for entry in lists["prefixed"]]
    plain = compile_entries([entry for entry in lists["words"] if entry != "n't"])
    return re.compile(rf"{plain.pattern}|n't\b|(?<!\w)(?:{'|'.join(prefixed)})(?!\w)")


def check(pair: Pair) -> list[Finding]:
    """Find an Italian negation for which the English has nothing that could stand for it.

    English has a hundred ways to say no ("fails to", "un-", "lack of"); any of them will do.
    """
    italian = blank(pair.it_lower)
    strong = pattern_of("strong").search(italian)
    verb = None if strong else pattern_of("verbs").search(italian)
    found = strong or verb
    if not found or english().search(pair.en_lower):
        return []
    return [pair.finding("negation", it=found.span())]


@lru_cache(maxsize=None)
def pattern_of(key: str) -> re.Pattern[str]:
    """A list of Italian negation as a pattern."""
    return compile_entries(sorted(table("negation")["it"][key], key=len, reverse=True))


def blank(text: str) -> str:
    """Cross out what has a negating word and does not deny ("non solo"), keeping offsets."""
    return pattern_of("idle").sub(lambda match: "#" * len(match[0]), text)
