"""What a line looks like, in numbers: its shape, its words, its place among its neighbours."""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from summarize.boilerplate import protection, rules
from summarize.boilerplate.rules import Rule, Table
from summarize.document import Line

_TABLE = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
FUNCTION, VERBS, ADDRESS, PROMOTION, PLATFORMS, ENGLISH = (
    frozenset(_TABLE[name].split()) for name in ("function", "verbs", "address", "promotion", "platforms", "english")
)
_WORD = re.compile(r"[^\W\d_]+(?:['’](?=\s|$))?", re.UNICODE)
# an agency or author signs behind the full stop
_END = re.compile(r"[.!?][\"”»’')\]]*(?: ?\([\w/ .-]{2,30}\)| ?[♦◆■●▪*]+(?: \w{1,4})?)?$")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")
_GLUED_START = re.compile(r"^(?:[A-ZÀ-Ü]\w*[ -]){0,2}[A-ZÀ-Ü]?[a-zà-ü]+(?:[A-ZÀ-Ü][a-zà-ü’']|[“«\"][A-ZÀ-Ü])")
_MONTH = r"(?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)\w*"
_DATE = re.compile(
    rf"\b\d{{1,2}}[ /.-](?:\d{{1,2}}|{_MONTH})[ /.-]\d{{2,4}}"
    rf"|\b{_MONTH} \d{{1,2}},? \d{{4}}|\b\d{{4}}[-/]\d{{2}}[-/]\d{{2}}\b|^\d{{1,2}} {_MONTH}\W*$",
    re.I,
)
_TECHNICAL = re.compile(
    r"[0-9a-fA-F]{32,64}|\d{1,3}(?:\[?\.\]?\d{1,3}){3}(?:[:/]\S*)?|\S+\[\.\]\S+|hxxps?\S+|CVE-\d{4}-\d{4,}", re.I
)
TAIL = 60  # characters that show how a line ends
DATED_WORDS = 30  # of a line that may be there for its date
REACH = 5  # lines
UNSTOPPED_WORDS = 8  # of a sentence, on a page that ends none with a full stop
SHORTEST = 6  # words; a shorter line is no sentence worth protecting
INTRODUCED = 3  # words of a line with a colon that a list stands under
SENTENCE_WORDS = 9  # a line of at least so many words that ends like a sentence is prose


@dataclass(frozen=True)
class View:
    """A line with what is computed once about it.

    Attributes:
        hits: the rules that apply to it, wherever it stands.
        hints: rules that apply to it, but say little inside the body.
        saved: rules that would apply, each with what protects the line from it.

    """

    line: Line
    key: str
    words: tuple[str, ...]
    hits: tuple[Rule, ...]
    hints: tuple[Rule, ...]
    saved: tuple[tuple[Rule, str], ...]
    ends: bool
    cut: bool
    dated: bool

    @property
    def foreign(self) -> bool:
        """Whether the line is in English."""
        return sum(word in ENGLISH for word in self.words) > max(2, sum(word in FUNCTION for word in self.words))

    @property
    def technical(self) -> bool:
        """Whether the line is an address, a hash or another mark of an attack."""
        return bool(_TECHNICAL.fullmatch(self.line.text))

    @cached_property
    def shape(self) -> Mapping[str, float]:
        """The features that need no other line."""
        return own(self)

    @cached_property
    def prose(self) -> bool:
        """Whether the line is at least one full sentence."""
        return is_prose(self.words, self.ends, self.cut)


def view(line: Line, table: Table | None = None) -> View:
    """Look at a line by itself, by the rules given or all of them."""
    text = line.text
    words = tuple(word.lower() for word in _WORD.findall(text))
    cut = bool(_CUT.search(text[-TAIL:]))
    ends = bool(_END.search(text[-TAIL:])) and not cut
    forms = rules.forms(text)
    found = (table or rules.load()).among(*forms)
    shields = {
        rule: protection.of(text, rule) for rule in found if _can_be_told(rule) and ends and len(words) >= SHORTEST
    }
    return View(
        line=line,
        key=forms[2],
        words=words,
        hits=tuple(rule for rule in found if rule.firm and shields.get(rule) is None),
        hints=tuple(rule for rule in found if not rule.firm and shields.get(rule) is None),
        saved=tuple((rule, shield) for rule, shield in shields.items() if shield),
        ends=ends,
        cut=cut,
        dated=len(words) <= DATED_WORDS and bool(_DATE.search(text)),
    )


