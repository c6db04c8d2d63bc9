"""Labelled articles beside the checkout: candidates with their labels, and how well `by` and `to` are named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.claims_sets import overlap
from summarize import pipeline
from summarize.claims import find, matching, ranking, speakers
from summarize.document import Article, Claim

QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate: what the ranker sees of it, and which labelled sentences it covers."""

    features: dict[str, float]
    covers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The candidates of one kind in one article."""

    name: str
    outlet: str
    borderline: bool
    wanted: int
    rows: tuple[Row, ...]


def same(one: str, other: str) -> bool:
    """Whether two sentences are one: one holds the other, or their words overlap (F1 of 0.6 or more)."""
    one, other = (" ".join(text.translate(QUOTES).split()) for text in (one, other))
    if one in other or other in one:
        return min(len(one), len(other)) > 20 or one == other
    ours, theirs = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return bool(ours and theirs) and 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= 0.6


def articles(folder: Path) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Every article of a folder, cleaned, with its labels."""
    for path in sorted(folder.glob("*.txt")):
        yield pipeline.article(path), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def candidates(folder: Path) -> dict[str, list[Labelled]]:
    """The candidates of every article, by kind."""
    table: dict[str, list[Labelled]] = {"attribution": [], "denial": []}
    for article, label in articles(folder):
        contexts = speakers.contexts(article)
        blaming, denying = matching.candidates(contexts)
        for kind, own, opposite in (("attribution", blaming, denying), ("denial", denying, blaming)):
            wanted = label[f"{kind}_sentence"] or []
            rows = []
            for each in own:
                values = ranking.features(each, article.title or "", len(contexts), own, opposite)
                last = article.sentences[each.context.joined or each.context.index]
                it = article.text[article.sentences[each.context.index].start : last.end]
                rows.append(Row(values, frozenset(i for i, text in enumerate(wanted) if same(it, text))))
            name = Path(article.source).stem
            table[kind].append(Labelled(name, label["source"], bool(label["borderline"]), len(wanted), tuple(rows)))
    return table


def arguments_on(folder: Path, show: bool = False) -> dict[str, float]:
    """Overlap of `by` and `to` with the labels, averaged over the labelled claims; a claim not found counts as 0.

    A label that names several ("Avakov, Turčinov (Ucraina)") is met by the best of its parts.
    """
    totals: dict[str, list[float]] = {"attribution by": [], "attribution to": [], "denial by": []}
    found_only: dict[str, list[float]] = {name: [] for name in totals}
    for article, label in articles(folder):
        found = find(article)
        for name, values in totals.items():
            kind, field = name.split()
            named: tuple[Claim, ...] = found.attributions if kind == "attribution" else found.denials
            for text in label[f"{kind}_sentence"] or []:
                hits = [claim for claim in named if same(claim.it, text)]
                value = max((_best(getattr(claim, field), label[f"{kind}_{field}"]) for claim in hits), default=0.0)
                values.append(value)
                if hits:
                    found_only[name].append(value)
                if show and hits and value < 0.5:
                    got = getattr(hits[0], field)
                    print(f"{Path(article.source).stem} {name}: got {got!r}, label {label[f'{kind}_{field}']!r}")
    figures = {name: sum(values) / max(1, len(values)) for name, values in totals.items()}
    return figures | {f"{name} where found": sum(values) / max(1, len(values)) for name, values in found_only.items()}


def _best(found: str | None, label: str | None) -> float:
    if not found or not label:
        return 0.0
    parts = [label, *(part for part in re.split(r"[;()/]|, ", label) if part.strip())]
    return max(overlap(found, part) for part in parts)
