"""Measure the claim finder: `python -m benchmarks.claims [--show] [--labelled FOLDER]`.

The set in `claims/` was written for it: sentences and short articles with every trap that is known. Figures:

sentences   share of the sentences that give exactly the kinds of claim they should
articles    share of the short articles whose attributions and denials are exactly the marked lines
by, to      overlap of the words with those asked for (F1), averaged over what is asked

The figures and the SHA-256 of the set stand in `claims.json`; a run that falls below them, or measures another set,
fails (`benchmarks.floors` has the options that change them). With `--labelled`, `by` and `to` are measured on
labelled articles too.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from benchmarks import claims_sets, floors
from benchmarks.claims_labelled import arguments_on
from benchmarks.claims_sets import Wanted, overlap
from summarize.claims import find
from summarize.document import Claim, Claims

FLOORS = Path(__file__).with_suffix(".json")


def kinds(found: Claims) -> str:
    """Write what was found as A, D, AD or nothing."""
    return ("A" if found.attributions else "") + ("D" if found.denials else "")


def of_sentences(show: bool) -> tuple[float, list[float]]:
    """Share of sentences with the right kinds, and the overlap of each argument asked for."""
    right, arguments = 0, []
    rows = claims_sets.sentence_set()
    for wanted in rows:
        found = find(claims_sets.article([wanted.it]))
        if kinds(found) == wanted.kinds:
            right += 1
            arguments += _arguments(wanted, (*found.attributions, *found.denials))
        elif show:
            print(f"sentence: wanted {wanted.kinds or '-'}, got {kinds(found) or '-'}: {wanted.it}")
    return right / len(rows), arguments


def _arguments(wanted: Wanted, found: Iterable[Claim]) -> list[float]:
    """The overlap of `by` and `to` of the first claim with what is asked."""
    first = next(iter(found), None)
    if first is None:
        return []
    asked = ((first.by, wanted.by), (first.to, wanted.to))
    return [overlap(ours, theirs) for ours, theirs in asked if theirs]


def of_articles(show: bool) -> tuple[float, list[float]]:
    """Share of short articles found exactly, and the overlap of each argument asked for."""
    right, arguments = 0, []
    cases = claims_sets.article_set()
    for case in cases:
        found = find(case.article)
        exact = True
        for kind, named in (("A", found.attributions), ("D", found.denials)):
            marked = {index for index, each in enumerate(case.wanted) if kind in each.kinds}
            got = {case.article.sentences[claim.sentences[0]].paragraph for claim in named}
            exact &= marked == got
            if show and marked != got:
                texts = [case.wanted[index].it for index in sorted(marked ^ got)]
                print(f"{case.name} {kind}: wanted {sorted(marked)}, got {sorted(got)}: {texts}")
            for claim in named:
                line = case.wanted[case.article.sentences[claim.sentences[0]].paragraph]
                if line.kinds.startswith(kind):
                    arguments += _arguments(line, [claim])
        right += exact
    return right / len(cases), arguments


def figures(show: bool = False) -> dict[str, float]:
    """All figures on our own set."""
    sentences, first = of_sentences(show)
    articles, second = of_articles(show)
    arguments = first + second
    return {
        "sentences": round(sentences, 4),
        "articles": round(articles, 4),
        "arguments": round(sum(arguments) / len(arguments), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="name every miss")
    floors.options(parser)
    parser.add_argument("--labelled", type=Path, help="a folder of labelled articles: measure `by` and `to` on it")
    options = parser.parse_args()
    now = figures(options.show)
    print("  ".join(f"{name} {value:.4f}" for name, value in now.items()), f" set {claims_sets.digest()[:12]}")
    if options.labelled:
        for name, value in arguments_on(options.labelled, options.show).items():
            print(f"{name} {value:.3f}")
    floors.gate(FLOORS, claims_sets.digest(), now, options)


if __name__ == "__main__":
    main()
