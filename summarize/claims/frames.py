"""Where the arguments of a cue stand: who says it (`by`) and whom it blames or what it denies (`to`).

A frame is a function from a sentence and a match to spans or names; the lexicon names the frame of each cue.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from summarize.claims import actors, groups, phrases
from summarize.claims.speakers import Context
from summarize.claims.text import Span

_AGENT = re.compile(
    r"(?<![\w'])(?:da|dal|dalla|dall'|dallo|dai|dagli|dalle|ad opera di|da parte (?:di|del|della|dell'|dei|degli|delle))(?![\w])\s*"
)
_TO = re.compile(r"(?<![\w'])(?:ad?|al|alla|all'|allo|ai|agli|alle|su|sul|sulla|sull'|contro)(?![\w])\s*")
_OF = re.compile(
    r"\s*(?:di|del|della|dell'|dello|dei|degli|delle|da|dal|dalla|dall'|dagli|dai|dalle|da parte di|da parte del|da parte della)(?![\w])\s*"
)
_TAKEN = re.compile(
    r"(?<!\w)(?:(?:è|sono|era|erano|stat[oaie]|venne|vennero|fu|furono|viene|vengono) )*"
    r"(?:arrestat|fermat|detenut|finit|indagat|condannat|rinchius|processat|incriminat|rinviat|imputat|denunciat|estradat|iscritt)[oaie]\b"
)
_PART = re.compile(
    r"(?<![\w'])(?:da parte|contro|nei confronti|a carico|ai danni|ad opera|a opera) ?(?:di|del|della|dell'|dello|dei|degli|delle)?(?![\w])\s*"
)
_FINDS = re.compile(
    r"(?<!\w)(?:individua|scop|rileva|attribu|riten|ritien|rivela|segnala|identifica|analizza|osserva|collega|associa|rintracc)\w*"
)
_CLEFT = re.compile(r" (?:è|sono) (?:stat[oaie] )?")
_CLIENT = re.compile(r"(?<!\w)(?:assistit[oaie]|client[ei])(?!\w)", re.IGNORECASE)
_WOULD = re.compile(r"(?<!\w)(?:avrebbe|avrebbero|sarebbe|sarebbero|starebbe|starebbero)(?!\w)")
_HOLDS = re.compile(r"(?:riteng|ritien|consider|giudic|indic)\w+ |(?:ha|hanno) ")
_THING = re.compile(r"\s*(?:di|del|della|dello|dell'|dei|degli|delle)\s*(?:\w+\s+)?(?=\w)")
_IMPERSONAL = re.compile(r"si\s")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Who says it and about whom; None where the sentence does not tell."""

    by: str | None = None
    to: str | None = None


Frame = Callable[[Context, re.Match[str]], Arguments]


def _cut(context: Context, span: Span | None) -> str | None:
    """The words of a span, without what they have in brackets."""
    if not span:
        return None
    words = re.sub(r"\s*\([^()]*\)(?![\w(])|\s-\s[^-]+\s-(?=\s|$)", "", context.text[span[0] : span[1]])
    return " ".join(words.split()) or None


def _around(context: Context, position: int) -> str:
    """The folded sentence without asides, unless the position is in one itself."""
    blanked = context.plain[position : position + 1].isspace() and not context.folded[position : position + 1].isspace()
    return context.folded if blanked else context.plain


def _agent(context: Context, start: int, reach: int = 60) -> str | None:
    """`da X` soon after a passive."""
    hit = _AGENT.search(context.folded, start, min(len(context.folded), start + reach))
    if not hit or re.search(r"[;:.]", context.folded[start : hit.start()]):
        return None
    return _cut(context, phrases.complement(context.folded, hit.end(), until_charge=True))


def _actor(context: Context, start: int = 0) -> str | None:
    """The first hostile actor named after `start`."""
    return _cut(context, actors.first(context.text, context.folded, start))


def _subject(context: Context, position: int) -> str | None:
    return _cut(context, phrases.subject_or_earlier(_around(context, position), position))


def active(context: Context, match: re.Match[str]) -> Arguments:
    """X accuses Y of Z."""
    cleft = _CLEFT.match(context.folded, match.end()) if context.folded[: match.start()].endswith(" a ") else None
    if cleft:
        return Arguments(_cut(context, phrases.complement(context.folded, cleft.end())), None)
    by = _subject(context, match.start()) or context.speaker
    to = _cut(context, phrases.complement(context.folded, match.end(), until_charge=True))
    return Arguments(by, to or _actor(context, match.end()))


