"""The rules: data in `rules/*.toml`, one file a family, each rule with a name and a reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from summarize.boilerplate import literals

LONGEST = 600  # characters of a line that the patterns look at: nothing longer is a label or a call
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "\u00a0": " ", "\u00ad": None})
_WORDS = re.compile(r"<([a-z]+)>")
_SPACE = re.compile(r"\s+")
_LEFT = re.compile(r"^[^\w\"“«'(©€+]+")
_RIGHT = re.compile(r"[\s>\]*=~|/<:_\\›→•·–—-]+$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A regular expression, and runs of letters one of which it needs; None: it has to be tried."""

    find: Callable[[str], re.Match[str] | None]
    needs: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """What a line of boilerplate looks like.

    Attributes:
        family: the name of its file.
        phrases: matched at the start of the line's key (`key`), or anywhere in it; with `raw` in the folded line
            itself, with `cased` in the line as it stands.
        unless: the rule does not apply where this is found.
        effect: `line` removes the line; `list` also the titles after it; `toc` also the headings listed after it;
            `end` ends the article; `end-soft` ends it where less prose follows than stands before.
        sure: no sentence of an article says this; nothing protects from it.
        weak: on its own it removes nothing inside the body.
        where: `anywhere`; `outside`, nothing inside the body; `foot`, inside the body only in its last lines; `edge`,
            there, and beside other calls to the reader.

    """

    name: str
    family: str
    reason: str
    phrases: tuple[Phrase, ...] = ()
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

    def start(self, text: str) -> int | None:
        """Where in a line, given in the form that it asks for, the rule applies; None where it does not."""
        starts = [found.start() for phrase in self.phrases if (found := phrase.find(text))]
        return min(starts) if starts and not self.excludes(text) else None

    def excludes(self, text: str) -> bool:
        """Whether the line has what the rule does not apply to."""
        return bool(self.unless and self.unless.search(text))


class Table:
    """Rules with an index of the letters that their phrases need: most lines have to be tried on few phrases."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._always: list[tuple[int, Phrase]] = []
        self._by: dict[str, list[tuple[int, Phrase]]] = {}
        for number, rule in enumerate(self.rules):
            for phrase in rule.phrases:
                if phrase.needs is None:
                    self._always.append((number, phrase))
                for letters in phrase.needs or ():
                    self._by.setdefault(letters, []).append((number, phrase))

    def hits(self, text: str) -> tuple[Rule, ...]:
        """The rules that apply to a line, in their order."""
        return self.among(*forms(text))

    def among(self, text: str, folded: str, bare: str) -> tuple[Rule, ...]:
        """The same for a line in its three forms; see `forms`."""
        found: set[int] = set()
        tried = self._by.keys() & literals.of_text(folded)
        for number, phrase in chain(self._always, *(self._by[letters] for letters in tried)):
            if number not in found:
                rule = self.rules[number]
                line = text if rule.cased else folded if rule.raw else bare
                if phrase.find(line) and not rule.excludes(line):
                    found.add(number)
        return tuple(self.rules[number] for number in sorted(found))


def fold(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return _SPACE.sub(" ", text.translate(_QUOTES)).strip().casefold()


def key(text: str) -> str:
    """The folded line without the ornaments around it (`== articolo precedente ==`, `– Leggi anche`, emoji)."""
    return _bare(fold(text))


def forms(text: str) -> tuple[str, str, str]:
    """The part of a line that the rules look at: as it stands, folded, and its key."""
    text = text[:LONGEST].strip()
    folded = fold(text)
    return text, folded, _bare(folded)


def _bare(folded: str) -> str:
    return _RIGHT.sub("", _LEFT.sub("", folded))


def rule(family: str, entry: dict[str, Any], words: Mapping[str, list[str]]) -> Rule:
    """Read a rule from its table; `<name>` in a phrase stands for any of `words[name]`."""
    entry = dict(entry)

    def spelled(kind: str) -> list[str]:
        return [_WORDS.sub(lambda name: f"(?:{'|'.join(words[name[1]])})", phrase) for phrase in entry.pop(kind, [])]

    heads = [f"(?:{phrase})[:.!]*$" for phrase in spelled("line")] + spelled("start")
    unless = spelled("unless")
    cased = entry.get("cased", False)
    return Rule(
        family=family,
        phrases=(*_phrases(heads, "match", cased), *_phrases(spelled("has"), "search", cased)),
        unless=re.compile("|".join(unless)) if unless else None,
        **entry,
    )


def _phrases(patterns: Iterable[str], how: str, cased: bool) -> Iterator[Phrase]:
    """Compile patterns; those that have to be tried on every line become one."""
    bare = []
    for pattern in patterns:
        needs = None if cased else literals.of_pattern(pattern)
        if needs is None:
            bare.append(pattern)
        else:
            yield Phrase(getattr(re.compile(pattern), how), needs)
    if bare:
        yield Phrase(getattr(re.compile("|".join(bare)), how), None)


@cache
def load() -> Table:
    """All rules, in the order of their files."""
    rules: list[Rule] = []
    for path in sorted((Path(__file__).parent / "rules").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rules += [rule(path.stem, entry, table.get("words", {})) for entry in table["rule"]]
    return Table(rules)


POSITIONS = {
    "promotion-run": "stands between two lines of promotion and speaks of the offer",
    "before-body": "stands before the article",
    "after-body": "stands after the article",
    "credit-foreign": "an embedded post in another language",
    "between-body": "parts the first or last sentences from the others",
    "related-between": "a title or label between two lines of boilerplate",
    "related-unlisted": "a title that the table of contents does not name",
    "related-link": "a title that is all link, between paragraphs",
    "related-signed": "the title of another article, with its author and date",
}


def reasons() -> dict[str, tuple[str, str]]:
    """Name → (family, reason) of everything that removes a line."""
    named = {rule.name: (rule.family, rule.reason) for rule in load().rules}
    return named | {name: (name.split("-")[0], reason) for name, reason in POSITIONS.items()}


def families() -> frozenset[str]:
    """The names of the families."""
    return frozenset(family for family, _ in reasons().values())
