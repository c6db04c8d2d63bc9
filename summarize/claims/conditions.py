"""What must hold of a sentence besides the wording of a cue: the tests that the lexicon names in `needs`."""

from collections.abc import Callable

from summarize.claims import accused, actors, answering, kin, scopes, speakers
from summarize.claims.arguments import Arguments
from summarize.claims.lexicon import rule
from summarize.claims.speakers import Context
from summarize.claims.text import fold
from summarize.document import Speaker


def _hostile(context: Context, arguments: Arguments, _start: int) -> bool:
    return bool(arguments.by and actors.is_hostile(arguments.by))


def _person(_context: Context, arguments: Arguments, _start: int) -> bool:
    return bool(arguments.to and any(word[:1].isupper() for word in arguments.to.split()))


def _speech(context: Context, _arguments: Arguments, start: int) -> bool:
    said = bool(context.voices) or scopes.quoted(start, context.quotes)
    return said or bool(rule("speakers", "speech").search(context.folded))


def _own_word(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether no source or court speaks: those clear a third person, they deny nothing."""
    kinds = {speakers.kind_of(name) for name in (context.speaker, arguments.by) if name}
    return not kinds & {Speaker.MEDIA, Speaker.COURT}


def _quoted(context: Context, _arguments: Arguments, start: int) -> bool:
    return scopes.quoted(start, context.quotes)


def _specific(_context: Context, arguments: Arguments, _start: int) -> bool:
    return bool(arguments.to and actors.is_specific(arguments.to))


def _act(context: Context, _arguments: Arguments, _start: int) -> bool:
    return bool(rule("actors", "act").search(context.folded))


def _hostile_act(context: Context, arguments: Arguments, start: int) -> bool:
    return _specific(context, arguments, start) and bool(rule("actors", "act").search(context.folded))


def _actor(_context: Context, arguments: Arguments, _start: int) -> bool:
    return bool(arguments.to and actors.is_named(arguments.to))


def _tied_actor(context: Context, arguments: Arguments, start: int) -> bool:
    return _actor(context, arguments, start) and actors.is_hostile(context.text)


def _blamed(context: Context, arguments: Arguments, start: int) -> bool:
    name = arguments.to or ""
    harm = _act(context, arguments, start) or bool(rule("actors", "harm").search(context.folded))
    told = speakers.kind_of(arguments.by) is Speaker.RESEARCHER
    return (harm or told) and (actors.is_actor(name) or actors.is_specific(f" {name}"))


def _wrongdoing(context: Context, _arguments: Arguments, start: int) -> bool:
    return bool(rule("actors", "wrong").search(context.folded, start))


def _charge(context: Context, _arguments: Arguments, start: int) -> bool:
    return bool(rule("actors", "charge").search(context.folded))


def _rejection(context: Context, _arguments: Arguments, start: int) -> bool:
    return bool(
        rule("actors", "charge").search(context.folded)
        or rule("actors", "act").search(context.folded)
        or rule("actors", "wrong").search(context.folded, start)
    )


def _act_or_wrong(context: Context, _arguments: Arguments, _start: int) -> bool:
    return any(rule("actors", name).search(context.folded) for name in ("act", "wrong", "harm"))


def _actor_or_act(context: Context, arguments: Arguments, start: int) -> bool:
    return _actor(context, arguments, start) or _hostile_act(context, arguments, start)


def _beside_quotation(context: Context, arguments: Arguments, start: int) -> bool:
    """Whether a quotation stands before the verb and who speaks after it."""
    between = (context.folded[end:start] for _, end in context.quotes if end <= start)
    return bool(arguments.by) and any(not text.strip(' ",-') for text in between)


def _voiced_quotation(context: Context, arguments: Arguments, start: int) -> bool:
    return bool(context.voices) and scopes.quoted(start, context.quotes) and _own(context, arguments)


def _own(context: Context, arguments: Arguments) -> bool:
    """Whether who speaks is another than whom the words are about."""
    return fold(context.speaker or "") != fold(arguments.to or "")


def _reported_deed(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether somebody who can be named tells it of somebody else, outside a `Secondo` that tells of figures."""
    return bool(context.voices and arguments.to and _own(context, arguments))


def _said_no_complaint(context: Context, arguments: Arguments, start: int) -> bool:
    """Whether somebody says it, and not as the ground of a lawsuit: who sues for slander accuses."""
    return _speech(context, arguments, start) and not rule("ranking", "complaint").search(context.folded)


def _quoted_own_word(context: Context, arguments: Arguments, start: int) -> bool:
    return _quoted(context, arguments, start) and _own_word(context, arguments, start)


def _own_word_said(context: Context, arguments: Arguments, start: int) -> bool:
    return _speech(context, arguments, start) and _own_word(context, arguments, start)


def _named_who(_context: Context, arguments: Arguments, _start: int) -> bool:
    return bool(arguments.by)


def _own_word_no_future(context: Context, arguments: Arguments, start: int) -> bool:
    """Whether it is the speaker's own word on what was done, not on what they will not do or cannot tell."""
    plans = rule("conditions", "plans").search(context.folded, start)
    return _own_word(context, arguments, start) and not plans


def _no_money(context: Context, _arguments: Arguments, start: int) -> bool:
    """Whether nothing is charged to an account."""
    return not rule("conditions", "money").search(context.folded, start)


def _alleged(context: Context) -> bool:
    return bool(context.voices) or scopes.conditional(context.folded)


def _actor_said(context: Context, arguments: Arguments, start: int) -> bool:
    """An actor whom somebody names, or who stands beside hackers or in a conditional."""
    return _actor(context, arguments, start) and (_alleged(context) or actors.is_hostile(context.text))


def _alleged_or_actor(context: Context, arguments: Arguments, start: int) -> bool:
    return bool(arguments.to) and (_alleged(context) or _actor(context, arguments, start))


def _person_said(context: Context, arguments: Arguments, start: int) -> bool:
    return bool(arguments.to) and (_person(context, arguments, start) or _alleged(context))


def _alleged_somebody(context: Context, arguments: Arguments, _start: int) -> bool:
    return bool(arguments.to) and _alleged(context)


def _actor_in_it(context: Context, _arguments: Arguments, start: int) -> bool:
    return actors.is_named(context.text[start:])


def _said_of_another(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether somebody says it of an actor who is not of their own party."""
    return bool(context.voices and arguments.to) and not kin.related(context.speaker, arguments.to)


def _accuser_tells(context: Context, arguments: Arguments, _start: int) -> bool:
    """Whether a court, a prosecutor or a regulator tells it of somebody else."""
    return speakers.kind_of(context.speaker) is Speaker.COURT and bool(arguments.to) and _own(context, arguments)


def _named_gang(_context: Context, arguments: Arguments, _start: int) -> bool:
    return actors.is_specific(f" {arguments.to or ''}")


def _after_quotation(context: Context, _arguments: Arguments, start: int) -> bool:
    between = (context.folded[end:start] for _, end in context.quotes if end <= start)
    return any(not text.strip(' ",-') for text in between)


def _of_the_accused(context: Context, arguments: Arguments, start: int) -> bool:
    """Whether somebody else speaks of the accused, in a quotation or of something bad."""
    if not context.voices or not arguments.to or kin.related(context.speaker, arguments.to):
        return False
    if not actors.is_actor(arguments.to):
        return False
    bad = rule("actors", "wrong").search(context.folded) or rule("actors", "harm").search(context.folded)
    return not answering.speaks(context, None) and bool(context.quotes or bad or _act(context, arguments, start))


def _named_by_another(context: Context, arguments: Arguments, start: int) -> bool:
    return _person(context, arguments, start) and bool(context.voices) and _own(context, arguments)


CONDITIONS: dict[str, Callable[[Context, Arguments, int], bool]] = {
    "hostile": _hostile,
    "person": _person,
    "speech": _speech,
    "quoted": _quoted,
    "own word": _own_word,
    "specific": _specific,
    "act": _act,
    "actor": _actor,
    "tied actor": _tied_actor,
    "blamed": _blamed,
    "wrongdoing": _wrongdoing,
    "charge": _charge,
    "rejection": _rejection,
    "hostile act": _hostile_act,
    "actor or act": _actor_or_act,
    "act or wrong": _act_or_wrong,
    "voice beside a quotation": _beside_quotation,
    "voiced quotation": _voiced_quotation,
    "reported deed": _reported_deed,
    "speech, no complaint": _said_no_complaint,
    "own word, said": _own_word_said,
    "quoted, own word": _quoted_own_word,
    "no money": _no_money,
    "named who": _named_who,
    "own word, no future": _own_word_no_future,
    "actor who is said to": _actor_said,
    "alleged or actor": _alleged_or_actor,
    "person or said": _person_said,
    "said or alleged": _alleged_somebody,
    "actor in it": _actor_in_it,
    "said of another": _said_of_another,
    "said": _speech,
    "accuser tells": _accuser_tells,
    "named gang": _named_gang,
    "after a quotation": _after_quotation,
    "named, by another": _named_by_another,
    "accused says": accused.says,
    "named accused says": accused.named_says,
    "of the accused": _of_the_accused,
    "after an accusation": accused.after_accusation,
    "named accuser": accused.named_accuser,
    "accused speaks": accused.speaks,
    "accused speaks or is told": accused.speaks_or_told,
}
