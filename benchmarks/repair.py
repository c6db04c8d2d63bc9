"""Measure second tries: `python -m benchmarks.repair [--articles FOLDER [--show]] [--sets FOLDER] [--first N]`.

`--articles`: over the sentences of articles, errors and sentences with errors before and after, and how many sentences
were changed, with the settings of `summarize.repair`.

`--sets`: over `press-dev` and `flores-dev`, the chrF of the sentences that repair changed, before and after, for each
source of candidates, number of them and price of a mended error. All come from one decode of each source:

beam 8, beam 4      the first eight and four of a beam of eight
without hints       the first four of a beam of four, with nothing proposed in the prompt
beam 4 + without    both
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import articles, testsets
from benchmarks.articles import Said
from benchmarks.decoded import Decoded, add_options, opened
from benchmarks.testsets import ParallelSet
from summarize import glossary, pipeline, repair

if TYPE_CHECKING:
    from models.translator import Translation, Translator
    from summarize.glossary import Term

    Candidates = dict[int, Sequence[Translation]]

PRICES = (0.25, 0.5, 1.0)
WIDE, NARROW = 8, 4


def errors(sources: Sequence[str], said: Sequence[Translation], terms: Sequence[Term]) -> list[int]:
    """Errors of each sentence, those of decoding among them."""
    return [repair.burden(it, en.text, terms)[0] + len(en.flags) for it, en in zip(sources, said, strict=True)]


def on_articles(said: Said) -> None:
    """Print what repair does to the sentences of some articles."""
    terms = glossary.combined()
    old, new = (errors(said.sources, each, terms) for each in (said.first, said.taken))
    print(f"{said.articles} articles, {len(said.sources)} sentences, {count(old)} decoded again")
    print(
        f"  errors {sum(old)} -> {sum(new)}  sentences with errors {count(old)} -> {count(new)}  "
        f"changed {len(changed(said))}"
    )


def changed(said: Said) -> list[tuple[str, str, str]]:
    """Italian, first try and second try of each sentence that repair changed."""
    rows = zip(said.sources, said.first, said.taken, strict=True)
    return [(italian, first.text, taken.text) for italian, first, taken in rows if first.text != taken.text]


def count(errors: Iterable[int]) -> int:
    return sum(map(bool, errors))


def sources_of(test: ParallelSet, doubtful: Sequence[int], told: Translator, bare: Translator) -> dict[str, Candidates]:
    """The candidates of each doubtful sentence from each source."""
    sentences = [test.sources[i] for i in doubtful]
    wide: Candidates = dict(zip(doubtful, told.candidates(sentences, WIDE), strict=True))
    other: Candidates = dict(zip(doubtful, bare.candidates(sentences, NARROW), strict=True))
    return {
        "beam 8": wide,
        "beam 4": {i: offered[:NARROW] for i, offered in wide.items()},
        "without hints": other,
        "beam 4 + without": {i: [*wide[i][:NARROW], *other[i]] for i in doubtful},
    }


def on_set(name: str, test: ParallelSet, translator: Decoded) -> None:
    """Print the gain of each setting on a set."""
    from sacrebleu import corpus_chrf  # noqa: PLC0415 - slow to import

    terms = glossary.combined()
    told = pipeline.informed(translator, terms)
    before = told.translate(test.sources)
    doubtful = repair.doubtful(test.sources, before, terms)
    offered = sources_of(test, doubtful, told, translator.advised(None))
    old = errors(test.sources, before, terms)
    print(f"{name}: {len(before)} sentences, {len(doubtful)} with errors, {sum(old)} errors")
    print("  source            price  changed  errors  chrF of the changed  chrF of all")
    for (source, candidates), price in product(offered.items(), PRICES):
        after = list(before)
        for i in doubtful:
            after[i] = repair.best(test.sources[i], before[i], candidates[i], terms, price)
        changed = [i for i in doubtful if after[i].text != before[i].text]

        def chrf(said: Sequence[Translation], rows: Sequence[int]) -> float:
            references = [[reference[i] for i in rows] for reference in test.references]
            return corpus_chrf([said[i].text for i in rows], references).score if rows else 0.0

        everything = range(len(before))
        print(
            f"  {source:16}  {price:5.2f}  {len(changed):7}  {sum(errors(test.sources, after, terms)):6}  "
            f"{chrf(before, changed):8.1f} -> {chrf(after, changed):5.1f}    "
            f"{chrf(before, everything):.2f} -> {chrf(after, everything):.2f}"
        )


def main(arguments: Sequence[str] | None = None, open_translator: Callable[[], Translator] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="a folder of Italian articles")
    parser.add_argument("--sets", type=Path, help="the folder of press-dev and flores-dev")
    parser.add_argument("--first", type=int, help="only the first so many articles, and sentences of each set")
    parser.add_argument("--show", action="store_true", help="the sentences of articles that repair changed")
    add_options(parser)
    chosen = parser.parse_args(arguments)
    if not chosen.articles and not chosen.sets:
        parser.error("name --articles, --sets or both")
    translator = opened(chosen, open_translator)
    if chosen.sets:
        for name in ("press-dev", "flores-dev"):
            on_set(name, testsets.read(chosen.sets, name, chosen.first), translator)
    if chosen.articles:
        said = articles.translated(chosen.articles, translator, chosen.first)
        on_articles(said)
        for italian, first, taken in changed(said) if chosen.show else ():
            print(f"{italian}\n- {first}\n+ {taken}")


if __name__ == "__main__":
    main()
