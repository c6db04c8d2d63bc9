"""The rules: data in `rules/*.toml`, one file a family, each rule with a name and a reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 1500  # characters of a line that the patterns look at: nothing longer is a label or a call
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "\u00a0": " ", "\u00ad": None})
_WORDS = re.compile(r"<([a-z]+)>")
_SPACE = re.compile(r"\s+")
_LEFT = re.compile(r"^[^\w\"“«'(©€+]+")
_RIGHT = re.compile(r"[\s>\]*=~|/<:_\\›→•·–—-]+$")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a line of boilerplate looks like.

    Attributes:
        family: the name of its file.
        match: searched in the line's key (`key`), in the folded line itself when `raw`, in the line as it stands when
            `cased`.
        unless: the rule does not apply where this is found.
        effect: `line` removes the line; `list` also the titles after it; `toc` also the headings listed after it;
            `end` ends the article; `end-soft` ends it where less prose follows than stands before.
        sure: no sentence of an article says this; nothing protects from it.
        weak: on its own it removes nothing inside the body.
        where: `anywhere`; `outside`, nothing inside the body; `foot`, inside the body only in its last lines.
    """

    name: str
    family: str
    reason: str
    match: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    effect: str = "line"
    raw: bool = False
    cased: bool = False
    sure: bool = False
    weak: bool = False
    where: str = "anywhere"

    @property
    def firm(self) -> bool:
        """Whether the rule says the same of a line wherever it stands."""
        return not self.weak and self.where == "anywhere"

    def hits(self, text: str, folded: str, key: str) -> bool:
        """Say whether the rule applies to a line, given in three forms."""
        form = text if self.cased else folded if self.raw else key
        return bool(self.match.search(form)) and not (self.unless and self.unless.search(form))


def compiled(line: Iterable[str] = (), start: Iterable[str] = (), has: Iterable[str] = ()) -> re.Pattern[str]:
    """One pattern of three kinds of phrases: the whole line, the start of a line, anywhere in it."""
    pieces = [f"^(?:{phrase})[:.!]*$" for phrase in line] + [f"^(?:{phrase})" for phrase in start] + [*has]
    return re.compile("|".join(pieces))


def fold(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().casefold()


def key(text: str) -> str:
    """The folded line without the ornaments around it (`== articolo precedente ==`, `– Leggi anche`, emoji)."""
    folded = fold(text)
    return _RIGHT.sub("", _LEFT.sub("", folded))


def rule(family: str, entry: dict[str, Any], words: Mapping[str, list[str]]) -> Rule:
    """Read a rule from its table; `<name>` in a phrase stands for any of `words[name]`."""
    entry = dict(entry)

    def spelled(kind: str) -> list[str]:
        return [_WORDS.sub(lambda name: f"(?:{'|'.join(words[name[1]])})", phrase) for phrase in entry.pop(kind, [])]

    match = compiled(spelled("line"), spelled("start"), spelled("has"))
    unless = spelled("unless")
    return Rule(family=family, match=match, unless=compiled(has=unless) if unless else None, **entry)


@cache
def load() -> tuple[Rule, ...]:
    """All rules, in the order of their files."""
    rules: list[Rule] = []
    for path in sorted((Path(__file__).parent / "rules").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rules += [rule(path.stem, entry, table.get("words", {})) for entry in table["rule"]]
    return tuple(rules)


POSITIONS = {
    "promotion-run": "stands between two lines of promotion and speaks of the offer",
    "before-body": "stands before the article",
    "after-body": "stands after the article",
    "related-unlisted": "a title that the table of contents does not name",
    "related-link": "a title that is all link, between paragraphs",
    "related-signed": "the title of another article, with its author and date",
}


def reasons() -> dict[str, tuple[str, str]]:
    """Name → (family, reason) of everything that removes a line."""
    named = {rule.name: (rule.family, rule.reason) for rule in load()}
    return named | {name: (name.split("-")[0], reason) for name, reason in POSITIONS.items()}


def families() -> frozenset[str]:
    """The names of the families."""
    return frozenset(family for family, _ in reasons().values())


def hits(text: str, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that apply to a line."""
    text = text[:LONGEST].strip()
    folded, bare = fold(text), key(text)
    return tuple(rule for rule in rules if rule.hits(text, folded, bare))
