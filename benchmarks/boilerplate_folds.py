"""Models for cross-validation by outlet: what was learned or listed from an outlet is left out for that outlet."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.boilerplate_pages import BOILERPLATE, Labelled
from benchmarks.boilerplate_training import fit, folds
from summarize.boilerplate import Model, rules
from summarize.boilerplate.rules import Rule, Table

KINDS = ("line", "start", "has")


def models(pages: Sequence[Labelled], others: Sequence[Labelled]) -> Iterator[tuple[set[str], Model]]:
    """Five folds of the pages' outlets, each with the model to measure it by.

    The weights are learned from the other folds and from `others`. Of the rules, every phrase goes that matches a
    line of boilerplate of the fold's outlets and of no other outlet among `pages`: it may have been listed from them.
    """
    table = Table(_phrases())
    support = _outlets(table, pages)
    for group in folds(pages):
        left = Table(rule for rule in table.rules if rule not in support or support[rule] - group)
        learned = fit([*others, *(page for page in pages if page.outlet not in group)], left)
        yield group, Model(left, learned)


def _phrases() -> Iterator[Rule]:
    """Every phrase of every rule as a rule of its own."""
    for path in sorted((Path(rules.__file__).parent / "rules").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        words: dict[str, list[str]] = table.get("words", {})
        for entry in table["rule"]:
            shared = {name: value for name, value in entry.items() if name not in KINDS}
            for kind in KINDS:
                for phrase in entry.get(kind, []):
                    for single in _alternatives(phrase, words):
                        yield _single(path.stem, shared, kind, single, words)


def _alternatives(phrase: str, words: dict[str, list[str]]) -> list[str]:
    """A phrase that lists labels or networks is as many phrases."""
    listed = re.search(r"<(label|network|take|call)>", phrase)
    if not listed:
        return [phrase]
    return [phrase.replace(listed[0], f"(?:{word})", 1) for word in words[listed[1]]]


def _single(family: str, shared: dict[str, Any], kind: str, phrase: str, words: dict[str, list[str]]) -> Rule:
    return rules.rule(family, {**shared, kind: [phrase]}, words)


def _outlets(table: Table, pages: Sequence[Labelled]) -> dict[Rule, set[str]]:
    """Phrase → the outlets with a line of boilerplate that it matches."""
    found: dict[Rule, set[str]] = defaultdict(set)
    for page in pages:
        for line, label in zip(page.page.lines, page.labels, strict=True):
            if label == BOILERPLATE:
                for rule in table.hits(line.text):
                    found[rule].add(page.outlet)
    return found
