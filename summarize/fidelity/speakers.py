"""Who speaks and who blames whom: names that changed places around the verb."""

import re
from dataclasses import dataclass
from functools import cache

from summarize.document import Finding
from summarize.fidelity import places
from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Pair, Span, Word

REACH = 70  # characters between a verb and its subject or object
PASSIVE = re.compile(
    r"(?:\b(?:è|sono|era|erano|stat[oaie]|viene|vengono|fu|furono|is|are|was|were|been|being|be)\s+(?:\w+ly\s+|\w+mente\s+)?)$"
)
BY = re.compile(r"\s+(?:\w+ly\s+)?(?:by|da|dal|dalla|dai|dagli|dalle|dall')\b")
BREAK = re.compile(r"[.;:!?\"“”«»]|\b(?:che|that|who|which|mentre|while|after|dopo|but|ma)\b")
JOINED = re.compile(r"(?:'s|\s*(?:di|del|della|dell'|dei|degli|of|of the|e|and|-))?\s*(?:the\s+)?")
QUOTED_BEFORE = re.compile(r"(?:[\"”»],?|[–—-])\s*$")
COMMA_BEFORE = re.compile(r",\s*$")
ADDRESSED = re.compile(r"\s+(?:a|ad|al|allo|alla|ai|agli|alle|to)\b|\s+all'")  # who is spoken to does not speak
TITLED = re.compile(r"\s+(?:the|il|lo|la|i|gli|le|un|una)\s+[^\W\d_]+\s|\s+l'[^\W\d_]+\s")  # "said the expert Rossi"
BESIDE = 12  # characters within which a name stands right after its verb


@dataclass(frozen=True, slots=True)
class Name:
    """Something with a name: what it may be, and where it stands."""

    keys: frozenset[str]
    span: Span


def check(pair: Pair) -> list[Finding]:
    """Find a speaker or an accuser that is another of the names of the same sentence in English.

    Only swaps count: both names must stand on both sides. Passives are left alone.
    """
    if not verbs("it", "all").search(pair.it_lower):
        return []
    italian, english = names(pair)
    if len(italian) < 2 or len(english) < 2:
        return []
    there = frozenset().union(*(name.keys for name in english))
    here = frozenset().union(*(name.keys for name in italian))
    for key in ("after", "blame", "say"):
        mine, yours = subject(pair.it_lower, italian, "it", key), subject(pair.en_lower, english, "en", key)
        if mine and yours:
            mine_keys, yours_keys = (frozenset().union(*(n.keys for n in group)) for group in (mine, yours))
            if not mine_keys & yours_keys and mine_keys & there and yours_keys & here:
                return [pair.finding("quotation", it=mine[0].span, en=yours[0].span)]
            return []
    return []


def names(pair: Pair) -> tuple[list[Name], list[Name]]:
    """Places, and capitalised words that both sides have, on either side in order."""
    common = {w.folded for w in pair.it_words if w.capitalised} & {w.folded for w in pair.en_words if w.capitalised}
    return side(pair.it, pair.it_words, common, True), side(pair.en, pair.en_words, common, False)


def side(text: str, words: tuple[Word, ...], common: set[str], italian: bool) -> list[Name]:
    """The names of one side."""
    found = [Name(frozenset(str(i) for i in p.ids), p.span) for p in places.find(text, italian)]
    taken = [name.span for name in found]
    candidates = [w for w in words if w.capitalised and w.folded in common and len(w.text) > 2]
    free = [w for w in candidates if not any(a <= w.start < b for a, b in taken)]
    found += [Name(frozenset({w.folded}), w.span) for w in free]
    return merged(sorted(found, key=lambda name: name.span), text)


def merged(found: list[Name], text: str) -> list[Name]:
    """Join names that stand side by side ("Mario Rossi")."""
    joined: list[Name] = []
    for name in found:
        if joined and text[joined[-1].span[1] : name.span[0]] in (" ", "-"):
            last = joined.pop()
            joined.append(Name(last.keys | name.keys, (last.span[0], name.span[1])))
        else:
            joined.append(name)
    return joined


@cache
def verbs(language: str, key: str) -> re.Pattern[str]:
    """A list of `speech.toml` as a pattern."""
    lists = table("speech")[language]
    entries = [e for name in lists for e in lists[name]] if key == "all" else lists[key]
    return re.compile(r"(?<!\w)(?:" + "|".join(entries) + r")(?!\w)")


def subject(text: str, found: list[Name], language: str, key: str) -> list[Name]:
    """The names in the noun phrase that speaks or blames at the first verb of a kind; none when it is passive."""
    for match in verbs(language, key).finditer(text):
        start, end = match.span()
        if key == "after":
            return following(text, found, end)
        if PASSIVE.search(text, 0, start) or BY.match(text, end):
            continue
        before = text[max(0, start - 4) : start]
        after = following(text, found, end)
        reach = BESIDE * 3 if TITLED.match(text, end) else BESIDE
        beside = after and after[0].span[0] - end < reach and not ADDRESSED.match(text, end)
        plain = key == "say" and (language == "it" or match[0] in ("said", "says"))
        inverted = QUOTED_BEFORE.search(before) or (plain and beside and COMMA_BEFORE.search(before))
        group = after if inverted else preceding(text, found, start)
        if group:
            return group
    return []


def preceding(text: str, found: list[Name], start: int) -> list[Name]:
    """The names before a verb in its own clause: after the last comma, or before it when none stands there."""
    names = [n for n in found if n.span[1] <= start and start - n.span[1] < REACH]
    names = [n for n in names if not BREAK.search(text[n.span[1] : start])]
    near = [n for n in names if "," not in text[n.span[1] : start]]
    return near or names


def following(text: str, found: list[Name], end: int) -> list[Name]:
    """The names after a verb up to the next comma or verb of the clause, at most two."""
    names = [n for n in found if n.span[0] >= end and n.span[0] - end < REACH]
    names = [n for n in names if not BREAK.search(text[end : n.span[0]])]
    first = names[:1]
    return first + [n for n in names[1:2] if JOINED.fullmatch(text, first[0].span[1], n.span[0])]
