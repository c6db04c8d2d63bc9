"""Second tries: a sentence that lost a fact is decoded again, and the candidate that keeps most is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarize import fidelity, glossary

if TYPE_CHECKING:
    from models.translator import Translation, Translator
    from summarize.glossary import Term

COUNT = 8  # candidates of a sentence: the width of the beam
PRICE = 0.5  # mean log-probability of a token that a candidate may be below the first try for each error it mends


def repair(
    sentences: Sequence[str],
    translations: Sequence[Translation],
    translator: Translator,
    terms: Sequence[Term] = (),
) -> list[Translation]:
    """Decode the sentences with errors again and keep what is better.

    A candidate replaces the first try only when it has fewer findings, and only when the model does not hold it for
    much less likely: a sentence that keeps a number but says something else is no repair.

    Args:
        sentences: Italian.
        translations: the first try for each.
        translator: asked for candidates of the sentences that have errors, in one call.
        terms: a glossary; a term that is wrong counts as any other error.

    Returns:
        As many translations, in order; those without errors unchanged.

    """
    wrong = doubtful(sentences, translations, terms)
    repaired = list(translations)
    if not wrong:
        return repaired
    candidates = translator.candidates([sentences[i] for i in wrong], COUNT)
    for i, offered in zip(wrong, candidates, strict=True):
        repaired[i] = best(sentences[i], translations[i], offered, terms)
    return repaired


def doubtful(sentences: Sequence[str], translations: Sequence[Translation], terms: Sequence[Term] = ()) -> list[int]:
    """The indices of the sentences that `repair` would have decoded again, `COUNT` candidates each.

    Not those that only seem to leave words out: the translator has weighed that among its hypotheses.
    """
    pairs = enumerate(zip(sentences, translations, strict=True))
    return [i for i, (it, en) in pairs if en.flags or burden(it, en.text, terms)[0]]


def best(
    sentence: str, first: Translation, offered: Sequence[Translation], terms: Sequence[Term], price: float = PRICE
) -> Translation:
    """The candidate with the fewest errors, then warnings, then the highest score; the first try unless beaten."""
    errors, warnings = _wrong(sentence, first, terms)
    chosen, key = first, (errors, warnings, -first.score)
    for candidate in offered:
        if not candidate.text.strip():
            continue
        fewer, lighter = _wrong(sentence, candidate, terms)
        mended, weight = errors - fewer, (fewer, lighter, -candidate.score)
        if mended > 0 and weight < key and candidate.score >= first.score - price * mended:
            chosen, key = candidate, weight
    return chosen


def _wrong(sentence: str, translation: Translation, terms: Sequence[Term]) -> tuple[int, int]:
    """The burden of a translation, to which what went wrong in decoding adds, and that words seem left out."""
    errors, warnings = burden(sentence, translation.text, terms)
    return errors + len(translation.flags) + translation.misses, warnings


def burden(sentence: str, english: str, terms: Sequence[Term]) -> tuple[int, int]:
    """How many errors and how many warnings a pair has."""
    findings = (*fidelity.check(sentence, english), *glossary.check(sentence, english, terms))
    errors = sum(finding.severity == "error" for finding in findings)
    return errors, len(findings) - errors
