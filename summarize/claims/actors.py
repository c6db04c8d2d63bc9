"""Hostile actors in a sentence: named groups, and hackers, gangs or spies of some side."""

import re
from functools import lru_cache

from summarize.claims import groups, phrases
from summarize.claims.lexicon import phrase
from summarize.claims.text import Span, fold


@lru_cache(maxsize=1)
def auxiliary() -> re.Pattern[str]:
    """A form of `essere` or `venire`, as it begins a passive."""
    return phrase("<ESSERE>")


@lru_cache(maxsize=1)
def active_auxiliary() -> re.Pattern[str]:
    """A form of `avere`, as it begins an active perfect."""
    return phrase("<AVERE>")


@lru_cache(maxsize=1)
def acts() -> re.Pattern[str]:
    """A hostile act or a hostile actor of any kind."""
    return phrase("<ACT>|<HOSTILE>")


@lru_cache(maxsize=1)
def charges() -> re.Pattern[str]:
    """An accusation, a suspicion, a report to be rejected."""
    return phrase("<CHARGE>")


@lru_cache(maxsize=1)
def wrongdoing() -> re.Pattern[str]:
    """What somebody who is blamed did, or how he is tied to it."""
    return phrase(r"(?:<DONE>)\w*")


@lru_cache(maxsize=1)
def _sides() -> re.Pattern[str]:
    return phrase("<SIDE>|<STATE>")


@lru_cache(maxsize=1)
def _noun() -> re.Pattern[str]:
    return phrase("<HOSTILE>")


@lru_cache(maxsize=1)
def hostile() -> re.Pattern[str]:
    """Hackers, a gang or the like together with the side they are on."""
    kinds = r"(?: (?:di|hacker|criminal\w*|ransomware|hacktivist\w*|propagandistic\w*|terroristic\w*))*"
    return phrase(rf"(?:<HOSTILE>){kinds} (?:<SIDE>)|(?:<SIDE>) (?:<HOSTILE>)")


def hostile_span(folded: str, start: int) -> Span | None:
    """Where hackers, a gang or the like stand after `start`, with what ties them to somebody."""
    hit = _noun().search(folded, start)
    return phrases.complement(folded, hit.start()) if hit else None


def after_having(folded: str, position: int) -> bool:
    """Whether `avere` stands right before `position`: what follows is an active perfect, no passive."""
    words = folded[max(0, position - 30) : position].split()
    return any(active_auxiliary().fullmatch(word) for word in words[-2:])


def first(text: str, folded: str, start: int = 0) -> Span | None:
    """Where the first hostile actor after `start` is named: a listed group, else `hacker russi` and the like."""
    named = groups.mentions(text[start:])
    if named:
        at = text.index(named[0], start)
        return at, at + len(named[0])
    hit = hostile().search(folded, start)
    return phrases.trim(folded, hit.span()) if hit else None


def is_hostile(name: str) -> bool:
    """Whether a name is that of hackers, a gang or the like."""
    return bool(groups.mentions(name) or _noun().search(fold(name)))


def is_specific(name: str) -> bool:
    """Whether a name says more than `a hacker`: a listed group, a side, or a proper name."""
    return bool(groups.mentions(name) or hostile().search(fold(name)) or re.search(r"\s[A-Z]\w{2,}", name))


def is_actor(name: str) -> bool:
    """Whether a name can be that of who attacks: a listed group, hackers, or a state and its services."""
    folded = fold(name)
    return bool(groups.mentions(name) or _noun().search(folded) or _sides().search(folded))
