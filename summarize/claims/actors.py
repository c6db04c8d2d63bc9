"""Hostile actors in a sentence: named groups, and hackers, gangs or spies of some side."""

import re

from summarize.claims import groups, phrases
from summarize.claims.lexicon import rule
from summarize.claims.text import Span, fold

_PROPER = re.compile(r"\s[A-Z]\w{2,}")
_OWN_NAME = re.compile(r"[A-Z][a-z]+[A-Z]\w+$")  # `MirrorFace`: no word that merely opens a sentence


def first(text: str, folded: str, start: int = 0) -> Span | None:
    """Where the first hostile actor after `start` is named: a listed group, else `hacker russi` and the like."""
    named = groups.mentions(text[start:])
    if named:
        at = text.index(named[0], start)
        return at, at + len(named[0])
    hit = rule("actors", "hostile_of_side").search(folded, start)
    return phrases.trim(folded, hit.span()) if hit else None


def hostile_span(folded: str, start: int) -> Span | None:
    """Where hackers, a gang or the like stand after `start`, with what ties them to somebody."""
    hit = rule("actors", "hostile").search(folded, start)
    return phrases.complement(folded, hit.start()) if hit else None


def after_having(folded: str, position: int) -> bool:
    """Whether `avere` stands right before `position`: what follows is an active perfect, no passive."""
    words = folded[max(0, position - 30) : position].split()
    return any(rule("actors", "perfect").fullmatch(word) for word in words[-2:])


def is_hostile(name: str) -> bool:
    """Whether a name is that of hackers, a gang or the like."""
    return bool(groups.mentions(name) or rule("actors", "hostile").search(fold(name)))


def is_actor(name: str) -> bool:
    """Whether a name can be that of who attacks: a listed group, hackers, or a state and its services."""
    return is_hostile(name) or bool(rule("actors", "side").search(fold(name)))


def is_named(name: str) -> bool:
    """Whether a name is that of an actor who can be told from others: `un gruppo di hacker` alone is nobody."""
    folded = fold(name)
    if groups.mentions(name) or rule("actors", "side").search(folded):
        return True
    return bool(rule("actors", "hostile").search(folded) and _PROPER.search(name))


def is_specific(name: str) -> bool:
    """Whether a name says more than `a hacker`: a listed group, a side, or a proper name."""
    tied = rule("actors", "hostile_of_side").search(fold(name))
    return bool(tied or groups.mentions(name) or _PROPER.search(name) or _OWN_NAME.match(name))
