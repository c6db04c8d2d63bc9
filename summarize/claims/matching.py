"""Cues found in sentences, in the scopes where they count: the candidates that `ranking` weighs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from summarize.claims import actors, frames, scopes, speakers
from summarize.claims.arguments import Arguments
from summarize.claims.lexicon import Cue, Kind, cues, rule
from summarize.claims.speakers import Context
from summarize.claims.text import fold
from summarize.document import Speaker


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may blame or deny: its best cue, the arguments, and how many cues speak for it.

    Attributes:
        start, end: where the cue stands in the sentence.
        others: weights of the other cues of the sentence, best first.
        blamed: of a denial, whom the same sentence blames.

    """

    context: Context
    cue: Cue
    start: int
    end: int
    arguments: Arguments
    quoted: bool
    others: tuple[float, ...] = field(default=())
    blamed: str | None = None

    @property
    def words(self) -> str:
        """The cue as it stands."""
        return self.context.text[self.start : self.end]


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
    harm = _act(context, arguments, start) or rule("actors", "harm").search(context.folded)
    return bool(harm) and (actors.is_actor(name) or actors.is_specific(f" {name}"))


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
    "voice beside a quotation": _beside_quotation,
    "voiced quotation": _voiced_quotation,
    "reported deed": _reported_deed,
    "speech, no complaint": _said_no_complaint,
    "own word, said": _own_word_said,
    "quoted, own word": _quoted_own_word,
}

# Frames whose cue carries its own negation ("nulla a che fare"): a negation before it does not turn it over.
_SELF_NEGATED = frozenset({"retort"})


def _hits(context: Context, kind: Kind) -> Iterator[Candidate]:
    """Every cue of one kind in a sentence that its scopes let count."""
    for cue in cues(kind):
        for match in cue.matches(context.folded):
            start = match.start()
            if cue.frame not in _SELF_NEGATED and scopes.negated(context.folded, start):
                continue
            if cue.frame == "passive" and actors.after_having(context.folded, start):
                continue
            if scopes.hypothetical(context.folded, start):
                continue
            arguments = frames.FRAMES[cue.frame](context, match)
            if cue.needs and not CONDITIONS[cue.needs](context, arguments, start):
                continue
            yield Candidate(context, cue, start, match.end(), arguments, scopes.quoted(start, context.quotes))


def candidates(contexts: list[Context]) -> tuple[list[Candidate], list[Candidate]]:
    """Find what may blame and what may deny, at most one of each a sentence."""
    blaming = _strongest(contexts, "attribution")
    blamed = {candidate.context.index: candidate.arguments.to for candidate in blaming}
    denying = [
        replace(candidate, blamed=blamed.get(candidate.context.index)) for candidate in _strongest(contexts, "denial")
    ]
    return blaming, denying


def _strongest(contexts: list[Context], kind: Kind) -> list[Candidate]:
    """The strongest cue of each sentence, with the weights of the others."""
    found = []
    for context in contexts:
        hits = sorted(_hits(context, kind), key=lambda hit: (-hit.cue.weight, hit.start))
        if not hits:
            continue
        best = hits[0]
        others = tuple(hit.cue.weight for hit in hits[1:] if hit.start >= best.end or hit.end <= best.start)
        by = best.arguments.by or next((hit.arguments.by for hit in hits if hit.arguments.by), None)
        to = best.arguments.to or next((hit.arguments.to for hit in hits if hit.arguments.to), None)
        arguments = Arguments(by, to)
        found.append(Candidate(context, best.cue, best.start, best.end, arguments, best.quoted, others))
    return found
