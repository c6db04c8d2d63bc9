"""Opposites: an increase that became a decrease, the north the south, the father the mother."""

import re
from dataclasses import dataclass
from functools import cache

from summarize.document import Finding
from summarize.fidelity.lexicon import compile_entries, pattern, rows
from summarize.fidelity.negation import explicit_english
from summarize.fidelity.pair import Pair


@dataclass(frozen=True, slots=True)
class Word:
    """A word in one language: what is taken for it, and what may stand for it as well."""

    core: re.Pattern[str]
    loose: re.Pattern[str]

    @classmethod
    def of(cls, cell: str) -> "Word":
        """Read a cell of `opposites.tsv`."""
        core, _, more = cell.partition(";")
        return cls(compile_entries(core.split("|")), compile_entries([e for e in (core + "|" + more).split("|") if e]))


def check(pair: Pair) -> list[Finding]:
    """Find an Italian word for which the English has the opposite alone.

    Not where the Italian has the opposite too; and of what is not a noun, not where either side denies: "non vince"
    may have become "loses".
    """
    if not any_opposite().search(pair.en_lower):
        return []
    denied = denies(pair)
    for italian, english, opposite_it, opposite_en, noun in opposites():
        if denied and not noun:
            continue
        wrong = opposite_en.core.search(pair.en_lower)
        if not wrong or english.loose.search(pair.en_lower) or opposite_it.loose.search(pair.it_lower):
            continue
        if found := italian.core.search(pair.it_lower):
            return [pair.finding("negation", it=found.span(), en=wrong.span())]
    return []


def denies(pair: Pair) -> bool:
    """Whether either side has a plain negation."""
    return bool(explicit_english().search(pair.en_lower) or pattern("negation", "it.heads").search(pair.it_lower))


@cache
def opposites() -> tuple[tuple[Word, Word, Word, Word, bool], ...]:
    """The rows of `opposites.tsv`, each both ways: Italian, English, the opposites of both, whether a noun."""
    found = []
    for row in rows("opposites"):
        it, en, opposite_it, opposite_en = map(Word.of, row[:4])
        noun = row[4:] == ("noun",)
        found += [(it, en, opposite_it, opposite_en, noun), (opposite_it, opposite_en, it, en, noun)]
    return tuple(found)


@cache
def any_opposite() -> re.Pattern[str]:
    """Any of the English words; most sentences have none, and need no second look."""
    return re.compile("|".join(row[3].core.pattern for row in opposites()))
