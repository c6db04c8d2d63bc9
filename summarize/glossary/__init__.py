"""Terms that must come out right: names that are not translated, bodies with an English name, security terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from models.preediting import edited
from models.translator import Proposal
from summarize.document import Finding
from summarize.glossary.reading import builtin, combined, digest, load, parse
from summarize.glossary.terms import Term, phrase, plural

if TYPE_CHECKING:
    from models.translator import Proposals

__all__ = [
    "Term",
    "builtin",
    "check",
    "combined",
    "digest",
    "load",
    "mend",
    "occurring",
    "parse",
    "phrase",
    "plural",
    "proposals",
    "put",
]


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
    telling += [replace(term, source=read) for term in telling if (read := as_read(term.source)) != term.source]

    def of(text: str) -> list[Proposal]:
        found = {text[slice(*span)]: term for term, span in occurring(text, telling)}
        return [Proposal(words, term.rendering(words), term.own) for words, term in found.items()]

    return of


def as_read(source: str) -> str:
    """A term as it stands in a sentence that was edited for translation: "Rossi S.p.A." as "Rossi Spa"."""
    return edited(f"{source} e").removesuffix(" e")


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