def passive(context: Context, match: re.Match[str]) -> Arguments:
    """Y is accused of Z by X; `Y, accused of Z`."""
    plain = _around(context, match.start())
    auxiliary = actors.auxiliary().match(match[0])
    near = phrases.subject if auxiliary else phrases.antecedent
    to = _cut(context, near(plain, match.start())) or _subject(context, match.start())
    comma = plain.find(",", match.end())
    if to is None and comma > 0:
        to = _after(context, comma + 1)
    by = _agent(context, match.end()) or context.speaker
    return Arguments(by if by != to else None, to)


def verdict(context: Context, match: re.Match[str]) -> Arguments:
    """X sends Y to trial, Y is found guilty by X: the auxiliary tells which."""
    if not actors.active_auxiliary().match(match[0]):
        return passive(context, match)
    name = re.search(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)*", context.text[match.end() :])
    to = name[0] if name else _cut(context, phrases.complement(context.folded, match.end(), until_charge=True))
    return Arguments(_subject(context, match.start()) or context.speaker, to)


def charge(context: Context, match: re.Match[str]) -> Arguments:
    """Y, arrested by X, on the charge of Z."""
    taken = list(_TAKEN.finditer(context.plain, 0, match.start()))
    if not taken:
        return Arguments(context.speaker, _subject(context, match.start()))
    position = taken[-1].start()
    to = _cut(context, phrases.antecedent(context.plain, position)) or _subject(context, position)
    return Arguments(_agent(context, taken[-1].end(), match.start() - taken[-1].end()) or context.speaker, to)


def source(context: Context, match: re.Match[str]) -> Arguments:
    """According to X, Y did Z."""
    by = context.speaker or _cut(context, phrases.trim(context.folded, match.span()))
    verb = _WOULD.search(context.folded, match.start())
    comma = context.folded.find(",", match.start())
    did = _cut(context, phrases.subject(context.plain, verb.start(), max(0, comma))) if verb else None
    return Arguments(by, did or _actor(context, match.end()) or _after(context, match.end()))


def _after(context: Context, position: int) -> str | None:
    """The subject of the clause that follows."""
    return _cut(context, phrases.complement(context.folded, position))


def says(context: Context, match: re.Match[str]) -> Arguments:
    """X holds that Y did Z; Y is the agent of a passive, a named actor or the subject of what is held."""
    impersonal = _IMPERSONAL.match(match[0])
    by = None if impersonal else _subject(context, match.start()) or context.speaker
    if "who" in match.groupdict():
        by = _cut(context, match.span("who"))
    that = re.compile(r"(?<![\w'])(?:che|come)\s").search(context.folded, match.start(), match.end() + 40)
    start = that.end() if that else match.end()
    done = actors.wrongdoing().search(context.folded, start)
    passive_agent = _agent(context, done.start(), 60) if done else None
    embedded = _cut(context, phrases.subject(context.plain, done.start(), start)) if done else None
    named = _actor(context) if impersonal else _actor(context, start)
    return Arguments(by, passive_agent or _if_actor(embedded) or named or embedded or _after(context, start))


def _if_actor(name: str | None) -> str | None:
    return name if name and (actors.is_actor(name) or actors.is_specific(f" {name}")) else None


def attribute(context: Context, match: re.Match[str]) -> Arguments:
    """X attributes Z to Y."""
    hit = _TO.search(context.folded, match.end())
    to = _cut(context, phrases.complement(context.folded, hit.end())) if hit else None
    by = _subject(context, match.start()) or context.speaker
    if by and actors.is_hostile(by):
        by = _agent(context, 0, match.start()) or context.speaker
    return Arguments(by, to)


def link(context: Context, match: re.Match[str]) -> Arguments:
    """Z leads back to Y, X is linked to Y, behind Z is Y; a group that is tied to somebody is named with it."""
    end = phrases.complement(context.folded, match.end())
    return Arguments(context.speaker, _with_group(context, match.start(), end) or _cut(context, end))


def _with_group(context: Context, position: int, end: Span | None) -> str | None:
    """The named group shortly before `position` together with what it is tied to."""
    before = context.text[max(0, position - 60) : position]
    named = groups.mentions(before)
    if not named or not end or re.search(r"[.;:]", before[before.rindex(named[-1]) :]):
        return None
    return _cut(context, (position - len(before) + before.rindex(named[-1]), end[1]))


