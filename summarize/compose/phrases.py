"""Italian noun phrases for actors and accusations in English: known whole, or not at all.

Nothing is guessed: a phrase with one word that no table knows gives None, and the caller quotes the Italian instead.
"""

from __future__ import annotations

from summarize.compose import lexicon
from summarize.compose.english import Phrase
from summarize.compose.grammar import CLAUSE_STARTS, DEFINITE, INDEFINITE
from summarize.compose.reader import Reader

__all__ = ["Phrase", "actor", "has_head", "matter"]


def actor(italian: str) -> Phrase | None:
    """English for an actor ("l'ambasciata cinese in Belgio"); None when any word of it is unknown.

    A preposition in front ("contro la Cina", "ai danni di una società") is left out, and so is what follows a comma
    and only tells more of the actor (", che guida il paese dal 2010").
    """
    pronoun = lexicon.pronouns().get(lexicon.words(italian))
    if pronoun is not None:
        return Phrase(pronoun, plural=pronoun == "they")
    reader = Reader(italian, lexicon.actors())
    phrase = reader.coordination(reader.lead())
    return phrase if phrase is not None and not phrase.thing and reader.peek() in {"", ","} else None


def matter(italian: str) -> Phrase | None:
    """English for what is denied ("le accuse di spionaggio"); None when its words are unknown.

    What follows the noun phrase may be left out where it begins another clause ("le accuse e sottolinea che …").
    """
    reader = Reader(italian, lexicon.matters())
    phrase = reader.coordination(reader.lead()) or reader.restart().phrase()
    if phrase is None or not phrase.thing:
        return None
    infinitive = reader.peek() in {"di", "d'"} and reader.peek(1).endswith(("re", "er", "rsi"))
    return phrase if infinitive or reader.peek() in CLAUSE_STARTS else None


def has_head(italian: str) -> bool:
    """Whether a string begins as a noun phrase does: an article, a noun of the tables, or a name."""
    reader = Reader(italian, lexicon.actors())
    reader.lead()
    if reader.peek() in DEFINITE or reader.peek() in INDEFINITE:
        return True
    return reader.phrase() is not None
