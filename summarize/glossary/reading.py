"""Glossaries read: the user's file, the terms that come with sunto, and both together.

A glossary is a TSV file: source, target, case rule, note. The target holds the forms that are right, parted by `|`,
the first of which is put in; `=` copies the source. The case rule is `any` (the default), `capital` (the first letter
as written) or `exact`. A note may name wrong renderings: `not: privacy guarantor; guarantor of privacy`.
A source in small letters stands for its plural too ("attore della minaccia", "attori della minaccia"), and a plural in
the Italian may have one in the English.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from summarize.errors import GlossaryError
from summarize.glossary.terms import Term

CASES = ("any", "capital", "exact")
WRONG = re.compile(r"\bnot:\s*(?P<forms>.+)$")
MAX_BYTES = 1_000_000


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
    source = files("summarize.glossary") / "data" / "security.tsv"
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
