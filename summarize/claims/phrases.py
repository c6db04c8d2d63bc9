"""Noun phrases beside a verb, found without a parser: what stands left of it and right of it, trimmed.

All functions work on a folded sentence and give spans in it; the caller cuts the words out of the original.
Bracketed asides must be blanked first (`without_asides`), or they end a clause.
"""

import re
from itertools import pairwise

from summarize.claims.bounds import ASIDE, COMPLEMENTIZER, JOINS, NP_START, PARTICIPIAL, PREPOSITION, RELATIVE, patterns
from summarize.claims.text import Span

MAX_WORDS = 12
_EDGES = " ,;:.\"'()-*•"


def without_asides(folded: str) -> str:
    """Blank what stands in brackets or between dashes, so that the clause around it is whole; offsets stay."""
    return ASIDE.sub(lambda aside: " " * len(aside[0]), folded)


def trim(folded: str, span: Span) -> Span | None:
    """Cut adverbs, connectives, dates and clitics off both ends; None when no word is left."""
    start, end = span
    lead = patterns()["leading"].match(folded, start, end)
    if lead:
        start = lead.end()
    end = start + len(folded[start:end].rstrip(_EDGES))
    while tail := patterns()["trailing"].search(folded, max(start, end - 24), end):
        end = start + len(folded[start : tail.start()].rstrip(_EDGES))
    return (start, end) if re.search(r"\w{2}", folded[start:end]) else None


def clause_start(folded: str, position: int, floor: int = 0) -> int:
    """Where the clause that holds `position` begins: after the last break before it."""
    last = floor
    for match in patterns()["clause"].finditer(folded, floor, position):
        last = match.end()
    return last


def subject(folded: str, position: int, floor: int = 0) -> Span | None:
    """The noun phrase before the verb at `position`, or None when the clause has none (an elided subject).

    An apposition between commas is kept with its head; leading adjuncts are dropped.
    """
    start = clause_start(folded, position, floor)
    relative = RELATIVE.search(folded[start:position])
    if relative:
        return antecedent(folded, start + relative.start(), start)
    pieces = _pieces(folded, start, position)
    if not pieces:
        return None
    if folded[start:position].rstrip().endswith(",") and len(pieces) > 1:
        joined = _with_apposition(folded, pieces)
        if joined:
            return joined
    return _joined(folded, pieces)


def _joined(folded: str, pieces: list[Span]) -> Span | None:
    """The noun phrase of the last piece, with the piece before it when the last is an apposition."""
    last = _nominal(folded, pieces[-1])
    if last and len(pieces) > 1 and patterns()["role"].match(folded, last[0]):
        head = _nominal(folded, pieces[-2])
        if head and _words(folded, (head[0], last[1])) <= MAX_WORDS:
            return head[0], last[1]
    return last


def _with_apposition(folded: str, pieces: list[Span]) -> Span | None:
    """`Head, apposition,` before a verb: the leftmost piece that is a noun phrase, with what is set off after it."""
    for piece, after in pairwise(pieces):
        head = _nominal(folded, piece)
        if head and PARTICIPIAL.match(folded, after[0]):
            return head
        if head:
            whole = (head[0], pieces[-1][1])
            return trim(folded, whole) if _words(folded, whole) <= MAX_WORDS else head
    return None


def _pieces(folded: str, start: int, end: int) -> list[Span]:
    """The parts of a clause between its commas, empty ones left out."""
    parts, at = [], start
    for piece in folded[start:end].split(","):
        if piece.strip():
            parts.append((at, at + len(piece)))
        at += len(piece) + 1
    return parts


def _nominal(folded: str, span: Span) -> Span | None:
    """The noun phrase that a piece of clause ends in; None for adjuncts, and where the subject is elided."""
    verbs = list(patterns()["finite"].finditer(folded, *span))
    if verbs:
        rest = (verbs[-1].end(), span[1])
        that = list(COMPLEMENTIZER.finditer(folded, *rest))
        if not that:
            return _nominal(folded, (span[0], verbs[-1].start()))
        span = (that[-1].end(), span[1])
    elif clauses := [each for each in COMPLEMENTIZER.finditer(folded, *span) if NP_START.match(folded, each.end() + 1)]:
        span = (clauses[-1].end(), span[1])
    trimmed = trim(folded, span)
    if trimmed is None or patterns()["gerund"].match(folded, trimmed[0]):
        return None
    start, end = trimmed
    if re.match(PREPOSITION, folded[start:end]):
        inner = _free_starts(folded, start, end)
        if not inner:
            return None
        start = inner[-1]
    relative = re.search(r"\s(?:che|il quale|la quale|i quali|le quali)\s", folded[start:end])
    if relative:
        end = start + relative.start()
    if _words(folded, (start, end)) > MAX_WORDS:
        start = next((at for at in _free_starts(folded, start, end) if _words(folded, (at, end)) <= MAX_WORDS), start)
    return trim(folded, (start, end))


