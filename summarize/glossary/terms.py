"""A term, and the patterns that find it: singular and plural, with the case that its rule asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Term:
    """A source term, the English forms that are right, and those known to be wrong."""

    source: str
    targets: tuple[str, ...]
    case: str = "any"
    wrong: tuple[str, ...] = ()
    own: bool = False

    @property
    def inflects(self) -> bool:
        """Whether it is a common noun, which has a plural."""
        return self.case == "any" and self.source.islower()

    @property
    def opening(self) -> str:
        """What any text that has the term has too, in small letters: the stem of its first word."""
        first = self.source.split()[0].lower()
        return first[: max(2, len(first) - 3)] if self.inflects else first

    def matches(self, text: str) -> list[tuple[int, int]]:
        """Where the term stands in an Italian text, never inside another word."""
        pattern = inflected(self.source) if self.inflects else phrase(self.source, self.case)
        return [match.span() for match in pattern.finditer(text)]

    def right(self, english: str) -> bool:
        """Whether an English text has one of the right forms."""
        case = "exact" if self.case == "exact" else "any"
        forms = (*self.targets, *map(plural, self.targets)) if self.inflects else self.targets
        return any(phrase(form, case).search(english) for form in forms)

    def rendering(self, found: str) -> str:
        """The English to put for the term as it stands in a text."""
        folded = found.lower().replace("’", "'")
        return plural(self.targets[0]) if self.inflects and folded != self.source.lower() else self.targets[0]

    def mistaken(self, english: str) -> list[re.Match[str]]:
        """Where an English text has a wrong form, longest first."""
        forms = sorted(self.wrong, key=len, reverse=True)
        return [match for form in forms for match in phrase(form, "any").finditer(english)]


@lru_cache(maxsize=8192)
def phrase(words: str, case: str) -> re.Pattern[str]:
    """A term as a pattern of whole words; spaces match any white space, straight apostrophes curly ones too."""
    parts = [re.escape(word).replace("'", "['’]") for word in words.split()]
    body = r"\s+".join(parts)
    if case == "exact":
        flags = ""
    elif case == "capital":
        flags = rf"(?={re.escape(words[0])})"
        body = f"(?i:{body})"
    else:
        flags, body = "", f"(?i:{body})"
    return re.compile(rf"(?<!\w){flags}{body}(?!\w)")


# The plural of an Italian word by its ending; what has another ending stays as it is.
ENDINGS = (
    ("co", "c(?:o|hi|i)"),
    ("go", "g(?:o|hi|i)"),
    ("ca", "c(?:a|he)"),
    ("ga", "g(?:a|he)"),
    ("cia", "c(?:ia|ie|e)"),
    ("gia", "g(?:ia|ie|e)"),
    ("io", "(?:io|ii|i)"),
    ("o", "[oi]"),
    ("a", "[aei]"),
    ("e", "[ei]"),
)
SHORT = 3  # letters of words that are articles and prepositions


@lru_cache(maxsize=8192)
def inflected(words: str) -> re.Pattern[str]:
    """A term in small letters as a pattern of whole words, singular and plural."""
    body = r"\s+".join(map(inflected_word, words.split()))
    return re.compile(rf"(?i)(?<!\w){body}(?!\w)")


def inflected_word(word: str) -> str:
    """A word with the endings it may have as a fragment of a pattern."""
    known = [(ending, forms) for ending, forms in ENDINGS if word.endswith(ending)] if len(word) > SHORT else []
    ending, forms = max(known, key=lambda each: len(each[0]), default=("", ""))
    return re.escape(word.removesuffix(ending)).replace("'", "['’]") + forms


def plural(form: str) -> str:
    """An English noun phrase in the plural, by the rule."""
    if re.search(r"(?:s|x|ch|sh)$", form):
        return form if form.endswith("s") else form + "es"
    return re.sub(r"(?<=[^aeiou])y$", "ie", form) + "s"
