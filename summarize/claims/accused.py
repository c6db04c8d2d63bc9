"""Tests of a sentence that ask whether one of the accused speaks in it; `conditions` names them."""

from summarize.claims import answering
from summarize.claims.arguments import Arguments
from summarize.claims.lexicon import rule
from summarize.claims.speakers import Context
from summarize.claims.text import fold


def speaks_or_told(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether the accused speaks, or somebody is named who does it."""
    return bool(arguments.by) or answering.speaks(context, arguments.by)


def speaks(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether one of the accused speaks, or somebody for them."""
    return answering.speaks(context, arguments.by)


def says(context: Context, arguments: Arguments, start: int) -> bool:
    """Whether one of the accused says something that is no admission."""
    return not context.blames and speaks(context, arguments, start) and not answering.admits(context)


def named_says(context: Context, arguments: Arguments, start: int) -> bool:
    """The same of one who is named, not of `the company`."""
    anybody = rule("answering", "party").fullmatch(fold(context.speaker or ""))
    return not anybody and says(context, arguments, start)


def after_accusation(context: Context, _arguments: Arguments, _start: int) -> bool:
    """Whether another sentence blames somebody."""
    return bool(context.answers)


def named_accuser(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether somebody is named who does it and is none of the accused."""
    return bool(arguments.by) and not answering.speaks(context, arguments.by)
