"""Cues found in sentences, in the scopes where they count: the candidates that `ranking` weighs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from summarize.claims import actors, answering, frames, scopes
from summarize.claims.arguments import Arguments
from summarize.claims.conditions import CONDITIONS
from summarize.claims.lexicon import Cue, cues
from summarize.claims.speakers import Context


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


# Frames whose cue carries its own negation ("nulla a che fare"): a negation before it does not turn it over.
_SELF_NEGATED = frozenset({"retort"})


# Tests that ask whom the rest of the article blames: their cues are tried when that is known.
_ROLE_AWARE = frozenset({"of the accused", "after an accusation", "named accuser"})


def _hits(context: Context, among: Iterable[Cue]) -> Iterator[Candidate]:
    """Every cue of a sentence that its scopes let count."""
    for cue in among:
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
    blame = cues("attribution")
    alone = [cue for cue in blame if cue.needs not in _ROLE_AWARE]
    aware = [cue for cue in blame if cue.needs in _ROLE_AWARE]
    plain = [list(_hits(context, alone)) for context in contexts]
    contexts = answering.mark(contexts, _strongest(plain))
    blaming = _strongest(
        [*(replace(hit, context=context) for hit in hits), *_hits(context, aware)]
        for context, hits in zip(contexts, plain, strict=True)
    )
    blamed = {candidate.context.index: candidate.arguments.to for candidate in blaming}
    denying = [
        replace(candidate, blamed=blamed.get(candidate.context.index))
        for candidate in _strongest(list(_hits(context, cues("denial"))) for context in contexts)
    ]
    return blaming, denying


def _strongest(sentences: Iterable[list[Candidate]]) -> list[Candidate]:
    """The strongest cue of each sentence, with the weights of the others."""
    found = []
    for all_hits in sentences:
        hits = sorted(all_hits, key=lambda hit: (-hit.cue.weight, hit.start))
        if not hits:
            continue
        best = hits[0]
        others = tuple(hit.cue.weight for hit in hits[1:] if hit.start >= best.end or hit.end <= best.start)
        by = best.arguments.by or next((hit.arguments.by for hit in hits if hit.arguments.by), None)
        to = best.arguments.to or next((hit.arguments.to for hit in hits if hit.arguments.to), None)
        found.append(replace(best, arguments=Arguments(by, to), others=others))
    return found
