"""Quotation marks: what opens must close, and what is quoted must stay a quotation."""

import re

from summarize.document import Finding
from summarize.fidelity.pair import Pair, Span
from summarize.fidelity.speakers import verbs

QUOTED = re.compile(
    r"\"[^\"]{12,}\"|“[^”\"]{12,}[”\"]|«[^»]{12,}»|„[^“”]{12,}[“”]|''[^']{12,}''|(?<!\w)'[^']{12,}'(?!\w)"
)
OPENING, CLOSING = "“«„", "”»"
MARK = re.compile(r"[\"“”«»„]|''")


def check(pair: Pair) -> list[Finding]:
    """Compare the quotation marks of both sides, whatever their form.

    A sentence may open a quotation that a later one closes, or close an earlier one; so an open one in English is
    an error only when the Italian closes its own, or has none and the English goes on to say who speaks.
    """
    loose = unclosed(pair.en)
    opens = loose and pair.en[slice(*loose)] not in CLOSING and not pair.en[loose[0] - 1 : loose[0]].isalnum()
    starts = opens and loose and pair.en[loose[1] : loose[1] + 1].strip()
    if starts and not unclosed(pair.it) and (MARK.search(pair.it) or verbs("en", "say").search(pair.en_lower)):
        return [pair.finding("quotation", en=loose)]
    quoted = QUOTED.search(pair.it)
    if quoted and len(quoted[0].split()) >= 5 and not re.search(r"[\"“”«»„]|''|(?<!\w)'|'(?!\w)", pair.en):
        return [pair.finding("quotation", it=quoted.span())]
    return []


def unclosed(text: str) -> Span | None:
    """The quotation mark that has no fellow: one left open, or one that closes nothing; None when all is paired."""
    open_marks: list[Span] = []
    for match in MARK.finditer(text):
        mark = match[0]
        if mark in OPENING:
            open_marks.append(match.span())
        elif mark in CLOSING or open_marks:
            if not open_marks:
                return match.span()
            open_marks.pop()
        else:
            open_marks.append(match.span())
    return open_marks[-1] if open_marks else None
