"""Scopes that turn a cue over or weaken it: negation, the reportative conditional, questions, hypotheses."""

import re

from summarize.claims.lexicon import phrase
from summarize.claims.text import Span, inside

_NEGATED = re.compile(
    r"(?<![\w'])(?:non|né|nessun\w*|senza|mai|nemmeno|neppure|neanche|evita(?:to|no)? di|lungi dal)(?:\s+(?!solo\b|che\b)[\w']+){0,3}\s*$"
)
_CONDITIONAL = phrase(
    r"avrebbe|avrebbero|sarebbe|sarebbero|potrebbe|potrebbero|dovrebbe|dovrebbero|farebbe|farebbero|starebbe|starebbero"
    r"|presunt[oaie]|presumibilmente|sospett\w+|ipotes[ei]|ipotizz\w+|apparentemente|probabilmente|con ogni probabilità|verosimilmente|sembr\w+|pare che|possibil[ei]|forse|a quanto pare|non escludo"
    r"|si ritiene|si sospetta|si pensa|si crede"
)
_HYPOTHETICAL = re.compile(r"(?<![\w'])(?:se|qualora|nel caso in cui|affinché|chiunque|chi)\s+(?:[\w']+\s+){0,6}$")
_DOUBTED = phrase(
    r"ritrattat\w+|ritirat[oaie]|smentit[oaie] (?:dai|dalle|dagli) (?:fatti|indagini|ricercatori)|poi ammess\w+|non confermat\w+|non è (?:stato |stata )?confermat\w+|in dubbio|assolt[oaie]|prosciolt[oaie]|archiviat[oaie]"
)


_BACKGROUND = phrase(
    r"in passato|in precedenza|anni fa|mesi fa|negli (?:anni|ultimi anni)|lo scorso anno|l'anno scorso|non è la prima volta|a suo tempo|già (?:nel|in passato|lo scorso)|risale al"
    r"|(?:nel|dal|del|a|da|di)? ?(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre) (?:19|20)\d\d|nel (?:19|20)\d\d"
)


def background(folded: str) -> bool:
    """Whether the sentence looks back at another time, as background cases do."""
    return bool(_BACKGROUND.search(folded))


def negated(folded: str, position: int) -> bool:
    """Whether a negation within three words of the same clause governs what starts at `position`."""
    left = folded[max(0, position - 60) : position]
    return bool(_NEGATED.search(re.split(r"[,;:()\"]", left)[-1]))


def conditional(folded: str) -> bool:
    """Whether the sentence hedges: reportative conditional, `presunto`, a suspicion."""
    return bool(_CONDITIONAL.search(folded))


def doubted(folded: str) -> bool:
    """Whether the sentence itself says that the claim was withdrawn, disproved or not confirmed."""
    return bool(_DOUBTED.search(folded))


def hypothetical(folded: str, position: int) -> bool:
    """Whether the cue stands in an `if` clause."""
    left = folded[max(0, position - 80) : position]
    return bool(_HYPOTHETICAL.search(re.split(r"[,;:()\"]", left)[-1]))


def question(folded: str) -> bool:
    """Whether the sentence asks."""
    return folded.rstrip(' "').endswith("?")


def quoted(position: int, quotes: tuple[Span, ...]) -> bool:
    """Whether the cue stands inside a quotation."""
    return inside(position, list(quotes))
