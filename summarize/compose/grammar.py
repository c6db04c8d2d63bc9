"""Italian function words, read from `data/function-words.toml`."""

from __future__ import annotations

import tomllib

from summarize.compose.lexicon import DATA, words

TABLE = tomllib.loads((DATA / "function-words.toml").read_text(encoding="utf-8"))
DEFINITE: dict[str, str] = TABLE["definite"]
PREPOSITIONS: dict[str, str] = TABLE["prepositions"]
ARTICULATED: dict[str, str] = TABLE["articulated"]
QUANTIFIERS: dict[str, str] = TABLE["quantifiers"]
INDEFINITE = frozenset(TABLE["words"]["indefinite"])
SINGLE = frozenset(TABLE["words"]["singular_quantifiers"])
POSSESSIVES = frozenset(TABLE["words"]["possessives"])
PARTICLES = frozenset(TABLE["words"]["particles"])
AND = frozenset(TABLE["words"]["and"])
OR = frozenset(TABLE["words"]["or"])
LEADS = tuple(map(words, TABLE["words"]["leads"]))
CLAUSE_STARTS = frozenset(TABLE["words"]["clause_starts"])
VERBS = frozenset(TABLE["words"]["verbs"])
AFTER_NAME = VERBS | frozenset(TABLE["words"]["after_name"])
STATE_VERBS = frozenset(TABLE["words"]["state_verbs"])
QUOTES = {"“": "”", '"': '"', "«": "»", "‘": "’", "'": "'"}


def preposition(word: str) -> tuple[str, str] | None:
    """Split a preposition from the article inside it: "dell'" is ("di", "l'"), "con" is ("con", "")."""
    if word in ARTICULATED:
        kind, _, article = ARTICULATED[word].partition(" ")
        return kind, article
    return (word, "") if word in PREPOSITIONS else None
