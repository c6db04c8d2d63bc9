"""Who answers: the sentences in which one whom the article blames speaks, or somebody for them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from summarize.claims import actors, kin, speakers
from summarize.claims.arguments import Arguments
from summarize.claims.lexicon import Cue, rule
from summarize.claims.speakers import Context
from summarize.claims.text import fold
from summarize.document import Speaker

FIRM = 1.0  # weight of a cue from which on it blames
SELF_CLAIMS = frozenset({"self", "claimed", "selfnoun"})


class Blaming(Protocol):
    """A candidate that blames somebody."""

    @property
    def context(self) -> Context:
        """The sentence."""

    @property
    def cue(self) -> Cue:
        """What blames in it."""

    @property
    def arguments(self) -> Arguments:
        """Who blames whom."""


def mark(contexts: list[Context], blaming: Iterable[Blaming]) -> list[Context]:
    """Tell each sentence whom the others blame.

    Of an attacker's own claim that is whoever it speaks of: a company that was hit answers too.
    """
    named = {
        each.context.index: _others(each) if each.cue.frame in SELF_CLAIMS else each.arguments.to or ""
        for each in blaming
        if each.cue.weight >= FIRM
    }
    return [
        replace(
            context,
            answers=tuple(name for index, name in named.items() if index != context.index and name),
            blames=context.index in named,
        )
        for context in contexts
    ]


def _others(each: Blaming) -> str:
    """The sentence of an attacker's own claim, without those who speak in it."""
    text = each.context.text
    for name in {each.arguments.by, *(voice.name for voice in each.context.voices)}:
        text = text.replace(name or "\n", " ")
    return text


def speaks(context: Context, by: str | None) -> bool:
    """Whether one of the accused speaks in a sentence, or somebody for them: their lawyer, their country's envoy."""
    return bool(context.answers) and any(_is_accused(name, context.answers) for name in {by, context.speaker} if name)


def _is_accused(speaker: str, blamed: tuple[str, ...]) -> bool:
    kind = speakers.kind_of(speaker)
    if actors.is_hostile(speaker) or kind is Speaker.MEDIA:
        return False
    if kind is Speaker.LAWYER or rule("answering", "party").fullmatch(fold(speaker)):
        return True
    telling = any(word[:1].isupper() for word in speaker.split()) or len(speaker.split()) > 1
    return telling and any(kin.related(speaker, name) for name in blamed)


def admits(context: Context) -> bool:
    """Whether a sentence tells of an admission, an excuse or of no comment."""
    return bool(rule("answering", "admits").search(context.folded))


def spoken_of(context: Context) -> str | None:
    """Whom of the accused a sentence names that is spoken by another."""
    text = context.text
    for voice in context.voices:
        text = text.replace(voice.name, " ")
    return next((name for name in context.answers if name and _named_in(name, text)), None)


def _named_in(name: str, text: str) -> bool:
    of = set(kin.countries(name))
    if of:
        return bool(of & set(kin.countries(text)))
    proper = [word for word in name.split() if word[:1].isupper() and len(word) > 3]
    return any(word in text for word in proper)
