"""Where the arguments of a cue stand: who says it (`by`) and whom it blames or what it denies (`to`).

A frame is a function from a sentence and a match to spans or names; the lexicon names the frame of each cue.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from summarize.claims import groups, phrases
from summarize.claims.lexicon import phrase
from summarize.claims.speakers import Context
from summarize.claims.text import Span, fold

_AGENT = re.compile(
    r"(?<![\w'])(?:da|dal|dalla|dall'|dallo|dai|dagli|dalle|ad opera di|da parte (?:di|del|della|dell'|dei|degli|delle))(?![\w])\s*"
)
_TO = re.compile(r"(?<![\w'])(?:a|al|alla|all'|allo|ai|agli|alle|su|sul|sulla|sull'|contro)(?![\w])\s*")
_OF = re.compile(
    r"\s*(?:di|del|della|dell'|dello|dei|degli|delle|da|dal|dalla|dall'|dagli|dai|dalle|da parte di|da parte del|da parte della)(?![\w])\s*"
)
_IMPERSONAL = re.compile(r"si\s")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Who says it and about whom; None where the sentence does not tell."""

    by: str | None = None
    to: str | None = None


Frame = Callable[[Context, re.Match[str]], Arguments]


def _words(context: Context, span: Span | None) -> str | None:
    return " ".join(context.text[span[0] : span[1]].split()) if span else None


def actor(context: Context, start: int = 0) -> str | None:
    """The first hostile actor that the sentence names after `start`: a named group, else `hacker russi` and the like."""
    named = groups.mentions(context.text[start:])
    if named:
        return named[0]
    hit = _hostile().search(context.folded, start)
    return _words(context, phrases.trim(context.folded, hit.span())) if hit else None


_HOSTILE_CACHE: list[re.Pattern[str]] = []


def _hostile() -> re.Pattern[str]:
    if not _HOSTILE_CACHE:
        _HOSTILE_CACHE.append(
            phrase(
                r"(?:<HOSTILE>)(?: (?:di|hacker|criminal\w*|ransomware|hacktivist\w*|propagandistic\w*|terroristic\w*))* (?:<SIDE>)(?: [A-Z]\w+)*|(?:<SIDE>) (?:<HOSTILE>)"
            )
        )
    return _HOSTILE_CACHE[0]


def _agent(context: Context, start: int, reach: int = 60) -> str | None:
    """`da X` soon after a passive."""
    hit = _AGENT.search(context.folded, start, min(len(context.folded), start + reach))
    if not hit or re.search(r"[;:.]", context.folded[start : hit.start()]):
        return None
    return _words(context, phrases.complement(context.folded, hit.end(), until_charge=True))


def _subject(context: Context, position: int) -> str | None:
    return _words(context, phrases.subject_or_earlier(context.folded, position))


def active(context: Context, match: re.Match[str]) -> Arguments:
    """X accuses Y of Z."""
    by = _subject(context, match.start()) or context.speaker
    to = _words(context, phrases.complement(context.folded, match.end(), until_charge=True))
    return Arguments(by, to or actor(context, match.end()))


def passive(context: Context, match: re.Match[str]) -> Arguments:
    """Y is accused of Z by X; `Y, accused of Z`."""
    to = _words(context, phrases.subject(context.folded, match.start())) or _subject(context, match.start())
    by = _agent(context, match.end()) or context.speaker
    return Arguments(by if by != to else None, to)


def charge(context: Context, match: re.Match[str]) -> Arguments:
    """Y arrested on the charge of Z."""
    by = _agent(context, max(0, match.start() - 80), 80) or context.speaker
    return Arguments(by, _subject(context, match.start()))


def source(context: Context, match: re.Match[str]) -> Arguments:
    """According to X, Y did Z."""
    by = context.speaker or _words(context, phrases.trim(context.folded, match.span()))
    return Arguments(by, actor(context, match.end()) or _after(context, match.end()))


def _after(context: Context, position: int) -> str | None:
    """The subject of the clause that follows."""
    return _words(context, phrases.complement(context.folded, position))


