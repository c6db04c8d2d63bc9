"""Who accuses whom over all stories; a story counts once, however many copies it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from summarize.digest.document import Accusation, Count, Denial, Pair, Story
from summarize.document import Strength

NOT_SAID = "not said"
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_FIRMEST = list(Strength)  # strongest first


def key(name: str) -> str:
    """What two spellings of a party share: no article, no capitals, no quotation marks."""
    return _ARTICLE.sub("", " ".join(name.split()).strip("“”\"'«» ")).casefold()


def pairs(stories: Sequence[Story]) -> list[Pair]:
    """Every pair of accuser and accused, one of whom at least is named: those in most stories first."""
    found: dict[tuple[str, str], list[tuple[int, Accusation, list[str]]]] = {}
    for number, accusation, denials in _accusations(stories):
        if accusation.accuser or accusation.accused:
            both = (key(accusation.accuser or NOT_SAID), key(accusation.accused or NOT_SAID))
            deniers = [denial.by or NOT_SAID for denial in denials]
            found.setdefault(both, []).append((number, accusation, deniers))
    return sorted(map(_pair, found.values()), key=_rank)


def accusers(stories: Sequence[Story]) -> list[Count]:
    """Who accuses, those in most stories first."""
    return _counts((number, accusation.accuser) for number, accusation, _ in _accusations(stories))


def accused(stories: Sequence[Story]) -> list[Count]:
    """Who is accused."""
    return _counts((number, accusation.accused) for number, accusation, _ in _accusations(stories))


def groups(stories: Sequence[Story]) -> list[Count]:
    """Which named groups are accused, or claim an act themselves."""
    return _counts((number, group) for number, accusation, _ in _attributions(stories) for group in accusation.groups)


def claimants(stories: Sequence[Story]) -> list[Count]:
    """Who claims an act as their own."""
    return _counts((number, accusation.accuser) for number, accusation, _ in _attributions(stories) if _own(accusation))


def deniers(stories: Sequence[Story]) -> list[Count]:
    """Who denies."""
    return _counts(
        (number, denial.by) for number, story in enumerate(stories) for item in story.items for denial in item.denials
    )


def _attributions(stories: Sequence[Story]) -> Iterator[tuple[int, Accusation, list[Denial]]]:
    """The attributions of all copies with the number of their story, each with the denials that answer it."""
    for number, story in enumerate(stories):
        for item in story.items:
            for at, accusation in enumerate(item.accusations):
                yield number, accusation, [denial for denial in item.denials if denial.answers == at]


def _accusations(stories: Sequence[Story]) -> Iterator[tuple[int, Accusation, list[Denial]]]:
    """The attributions in which one party blames another."""
    return (found for found in _attributions(stories) if not _own(found[1]))


def _own(accusation: Accusation) -> bool:
    """Whether it is a claim of the act by the actor itself."""
    by, to = accusation.accuser, accusation.accused
    if accusation.strength is Strength.CONFIRMED:
        return to is None or by is None or key(by) == key(to)
    return by is not None and to is not None and key(by) == key(to)


def _rank(pair: Pair) -> tuple[int, int, str, str]:
    unnamed = [pair.accuser, pair.accused].count(NOT_SAID)
    return -len(pair.stories), unnamed, key(pair.accuser), key(pair.accused)


def _pair(found: list[tuple[int, Accusation, list[str]]]) -> Pair:
    _, first, _ = found[0]
    names: dict[str, str] = {}
    for _, _, denying in found:
        for name in denying:
            names.setdefault(key(name), name)
    return Pair(
        accuser=first.accuser or NOT_SAID,
        accused=first.accused or NOT_SAID,
        stories=tuple(dict.fromkeys(number for number, _, _ in found)),
        strength=min((accusation.strength for _, accusation, _ in found), key=_FIRMEST.index),
        deniers=tuple(names.values()),
    )


def _counts(named: Iterable[tuple[int, str | None]]) -> list[Count]:
    names: dict[str, str] = {}
    stories: dict[str, dict[int, None]] = {}
    for number, name in named:
        if name:
            names.setdefault(key(name), name)
            stories.setdefault(key(name), {})[number] = None
    counted = [Count(names[each], tuple(numbers)) for each, numbers in stories.items()]
    return sorted(counted, key=lambda count: (-len(count.stories), key(count.name)))
