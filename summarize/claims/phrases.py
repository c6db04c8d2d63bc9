"""Noun phrases beside a verb, found without a parser: what stands left of it and right of it, trimmed.

All functions work on a folded sentence and give spans in it; the caller cuts the words out of the original.
"""

import re

from summarize.claims.lexicon import phrase
from summarize.claims.text import Span

_PREPOSITION = (
    r"(?:di|a|da|in|con|su|per|tra|fra|d|dopo|durante|entro|contro|secondo|oltre|verso|presso|sotto|sopra|dietro|mediante|tramite"
    r"|de[il]|dell[ao']|degli|delle|a[il]|all[ao']|agli|alle|da[il]|dall[ao']|dagli|dalle|ne[il]|nell[ao']|negli|nelle"
    r"|su[il]|sull[ao']|sugli|sulle|col|coi)"
)
_LEADING = re.compile(
    r"(?:[\s,;:.\"'()*•-]+|(?:e|ed|o|ma|però|tuttavia|infatti|inoltre|invece|anche|pure|così|dunque|quindi|poi|ora|oggi|ieri|già|intanto"
    r"|nel frattempo|non|né|ebbene|successivamente|contestualmente|in particolare|in questa fase|dal canto suo|dal canto loro|per parte sua|di conseguenza|infine"
    r"|da parte sua|dal lato opposto|per questo|oltretutto|al contempo|allo stesso modo|allo stesso tempo|anzi|eppure|mentre|quando|se|sebbene|nonostante ciò|nonostante|benché|perché|poiché"
    r"|dove|come|cosa che|il tutto|solo|soltanto|sempre|lo stesso|la stessa|gli stessi|le stesse|stesso|perfino|persino|soprattutto|nello specifico|a sua volta|in precedenza|sulla questione|sulla vicenda)(?![\w'])"
    r"|(?:lo|il|la|nel|nella|nello|nell'|a|da|dal|di|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\s*(?:scors[oaie]|stess[oa]|fine|inizio|mese di|giornata di|serata di|mattinata di|notte (?:di|tra)|corso)?\s*"
    r"(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|settimana|mese|anno|\d{4}|ieri|oggi|mattina|sera|notte|mattinata|serata|giornata)(?:\s+(?:scors[oaie]|\d{4}|passat[oa]))?(?![\w'])"
    r"|(?:il|l'|lo scorso|dal|dall'|del)?\s*\d{1,2}\s+(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)(?:\s+(?:\d{4}|scorso))?(?![\w'])"
    r"|(?:giorni|mesi|anni|settimane|ore) fa(?![\w']))+"
)
_TRAILING = re.compile(
    r"(?:[\s,;:.\"'()-]+|(?<![\w'])(?:però|infatti|invece|inoltre|tuttavia|anche|poi|così|dunque|quindi|già|ieri|oggi|non|si|lo|la|li|le|ne|ci|vi|gli|mi|ha|hanno|è|sono"
    r"|aveva|avevano|avrebbe|avrebbero|sempre|stesso|stessa|stessi|per parte sua|dal canto suo|da parte sua|sarebbe|sarebbero|viene|vengono|era|erano|e|ed|ma|mai|pure|subito|stato|stata|stati|che|di|a|da|in|per|con|del|della|dei|\w+mente|al momento|avendo|fu|furono|ora|oggi|finora))+$"
)
_CLAUSE_BREAK = re.compile(
    r"[;:(\"]|(?<=\s)-(?=\s)|(?<![\w'])(?:ma|mentre|però|quando|sebbene|perché|poiché|anche se|tanto che|cosicché)(?![\w'])"
)
_RELATIVE = re.compile(
    r",?\s*(?:\bche|\bla quale|\bil quale|\bi quali|\ble quali|\bcui|\be che)\s*(?:(?:non|si|lo|la|li|ne|gli|ci|le)\s+)*$"
)
_NP_START = re.compile(
    r"(?<![\w'])(?:il|lo|la|l'|i|gli|le|un|uno|una|un'|alcun[ie]|divers[ie]|molt[ie]|quest'ultim[oa]|quest[oaie]|quell[oaie])(?![\w])"
)
_FINITE = phrase(
    r"<AVERE>|<ESSERE>|può|possono|potrebbe|potrebbero|deve|devono|<affermare:fin>|<dire:fin>|<dichiarare:fin>|<sostenere:fin>|<negare:fin>|<respingere:fin>|<smentire:fin>|"
    r"<accusare:fin>|<ritenere:fin>|<riferire:fin>|<riportare:fin>|<spiegare:fin>|<scrivere:fin>|mette|mettono|chiede|chiedono|fa|fanno|sta|stanno|va|vanno|<definire:fin>|<puntare:fin>"
)
_OBJECT_END = re.compile(
    r"[,;:.()\"!?]|\s-\s|(?<![\w'])(?:che|ma|mentre|per|perché|quando|dopo|durante|nel|nello|nella|nell'|nei|negli|nelle|dove|oltre|senza|tramite|attraverso|a partire|affermando|sostenendo|sottolineando|dicendo|scaricando|parlando|spiegando|precisando"
    r"|ha|hanno|è|sono|era|erano|sarebbe|sarebbero|avrebbe|avrebbero|aveva|in quanto|sul suo|come|con|sia|siano|stia|stanno|abbia|abbiano|fosse|fossero|può|tra cui|ed è|e ha|e li|ed ha|e ne|e si)(?![\w'])"
)
_CHARGE = re.compile(
    r"(?<![\w'])(?:di|d')\s*(?:non\s+)?(?:\w+(?:are|ere|ire|rre|arsi|ersi|irsi)\b|aver\b|esser\b)|(?<![\w'])(?:di|del|della|dello|dell'|dei|degli|delle|d')\s*(?=(?:\w+\s+){0,2}(?:attacc|furt|spion|omicid|attentat|violaz|corruz|frod|truff|sabotag|interferen|inger|crimin|terroris|strag|campagn|hacker|aggress|complott|genocid|rapin|riciclag|tradiment|cospir|rivolt|intrus|propagand|caporal|abus|reat|possibil|mancat|mafia|peculat|concuss|diffam|calunn|manipol|doping|evas|danneg|associaz|esser|incompet|responsab|irresp))"
)

