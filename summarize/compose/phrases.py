"""Italian noun phrases for actors and accusations in English: known whole, or not at all.

Nothing is guessed: a phrase with one word that no table knows gives None, and the caller quotes the Italian instead.
"""

from __future__ import annotations

from dataclasses import replace

from summarize.compose import lexicon
from summarize.compose.english import Phrase
from summarize.compose.grammar import AFTER_NAME, CLAUSE_STARTS, DEFINITE, INDEFINITE, VERBS, preposition
from summarize.compose.reader import Reader

__all__ = ["Phrase", "actor", "is_quotable", "leading_name", "matter"]

ENDS = frozenset({"", ","})
LONGEST_QUOTE = 9  # tokens


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
    if reader.peek() not in ENDS:
        phrase = reader.restart().phrase(reader.article)
    return phrase if phrase is not None and not phrase.thing and reader.peek() in ENDS else None


def matter(italian: str) -> Phrase | None:
    """English for what is denied ("le accuse di spionaggio"); None when its words are unknown.

    What follows the noun phrase may be left out where it begins another clause ("le accuse e sottolinea che …").
    """
    reader = Reader(italian, lexicon.matters())
    phrase = reader.coordination(reader.lead()) or reader.restart().phrase()
    if phrase is None or not phrase.thing:
        return None
    gerund = reader.peek().endswith(("ando", "endo"))
    infinitive = reader.peek() in {"di", "d'"} and reader.peek(1).endswith(("re", "er", "rsi"))
    if gerund or infinitive or reader.peek() in CLAUSE_STARTS:
        return replace(phrase, open=infinitive or reader.peek() == "che")
    return None


def leading_name(italian: str) -> Phrase | None:
    """The proper name that a longer string begins with ("Killnet è un gruppo …"); None where it begins otherwise."""
    reader = Reader(italian, lexicon.actors())
    phrase = reader.phrase(reader.lead())
    return phrase if phrase is not None and phrase.named and reader.peek() in AFTER_NAME else None


def is_quotable(italian: str) -> bool:
    """Whether a string that cannot be read is a noun phrase all the same: it begins as one, and has no verb."""
    reader = Reader(italian, lexicon.actors())
    reader.lead()
    if not 0 < len(reader.low) <= LONGEST_QUOTE or VERBS & set(reader.low) or preposition(reader.low[-1]):
        return False
    if reader.peek() in DEFINITE or reader.peek() in INDEFINITE:
        return True
    return reader.phrase() is not None
