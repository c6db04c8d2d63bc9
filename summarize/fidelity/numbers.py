"""Numbers: each one of the Italian must stand in the English, and the English may have no other."""

import re

from models.preediting.numerals import small
from summarize.document import Finding
from summarize.fidelity import dates, numbers_en, numbers_it
from summarize.fidelity.identifiers import cross_out
from summarize.fidelity.pair import Pair
from summarize.fidelity.quantity import Mention, Reading

# Words for one, first and second say more than a number ("secondo", "the first"); alone they prove nothing.
SMALL: frozenset[Reading] = frozenset({("n", 1), ("o", 1), ("o", 2), ("n", 0.5), ("n", 50), ("n", 0.25)})
FIRST_TWO = {frozenset({("o", 1)}), frozenset({("o", 2)})}

WINDS = "venti"  # twenty, and winds


def check(pair: Pair) -> list[Finding]:
    """Compare the numbers of both sides by value, whatever their form.

    A number in digits that the other side has not is a finding by itself, and so is a plain numeral of the Italian
    ("undici"). Other number words have too many synonyms for that ("entrambi", "a pair"): they count only where both
    sides have one that the other lacks.
    """
    bare = without_identifiers(pair)
    italian, english = numbers_it.mentions(bare), numbers_en.mentions(bare)
    if not italian and not english:
        return []
    all_italian = italian if bare is pair else numbers_it.mentions(pair)
    all_english = english if bare is pair else numbers_en.mentions(pair)
    lost = unmatched(italian, all_english, dates.months_in(pair.en_lower, "en") if dated(pair.it) else set())
    added = unmatched(english, all_italian, dates.months_in(pair.it_lower, "it") if dated(pair.en) else set())
    pairs = match_up(lost, added) or repeated(italian, english, lost, added)
    findings = [pair.finding("number", it=a.span, en=b.span) for a, b in pairs]
    taken_it = {f.it_span for f in findings}
    taken_en = {f.en_span for f in findings}
    findings += [pair.finding("number", it=m.span) for m in lost if is_plain(pair, m) and m.span not in taken_it]
    findings += [pair.finding("number", en=m.span) for m in added if m.digits and m.span not in taken_en]
    return findings + units(pair, italian, english) + signs(pair, italian, english)


def is_plain(pair: Pair, mention: Mention) -> bool:
    """Whether an Italian mention can stand for nothing but its number: digits, or a numeral from three to 99."""
    word = pair.it[slice(*mention.span)]
    return mention.digits or (word != WINDS and (small(word) or 0) >= 3)


def dated(text: str) -> bool:
    """Whether a text has a date in digits."""
    return bool(dates.NUMERIC.search(text))


def without_identifiers(pair: Pair) -> Pair:
    """The pair with its identifiers crossed out: their digits are no numbers."""
    it, en = cross_out(pair.it), cross_out(pair.en)
    return pair if (pair.it, pair.en) == (it, en) else Pair(it, en)


def unmatched(mentions: list[Mention], others: list[Mention], months: set[int]) -> list[Mention]:
    """The mentions none of whose readings the other side shares; "3/11" has its month by name there."""
    seen = {("n", month) for month in months}.union(*(other.readings for other in others))
    return [mention for mention in mentions if not mention.readings & seen]


def match_up(lost: list[Mention], added: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Pair what is lost with what is added, in order, when both are real numbers."""
    left, right = list(filter(tells, lost)), list(filter(tells, added))
    found = list(zip((m for m in left if m.digits), (m for m in right if m.digits), strict=False))
    taken = {m.span for pair in found for m in pair}
    for sort, mine, theirs in ((loose, left, right), (ranks, lost, added), (plain, left, right)):
        free = ([m for m in side if m.span not in taken and sort(m)] for side in (mine, theirs))
        pairs = [
            (a, b) for a, b in zip(*free, strict=False) if tells(a) or tells(b) or {a.readings, b.readings} == FIRST_TWO
        ]
        taken |= {m.span for pair in pairs for m in pair}
        found += pairs
    return found


def repeated(
    italian: list[Mention], english: list[Mention], lost: list[Mention], added: list[Mention]
) -> list[tuple[Mention, Mention]]:
    """Numerals in words that became one that the sentence has anyway: "due o tre", "three or three"."""
    words = [[m for m in side if not m.digits and tells(m) and plain(m)] for side in (italian, english)]
    missing = [m for m in lost if m in words[0]] or surplus(*words)
    more = [m for m in added if m in words[1]] or surplus(words[1], words[0])
    return list(zip(missing[:1], more[:1], strict=False))


def surplus(mine: list[Mention], theirs: list[Mention]) -> list[Mention]:
    """The mentions of a number that one side has more often than the other."""
    return [m for m in mine if alike(m, mine) > alike(m, theirs) > 0]


def alike(mention: Mention, others: list[Mention]) -> int:
    """How many mentions share a reading with this one."""
    return sum(bool(mention.readings & other.readings) for other in others)


def tells(mention: Mention) -> bool:
    """Whether it says more than the words for one, first, second and half."""
    return mention.digits or not mention.readings <= SMALL


def loose(mention: Mention) -> bool:
    """Whether it is a plural without a number ("migliaia")."""
    return all(kind == "~" for kind, _ in mention.readings)


def ranks(mention: Mention) -> bool:
    """Whether it is a place in a row or a fraction ("terzo", "second", "metà")."""
    return not mention.digits and all(
        kind == "o" or ((kind == "n" and float(n) < 1) or n == 50) for kind, n in mention.readings
    )


def plain(mention: Mention) -> bool:
    """Whether it is any other number."""
    return not loose(mention)


def units(pair: Pair, italian: list[Mention], english: list[Mention]) -> list[Finding]:
    """The same number with another unit: kilometres for miles, euros for dollars."""
    findings = []
    for mention in italian:
        same = [other for other in english if mention.readings & other.readings]
        if mention.unit and same and all(other.unit and other.unit != mention.unit for other in same):
            findings.append(pair.finding("number", it=mention.span, en=same[0].span))
    return findings


DEGREES = re.compile(r"\s*(?:°|gradi\b|grado\b|degrees?\b|celsius\b)")
MINUS = re.compile(r"(?:(?:^|[\s(])[-−–]\s?|\b(?:meno|minus|negative)\s+)$")
BELOW = re.compile(r"[^.;,\d]{0,40}\b(?:sotto (?:lo )?zero|below zero|below freezing|of frost|sub-?zero)\b")


def signs(pair: Pair, italian: list[Mention], english: list[Mention]) -> list[Finding]:
    """A temperature below zero that is above it on the other side."""
    below_it, below_en = (below(m, t) for m, t in ((italian, pair.it_lower), (english, pair.en_lower)))
    if bool(below_it) == bool(below_en):
        return []
    mine, others = (below_it, english) if below_it else (below_en, italian)
    for mention in mine:
        same = next((other for other in others if other.readings & mention.readings), None)
        if same:
            it, en = (mention, same) if below_it else (same, mention)
            return [pair.finding("number", it=it.span, en=en.span)]
    return []


def below(mentions: list[Mention], lowered: str) -> list[Mention]:
    """The temperatures below zero."""
    found = [mention for mention in mentions if DEGREES.match(lowered, mention.span[1])]
    return [m for m in found if MINUS.search(lowered, 0, m.span[0]) or BELOW.match(lowered, m.span[1])]
