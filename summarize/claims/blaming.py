"""Frames of attribution: where the accuser (`by`) and the accused (`to`) of a cue stand.

A frame is a function from a sentence and a match to names; the lexicon says which frame a cue has.
"""

import re

from summarize.claims import actors, phrases
from summarize.claims.arguments import (
    Arguments,
    accused_after,
    actor_after,
    agent_after,
    around,
    complement_of,
    cut,
    subject_of,
    with_group,
)
from summarize.claims.lexicon import rule
from summarize.claims.speakers import Context

_PROPER_NAME = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)*")


def active(context: Context, match: re.Match[str]) -> Arguments:
    """X accuses Y of Z."""
    if rule("arguments", "after_quotation").search(context.folded, 0, match.start()):
        return inverted(context, match)
    cleft = (
        rule("arguments", "cleft").match(context.folded, match.end())
        if f" {context.folded[: match.start()]}".endswith(" a ")
        else None
    )
    if cleft:
        return Arguments(complement_of(context, cleft.end()), accused_after(context, match.end()))
    impersonal = context.folded[: match.start()].endswith(" si ")
    by = None if impersonal else subject_of(context, match.start()) or context.speaker
    to = accused_after(context, match.end())
    return Arguments(by, to or actor_after(context, match.end()))


def inverted(context: Context, match: re.Match[str]) -> Arguments:
    """«Y did Z», X charges: who accuses follows the verb, the quotation tells whom."""
    quotation = next((span for span in context.quotes if span[1] <= match.start()), (0, match.start()))
    verb = phrases.first_verb(context.folded, *quotation)
    to = cut(context, phrases.subject(context.folded, verb, max(0, quotation[0]))) if verb else None
    opening = rule("arguments", "opening_noun").match(context.folded, max(0, quotation[0]))
    to = to or (cut(context, opening.span("noun")) if opening else None)
    return Arguments(complement_of(context, match.end()) or context.speaker, to)


def did(context: Context, match: re.Match[str]) -> Arguments:
    """Y would have done Z, as X says."""
    to = cut(context, phrases.subject(context.plain, match.start(), _source_end(context, match.start())))
    return Arguments(context.speaker, to)


def _source_end(context: Context, position: int) -> int:
    """Where the source that opens a sentence (`Secondo X`) ends, if it stands before `position`."""
    hit = rule("speakers", "source").match(context.folded) or rule("speakers", "opening").match(context.folded)
    span = phrases.complement(context.folded, hit.end()) if hit else None
    return span[1] if span and span[1] < position else 0


def passive(context: Context, match: re.Match[str]) -> Arguments:
    """Y is accused of Z by X; `Y, accused of Z`."""
    plain = around(context, match.start())
    auxiliary = rule("actors", "passive").match(match[0])
    near = phrases.subject if auxiliary else phrases.antecedent
    to = cut(context, near(plain, match.start())) or subject_of(context, match.start())
    comma = plain.find(",", match.end())
    if to is None and rule("arguments", "noun_phrase").match(plain, match.end()):
        to = accused_after(context, match.end())
    elif to is None and comma > 0:
        to = complement_of(context, comma + 1)
    by = agent_after(context, match.end()) or context.speaker or (None if auxiliary else _authority(context, match))
    return Arguments(by if by != to else None, to)


def _authority(context: Context, match: re.Match[str]) -> str | None:
    """Who has just taken a measure against the accused: `Riga ha espulso due diplomatici accusati di`."""
    taken = list(rule("arguments", "takes").finditer(context.plain, 0, match.start()))
    return subject_of(context, taken[-1].start()) if taken else None


def verdict(context: Context, match: re.Match[str]) -> Arguments:
    """X sends Y to trial, Y is found guilty by X: the auxiliary tells which."""
    if not rule("actors", "perfect").match(match[0]):
        return passive(context, match)
    name = _PROPER_NAME.search(context.text, match.end())
    to = name[0] if name else accused_after(context, match.end())
    return Arguments(subject_of(context, match.start()) or context.speaker, to)


def charge(context: Context, match: re.Match[str]) -> Arguments:
    """Y, arrested by X, on the charge of Z."""
    taken = list(rule("arguments", "taken").finditer(context.plain, 0, match.start()))
    if not taken:
        return Arguments(context.speaker, subject_of(context, match.start()))
    position = taken[-1].start()
    to = cut(context, phrases.antecedent(context.plain, position)) or subject_of(context, position)
    return Arguments(agent_after(context, taken[-1].end(), match.start() - taken[-1].end()) or context.speaker, to)


def source(context: Context, match: re.Match[str]) -> Arguments:
    """According to X, Y did Z."""
    by = context.speaker or cut(context, phrases.trim(context.folded, match.span()))
    verb = rule("arguments", "would").search(context.folded, match.start())
    floor = max(context.folded.find(",", match.start()), _source_end(context, verb.start()) if verb else 0)
    doing = cut(context, phrases.subject(context.plain, verb.start(), max(0, floor))) if verb else None
    return Arguments(by, doing or actor_after(context, match.end()) or complement_of(context, match.end()))