def _free_starts(folded: str, start: int, end: int) -> list[int]:
    """Where noun phrases start that no preposition governs."""
    starts = [match.start() for match in NP_START.finditer(folded, start, end)]
    return [at for at in starts if not re.search(r"(?<![\w'])" + PREPOSITION + r"\s*$", folded[start:at])]


def antecedent(folded: str, position: int, floor: int = 0) -> Span | None:
    """The noun phrase right before a relative clause or a participle: `i due fratelli, accusati di`."""
    pieces = _pieces(folded, clause_start(folded, position, floor), position)
    if not pieces:
        return None
    span = pieces[-1]
    verbs = list(patterns()["governs"].finditer(folded, *span)) or _before_subject(folded, span)
    if verbs:
        return trim(folded, (verbs[-1].end(), span[1]))
    after = _object_of(folded, span)
    trimmed = after if after else _joined(folded, pieces)
    if trimmed is None:
        starts = [match.start() for match in NP_START.finditer(folded, *span)]
        return trim(folded, (starts[-1], span[1])) if starts else trim(folded, span)
    return trimmed


def _object_of(folded: str, span: Span) -> Span | None:
    """Who is told in a clause with a verb of one word (`ha imposto sanzioni a X,`): a later participle is about X."""
    verbs = list(patterns()["measure"].finditer(folded, *span))
    return trim(folded, (verbs[-1].end(), span[1])) if verbs else None


def _before_subject(folded: str, span: Span) -> list[re.Match[str]]:
    """The passive verb of a clause whose subject follows it; none where an adjunct follows."""
    return [
        verb
        for verb in patterns()["follows"].finditer(folded, *span)
        if not re.match(PREPOSITION, folded[verb.end() :].lstrip()) and trim(folded, (verb.end(), span[1]))
    ]


def first_verb(folded: str, start: int, end: int) -> int | None:
    """Where the first finite verb between two places stands."""
    found = patterns()["finite"].search(folded, max(0, start), end)
    return found.start() if found else None


def _words(folded: str, span: Span) -> int:
    return len(folded[span[0] : span[1]].split())


def subject_or_earlier(folded: str, position: int) -> Span | None:
    """The subject of the clause, else that of the first clause of the sentence that has one."""
    found = subject(folded, position)
    if found:
        return found
    for verb in patterns()["finite"].finditer(folded, 0, position):
        found = subject(folded, verb.start())
        if found:
            return found
    return None


def complement(folded: str, position: int, *, until_charge: bool = False, limit: int = MAX_WORDS) -> Span | None:
    """The noun phrase after `position`, cut at the next verb, comma or subordinate.

    Args:
        folded: the sentence.
        position: where to begin.
        until_charge: also cut before the charge (`di aver rubato`, `dell'attacco`).
        limit: at most so many words.

    """
    start = position
    while start < len(folded) and folded[start] in " ,\"'(":
        start += 1
    stop = patterns()["object_end"].search(folded, start)
    end = _second_phrase(folded, start, stop.start() if stop else len(folded))
    charge = patterns()["charge"].search(folded, start, end) if until_charge else None
    return trim(folded, (start, _limited(folded, start, charge.start() if charge else end, limit)))


def _second_phrase(folded: str, start: int, end: int) -> int:
    """Where a noun phrase with an article follows another with nothing between them (`la procura | il medico`)."""
    for at in _free_starts(folded, start, end):
        before = folded[start:at].rstrip()
        if len(before) > 2 and not JOINS.search(before) and re.search(r"\s$", folded[:at]):
            return start + len(before)
    return end


def content(folded: str, position: int, limit: int = 22) -> Span | None:
    """What is said or denied: all that follows up to the end of the clause, at most `limit` words."""
    start = position
    while start < len(folded) and folded[start] in " ,:":
        start += 1
    stop = patterns()["content_end"].search(folded, start)
    end = _limited(folded, start, stop.start() if stop else len(folded), limit)
    while end > start and folded[end - 1] in " ,\"'":
        end -= 1
    return (start, end) if end - start > 1 else None


def _limited(folded: str, start: int, end: int, limit: int) -> int:
    words = list(re.finditer(r"\S+", folded[start:end]))
    return start + words[limit - 1].end() if len(words) > limit else end
