"""Compare ways to get a user's terms right: `python -m benchmarks.glossary [--show] [--fast] [--cache FILE]`.

The sixty sentences in `glossary/` were written for it, each with one term: bodies, terms of the trade, terms in
another form than the glossary has. All terms make one glossary. Figures of each way:

terms      sentences whose term has the right English
chrF       of all sentences, against the reference
findings   errors of the checks other than the glossary's

none                the translator alone
candidates          errors of the glossary decoded again, as `summarize.repair` does
placeholder         a made-up name in the term's place, the English put in for it afterwards
inline              the English term put into the Italian
told                as the pipeline tells the translator: a user's term put into the Italian, one of ours proposed
told, candidates    told, and decoded again where it is still wrong: what the product does
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.decoded import add_options, opened
from summarize import fidelity, pipeline, repair
from summarize import glossary as glossaries
from summarize.glossary import Term

if TYPE_CHECKING:
    from models.translator import Translator

SENTENCES = Path(__file__).parent / "glossary" / "sentences.tsv"
NONCE = "Xanor"  # no word of either language, read as a name


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its term and a reference."""

    kind: str
    term: Term
    it: str
    en: str


def cases() -> list[Case]:
    """Read the set."""
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [Case(kind, Term(source, (target,), own=True), it, en) for kind, source, target, it, en in rows]


def glossary(these: Sequence[Case]) -> tuple[Term, ...]:
    """The terms of all cases, longest first."""
    return tuple(sorted({case.term for case in these}, key=lambda term: (-len(term.source), term.source)))


def alone(these: Sequence[Case], translator: Translator) -> list[str]:
    return [said.text for said in translator.translate([case.it for case in these])]


def with_candidates(these: Sequence[Case], translator: Translator) -> list[str]:
    sources, terms = [case.it for case in these], glossary(these)
    said = repair.repair(sources, translator.translate(sources), translator, terms)
    return [glossaries.mend(it, each.text, terms) for it, each in zip(sources, said, strict=True)]


def told(way: Callable[[Sequence[Case], Translator], list[str]]) -> Callable[[Sequence[Case], Translator], list[str]]:
    """The same way with the terms proposed in the prompt."""

    def with_hints(these: Sequence[Case], translator: Translator) -> list[str]:
        return way(these, pipeline.informed(translator, glossary(these)))

    return with_hints


def replaced(text: str, terms: Sequence[Term], word: Callable[[str], str]) -> str:
    """The Italian with another word for each of its terms; `word` is told the English."""
    for term, (start, end) in sorted(glossaries.occurring(text, terms), key=lambda each: -each[1][0]):
        text = text[:start] + word(term.rendering(text[start:end])) + text[end:]
    return text


def inline(these: Sequence[Case], translator: Translator) -> list[str]:
    terms = glossary(these)
    sources = [replaced(case.it, terms, lambda english: english) for case in these]
    return [said.text for said in translator.translate(sources)]


def placeholder(these: Sequence[Case], translator: Translator) -> list[str]:
    terms = glossary(these)
    said = translator.translate([replaced(case.it, terms, lambda _: NONCE) for case in these])
    return [put_back(case, each.text) for case, each in zip(these, said, strict=True)]


def put_back(case: Case, english: str) -> str:
    """The English term where the made-up name stands; as it is where that was lost."""
    ((start, end),) = case.term.matches(case.it)
    found = glossaries.phrase(NONCE, "any").search(english)
    return glossaries.put(english, found, case.term.rendering(case.it[start:end])) if found else english


WAYS: dict[str, Callable[[Sequence[Case], Translator], list[str]]] = {
    "none": alone,
    "candidates": with_candidates,
    "placeholder": placeholder,
    "inline": inline,
    "told": told(alone),
    "told, candidates": told(with_candidates),
}


def measure(name: str, these: Sequence[Case], english: Sequence[str], show: bool) -> None:
    """Print the figures of one way."""
    from sacrebleu import corpus_chrf  # noqa: PLC0415 - slow to import

    total, right = Counter(case.kind for case in these), Counter[str]()
    errors = 0
    for case, said in zip(these, english, strict=True):
        good = case.term.right(said)
        right[case.kind] += good
        errors += sum(finding.severity == "error" for finding in fidelity.check(case.it, said))
        if show and not good:
            print(f"{name}: {case.it} | {said} | {case.term.targets[0]}")
    kinds = ", ".join(f"{kind} {right[kind]}/{total[kind]}" for kind in total)
    chrf = corpus_chrf(list(english), [[case.en for case in these]]).score
    print(f"{name:18} terms {right.total()}/{len(these)} ({kinds})  chrF {chrf:.1f}  findings {errors}")


def main(arguments: Sequence[str] | None = None, open_translator: Callable[[], Translator] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="name every term that is not right")
    parser.add_argument("--first", type=int, help="only the first so many sentences")
    add_options(parser)
    chosen = parser.parse_args(arguments)
    translator = opened(chosen, open_translator)
    these = cases()[: chosen.first]
    print(f"{len(these)} sentences, {translator.signature}")
    for name, way in WAYS.items():
        measure(name, these, way(these, translator), chosen.show)


if __name__ == "__main__":
    main()
