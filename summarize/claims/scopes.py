"""Scopes that turn a cue over or weaken it: negation, the reportative conditional, questions, hypotheses."""

import re

from summarize.claims.lexicon import rule
from summarize.claims.text import Span, inside

_BREAK = re.compile(r"[,;:()\"]")


def _clause_before(folded: str, position: int, reach: int) -> str:
    """What stands before `position` in its own clause, at most `reach` characters."""
    return _BREAK.split(folded[max(0, position - reach) : position])[-1]


def negated(folded: str, position: int) -> bool:
    """Whether a negation within three words of the same clause governs what starts at `position`."""
    return bool(rule("scopes", "negation").search(_clause_before(folded, position, 60)))


def hypothetical(folded: str, position: int) -> bool:
    """Whether the cue stands in an `if` clause."""
    return bool(rule("scopes", "hypothesis").search(_clause_before(folded, position, 80)))


def conditional(folded: str) -> bool:
    """Whether the sentence hedges: reportative conditional, `presunto`, a suspicion."""
    return bool(rule("scopes", "conditional").search(folded))


def doubted(folded: str) -> bool:
    """Whether the sentence itself says that the claim was withdrawn, disproved or not confirmed."""
    return bool(rule("scopes", "doubt").search(folded))


def background(folded: str) -> bool:
    """Whether the sentence looks back at another time, as background cases do."""
    return bool(rule("scopes", "background").search(folded))


def question(folded: str) -> bool:
    """Whether the sentence asks."""
    return folded.rstrip(' "').endswith("?")


def quoted(position: int, quotes: tuple[Span, ...]) -> bool:
    """Whether the cue stands inside a quotation."""
    return inside(position, list(quotes))
