"""Noun phrases beside a verb, found without a parser: what stands left of it and right of it, trimmed.

All functions work on a folded sentence and give spans in it; the caller cuts the words out of the original.
Bracketed asides must be blanked first (`without_asides`), or they end a clause.
"""

import re
from functools import lru_cache
from itertools import pairwise

from summarize.claims.lexicon import load, phrase
from summarize.claims.text import Span

MAX_WORDS = 12
_EDGES = " ,;:.\"'()-*•"

_PREPOSITION = (
    r"(?:di|a|ad|da|in|con|su|per|tra|fra|d'|dopo|durante|entro|contro|secondo|oltre|verso|presso|sotto|sopra"
    r"|dietro|mediante|tramite|grazie|davanti|de[il]|dell[ao']|degli|delle|a[il]|all[ao']|agli|alle|da[il]|dall[ao']"
    r"|dagli|dalle|ne[il]|nell[ao']|negli|nelle|su[il]|sull[ao']|sugli|sulle|col|coi)(?!\w)"
)
_NP_START = re.compile(
    r"(?<![\w'])(?:(?:il|lo|la|i|gli|le|un|uno|una|alcun[ie]|divers[ie]|molt[ie]|quest'ultim[oa]|quest[oaie]|quell[oaie])(?!\w)"
    r"|(?:l'|un'))"
)
_RELATIVE = re.compile(
    r",?\s*(?<![\w'])(?:e )?(?:che|la quale|il quale|i quali|le quali)\s*"
    r"(?:(?:non|si|lo|la|li|ne|gli|ci|le|poi|però|già)\s+)*$"
)
# `X, accusato da Y,` and `X, che …,`: what is set off is no part of the name
_PARTICIPIAL = re.compile(
    r"\s*(?:già |poi |ora |appena )?(?:(?:che|il quale|la quale|i quali|le quali)\s"
    r"|\w+(?:at|it|ut|tt|st|s|nt|rt)[oaie] (?:di|da|dal|dall[ao']|dai|dagli|dalle|per|in|nel|con|a|come)(?!\w))"
)
_COMPLEMENTIZER = re.compile(r"(?<![\w'])(?:che|come|perché|quanto|dove|quando)(?![\w'])")
# What joins two articles into one noun phrase: `tutta la`, `il quotidiano La …`, `X e il Y`.
_JOINS = re.compile(
    r"(?<![\w'])(?:e|ed|o|od|né|tutt[oaie]|entramb[ie]|ambedue|quotidiano|giornale|settimanale|mensile|rivista|testata"
    r"|emittente|sito|agenzia|non|ossia|ovvero|cioè|ex|come|[\w]+ndo)$|^\W*\w{1,3}$"
)
_ASIDE = re.compile(r"\([^()]*\)|(?<=\s)-\s[^-]{3,160}?\s-(?=[\s,])")


