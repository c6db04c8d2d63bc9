"""Negation: a "non", a "nessuno", a denial that the English no longer has."""

import re
from functools import cache

from summarize.document import Finding
from summarize.fidelity.lexicon import compile_entries, pattern, table
from summarize.fidelity.pair import Pair, Span

REACH = 60  # characters within which "nessuno", "mai", "né" belong to a "non" before them
LISTED = 45  # characters within which a second "non" after a comma goes on with the first ("never a, b or c")
COORDINATION = re.compile(r",|\b(?:e|o|né)\b")


def check(pair: Pair) -> list[Finding]:
    """Find an Italian negation for which the English has nothing that could stand for it.

    Counts: a sentence with two negations needs two. English says no in a hundred other ways ("fails to", "un-",
    "lack of"); these count too, less those that the Italian has of its own sort ("incerto", "uncertain").
    """
    only = pattern_of("it", "only")
    italian = cross_out(pattern_of("it", "idle"), cross_out(only, pair.it_lower))
    negations = heads(italian)
    verb = pattern_of("it", "verbs").search(italian)
    if not negations and not verb:
        return bare_only(pair, only.search(pair.it_lower))
    english = cross_out(pattern_of("en", "idle"), pair.en_lower)
    explicit = len(explicit_english().findall(english))
    if explicit >= len(negations) and (negations or explicit):
        return []
    lexical = len(lexical_english().findall(english))
    if verb and not negations:
        return [] if lexical else [pair.finding("negation", it=verb.span())]
    spare = lexical - len(pattern_of("it", "lexical").findall(italian))
    if explicit + max(0, spare) >= len(negations):
        return []
    return [pair.finding("negation", it=negations[-1 if explicit else 0])]


def bare_only(pair: Pair, found: re.Match[str] | None) -> list[Finding]:
    """A finding where "not only" became "only"."""
    if not found or explicit_english().search(pair.en_lower) or not pattern_of("en", "only").search(pair.en_lower):
        return []
    return [pair.finding("negation", it=found.span())]


def heads(italian: str) -> list[Span]:
    """Where the negations stand; "non ... nessuno" is one."""
    found: list[Span] = []
    last = -2 * REACH
    for match in pattern_of("it", "all").finditer(italian):
        gap = match.start() - last
        listed = gap < LISTED and COORDINATION.search(italian, max(0, last), match.start())
        if gap > REACH or (match["head"] and not listed):
            found.append(match.span())
        last = match.end()
    return found


@cache
def pattern_of(side: str, key: str) -> re.Pattern[str]:
    """A list of `negation.toml` as a pattern; `all` for Italian heads and followers."""
    lists = table("negation")[side]
    if key == "all":
        return re.compile(
            rf"(?P<head>{compile_entries(lists['heads']).pattern})|{compile_entries(lists['followers']).pattern}"
        )
    return pattern("negation", f"{side}.{key}")


@cache
def explicit_english() -> re.Pattern[str]:
    """The plain negations of English."""
    return re.compile(rf"{pattern_of('en', 'explicit').pattern}|n't\b")


@cache
def lexical_english() -> re.Pattern[str]:
    """Other words that may stand for a negation in English."""
    lists = table("negation")["en"]
    skipped = "|".join(lists["not_prefixed"])
    prefixed = rf"(?<!\w)(?!(?:{skipped})(?!\w))(?:{'|'.join(lists['prefixed'])})(?!\w)"
    return re.compile(f"{pattern_of('en', 'lexical').pattern}|{prefixed}")


def cross_out(idle: re.Pattern[str], text: str) -> str:
    """Cross out what has a negating word and does not deny ("non solo"), keeping offsets."""
    return idle.sub(lambda match: "#" * len(match[0]), text)