def agent(context: Context, match: re.Match[str]) -> Arguments:
    """Z is the work of Y; by who found it."""
    end = phrases.complement(context.folded, match.end())
    tied = re.match(
        r"(?:sponsor|sostenut|appogg|finanz|support|spalleg|protett|assold|per conto|al servizio|al soldo)", match[0]
    )
    to = (_with_group(context, match.start(), end) if tied else None) or _cut(context, end)
    finder = _FINDS.search(context.folded, 0, match.start())
    if finder and context.folded[: finder.start()].endswith("si "):
        finder = None
    return Arguments(context.speaker or (_subject(context, finder.start()) if finder else None), to)


def behind(context: Context, match: re.Match[str]) -> Arguments:
    """Y would be behind Z."""
    return Arguments(context.speaker, _subject(context, match.start()))


def held(context: Context, match: re.Match[str]) -> Arguments:
    """Y is held responsible by X."""
    if _HOLDS.match(match[0]) and not re.search(r"ritenut|considerat|giudicat|indicat", match[0]):
        thing = _THING.match(context.folded, match.end())
        start = thing.end() if thing else match.end()
        to = (
            _cut(context, actors.hostile_span(context.folded, start))
            or _actor(context, start)
            or _after(context, start)
        )
        return Arguments(_subject(context, match.start()) or context.speaker, to)
    by = _agent(context, match.end(), 90) or context.speaker
    return Arguments(by, _subject(context, match.start()) or _after(context, match.end()))


def noun(context: Context, match: re.Match[str]) -> Arguments:
    """The accusation of X against Y, the suspicion of Z on the part of Y."""
    part = _PART.search(context.folded, match.end())
    if part:
        return Arguments(
            context.speaker, _cut(context, phrases.complement(context.folded, part.end(), until_charge=True))
        )
    return Arguments(context.speaker, _cut(context, phrases.complement(context.folded, match.end(), until_charge=True)))


def self_claim(context: Context, match: re.Match[str]) -> Arguments:
    """Y claims the act: who says it is who did it."""
    name = _subject(context, match.start())
    if not name or not actors.is_actor(name):
        name = _actor(context) or name
    return Arguments(name, name)


def doer(context: Context, match: re.Match[str]) -> Arguments:
    """Hackers of some side did Z, in the writer's own words or a speaker's."""
    start, end = match.span("who")
    before = re.search(
        r"(?<![\w'])(?:il|lo|la|i|gli|le|un|una|un'|dei|degli|delle|alcuni|alcune|due|tre)\s*$", context.folded[:start]
    )
    name = _cut(context, phrases.trim(context.folded, (before.start() if before else start, end)))
    return Arguments(context.speaker, name)


def claimed(context: Context, match: re.Match[str]) -> Arguments:
    """Z was claimed by Y."""
    name = _cut(context, phrases.complement(context.folded, match.end()))
    return Arguments(name, name)


def claim_noun(context: Context, match: re.Match[str]) -> Arguments:
    """The claim of responsibility of Y."""
    of = _OF.match(context.folded, match.end())
    name = _cut(context, phrases.complement(context.folded, of.end())) if of else None
    name = name or _actor(context)
    return Arguments(name, name)


def denies(context: Context, match: re.Match[str]) -> Arguments:
    """X denies Z."""
    own = _cut(context, phrases.subject(_around(context, match.start()), match.start()))
    if own and _CLIENT.search(own) and context.speaker:
        own = context.speaker
    by = own or context.speaker or _subject(context, match.start())
    charge = None
    for charge in actors.charges().finditer(context.folded, match.start(), match.end()):
        pass
    start = charge.start() if charge and charge.end() == match.end() else match.end()
    return Arguments(by, _cut(context, phrases.content(context.folded, start)))


def retort(context: Context, match: re.Match[str]) -> Arguments:
    """A statement that rejects by what it says; who speaks is the speaker of the sentence."""
    return Arguments(context.speaker, _cut(context, phrases.content(context.folded, match.start())))


def rejected(context: Context, match: re.Match[str]) -> Arguments:
    """Charges rejected by X."""
    return Arguments(_agent(context, match.end()) or context.speaker, _cut(context, match.span()))


def refutation(context: Context, match: re.Match[str]) -> Arguments:
    """The denial of X."""
    return Arguments(_cut(context, phrases.complement(context.folded, match.end())) or context.speaker, None)


FRAMES: dict[str, Frame] = {
    "active": active,
    "passive": passive,
    "charge": charge,
    "verdict": verdict,
    "source": source,
    "says": says,
    "attribute": attribute,
    "link": link,
    "agent": agent,
    "behind": behind,
    "held": held,
    "noun": noun,
    "self": self_claim,
    "doer": doer,
    "claimed": claimed,
    "selfnoun": claim_noun,
    "denies": denies,
    "retort": retort,
    "rejected": rejected,
    "refutation": refutation,
}
