"""The table of `models.coverage`: the English words that the corpus links to each Italian one.

All forms of a lemma share what any of them was linked to. A lemma that careful translators leave unsaid, or say in a
way seen hardly anywhere else, in more than `FREE` of its sentences is of no use to judge a translation by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from models.coverage import Coverage, asked_for
from models.hints import WORD
from models.reranking import stems
from models.training.dictionary import in_use
from models.training.lexicon import links

if TYPE_CHECKING:
    from pathlib import Path

    from models.coverage import Said
    from models.hints import Lexicon

SAMPLED = 60_000  # pairs of a source that are aligned, the first
SEEN = 3  # links of a lemma, from which on the table knows it
LEAST, LEAST_SHARE = 2, 0.01  # of them to one English word that are no accident
FREE = 0.2
PRIOR_FREE, PRIOR = 0.5, 5.0  # sentences that left a lemma out, and sentences with it, taken for seen beforehand


def table(
    pairs: Sequence[tuple[str, str]], judged: Iterable[tuple[str, str]], lexicon: Lexicon
) -> dict[str, tuple[str, ...]]:
    """The stems that each form is said with, most frequent first; none for a form of a lemma that is often left out.

    Args:
        pairs: Italian and English sentences, to be aligned.
        judged: pairs of a careful hand, which show what may be left out.
        lexicon: of the hints; what it knows is said is not left out.

    """
    linked: dict[str, Counter[str]] = defaultdict(Counter)
    for italian, english in links(pairs):
        linked[_lemma(italian)].update(stems(english).split())
    by_lemma = {lemma: _usual(found) for lemma, found in linked.items() if found.total() >= SEEN}
    said = {form: by_lemma[_lemma(form)] for form in _forms(linked, by_lemma)}
    free = _free(judged, said, lexicon)
    return {form: () if _lemma(form) in free else found for form, found in said.items()}


def write(said: Said, path: Path) -> None:
    """Write a table as `models.coverage.Table` reads it."""
    text = "".join(f"{form}\t{' '.join(found)}\n" for form, found in sorted(said.items()))
    path.write_text(text, encoding="utf-8")


def _usual(found: Counter[str]) -> tuple[str, ...]:
    least = max(LEAST, LEAST_SHARE * found.total())
    return tuple(stem for stem, count in found.most_common() if count >= least)


def _forms(linked: Mapping[str, object], known: Mapping[str, object]) -> Iterator[str]:
    """The forms in use of the lemmas that something is known of."""
    for form in {*linked, *(form for form, _ in in_use())}:
        if _lemma(form) in known and asked_for(form) and WORD.fullmatch(form):
            yield form


def _free(judged: Iterable[tuple[str, str]], said: Said, lexicon: Lexicon) -> set[str]:
    """The lemmas that are often left out."""
    seen: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for italian, english in judged:
        seen.update(_lemma(word.lower()) for word in WORD.findall(italian))
        missing.update(_lemma(word.lower()) for word in Coverage(italian, said, lexicon).left_out(english))
    return {lemma for lemma, count in missing.items() if count + PRIOR_FREE > FREE * (seen[lemma] + PRIOR)}


def _lemma(form: str) -> str:
    return _dictionary().get(form, form)


@cache
def _dictionary() -> Mapping[str, str]:
    """The lemma of each form."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    found: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary("it")
    return found
