"""The rules: data in `rules/*.toml`, one file a family, each rule with a name and a reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 600  # characters of a line that the patterns look at: nothing longer is a label or a call
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
        opening, within: matched at the start of the line's key (`key`), or anywhere in it; with `raw` in the folded
            line itself, with `cased` in the line as it stands.
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
    opening: re.Pattern[str] | None = None
    within: re.Pattern[str] | None = None
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

    def match(self, text: str) -> re.Match[str] | None:
        """Where the rule applies to a line, given in the form that it asks for."""
        found = self.opening.match(text) if self.opening else None
        if found is None and self.within:
            found = self.within.search(text)
        return found if found and not (self.unless and self.unless.search(text)) else None

    def hits(self, text: str, folded: str, key: str) -> bool:
        """Say whether the rule applies to a line, given in three forms."""
        return self.match(text if self.cased else folded if self.raw else key) is not None


def fold(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().casefold()


def key(text: str) -> str:
    """The folded line without the ornaments around it (`== articolo precedente ==`, `– Leggi anche`, emoji)."""
    return _RIGHT.sub("", _LEFT.sub("", fold(text)))


def rule(family: str, entry: dict[str, Any], words: Mapping[str, list[str]]) -> Rule:
    """Read a rule from its table; `<name>` in a phrase stands for any of `words[name]`."""
    entry = dict(entry)

    def spelled(kind: str) -> list[str]:
        return [_WORDS.sub(lambda name: f"(?:{'|'.join(words[name[1]])})", phrase) for phrase in entry.pop(kind, [])]

    heads = [f"(?:{phrase})[:.!]*$" for phrase in spelled("line")] + spelled("start")
    within, unless = spelled("has"), spelled("unless")
    return Rule(
        family=family,
        opening=re.compile("|".join(heads)) if heads else None,
        within=re.compile("|".join(within)) if within else None,
        unless=re.compile("|".join(unless)) if unless else None,
        **entry,
    )


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
