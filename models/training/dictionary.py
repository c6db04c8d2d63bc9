"""The lexicon of hints (`models.hints`): dictionaries written by hand, and what the corpora add to them.

`dictionary/lemmas.tsv`, `forms.tsv`, `names.tsv`, `phrases.tsv` and `locutions.tsv` hold Italian and English between
tabs, several renderings parted by " / ". A lemma stands for all its forms, and so does the verb that a locution begins
with; the others stand as they are and go before these. The rendering "-" is for what had better not be hinted at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from models.hints import Hint, key
from models.training.conjugation import forms
from models.training.hinted import holds, stems

FOLDER = Path(__file__).with_name("dictionary")
MOST_RENDERINGS = 3
NONE = "-"
ENOUGH = 5  # sentences with an entry, from which on the corpus has a say about it
LEAST_BORNE_OUT = 0.25  # of those sentences whose translation has one of the renderings
SHORTEST = 3  # letters of a form; shorter ones are function words and fragments

Row = tuple[str, str, int]
"""An entry of the lexicon: its key, its renderings joined with " / ", its frequency."""


def rows(corpus: Iterable[Row], pairs: Iterable[tuple[str, str]], folder: Path = FOLDER) -> list[Row]:
    """All entries in order of their keys: the written ones, completed by those found in a corpus.

    Args:
        corpus: entries found by word alignment.
        pairs: Italian and English sentences: frequencies are counted in them, and entries that they contradict go.
        folder: the written dictionaries.

    """
    written = spread(read(folder / "lemmas.tsv")) | conjugated(read(folder / "locutions.tsv"))
    for name in ("forms.tsv", "names.tsv", "phrases.tsv"):
        written |= read(folder / name)
    for form, renderings, _ in corpus:
        if written.get(form) != NONE:
            written[form] = _merged(written.get(form, ""), renderings)
    seen, borne_out = _counted(pairs, written)
    return [
        (form, english, seen[form])
        for form, english in sorted(written.items())
        if english != NONE and (seen[form] < ENOUGH or borne_out[form] >= LEAST_BORNE_OUT * seen[form])
    ]


def read(path: Path) -> dict[str, str]:
    """Renderings by key; the first of two lines for the same key counts. Raises OSError or ValueError."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        italian, english = line.split("\t")
        if key(italian) not in {"", english.lower()}:  # what is copied needs no hint
            found.setdefault(key(italian), english)
    return found


def spread(lemmas: Mapping[str, str]) -> dict[str, str]:
    """The renderings of lemmas for every form of theirs that is in use."""
    return {**{form: lemmas[lemma] for form, lemma in in_use() if lemma in lemmas}, **lemmas}


def conjugated(locutions: Mapping[str, str]) -> dict[str, str]:
    """The renderings of locutions for every form of the verb that they begin with."""
    spread: dict[str, str] = {}
    for locution, english in locutions.items():
        verb, _, rest = locution.partition(" ")
        for form in forms(verb):
            spread.setdefault(key(f"{form} {rest}"), english)
    return {**spread, **locutions}


def in_use() -> Iterator[tuple[str, str]]:
    """Italian forms that are in use, with their lemmas."""
    import wordfreq
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    used = set(wordfreq.iter_wordlist("it"))
    for form, lemma in DefaultDictionaryFactory().get_dictionary("it").items():
        if form in used and len(form) >= SHORTEST:
            yield form, lemma


def _merged(written: str, found: str) -> str:
    """The written renderings, then those found that are not the same word in another inflection."""
    renderings = written.split(" / ") if written else []
    for rendering in found.split(" / "):
        if all(stems(rendering) != stems(other) for other in renderings):
            renderings.append(rendering)
    return " / ".join(renderings[:MOST_RENDERINGS])


def _counted(pairs: Iterable[tuple[str, str]], entries: Mapping[str, str]) -> tuple[Counter[str], Counter[str]]:
    """How often each entry occurs, and how often the translation then has one of its renderings."""
    longest = max((entry.count(" ") + 1 for entry in entries), default=1)
    seen: Counter[str] = Counter()
    borne_out: Counter[str] = Counter()
    for italian, english in pairs:
        words, target = key(italian).split(" "), stems(english)
        spans = {" ".join(words[i : i + size]) for size in range(1, longest + 1) for i in range(len(words) - size + 1)}
        found = [span for span in spans if span in entries]
        seen.update(found)
        borne_out.update(span for span in found if holds(Hint(span, entries[span]), target))
    return seen, borne_out
