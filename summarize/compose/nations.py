"""The state behind an office named without it: "il ministro degli Esteri" beside "Il Belgio ritiene che …"."""

from __future__ import annotations

from summarize.compose import lexicon
from summarize.compose.english import Phrase
from summarize.compose.grammar import AND, DEFINITE, STATE_VERBS

LONGEST = 4  # words of a state's name


def with_state(phrase: Phrase, italian: str) -> Phrase:
    """Add to an office the one state that acts in the text around it: "Belgium's foreign minister"."""
    state = state_of(italian) if phrase.stateless else None
    if state is None:
        return phrase
    owner = f"{state}'" if state.endswith("s") else f"{state}'s"
    return Phrase(f"{owner} {phrase.text.removeprefix('the ')}", phrase.plural)


def state_of(italian: str) -> str | None:
    """The one state that is the subject of a verb of saying or holding, in English; None where none or several are."""
    raw = lexicon.tokens(italian)
    low = [token.lower() for token in raw]
    found: set[str] = set()
    for start, token in enumerate(raw):
        first = start - 1 if start and low[start - 1] in DEFINITE else start
        if not token[0].isupper() or low[start] in DEFINITE or low[max(first - 1, 0)] in AND:
            continue
        for end in range(start + 1, min(start + LONGEST, len(low) - 1) + 1):
            state = lexicon.states().get(tuple(low[start:end]))
            if state is not None and low[end] in STATE_VERBS:
                found.add(state)
    return found.pop() if len(found) == 1 else None