def says(context: Context, match: re.Match[str]) -> Arguments:
    """X holds that Y did Z; Y is the agent of a passive, a named actor or the subject of what is held."""
    impersonal = rule("arguments", "impersonal").match(match[0])
    by = None if impersonal else subject_of(context, match.start()) or context.speaker
    if "who" in match.groupdict():
        by = cut(context, match.span("who"))
    if rule("arguments", "clitic_verb").search(match[0]):
        return Arguments(by, "lui")  # resolved to whom the article is about
    that = rule("arguments", "that").search(context.folded, match.start(), match.end() + 40)
    start = that.end() if that else match.end()
    done = rule("actors", "wrong").search(context.folded, start)
    passive_agent = agent_after(context, done.start(), 60) if done else None
    embedded = cut(context, phrases.subject(context.plain, done.start(), start)) if done else None
    named = actor_after(context) if impersonal else actor_after(context, start)
    return Arguments(by, passive_agent or _if_actor(embedded) or named or embedded or complement_of(context, start))


def _if_actor(name: str | None) -> str | None:
    return name if name and (actors.is_actor(name) or actors.is_specific(f" {name}")) else None


def attribute(context: Context, match: re.Match[str]) -> Arguments:
    """X attributes Z to Y."""
    hit = rule("arguments", "recipient").search(context.folded, match.start())
    to = complement_of(context, hit.end()) if hit else None
    by = subject_of(context, match.start()) or context.speaker
    if by and actors.is_hostile(by):
        by = agent_after(context, 0, match.start()) or context.speaker
    return Arguments(by, to)


def link(context: Context, match: re.Match[str]) -> Arguments:
    """Z leads back to Y, X is linked to Y, behind Z is Y; a group that is tied to somebody is named with it."""
    end = phrases.complement(context.folded, match.end())
    return Arguments(context.speaker, with_group(context, match.start(), end) or cut(context, end))


def agent(context: Context, match: re.Match[str]) -> Arguments:
    """Z is the work of Y; by who found it."""
    end = phrases.complement(context.folded, match.end())
    tied = rule("arguments", "tied").match(match[0])
    to = (with_group(context, match.start(), end) if tied else None) or cut(context, end)
    finder = rule("arguments", "finds").search(context.folded, 0, match.start())
    return Arguments(context.speaker or (subject_of(context, finder.start()) if finder else None), to)


def behind(context: Context, match: re.Match[str]) -> Arguments:
    """Y would be behind Z, or there would be Y behind Z."""
    there = rule("arguments", "there_is").match(match[0])
    named = cut(context, phrases.complement(context.folded, match.start() + there.end())) if there else None
    return Arguments(context.speaker, named or subject_of(context, match.start()))


def held(context: Context, match: re.Match[str]) -> Arguments:
    """Y is held responsible by X."""
    if rule("arguments", "holds").match(match[0]):
        thing = rule("arguments", "thing").match(context.folded, match.end())
        start = thing.end() if thing else match.end()
        clitic = rule("arguments", "clitic").search(context.folded, 0, match.start())
        to = None if clitic else _responsible(context, start)
        return Arguments(subject_of(context, match.start()) or context.speaker, to)
    if actors.after_having(context.folded, match.start()):
        named = complement_of(context, match.start() + len(match[0].split()[0]))
        return Arguments(subject_of(context, match.start()) or context.speaker, named)
    auxiliary = rule("actors", "passive").match(match[0])
    by = agent_after(context, match.start(), len(match[0]) + 90) or context.speaker
    by = by or (None if auxiliary else _authority(context, match))
    near = None if auxiliary else cut(context, phrases.antecedent(context.plain, match.start()))
    to = near or subject_of(context, match.start()) or complement_of(context, match.end())
    return Arguments(by if by != to else None, to)


def _responsible(context: Context, start: int) -> str | None:
    """Who is named as responsible after the verb: hackers or a group first."""
    return (
        cut(context, actors.hostile_span(context.folded, start))
        or actor_after(context, start)
        or complement_of(context, start)
    )


def seeks(context: Context, match: re.Match[str]) -> Arguments:
    """X asks for the conviction of Y."""
    of = rule("arguments", "owner").match(context.folded, match.end())
    to = accused_after(context, of.end()) if of else actor_after(context, match.end())
    return Arguments(subject_of(context, match.start()) or context.speaker, to)


def noun(context: Context, match: re.Match[str]) -> Arguments:
    """The accusation of X against Y, the suspicion of Z on the part of Y."""
    part = rule("arguments", "against").search(context.folded, match.end())
    if part:
        return Arguments(context.speaker, accused_after(context, part.end()))
    return Arguments(context.speaker, accused_after(context, match.end()))