def _any(name: str) -> str:
    return "|".join(words.replace(" ", r"\s+") for words in load("phrases.toml")[name])


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of this module, compiled on first use."""
    return {
        "leading": re.compile(rf"(?:[\s,;:.\"'()*•-]|(?:{_any('leading')}|{_any('temporal')})(?![\w']))+"),
        "trailing": re.compile(rf"(?<![\w'])(?:{_any('trailing')})$"),
        "clause": re.compile(rf"[;:(\"]|(?<=\s)-(?=\s)|(?<![\w'])(?:{_any('clause')})(?![\w'])"),
        "object_end": re.compile(
            rf"[,;\"!?]|:(?!\d)|\.(?=\s|$)|(?<=\s)\(|\s-\s|(?<![\w'])(?:{_any('object_end')})(?![\w'])"
        ),
        "charge": re.compile(
            r"(?<![\w'])(?:di|d')\s*(?:non\s+)?(?:\w+(?:are|ere|ire|rre|arsi|ersi|irsi)\b|aver\b|esser\b)"
            rf"|(?<![\w'])(?:di|del|della|dello|dell'|dei|degli|delle|d')\s*(?=(?:\w+\s+){{0,2}}(?:{_any('charges')}))"
        ),
        "finite": phrase(
            r"<AVERE>|<ESSERE>|può|possono|potrebbe|potrebbero|deve|devono|mette|mettono|torna|tornano|continua|continuano|finisce|chiede|chiedono|fa|fanno|sta|stanno"
            r"|va|vanno|<affermare:fin>|<dire:fin>|<dichiarare:fin>|<sostenere:fin>|<negare:fin>|<respingere:fin>|<smentire:fin>"
            r"|<ritenere:fin>|<riferire:fin>|<riportare:fin>|<spiegare:fin>|<scrivere:fin>|<definire:fin>|<puntare:fin>"
            r"|(?<!la\s)(?<!una\s)(?<!in\s)(?:<precisare:fin>|<chiarire:fin>|<assicurare:fin>|<ribadire:fin>"
            r"|<aggiungere:fin>|<annunciare:fin>|<confermare:fin>|<ammettere:fin>|<accusare:fin>)"
            r"|(?!però|ciò|può|perciò|purò)\w{3,}ò|\w{2,}(?:rà|ranno|arono|erono|irono|avano|evano|ivano)"
        ),
        "governs": re.compile(
            r"(?<![\w'])(?:\w+(?:ando|endo|at[oai]|ito|uto|are|ere|ire)|(?:ha|hanno|aveva|avevano) \w+[sto][oaie])"
            r"(?=\s+(?:l'|un'|dell')|\s+(?:il|lo|la|i|gli|le|un|uno|una|dei|degli|delle|due|tre|quattro|cinque|sei|sette|otto|nove"
            r"|dieci|undici|dodici|alcun[ie]|divers[ie]|molt[ie]|altr[ie])(?!\w))"
        ),
        # `ha imposto sanzioni a X`: a measure and whom it is for
        "measure": re.compile(
            r"(?<![\w'])(?:ha|hanno|aveva|avevano) \w+[sto][oaie] (?:\w+ ){1,4}?"
            r"(?:(?:contro|a|ad|al|allo|alla|ai|agli|alle)\s|all')"
        ),
        # `a Milano è stato fermato X, accusato di`: the subject follows the verb
        "follows": phrase(r"(?:<ESSERE>)(?: stat[oaie])? \w+[st][oaie](?= (?!\w+mente)\w{3,})"),
        "role": re.compile(rf"(?:{_any('roles')})(?!\w)"),
        "gerund": re.compile(r"(?:\w+(?:ando|endo)(?:l[oaie]|si|ne)?|perché|affinché|dopo)\b"),
        "content_end": re.compile(
            r"[;!?]|\.(?=\s|$)|(?<=\s)\(|\s-\s|,?\s(?=(?:ma|mentre|dicendo|affermando|sostenendo|spiegando|sottolineando|parlando|precisando|aggiungendo"
            r"|(?:defin|boll|liquid)\w*ndo\w*)\s)"
            r"|,\s(?=(?:e|inoltre|che|(?:il|la) quale|(?:i|le) quali|secondo (?:cui|l[ao']|il)"
            r"|\w+(?:ando|endo)(?:l[oaie]|si|ne|gli)?)\s)"
            r"|\s(?=e\s(?!(?:il|lo|la|l'|i|gli|le|un|una|di|del|della|dei|degli|delle|a|al|che|qualsiasi|ogni"
            r"|\w+ (?:di|del))(?!\w)))"
        ),
    }


def without_asides(folded: str) -> str:
    """Blank what stands in brackets or between dashes, so that the clause around it is whole; offsets stay."""
    return _ASIDE.sub(lambda aside: " " * len(aside[0]), folded)


def trim(folded: str, span: Span) -> Span | None:
    """Cut adverbs, connectives, dates and clitics off both ends; None when no word is left."""
    start, end = span
    lead = _patterns()["leading"].match(folded, start, end)
    if lead:
        start = lead.end()
    end = start + len(folded[start:end].rstrip(_EDGES))
    while tail := _patterns()["trailing"].search(folded, max(start, end - 24), end):
        end = start + len(folded[start : tail.start()].rstrip(_EDGES))
    return (start, end) if re.search(r"\w{2}", folded[start:end]) else None


def clause_start(folded: str, position: int, floor: int = 0) -> int:
    """Where the clause that holds `position` begins: after the last break before it."""
    last = floor
    for match in _patterns()["clause"].finditer(folded, floor, position):
        last = match.end()
    return last


def subject(folded: str, position: int, floor: int = 0) -> Span | None:
    """The noun phrase before the verb at `position`, or None when the clause has none (an elided subject).

    An apposition between commas is kept with its head; leading adjuncts are dropped.
    """
    start = clause_start(folded, position, floor)
    relative = _RELATIVE.search(folded[start:position])
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
    if last and len(pieces) > 1 and _patterns()["role"].match(folded, last[0]):
        head = _nominal(folded, pieces[-2])
        if head and _words(folded, (head[0], last[1])) <= MAX_WORDS:
            return head[0], last[1]
    return last


def _with_apposition(folded: str, pieces: list[Span]) -> Span | None:
    """`Head, apposition,` before a verb: the leftmost piece that is a noun phrase, with what is set off after it."""
    for piece, after in pairwise(pieces):
        head = _nominal(folded, piece)
        if head and _PARTICIPIAL.match(folded, after[0]):
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
    verbs = list(_patterns()["finite"].finditer(folded, *span))
    if verbs:
        rest = (verbs[-1].end(), span[1])
        that = list(_COMPLEMENTIZER.finditer(folded, *rest))
        if not that:
            return _nominal(folded, (span[0], verbs[-1].start()))
        span = (that[-1].end(), span[1])
    elif clauses := [
        each for each in _COMPLEMENTIZER.finditer(folded, *span) if _NP_START.match(folded, each.end() + 1)
    ]:
        span = (clauses[-1].end(), span[1])
    trimmed = trim(folded, span)
    if trimmed is None or _patterns()["gerund"].match(folded, trimmed[0]):
        return None
    start, end = trimmed
    if re.match(_PREPOSITION, folded[start:end]):
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
    starts = [match.start() for match in _NP_START.finditer(folded, start, end)]
    return [at for at in starts if not re.search(r"(?<![\w'])" + _PREPOSITION + r"\s*$", folded[start:at])]


def antecedent(folded: str, position: int, floor: int = 0) -> Span | None:
    """The noun phrase right before a relative clause or a participle: `i due fratelli, accusati di`."""
    pieces = _pieces(folded, clause_start(folded, position, floor), position)
    if not pieces:
        return None
    span = pieces[-1]
    verbs = list(_patterns()["governs"].finditer(folded, *span)) or _before_subject(folded, span)
    if verbs:
        return trim(folded, (verbs[-1].end(), span[1]))
    after = _object_of(folded, span)
    trimmed = after if after else _joined(folded, pieces)
    if trimmed is None:
        starts = [match.start() for match in _NP_START.finditer(folded, *span)]
        return trim(folded, (starts[-1], span[1])) if starts else trim(folded, span)
    return trimmed


def _object_of(folded: str, span: Span) -> Span | None:
    """Who is told in a clause with a verb of one word (`ha imposto sanzioni a X,`): a later participle is about X."""
    verbs = list(_patterns()["measure"].finditer(folded, *span))
    return trim(folded, (verbs[-1].end(), span[1])) if verbs else None


def _before_subject(folded: str, span: Span) -> list[re.Match[str]]:
    """The passive verb of a clause whose subject follows it; none where an adjunct follows."""
    return [
        verb
        for verb in _patterns()["follows"].finditer(folded, *span)
        if not re.match(_PREPOSITION, folded[verb.end() :].lstrip()) and trim(folded, (verb.end(), span[1]))
    ]


def first_verb(folded: str, start: int, end: int) -> int | None:
    """Where the first finite verb between two places stands."""
    found = _patterns()["finite"].search(folded, max(0, start), end)
    return found.start() if found else None


def _words(folded: str, span: Span) -> int:
    return len(folded[span[0] : span[1]].split())


def subject_or_earlier(folded: str, position: int) -> Span | None:
    """The subject of the clause, else that of the first clause of the sentence that has one."""
    found = subject(folded, position)
    if found:
        return found
    for verb in _patterns()["finite"].finditer(folded, 0, position):
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
    stop = _patterns()["object_end"].search(folded, start)
    end = _second_phrase(folded, start, stop.start() if stop else len(folded))
    charge = _patterns()["charge"].search(folded, start, end) if until_charge else None
    return trim(folded, (start, _limited(folded, start, charge.start() if charge else end, limit)))


def _second_phrase(folded: str, start: int, end: int) -> int:
    """Where a noun phrase with an article follows another with nothing between them (`la procura | il medico`)."""
    for at in _free_starts(folded, start, end):
        before = folded[start:at].rstrip()
        if len(before) > 2 and not _JOINS.search(before) and re.search(r"\s$", folded[:at]):
            return start + len(before)
    return end


def content(folded: str, position: int, limit: int = 22) -> Span | None:
    """What is said or denied: all that follows up to the end of the clause, at most `limit` words."""
    start = position
    while start < len(folded) and folded[start] in " ,:":
        start += 1
    stop = _patterns()["content_end"].search(folded, start)
    end = _limited(folded, start, stop.start() if stop else len(folded), limit)
    while end > start and folded[end - 1] in " ,\"'":
        end -= 1
    return (start, end) if end - start > 1 else None


def _limited(folded: str, start: int, end: int, limit: int) -> int:
    words = list(re.finditer(r"\S+", folded[start:end]))
    return start + words[limit - 1].end() if len(words) > limit else end
