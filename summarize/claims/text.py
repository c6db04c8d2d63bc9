"""Folding text for matching, and where its quotations are."""

import re

_FOLD = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "″": '"',
    }
    | dict.fromkeys("\u00a0\u2009\u202f\u2007\t\n\r", " ")
    | dict.fromkeys("–—−", "-")
    | dict.fromkeys("\u200b\u200c\u200d\ufeff", " ")
)
_QUOTE = re.compile('["“”„«»]')

Span = tuple[int, int]


def fold(text: str) -> str:
    """Lower case with straight quotes, apostrophes and dashes; every character keeps its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_FOLD)


def quotations(text: str) -> list[Span]:
    """Spans of the quotations of a paragraph, marks included; one that is never closed runs to its end.

    A mark opens when a blank or an opening bracket stands before it and closes otherwise: writers mix the kinds.
    """
    spans: list[Span] = []
    opened: int | None = None
    for mark in _QUOTE.finditer(text):
        at = mark.start()
        before = text[at - 1] if at else " "
        after = text[mark.end()] if mark.end() < len(text) else " "
        opens = mark[0] in "«„" or (not after.isspace() and (before.isspace() or before in "([-–—'’:"))
        if opened is None:
            if opens:
                opened = at
        elif not opens or mark[0] in "»”":
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


def inside(position: int, spans: list[Span]) -> bool:
    """Whether a position lies inside one of the spans."""
    return any(start < position < end for start, end in spans)


def squash(text: str) -> str:
    """One line, single blanks."""
    return " ".join(text.split())
