"""The two sides of a sentence pair, tokenized once for all the checks."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from summarize.document import Finding

Span = tuple[int, int]
Severity = Literal["error", "warning"]

# A word keeps inner hyphens and dots between letters ("e-mail", "U.S."); apostrophes part words, as elision does.
WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*", re.UNICODE)
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without diacritics, the form in which names of both sides are compared."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ø", "o").replace("ł", "l")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters, where it stands, and whether it opens a sentence."""

    text: str
    folded: str
    start: int
    end: int
    initial: bool

    @property
    def span(self) -> Span:
        """(start, end) in its sentence."""
        return self.start, self.end

    @property
    def capitalised(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()


OPENERS = frozenset('.!?:;…\n"“«')


@lru_cache(maxsize=256)
def words(text: str) -> tuple[Word, ...]:
    """Split a text into its words; `initial` after a full stop, a colon or an opening quotation mark too."""
    found: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        start, end = match.span()
        initial = not found or not OPENERS.isdisjoint(text[last:start])
        found.append(Word(match[0], fold(match[0]), start, end, initial))
        last = end
    return tuple(found)


@dataclass(frozen=True)
class Pair:
    """An Italian sentence and the English that is to say the same.

    Apostrophes are made straight on both sides; this changes no offset.
    """

    it: str
    en: str

    @classmethod
    def of(cls, it: str, en: str) -> "Pair":
        """Straighten the apostrophes of both sides."""
        return cls(it.translate(APOSTROPHES), en.translate(APOSTROPHES))

    @cached_property
    def it_words(self) -> tuple[Word, ...]:
        """The words of the Italian side, in order."""
        return words(self.it)

    @cached_property
    def en_words(self) -> tuple[Word, ...]:
        """The words of the English side, in order."""
        return words(self.en)

    @cached_property
    def it_lower(self) -> str:
        """The Italian side in lower case, of the same length."""
        return lower(self.it)

    @cached_property
    def en_lower(self) -> str:
        """The English side in lower case, of the same length."""
        return lower(self.en)

    def finding(
        self, kind: str, it: Span | None = None, en: Span | None = None, severity: Severity = "error"
    ) -> Finding:
        """Name a finding by where it stands on either side."""
        it_text = self.it[it[0] : it[1]] if it else None
        en_text = self.en[en[0] : en[1]] if en else None
        return Finding(kind, it_text, en_text, severity, it, en)


def lower(text: str) -> str:
    """Lower case, character by character, so that offsets stay (`İ` would become two)."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