MAX_WORDS = 12


def trim(folded: str, span: Span) -> Span | None:
    """Cut adverbs, connectives, dates and clitics off both ends; None when nothing with a letter is left."""
    start, end = span
    lead = _LEADING.match(folded, start, end)
    if lead:
        start = lead.end()
    while (tail := _TRAILING.search(folded[start:end])) and tail.start() < end - start:
        end = start + tail.start()
        if tail.start() == 0:
            break
    return (start, end) if re.search(r"\w{2}", folded[start:end]) else None


def clause_start(folded: str, position: int, floor: int = 0) -> int:
    """Where the clause that holds `position` begins: after the last break before it."""
    last = floor
    for match in _CLAUSE_BREAK.finditer(folded, floor, position):
        last = match.end()
    return last


def subject(folded: str, position: int, floor: int = 0) -> Span | None:
    """The noun phrase before the verb at `position`, or None when the clause has none (an elided subject).

    Appositions between commas are kept with their head; leading adjuncts are dropped.
    """
    start = clause_start(folded, position, floor)
    relative = _RELATIVE.search(folded[start:position])
    if relative:
        position = start + relative.start()
    pieces = _pieces(folded, start, position)
    closed_by_comma = folded[start:position].rstrip().endswith(",")
    while pieces:
        found = _nominal(folded, pieces[-1]) if not closed_by_comma or len(pieces) == 1 else None
        if found:
            return found
        if closed_by_comma and len(pieces) > 1:
            heads = [part for piece in pieces[:-1] if (part := _nominal(folded, piece))]
            if heads:
                joined = (heads[-1][0], pieces[-1][1])
                return trim(folded, joined) if _words(folded, joined) <= MAX_WORDS + 6 else heads[-1]
            closed_by_comma = False
            continue
        return None
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
    """The noun phrase that a piece of clause ends in; None for adjuncts and verbs."""
    verb = None
    for verb in _FINITE.finditer(folded, *span):
        pass
    if verb and folded[verb.end() : span[1]].strip():
        rest = re.match(r"\s*(?:e|ed)\s", folded[verb.end() : span[1]])
        before = trim(folded, (span[0], verb.start()))
        if rest or before:
            return before
    elif verb:
        span = (span[0], verb.start())
    trimmed = trim(folded, span)
    if trimmed is None:
        return None
    start, end = trimmed
    if re.match(_PREPOSITION + r"(?![\w])", folded[start:end]):
        inner = [m.start() for m in _NP_START.finditer(folded, start, end)]
        inner = [at for at in inner if not re.search(_PREPOSITION + r"\s*$", folded[start:at])]
        if not inner:
            return None
        start = inner[-1]
    if re.match(
        r"(?:\w+(?:ando|endo)(?:l[oaie]|si|ne)?|perché|affinché|afferma\w*|dopo)\b", folded[start:end]
    ):
        return None
    if _words(folded, (start, end)) > MAX_WORDS:
        starts = [m.start() for m in _NP_START.finditer(folded, start, end)]
        starts = [at for at in starts if _words(folded, (at, end)) <= MAX_WORDS]
        if starts:
            start = starts[0]
    return trim(folded, (start, end))


def _words(folded: str, span: Span) -> int:
    return len(folded[span[0] : span[1]].split())


def subject_or_earlier(folded: str, position: int) -> Span | None:
    """The subject of the clause, else that of the clause before it in the same sentence."""
    found = subject(folded, position)
    if found:
        return found
    verb = _FINITE.search(folded, 0, position)
    while verb:
        found = subject(folded, verb.start())
        if found:
            return found
        verb = _FINITE.search(folded, verb.end(), position)
    return None


def complement(
    folded: str, position: int, *, until_charge: bool = False, limit: int = MAX_WORDS
) -> Span | None:
    """The noun phrase after `position`, cut at the next verb, comma or subordinate.

    Args:
        until_charge: also cut before the charge (`di aver rubato`, `dell'attacco`).

    """
    start = position
    while start < len(folded) and folded[start] in " ,\"'(":
        start += 1
    stop = _OBJECT_END.search(folded, start)
    end = stop.start() if stop else len(folded)
    if until_charge:
        charge = _CHARGE.search(folded, start, end)
        if charge:
            end = charge.start()
    words = list(re.finditer(r"\S+", folded[start:end]))
    if len(words) > limit:
        end = start + words[limit - 1].end()
    return trim(folded, (start, end))


def content(folded: str, position: int, limit: int = 22) -> Span | None:
    """What is said or denied: all that follows up to the end of the clause, at most `limit` words."""
    start = position
    while start < len(folded) and folded[start] in " ,:":
        start += 1
    stop = re.compile(
        r"[;.()!?]|\s-\s|,\s(?=(?:ma|mentre|e|sottolineando|affermando|sostenendo|aggiungendo|dicendo|scaricando)\b)|\s(?:ma|mentre)\s"
    ).search(folded, start)
    end = stop.start() if stop else len(folded)
    words = list(re.finditer(r"\S+", folded[start:end]))
    if len(words) > limit:
        end = start + words[limit - 1].end()
    while end > start and folded[end - 1] in " ,\"'":
        end -= 1
    return (start, end) if end - start > 1 else None
