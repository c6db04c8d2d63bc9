"""Measure the claim finder: `python -m benchmarks.claims [--show] [--labelled FOLDER]`.

The set in `claims/` was written for it: sentences and short articles with every trap that is known. Figures:

sentences   share of the sentences that give exactly the kinds of claim they should
articles    share of the articles whose attributions and denials are exactly the marked lines
recall      share of the marked lines of the articles that are found
precision   share of the lines found that are marked, or marked as allowed
by, to      overlap of the words with those asked for (F1), averaged over what is asked

The figures and the SHA-256 of the set stand in `claims.json`; a run that falls below them, or measures another set,
fails (`benchmarks.floors` has the options that change them). With `--labelled`, `by` and `to` are measured on
labelled articles too.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import claims_sets, floors
from benchmarks.claims_labelled import arguments_on
from benchmarks.claims_sets import Case, Wanted, overlap
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


@dataclass(slots=True)
class Tally:
    """Counts over the articles."""

    articles: int = 0
    exact: int = 0
    marked: int = 0
    met: int = 0
    named: int = 0
    right: int = 0
    arguments: list[float] = field(default_factory=list)


def of_articles(show: bool) -> Tally:
    """Count over the articles what is found of what is marked, and the overlap of each argument asked for."""
    tally = Tally()
    for case in claims_sets.article_set():
        found = find(case.article)
        exact = [_of_kind(tally, case, "A", found.attributions, show), _of_kind(tally, case, "D", found.denials, show)]
        tally.articles += 1
        tally.exact += all(exact)
    return tally


def _of_kind(tally: Tally, case: Case, kind: str, named: tuple[Claim, ...], show: bool) -> bool:
    """Count one kind of claim in one article; whether it is exactly as marked."""
    marked = {index for index, each in enumerate(case.wanted) if kind in each.kinds}
    allowed = marked | {index for index, each in enumerate(case.wanted) if kind.lower() in each.kinds}
    lines = [case.article.sentences[claim.sentences[0]].paragraph for claim in named]
    wrong = (marked - set(lines)) | (set(lines) - allowed)
    tally.marked += len(marked)
    tally.met += len(marked & set(lines))
    tally.named += len(lines)
    tally.right += sum(line in allowed for line in lines)
    if show and wrong:
        texts = [case.wanted[index].it for index in sorted(wrong)]
        print(f"{case.name} {kind}: wanted {sorted(marked)}, got {sorted(lines)}: {texts}")
    for claim, line in zip(named, lines, strict=True):
        if case.wanted[line].kinds.startswith(kind):
            tally.arguments += _arguments(case.wanted[line], [claim])
    return not wrong


def figures(show: bool = False) -> dict[str, float]:
    """All figures on our own set."""
    sentences, first = of_sentences(show)
    tally = of_articles(show)
    arguments = first + tally.arguments
    return {
        "sentences": round(sentences, 4),
        "articles": round(tally.exact / tally.articles, 4),
        "recall": round(tally.met / tally.marked, 4),
        "precision": round(tally.right / tally.named, 4),
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
