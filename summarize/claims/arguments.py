"""What the frames share: the arguments of a cue, and where to look for them in a sentence."""

import re
from dataclasses import dataclass

from summarize.claims import actors, groups, phrases
from summarize.claims.lexicon import rule
from summarize.claims.speakers import Context
from summarize.claims.text import Span

_BRACKETED = re.compile(r"\s*\([^()]*\)(?![\w(])|\s-\s[^-]+\s-(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Who says it and about whom; None where the sentence does not tell."""

    by: str | None = None
    to: str | None = None


def cut(context: Context, span: Span | None) -> str | None:
    """The words of a span, without what they have in brackets."""
    if not span:
        return None
    return " ".join(_BRACKETED.sub("", context.text[span[0] : span[1]]).split()) or None


def around(context: Context, position: int) -> str:
    """The folded sentence without asides, unless the position is in one itself."""
    here = slice(position, position + 1)
    blanked = context.plain[here].isspace() and not context.folded[here].isspace()
    return context.folded if blanked else context.plain


def subject_of(context: Context, position: int) -> str | None:
    """The subject of the verb at `position`, from an earlier clause when it is elided."""
    return cut(context, phrases.subject_or_earlier(around(context, position), position))


def complement_of(context: Context, position: int) -> str | None:
    """The noun phrase after `position`."""
    return cut(context, phrases.complement(context.folded, position))


def accused_after(context: Context, position: int) -> str | None:
    """The noun phrase after `position`, up to the charge."""
    return cut(context, phrases.complement(context.folded, position, until_charge=True))


def agent_after(context: Context, start: int, reach: int = 60) -> str | None:
    """`da X` soon after a passive."""
    hit = rule("arguments", "agent").search(context.folded, start, min(len(context.folded), start + reach))
    if not hit or re.search(r"[;:.]", context.folded[start : hit.start()]):
        return None
    return accused_after(context, hit.end())


def actor_after(context: Context, start: int = 0) -> str | None:
    """The first hostile actor named after `start`."""
    return cut(context, actors.first(context.text, context.folded, start))


def with_group(context: Context, position: int, end: Span | None) -> str | None:
    """The named group shortly before `position` together with what it is tied to."""
    before = context.text[max(0, position - 60) : position]
    named = groups.mentions(before)
    if not named or not end:
        return None
    at = before.rindex(named[-1])
    return None if re.search(r"[.;:]", before[at:]) else cut(context, (position - len(before) + at, end[1]))
