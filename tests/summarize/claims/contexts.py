"""A sentence as the rules of claims see it."""

from summarize.claims.speakers import Context, Voice
from summarize.claims.text import fold, quotations


def context(text: str, *, speaker: str | None = None, answers: tuple[str, ...] = ()) -> Context:
    """The sentence, spoken by nobody unless told; `answers` are whom the rest of the article blames."""
    folded = fold(text)
    voices = (Voice(speaker, 0),) if speaker else ()
    return Context(0, text, folded, folded, tuple(quotations(folded)), voices, heading=False, answers=answers)
