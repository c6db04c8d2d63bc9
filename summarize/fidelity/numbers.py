"""Numbers: each one of the Italian must stand in the English, and the English may have no other."""

from summarize.document import Finding
from summarize.fidelity import dates, numbers_en, numbers_it
from summarize.fidelity.identifiers import identifiers
from summarize.fidelity.pair import Pair
from summarize.fidelity.quantity import Mention, Reading

# Words for one, first and second say more than a number ("secondo", "the first"); alone they prove nothing.
SMALL: frozenset[Reading] = frozenset({("n", 1), ("o", 1), ("o", 2), ("n", 0.5), ("n", 50), ("n", 0.25)})

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
    findings = [pair.finding("number", it=a.span, en=b.span) for a, b in match_up(lost, added)]
    taken_it = {f.it_span for f in findings}
    taken_en = {f.en_span for f in findings}
    findings += [pair.finding("number", it=m.span) for m in lost if is_plain(pair, m) and m.span not in taken_it]
    findings += [pair.finding("number", en=m.span) for m in added if m.digits and m.span not in taken_en]
    return findings + units(pair, italian, english)


def is_plain(pair: Pair, mention: Mention) -> bool:
    """Whether an Italian mention can stand for nothing but its number: digits, or a numeral from three to 99."""
    word = pair.it[slice(*mention.span)]
    return mention.digits or (word != WINDS and (numbers_it.small(word) or 0) >= 3)


def dated(text: str) -> bool:
    """Whether a text has a date in digits."""
    return bool(dates.NUMERIC.search(text))


def without_identifiers(pair: Pair) -> Pair:
    """The pair with its identifiers crossed out: their digits are no numbers."""
    it, en = cross_out(pair.it), cross_out(pair.en)
    return pair if (pair.it, pair.en) == (it, en) else Pair(it, en)


def cross_out(text: str) -> str:
    """A text of the same length without its identifiers."""
    characters = list(text)
    for start, end in identifiers(text).values():
        characters[start:end] = "#" * (end - start)
    return "".join(characters)


def unmatched(mentions: list[Mention], others: list[Mention], months: set[int]) -> list[Mention]:
    """The mentions none of whose readings the other side shares; "3/11" has its month by name there."""
    seen = {("n", month) for month in months}.union(*(other.readings for other in others))
    return [mention for mention in mentions if not mention.readings & seen]


def match_up(lost: list[Mention], added: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Pair what is lost with what is added, in order, when both are real numbers."""
    left = [m for m in lost if m.digits or not m.readings & SMALL]
    right = [m for m in added if m.digits or not m.readings & SMALL]
    found = list(zip((m for m in left if m.digits), (m for m in right if m.digits), strict=False))
    taken = {m.span for pair in found for m in pair}
    rest = zip((m for m in left if m.span not in taken), (m for m in right if m.span not in taken), strict=False)
    return found + [(a, b) for a, b in rest if loose(a) == loose(b)]


def loose(mention: Mention) -> bool:
    """Whether it is a plural without a number ("migliaia")."""
    return all(kind == "~" for kind, _ in mention.readings)


def units(pair: Pair, italian: list[Mention], english: list[Mention]) -> list[Finding]:
    """The same number with another unit: kilometres for miles, euros for dollars."""
    findings = []
    for mention in italian:
        same = [other for other in english if mention.readings & other.readings]
        if mention.unit and same and all(other.unit and other.unit != mention.unit for other in same):
            findings.append(pair.finding("number", it=mention.span, en=same[0].span))
    return findings
