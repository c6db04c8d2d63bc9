"""A row of Italian tokens and a place in it: names, adjectives and entries of the tables are taken from there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Self, TypeVar

from models.wordlists import known
from summarize.compose import lexicon
from summarize.compose.grammar import AND, LEADS, PARTICLES, QUOTES, preposition
from summarize.compose.lexicon import Noun, Words

Entry = TypeVar("Entry")
LONGEST = 6  # words of an entry


def is_name(token: str) -> bool:
    """Tell a token of a proper name: a capital or digit somewhere in it."""
    return any(char.isupper() or char.isdigit() for char in token)


PARTICIPLE = re.compile(r"(?:[aiu]t|s|rt|lt|tt)[oaie]$")


def is_common(word: str, *, certain: bool) -> bool:
    """Tell an Italian word that is no name, for a capital that only starts the sentence ("Arrestato a Rodi").

    Args:
        word: in lower case.
        certain: nothing follows it, so that it may be a name spelled like a word; only participles count.

    """
    if certain and not PARTICIPLE.search(word):
        return False
    return known(word, "it")


class Cursor:
    """Each method starts at `at` and leaves it after what it took, or where it was."""

    def __init__(self, text: str, nouns: dict[Words, Noun]) -> None:
        self.raw = lexicon.tokens(text)
        self.low = [token.lower() for token in self.raw]
        self.nouns = nouns
        self.at = 0
        self.article = ""

    def peek(self, offset: int = 0) -> str:
        """The lower-case token ahead, empty at the end."""
        index = self.at + offset
        return self.low[index] if index < len(self.low) else ""

    def lead(self) -> str:
        """Pass over a preposition in front; the article inside it comes back."""
        for words in LEADS:
            if tuple(self.low[: len(words)]) == words:
                self.at = len(words)
        found = preposition(self.peek())
        self.article = found[1] if found else ""
        self.at += found is not None
        return self.article

    def restart(self) -> Self:
        """Go back to the start, after the preposition in front."""
        self.at = 0
        self.lead()
        return self

    def longest(self, table: Mapping[Words, Entry]) -> Entry | None:
        """Take the longest entry of a table that starts here."""
        for length in range(min(LONGEST, len(self.low) - self.at), 0, -1):
            entry = table.get(tuple(self.low[self.at : self.at + length]))
            if entry is not None:
                self.at += length
                return entry
        return None

    def rest_of_name(self) -> str:
        """Go on with a name of a body: "Movimento Islamico" goes on with "del Turkestan Orientale"."""
        found, start = preposition(self.peek()), self.at
        if found is None or found[0] != "di" or not self.capital_at(self.at + 1):
            return ""
        self.at += 1
        if self.longest(lexicon.names()) is not None or self.starts_noun():
            self.at = start
            return ""
        return " ".join([" " + self.raw[start], self.run_of_capitals()]).replace("' ", "'")

    def starts_noun(self) -> bool:
        """Whether a common noun starts here: "il generale Rossi" has no adjective."""
        start = self.at
        found = self.longest(self.nouns)
        self.at = start
        return found is not None

    def starts_name(self) -> bool:
        """A capitalised word that a table of names knows is a name, whatever else it may be."""
        return self.raw[self.at][0].isupper() and any(
            tuple(self.low[self.at : self.at + n]) in lexicon.names() for n in range(1, LONGEST)
        )

    def capital_at(self, index: int) -> bool:
        """Whether the token there is part of a proper name."""
        return index < len(self.raw) and is_name(self.raw[index])

    def run_of_capitals(self) -> str:
        """A proper name that no table knows, copied as it stands."""
        start = self.at
        while self.at < len(self.raw) and (
            is_name(self.raw[self.at])
            or (self.at > start and self.low[self.at] in PARTICLES and self.capital_at(self.at + 1))
            or (self.at > start and self.low[self.at] == "d'" and self.capital_at(self.at + 1))
        ):
            self.at += 1
        run = " ".join(self.raw[start : self.at]).replace("' ", "'")
        alone = self.at - start == 1 and self.at <= 2
        if alone and is_common(self.low[start], certain=self.at == len(self.raw)):
            self.at = start
            return ""
        return run

    def quoted(self) -> str:
        """A name in quotation marks, the marks kept only where it has small letters."""
        opening = self.peek()
        closing = QUOTES.get(opening)
        if closing is None or closing not in self.raw[self.at + 1 :]:
            return ""
        end = self.raw.index(closing, self.at + 1)
        inner = self.raw[self.at + 1 : end]
        self.at = end + 1
        name = " ".join(inner)
        return name if inner and all(is_name(token) for token in inner) else f"“{name}”"

    def adjectives(self, plain: list[str], nations: list[str]) -> bool:
        """Take the adjectives that stand here, joined by "e" or not."""
        taken = False
        while self.at < len(self.low):
            start = self.at
            linked = taken and self.peek() in AND
            self.at += linked
            nation = lexicon.nationality((self.peek(),))
            if self.is_part_of_name():
                self.at = start
                break
            if nation and not self.starts_name():
                nations.append(f"and {nation}" if linked and nations else nation)
                self.at += 1
            elif (other := self.longest(lexicon.adjectives())) is not None:
                plain.append(other)
            else:
                self.at = start
                break
            taken = True
        return taken

    def is_part_of_name(self) -> bool:
        """A capital on an adjective before another capital is a first name: "il premier Romano Prodi"."""
        return self.at > 0 and self.capital_at(self.at) and self.capital_at(self.at + 1)

    def names_after(self) -> str:
        """The name or names beside a noun: "i ministri Rossi e Bianchi"."""
        start = self.at
        known = self.longest(lexicon.names()) if self.raw[start][0].isupper() else None
        name = known or self.quoted() or self.run_of_capitals()
        if name and not known and self.at - start > 1:
            name += self.rest_of_name()
        while name and self.peek() in AND and self.capital_at(self.at + 1):
            self.at += 1
            name += f" and {self.run_of_capitals()}"
        return name
