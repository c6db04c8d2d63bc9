"""From candidates to claims: evidence, strength, kind of speaker, groups, scope, and which denial answers what."""

from dataclasses import replace
from typing import Literal

from summarize.claims import groups, kin, ranking, resolving, scopes, speakers
from summarize.claims.lexicon import rule
from summarize.claims.matching import Candidate
from summarize.claims.text import fold, squash
from summarize.document import Article, Claim, Claims, Speaker, Strength

LONGEST_CUE = 6  # words
NEAR = 7  # sentences after a claim that may still name the groups it speaks of
_FIRMNESS = {
    Speaker.STATE: Strength.OFFICIAL,
    Speaker.COURT: Strength.OFFICIAL,
    Speaker.RESEARCHER: Strength.FINDING,
    Speaker.MEDIA: Strength.REPORTED,
}


def claim(article: Article, contexts: list[speakers.Context], candidate: Candidate, score: float) -> Claim:
    """Write a candidate out as a claim."""
    context = candidate.context
    sentences = (context.index,) if context.joined is None else (context.index, context.joined)
    first, last = article.sentences[min(sentences)], article.sentences[max(sentences)]
    by, to = _arguments(article, candidate)
    speaker = _speaker(candidate, by)
    named = groups.mentions(context.text) or _named_later(contexts, context.index, to)
    return Claim(
        kind=candidate.cue.kind,
        it=squash(article.text[first.start : last.end]),
        start=first.start,
        end=last.end,
        sentences=sentences,
        by=by,
        to=to,
        cue=_short(squash(candidate.words)),
        strength=_strength(candidate, speaker),
        speaker=speaker,
        groups=groups.merge(named, groups.mentions(" ".join(article.body))) if named else (),
        scope=_scope(context.folded) if candidate.cue.kind == "denial" else None,
        score=round(ranking.probability(score), 4),
    )


def _short(cue: str) -> str:
    """A cue that spans a clause, cut to the words that say so."""
    words = cue.split()
    if len(words) <= LONGEST_CUE:
        return cue
    that = words.index("che") + 1 if "che" in words else 0
    return " ".join(words[:that] if 0 < that <= LONGEST_CUE else words[-3:])


def _named_later(contexts: list[speakers.Context], index: int, to: str | None) -> list[str]:
    """The groups that the next sentences name, when the claim only speaks of `gruppi` (`I gruppi citati sono …`)."""
    if "gruppi" not in fold(to or ""):
        return []
    following = [each for each in contexts[index + 1 : index + NEAR] if "gruppi" in each.folded]
    return [name for each in following for name in groups.mentions(each.text)]


def _arguments(article: Article, candidate: Candidate) -> tuple[str | None, str | None]:
    """The arguments of a candidate, with names for the pronouns among them where that is safe."""
    by, to = candidate.arguments.by, candidate.arguments.to
    index = candidate.context.index
    frame = candidate.cue.frame
    if candidate.cue.kind == "denial":
        return resolving.resolve(by, article, index, candidate.blamed), to
    if frame in {"self", "claimed", "selfnoun"}:
        who = resolving.resolve_attacker(by, article)
        return who, who
    if frame in {"passive", "verdict", "charge", "held"} or to:
        to = resolving.resolve(to, article, index)
        to = None if fold(to or "") in {"lui", "lei"} else to
    return (resolving.resolve(by, article, index) if by else None), to


def _speaker(candidate: Candidate, by: str | None) -> Speaker:
    if candidate.cue.frame in {"self", "claimed", "selfnoun"} and candidate.cue.strength is Strength.CONFIRMED:
        return Speaker.SELF
    kind = speakers.kind_of(by)
    if candidate.cue.kind == "attribution" and kind is Speaker.SELF:
        return Speaker.THIRD_PARTY
    if candidate.cue.kind == "denial" and kind in {
        Speaker.UNKNOWN,
        Speaker.THIRD_PARTY,
        Speaker.SELF,
        Speaker.RESEARCHER,
    }:
        return Speaker.ACCUSED if by else Speaker.UNKNOWN
    return kind


def _strength(candidate: Candidate, speaker: Speaker) -> Strength:
    """How firm the claim is: by what the sentence says of it, then by the cue, then by who speaks."""
    folded, stated = candidate.context.folded, candidate.cue.strength
    by_speaker = _FIRMNESS.get(speaker, Strength.REPORTED)
    if candidate.cue.kind == "denial":
        own_words = candidate.quoted and rule("building", "first_person").search(folded)
        return Strength.CONFIRMED if own_words else by_speaker
    if scopes.doubted(folded):
        return Strength.DISPUTED
    if speaker is Speaker.SELF:
        return Strength.CONFIRMED
    if scopes.conditional(folded) and stated is not Strength.OFFICIAL:
        return Strength.ALLEGED
    if stated is Strength.REPORTED or (stated is Strength.FINDING and by_speaker is Strength.OFFICIAL):
        return by_speaker
    return stated


def _scope(folded: str) -> Literal["full", "partial"]:
    return "partial" if rule("building", "partial").search(folded) else "full"


def link(claims: Claims) -> Claims:
    """Say which attribution each denial answers, and with that whether the victim or the accused speaks."""
    return replace(claims, denials=tuple(_answering(denial, claims.attributions) for denial in claims.denials))


def _answering(denial: Claim, attributions: tuple[Claim, ...]) -> Claim:
    if not attributions:
        return denial
    who, what = kin.names(denial.by), kin.names(denial.it)

    def fit(index: int) -> tuple[float, float]:
        blamed = attributions[index]
        points = 3.0 * bool(who & kin.names(blamed.to)) + len(what & kin.names(blamed.it)) / 4
        points += 2.0 * (blamed.sentences == denial.sentences) - 2.0 * bool(who & kin.names(blamed.by))
        return points - 0.1 * index, -abs(blamed.start - denial.start)

    answers = max(range(len(attributions)), key=fit)
    speaker = denial.speaker
    answered = attributions[answers]
    if speaker is Speaker.ACCUSED and answered.speaker is Speaker.SELF and not who & kin.names(answered.by):
        speaker = Speaker.VICTIM
    return replace(denial, answers=answers, speaker=speaker)