def says(context: Context, match: re.Match[str]) -> Arguments:
    """X holds that Y did Z; Y is the agent of a passive, a named actor or the subject of what is held."""
    impersonal = _IMPERSONAL.match(match[0])
    by = None if impersonal else _subject(context, match.start()) or context.speaker
    that = re.compile(r"(?<![\w'])(?:che|come)\s").search(context.folded, match.end(), match.end() + 40)
    start = that.end() if that else match.end()
    agent = _agent(context, start, 140)
    return Arguments(by, agent or actor(context, start) or _after(context, start))


def attribute(context: Context, match: re.Match[str]) -> Arguments:
    """X attributes Z to Y."""
    hit = _TO.search(context.folded, match.end())
    to = _words(context, phrases.complement(context.folded, hit.end())) if hit else None
    return Arguments(_subject(context, match.start()) or context.speaker, to)


def link(context: Context, match: re.Match[str]) -> Arguments:
    """Z leads back to Y, is linked to Y, behind Z is Y."""
    return Arguments(context.speaker, _words(context, phrases.complement(context.folded, match.end())))


def agent(context: Context, match: re.Match[str]) -> Arguments:
    """Z is the work of Y; by who found it."""
    to = _words(context, phrases.complement(context.folded, match.end()))
    return Arguments(context.speaker or _subject(context, match.start()), to)


def behind(context: Context, match: re.Match[str]) -> Arguments:
    """Y would be behind Z."""
    return Arguments(context.speaker, _subject(context, match.start()))


def held(context: Context, match: re.Match[str]) -> Arguments:
    """Y is held responsible by X."""
    by = _agent(context, match.end(), 90) or context.speaker
    return Arguments(by, _subject(context, match.start()) or _after(context, match.end()))


def noun(context: Context, match: re.Match[str]) -> Arguments:
    """The accusation of X against Y."""
    return Arguments(
        context.speaker, _words(context, phrases.complement(context.folded, match.end(), until_charge=True))
    )


def self_claim(context: Context, match: re.Match[str]) -> Arguments:
    """Y claims the act: who says it is who did it."""
    hostile = actor(context)
    name = _subject(context, match.start()) if not _hostile_first(context, match) else hostile
    name = name or hostile
    return Arguments(name, name)


def _hostile_first(context: Context, match: re.Match[str]) -> bool:
    """Whether the match itself begins with the actor (`hacker russi hanno colpito …`)."""
    return bool(_hostile().match(context.folded, match.start()))


def claimed(context: Context, match: re.Match[str]) -> Arguments:
    """Z was claimed by Y."""
    name = _words(context, phrases.complement(context.folded, match.end()))
    return Arguments(name, name)


def claim_noun(context: Context, match: re.Match[str]) -> Arguments:
    """The claim of responsibility of Y."""
    of = _OF.match(context.folded, match.end())
    name = _words(context, phrases.complement(context.folded, of.end())) if of else None
    name = name or actor(context)
    return Arguments(name, name)


def denies(context: Context, match: re.Match[str]) -> Arguments:
    """X denies Z."""
    own = _words(context, phrases.subject(context.folded, match.start()))
    by = own or context.speaker or _subject(context, match.start())
    return Arguments(by, _words(context, phrases.content(context.folded, match.end())))


def retort(context: Context, match: re.Match[str]) -> Arguments:
    """A statement that rejects by what it says; who speaks is the speaker of the sentence."""
    return Arguments(context.speaker, _words(context, phrases.content(context.folded, match.start())))


def rejected(context: Context, match: re.Match[str]) -> Arguments:
    """Charges rejected by X."""
    return Arguments(_agent(context, match.end()) or context.speaker, _words(context, match.span()))


def refutation(context: Context, match: re.Match[str]) -> Arguments:
    """The denial of X."""
    return Arguments(
        _words(context, phrases.complement(context.folded, match.end())) or context.speaker, None
    )


FRAMES: dict[str, Frame] = {
    "active": active,
    "passive": passive,
    "charge": charge,
    "source": source,
    "says": says,
    "attribute": attribute,
    "link": link,
    "agent": agent,
    "behind": behind,
    "held": held,
    "noun": noun,
    "self": self_claim,
    "claimed": claimed,
    "selfnoun": claim_noun,
    "denies": denies,
    "retort": retort,
    "rejected": rejected,
    "refutation": refutation,
}


def is_hostile(name: str) -> bool:
    """Whether a name is that of hackers, a gang or the like."""
    return bool(phrase("<HOSTILE>").search(fold(name)))
