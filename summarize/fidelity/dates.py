"""Months and days of the week."""

import re
from functools import lru_cache

from summarize.document import Finding
from summarize.fidelity.lexicon import rows
from summarize.fidelity.pair import Pair, Span, fold

NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{1,2})(?:[./-]\d{2,4})?(?![\d/-])")
ABBREVIATED = re.compile(
    r"(?<!\w)(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|tues|wed|thur?s?|fri|sat|sun)\.?(?!\w)"
)


@lru_cache(maxsize=1)
def names() -> tuple[dict[str, str], dict[str, str]]:
    """Italian and English names, each with the English name in lower case as its key."""
    italian = {fold(row[0]): row[1].lower() for row in rows("calendar")}
    english = {row[1].lower(): row[1].lower() for row in rows("calendar")}
    return italian, english | {name + "s": name for name in english if name.endswith("day")}


@lru_cache(maxsize=1)
def months() -> dict[int, str]:
    """The English month, in lower case, by its number."""
    return {int(row[2]): row[1].lower() for row in rows("calendar") if len(row) > 2}


def check(pair: Pair) -> list[Finding]:
    """Compare the months and weekdays of both sides; a numeric date answers for its month."""
    italian_names, english_names = names()
    italian: dict[str, Span] = {}
    for word in pair.it_words:
        if word.folded in italian_names:
            italian.setdefault(italian_names[word.folded], word.span)
    english: dict[str, Span] = {}
    for word in pair.en_words:
        if word.capitalised and word.folded in english_names and not modal(pair, word.start, word.folded):
            english.setdefault(english_names[word.folded], word.span)
    lost = [name for name in italian if name not in english]
    added = [name for name in english if name not in italian]
    if not lost and not added:
        return []
    lost = [name for name in lost if name not in loosely(pair.en, pair.en_lower)]
    added = [name for name in added if name not in loosely(pair.it, "")]
    both = list(zip(lost, added, strict=False))
    findings = [pair.finding("number", it=italian[a], en=english[b]) for a, b in both]
    findings += [pair.finding("number", it=italian[a]) for a in lost[len(both) :]]
    return findings + [pair.finding("number", en=english[b]) for b in added[len(both) :]]


def modal(pair: Pair, start: int, folded: str) -> bool:
    """Whether "May" or "March" opens a sentence, where it may be the verb."""
    return folded in ("may", "march") and not re.search(r"[\w,]\s*$", pair.en[:start])


def loosely(text: str, lowered: str) -> set[str]:
    """The months that numeric dates and abbreviations may mean."""
    found = {months()[int(n)] for match in NUMERIC.finditer(text) for n in match.groups() if int(n) in months()}
    short = [match[1][:3] for match in ABBREVIATED.finditer(lowered)]
    return found | {name for name in names()[1] if name[:3] in short} | {m for m in months().values() if m in lowered}


def months_in(lowered: str, side: str) -> set[int]:
    """The numbers of the months that a text in lower case names."""
    return {
        int(row[2]) for row in rows("calendar") if len(row) > 2 and row[0 if side == "it" else 1].lower() in lowered
    }
