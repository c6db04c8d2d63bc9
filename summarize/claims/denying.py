"""Frames of denial: who denies (`by`) and what (`to`)."""

import re

from summarize.claims import phrases
from summarize.claims.arguments import Arguments, agent_after, around, complement_of, cut, subject_of
from summarize.claims.lexicon import rule
from summarize.claims.speakers import Context
from summarize.claims.text import Span, fold


def denies(context: Context, match: re.Match[str]) -> Arguments:
    """X denies Z."""
    own = cut(context, phrases.subject(around(context, match.start()), match.start()))
    if own and rule("arguments", "client").search(fold(own)) and context.speaker:
        own = context.speaker
    by = own or context.speaker or subject_of(context, match.start())
    charges = list(rule("actors", "charge").finditer(context.folded, match.start(), match.end()))
    ends_in_charge = charges and charges[-1].end() == match.end()
    start = charges[-1].start() if ends_in_charge else match.end()
    return Arguments(by, cut(context, _denied(context, start)))


def _denied(context: Context, start: int) -> Span | None:
    """What follows a verb of denial, without the adverb that opens it; None where a gerund goes on instead."""
    manner = rule("arguments", "manner").match(context.folded, start)
    span = phrases.content(context.folded, manner.end() if manner else start)
    return None if span and rule("arguments", "goes_on").match(context.folded, span[0]) else span


def retort(context: Context, match: re.Match[str]) -> Arguments:
    """A statement that rejects by what it says; who speaks is the speaker of the sentence."""
    return Arguments(context.speaker, cut(context, phrases.content(context.folded, match.start())))


def rejected(context: Context, match: re.Match[str]) -> Arguments:
    """Charges rejected by X."""
    return Arguments(agent_after(context, match.end()) or context.speaker, cut(context, match.span()))


def refutation(context: Context, match: re.Match[str]) -> Arguments:
    """The denial of X."""
    return Arguments(complement_of(context, match.end()) or context.speaker, None)
