"""Frames of attribution in which an actor stands beside the act: a claim of responsibility, a doer, a suspect.

Functions as in `blaming`.
"""

import re

from summarize.claims import actors, answering, kin, phrases
from summarize.claims.arguments import Arguments, actor_after, complement_of, cut, subject_of
from summarize.claims.lexicon import rule
from summarize.claims.speakers import Context


def self_claim(context: Context, match: re.Match[str]) -> Arguments:
    """Y claims the act: who says it is who did it."""
    name = subject_of(context, match.start())
    if not name or not actors.is_actor(name):
        name = actor_after(context) or name
    return Arguments(name, name)


def doer(context: Context, match: re.Match[str]) -> Arguments:
    """Hackers of some side did Z, in the writer's own words or a speaker's."""
    start, end = match.span("who")
    before = rule("arguments", "determiner").search(context.folded[:start])
    name = cut(context, phrases.trim(context.folded, (before.start() if before else start, end)))
    return Arguments(context.speaker, name)


def named_doer(context: Context, match: re.Match[str]) -> Arguments:
    """X sees in Y who did Z."""
    by = subject_of(context, match.start()) or context.speaker
    return Arguments(by, cut(context, phrases.trim(context.folded, match.span("who"))))


def claimed(context: Context, match: re.Match[str]) -> Arguments:
    """Z was claimed by Y."""
    name = complement_of(context, match.end())
    return Arguments(name, name)


def claim_noun(context: Context, match: re.Match[str]) -> Arguments:
    """The claim of responsibility of Y."""
    of = rule("arguments", "owner").match(context.folded, match.end())
    name = complement_of(context, of.end()) if of else None
    name = name or actor_after(context)
    return Arguments(name, name)


def actor_in_it(context: Context, match: re.Match[str]) -> Arguments:
    """An act of Y's, as X says; a people's adjective stands for the country."""
    return Arguments(context.speaker, _actor_between(context, *match.span()))


def of_the_accused(context: Context, match: re.Match[str]) -> Arguments:
    """X speaks of Y, whom the rest of the article blames; who shares a view follows `dello stesso avviso`."""
    named = answering.spoken_of(context)
    shares = complement_of(context, match.end()) if rule("arguments", "shares").match(match[0]) else None
    return Arguments(shares or context.speaker, named)


def suspects(context: Context, match: re.Match[str]) -> Arguments:
    """X suspects, X has no doubt that it was Y."""
    by = context.speaker or subject_of(context, match.start())
    return Arguments(by, actor_after(context, match.start()) or _actor_between(context, match.start(), None))


def _actor_between(context: Context, start: int, end: int | None) -> str | None:
    end = len(context.folded) if end is None else end
    named = list(kin.seats().finditer(context.folded, start, end))
    if named:
        return context.text[slice(*named[-1].span())]
    of = kin.countries(context.folded[start:end])
    return of[-1] if of else None


def before_colon(context: Context, match: re.Match[str]) -> Arguments:
    """`X: Y did Z`, without quotation marks or with them."""
    return Arguments(cut(context, match.span("by")), cut(context, phrases.trim(context.folded, match.span("who"))))


def after_colon(context: Context, match: re.Match[str]) -> Arguments:
    """`In handcuffs Y: he would have done Z`: who is meant stands last before the colon."""
    colon = context.folded.rfind(":", 0, match.start())
    return Arguments(context.speaker, cut(context, phrases.antecedent(context.plain, max(0, colon))))


def broadside(context: Context, match: re.Match[str]) -> Arguments:
    """`The broadside of X: «Y did Z»`: who follows the noun, the quotation tells whom."""
    of = rule("arguments", "thing_of").search(context.folded, match.start(), match.end())
    verb = phrases.first_verb(context.folded, match.end(), len(context.folded))
    to = cut(context, phrases.subject(context.folded, verb, match.end() + 1)) if verb else None
    return Arguments(complement_of(context, of.end()) if of else None, to)