def unstopped(views: Sequence[View]) -> list[View]:
    """On a page that ends no sentence with a full stop, take its long lines for sentences."""
    if any(view.prose and not view.hits for view in views):
        return list(views)
    return [
        replace(view, ends=True)
        if len(view.words) >= UNSTOPPED_WORDS
        and sum(word in FUNCTION for word in view.words) > 1
        and not (view.hits or view.hints or view.cut)
        else view
        for view in views
    ]


def _can_be_told(rule: Rule) -> bool:
    return rule.firm or rule.where == "edge"


def is_prose(words: Sequence[str], ends: bool, cut: bool) -> bool:
    """Whether a line is at least one full sentence."""
    return len(words) >= SENTENCE_WORDS and (ends or (len(words) >= 30 and not cut))


def _share(words: Sequence[str], table: frozenset[str]) -> float:
    return sum(word in table for word in words) / len(words) if words else 0.0


def own(view: View) -> dict[str, float]:
    """The features of a line that need no other line."""
    text, words = view.line.text, view.words
    addresses, promotes = (sum(word in table for word in words) for table in (ADDRESS, PROMOTION))
    starts = text.split()
    return {
        "words": math.log2(1 + len(words)),
        "short": float(len(words) <= 4),
        "long": float(len(words) >= 25),
        "ends": float(view.ends),
        "sentence": float(view.ends and len(words) >= 4),
        "cut": float(view.cut),
        "function words": min(_share(words, FUNCTION), 0.5),
        "verb": float(not VERBS.isdisjoint(words)),
        "commas": math.log2(1 + min(text.count(","), 15)),
        "quoted": float(any(mark in text for mark in "“”«»")),
        "lower start": float(text[:1].islower()),
        "symbol start": float(not text[:1].isalnum() and text[:1] not in "“«\"‘'("),
        "emoji": float(unicodedata.category(text[0]) in {"So", "Sk"} or ord(text[0]) > 0x1F000),
        "capitals": sum(word[:1].isupper() for word in starts[1:]) / max(len(starts), 1),
        "address": min(addresses, 5) / 5,
        "promotion": min(promotes, 5) / 5,
        "glued": float(bool(_GLUED_START.match(text))),
        "dated": float(view.dated and len(words) < 12),
        "rule": float(bool(view.hits)),
        "hint": float(bool(view.hints)),
        "link": float(view.line.role == "link"),
        "chrome": float(view.line.role == "chrome"),
        "caption": float(view.line.role == "caption"),
        "not main": float(not view.line.main),
    }


def of_page(views: Sequence[View]) -> list[dict[str, float]]:
    """The features of each line of a page, neighbours included."""
    counts = Counter(view.key for view in views)
    table = [dict(view.shape) for view in views]
    prose = [float(view.prose and not view.hits) for view in views]
    since, until = _distances(prose), _distances(prose[::-1])[::-1]
    for index, row in enumerate(table):
        window = prose[max(0, index - 3) : index] + prose[index + 1 : index + 4]
        row["repeated"] = float(counts[views[index].key] > 1)
        row["prose near"] = sum(window) / len(window) if window else 1.0
        row["prose before"] = 1 / since[index]
        row["prose after"] = 1 / until[index]
        row["between"] = float(since[index] <= REACH and until[index] <= REACH)
        row["listed"] = float(is_item(views, index))
    return table


def _distances(prose: Sequence[float]) -> list[float]:
    """How many lines back the last prose stands; infinite where there is none."""
    distances, last = [], math.inf
    for value in prose:
        distances.append(last)
        last = 1 if value else last + 1
    return distances


def is_item(views: Sequence[View], index: int) -> bool:
    """An item of a list inside the text: after a colon, or after an item."""
    for previous in range(index - 1, max(-1, index - 12), -1):
        text = views[previous].line.text
        if views[previous].hits:
            continue
        if text.endswith(":") and len(views[previous].words) >= INTRODUCED:
            return True
        if text.endswith((".", "!", "?")):
            return False
    return False
