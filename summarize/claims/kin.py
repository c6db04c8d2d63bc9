"""Who belongs to whom: whether two names are of one party (`la Russia`, `il Cremlino`, `l'ambasciatore russo`)."""

import re
from functools import lru_cache

from summarize.claims.lexicon import load, phrase
from summarize.claims.text import fold

_STOP = re.compile(
    r"(?:dell|dall|nell|sull)[aeo]|(?:d|n|s|a)[aeu]?(?:gli|lle|lla)|come|cosa|sono|stat[oa]|contro|ecco|perché|anche|dopo"
    r"|prima|quest[oa]|quell[oa]|loro"
)


def content_words(text: str) -> set[str]:
    """Beginnings (six letters) of the telling words of a text."""
    return {word[:6] for word in re.findall(r"\w{4,}", fold(text)) if not _STOP.fullmatch(word)}


def names(text: str | None) -> set[str]:
    """Beginnings of the telling words of a phrase, so that `cinese` and `Cina` or two forms of a name meet."""
    return {word[:4] for word in re.findall(r"\w{4,}", fold(text or "")) if not _STOP.fullmatch(word)}


@lru_cache(maxsize=1)
def _countries() -> dict[str, re.Pattern[str]]:
    table = load("kin.toml")
    return {
        country: phrase("|".join([*words, *table["adjectives"].get(country, ())]))
        for country, words in table["countries"].items()
    }


@lru_cache(maxsize=1)
def seats() -> re.Pattern[str]:
    """What names a country or its seat of power."""
    return phrase("|".join(word for words in load("kin.toml")["countries"].values() for word in words))


@lru_cache(maxsize=1)
def _offices() -> tuple[re.Pattern[str], ...]:
    """What names a government, where no country is named, and what names a town."""
    return tuple(phrase("|".join(load("kin.toml")["common"][name])) for name in ("government", "town"))


@lru_cache(maxsize=4096)
def countries(name: str) -> tuple[str, ...]:
    """The countries that a name speaks of."""
    folded = fold(name)
    return tuple(country for country, pattern in _countries().items() if pattern.search(folded))


def related(one: str | None, other: str | None) -> bool:
    """Whether two names are of one party: they speak of one country, or share a telling word that few names have.

    Two names of countries that do not meet are of two parties, whatever else they share.
    """
    if not one or not other:
        return False
    ours, theirs = countries(one), countries(other)
    if ours and theirs:
        return bool(set(ours) & set(theirs))
    if any(office.search(fold(one)) and office.search(fold(other)) for office in _offices()):
        return True
    return bool((names(one) & names(other)).difference(load("kin.toml")["common"]["beginnings"]))
