"""Terms that must come out right: names that are not translated, bodies with an English name, security terms.

A glossary is a TSV file: source, target, case rule, note. The target holds the forms that are right, parted by `|`,
the first of which is put in; `=` copies the source. The case rule is `any` (the default), `capital` (the first letter
as written) or `exact`. A note may name wrong renderings: `not: privacy guarantor; guarantor of privacy`.
A source in small letters stands for its plural too ("attore della minaccia", "attori della minaccia"), and a plural in
the Italian may have one in the English.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from models.translator import Proposal
from summarize.document import Finding
from summarize.errors import GlossaryError

if TYPE_CHECKING:
    from models.translator import Proposals

CASES = ("any", "capital", "exact")
WRONG = re.compile(r"\bnot:\s*(?P<forms>.+)$")
MAX_BYTES = 1_000_000


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


def parse(text: str, name: str, own: bool = True) -> tuple[Term, ...]:
    """The terms of a glossary.

    Raises:
        GlossaryError: a line cannot be used; the message has its number.

    """
    terms: dict[str, Term] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        problem = fault(cells) or (f"{cells[0]!r} stands in it twice" if cells[0].lower() in terms else None)
        if problem:
            raise GlossaryError(f"{name}, line {number}: {problem}")
        source, target, case, note = (*cells, "", "")[:4]
        targets = (source,) if target == "=" else tuple(form.strip() for form in target.split("|"))
        found = WRONG.search(note)
        wrong = tuple(form.strip() for form in found["forms"].split(";") if form.strip()) if found else ()
        terms[source.lower()] = Term(source, targets, case or "any", wrong, own)
    return tuple(terms.values())


def fault(cells: Sequence[str]) -> str | None:
    """What is wrong with the cells of a line; None when nothing is."""
    if not 2 <= len(cells) <= 4:
        return f"{len(cells)} columns where 2 to 4 are meant (source, target, case rule, note), parted by tabs"
    if not cells[0] or not re.search(r"\w", cells[0]):
        return "the source is empty"
    if not all(re.search(r"\w", form) or cells[1] == "=" for form in cells[1].split("|")):
        return "the target is empty; `=` copies the source"
    if len(cells) > 2 and cells[2] and cells[2] not in CASES:
        return f"{cells[2]!r} is no case rule; use one of {', '.join(CASES)}"
    return None


def load(path: str) -> tuple[Term, ...]:
    """Read a glossary file.

    Raises:
        GlossaryError: it cannot be read, is not UTF-8, or has a line that cannot be used.

    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise GlossaryError(f"{path}: the glossary cannot be read ({getattr(error, 'strerror', error)})") from error
    if len(data) > MAX_BYTES:
        raise GlossaryError(f"{path}: the glossary is larger than {MAX_BYTES // 1000} kB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise GlossaryError(f"{path}, line {line}: not UTF-8; save the glossary as UTF-8") from error
    return parse(text, path)


@lru_cache(maxsize=1)
def builtin() -> tuple[Term, ...]:
    """The terms of Italian security news that come with sunto."""
    source = files("summarize") / "glossaries" / "security.tsv"
    return parse(source.read_text(encoding="utf-8"), "security.tsv", own=False)


def combined(user: str | Sequence[Term] | None = None) -> tuple[Term, ...]:
    """The user's terms, or those in the file of that path, and ours that they do not replace, the longest first."""
    own = load(user) if isinstance(user, str) else tuple(user or ())
    taken = {term.source.lower() for term in own}
    ours = [term for term in builtin() if term.source.lower() not in taken]
    return tuple(sorted((*own, *ours), key=lambda term: -len(term.source)))


def digest(terms: Sequence[Term]) -> str:
    """Eight hexadecimal digits that tell one set of terms from another."""
    return hashlib.sha256(repr(terms).encode()).hexdigest()[:8]


def occurring(italian: str, terms: Sequence[Term]) -> Iterator[tuple[Term, tuple[int, int]]]:
    """The terms of a sentence with the place of each, longer terms before the shorter ones inside them."""
    taken: list[tuple[int, int]] = []
    lowered = italian.lower().replace("’", "'")
    for term in terms:
        if term.opening not in lowered:
            continue
        for start, end in term.matches(italian):
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield term, (start, end)


def proposals(terms: Sequence[Term]) -> Proposals:
    """What to tell a translator that reads hints: for each term of a text its English, as many as the text has.

    The user's own are firm. Ours that are the same in both languages are left out, for names are copied anyway.
    """
    telling = [term for term in terms if term.own or term.targets[0] != term.source]

    def of(text: str) -> list[Proposal]:
        found = {text[slice(*span)]: term for term, span in occurring(text, telling)}
        return [Proposal(words, term.rendering(words), term.own) for words, term in found.items()]

    return of


def check(italian: str, english: str, terms: Sequence[Term]) -> tuple[Finding, ...]:
    """Find the terms that did not come out right.

    A known wrong form and a term of the user's own are errors; one of ours that is merely missing is a warning.
    """
    findings: list[Finding] = []
    seen: set[str] = set()
    for term, span in occurring(italian, terms):
        if term.source in seen or not english.strip():
            continue
        seen.add(term.source)
        mistaken = term.mistaken(english)
        if mistaken:
            match = mistaken[0]
            findings.append(Finding("glossary", italian[slice(*span)], match[0], "error", span, match.span()))
        elif not term.right(english):
            findings.append(Finding("glossary", italian[slice(*span)], None, "error" if term.own else "warning", span))
    return tuple(findings)


def mend(italian: str, english: str, terms: Sequence[Term]) -> str:
    """Put the right form where the English has a known wrong one.

    Only noun phrases that stand once are replaced, so that the grammar around them survives; articles are made to
    fit ("a ransom", "an ACN official").
    """
    for term, span in occurring(italian, terms):
        found = term.mistaken(english)
        if not found or term.right(english):
            continue
        match = found[0]
        if match[0].split()[0].lower() in ("of", "to", "for") or english.lower().count(match[0].lower()) > 1:
            continue
        english = put(english, match, term.rendering(italian[slice(*span)]))
    return english


def put(english: str, match: re.Match[str], form: str) -> str:
    """Replace a match, with a capital where a sentence begins and with the article that fits."""
    before, after = english[: match.start()], english[match.end() :]
    if match[0][0].isupper() and (not before.strip() or before.rstrip()[-1] in ".!?:"):
        form = form[0].upper() + form[1:]
    article = re.search(r"\b([Aa])n?\s+$", before)
    if article:
        before = before[: article.start()] + article[1] + ("n " if form[0].lower() in "aeiou" else " ")
    return before + form + after
