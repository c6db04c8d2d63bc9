"""What must survive translation: named findings for each sentence pair, without any model."""

from summarize.document import Finding
from summarize.fidelity import (
    acronyms,
    dates,
    hedging,
    identifiers,
    length,
    names,
    negation,
    numbers,
    opposites,
    quotations,
    repetition,
    speakers,
    untranslated,
)
from summarize.fidelity.pair import Pair

CHECKS = (
    length.check,
    untranslated.check,
    repetition.check,
    numbers.check,
    dates.check,
    names.check,
    acronyms.check,
    identifiers.check,
    negation.check,
    opposites.check,
    hedging.check,
    quotations.check,
    speakers.check,
)


def check(it: str, en: str) -> tuple[Finding, ...]:
    """Name what an English sentence lost or changed of the Italian one; empty when all is well.

    Args:
        it: an Italian sentence.
        en: its translation.

    """
    pair = Pair.of(it, en)
    return tuple(finding for one in CHECKS for finding in one(pair))
