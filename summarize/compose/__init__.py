"""Claims and sentence pairs in, at most 120 English words out: who blames whom, then who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from summarize.compose import content, frames
from summarize.compose.groups import merged_groups
from summarize.compose.news import news
from summarize.document import Article, Claim, Claims, Clause, Rendition, Summary

MOST_WORDS = 120
MOST_CLAIMS = 3  # of a kind
ARGUMENT = 2  # sentences from a denial to the next that goes on with it
NAMES_BOTH = 2  # parties: only then the bare frame is worth telling beside others
NEAR = 0.75  # of the main attribution's score
NO_DENIAL = "The article reports no denial."
NO_ATTRIBUTION = "The article contains no attribution."

__all__ = ["compose"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause to be, with its wordings from the fullest to the barest."""

    kind: Literal["attribution", "denial"]
    claim: int
    sentences: tuple[int, ...]
    wordings: tuple[str, ...]
    parties: int
    year: str | None = None


def compose(article: Article, claims: Claims, renditions: Sequence[Rendition]) -> Summary:
    """Write the summary.

    Args:
        article: the article, for its news where it blames nobody.
        claims: what was found in it.
        renditions: one for each of `article.sentences`, in order.

    """
    attributions = drafts_of_attributions(article, claims, renditions)
    denials = drafts_of_denials(claims, renditions)
    if not attributions:
        return Summary(tuple(without_attribution(article, denials, renditions)))
    needed = [attributions[0], *denials[:1]]
    spare = MOST_WORDS - (0 if denials else length(NO_DENIAL))
    more = [draft for draft in attributions[1:MOST_CLAIMS] if is_near(draft, attributions[0], claims)]
    chosen = fit(needed, by_turns(more, denials[1:MOST_CLAIMS]), spare)
    clauses = [clause(draft, text) for draft, text in chosen]
    clauses.sort(key=lambda each: each.kind == "denial")
    if not denials:
        clauses.append(Clause(NO_DENIAL, "absence"))
    return Summary(tuple(clauses))


def without_attribution(article: Article, denials: list[Draft], renditions: Sequence[Rendition]) -> list[Clause]:
    """The news, and the denial if there is one all the same."""
    told = [clause(draft, text) for draft, text in fit(denials[:1], denials[1:2], MOST_WORDS // 2)]
    closing = NO_ATTRIBUTION if denials else f"{NO_ATTRIBUTION[:-1]} and reports no denial."
    spent = sum(length(each.text) for each in told) + length(closing)
    used = {index for each in told for index in each.sentences}
    return [*news(article, renditions, MOST_WORDS - spent, used), *told, Clause(closing, "absence")]


def drafts_of_attributions(article: Article, claims: Claims, renditions: Sequence[Rendition]) -> list[Draft]:
    """A draft for each attribution; one whose frame says what an earlier one said is left out."""
    drafts: list[Draft] = []
    said: set[str] = set()
    named: set[str] = set()
    for index, claim in enumerate(claims.attributions):
        groups = [group for group in merged_groups(index, claims, article) if group not in named]
        named.update(groups)
        frame = frames.attribution(claim, tuple(groups))
        if frame.whole not in said:
            said.add(frame.whole)
            drafts.append(draft_of(claim, index, frame, renditions))
    return drafts


def drafts_of_denials(claims: Claims, renditions: Sequence[Rendition]) -> list[Draft]:
    """A draft for each speaker who denies, the one that answers the main attribution first."""
    order = sorted(range(len(claims.denials)), key=lambda index: claims.denials[index].answers != 0)
    drafts: list[Draft] = []
    said: set[str | None] = set()
    for index in order:
        claim = claims.denials[index]
        if claim.by not in said:
            said.add(claim.by)
            frame = frames.denial(claim, answers=bool(claims.attributions))
            drafts.append(draft_of(with_argument(claim, claims), index, frame, renditions))
    return drafts


def with_argument(claim: Claim, claims: Claims) -> Claim:
    """A denial with the sentences right after it in which the same speaker goes on denying."""
    sentences = list(claim.sentences)
    for other in sorted(claims.denials, key=lambda each: each.start):
        near = other.sentences and 0 < min(other.sentences) - max(sentences, default=0) <= ARGUMENT
        if other.by == claim.by is not None and near:
            sentences += [index for index in other.sentences if index not in sentences]
    return replace(claim, sentences=tuple(sentences))


def draft_of(claim: Claim, index: int, frame: frames.Said, renditions: Sequence[Rendition]) -> Draft:
    """Word a claim."""
    wordings = content.variants(frame, claim, renditions)
    return Draft(claim.kind, index, claim.sentences, tuple(wordings), frame.parties, content.year_of(claim.it))


def by_turns(attributions: list[Draft], denials: list[Draft]) -> list[Draft]:
    """The second attribution, the second denial, then the third of each, set apart from the case before it."""
    attributions, denials = [
        [*map(dated, drafts[:1]), *map(set_apart, map(dated, drafts[1:]))] for drafts in (attributions, denials)
    ]
    pairs = zip_longest(attributions, denials)
    return [draft for pair in pairs for draft in pair if draft is not None]


def dated(draft: Draft) -> Draft:
    """Tell a further case with the year that the Italian sets it in, where a wording has lost it."""
    if draft.year is None:
        return draft
    wordings = (each if draft.year in each else f"Case of {draft.year}: {each}" for each in draft.wordings)
    return replace(draft, wordings=tuple(wordings))


def set_apart(draft: Draft) -> Draft:
    """Say of a bare frame that it is another claim of the article: without its evidence nothing else tells."""
    *full, bare = draft.wordings
    also = f"Also, case{bare.removeprefix('Case')}" if bare.startswith("Case of ") else f"Also: {bare}"
    return replace(draft, wordings=(*full, also))


def is_near(draft: Draft, main: Draft, claims: Claims) -> bool:
    """Whether an attribution counts nearly as much as the main one; weaker ones are background."""
    return claims.attributions[draft.claim].score >= NEAR * claims.attributions[main.claim].score


def fit(needed: list[Draft], extra: list[Draft], budget: int) -> list[tuple[Draft, str]]:
    """The fullest wordings that fit: the needed ones shortened until they do, then extras into what is left."""
    level = [0] * len(needed)

    def text(index: int) -> str:
        return needed[index].wordings[level[index]]

    while sum(length(text(index)) for index in range(len(needed))) > budget:
        open_ones = [index for index in range(len(needed)) if level[index] + 1 < len(needed[index].wordings)]
        if not open_ones:
            break
        level[max(open_ones, key=lambda index: length(text(index)))] += 1
    chosen = [(draft, text(index)) for index, draft in enumerate(needed)]
    for draft in extra:
        if not draft.parties:
            continue
        left = budget - sum(length(wording) for _, wording in chosen)
        offered = draft.wordings if draft.parties == NAMES_BOTH else draft.wordings[:-1]
        wording = next((wording for wording in offered if length(wording) <= left), None)
        if wording is not None:
            chosen.append((draft, wording))
    return chosen


def clause(draft: Draft, text: str) -> Clause:
    """The finished clause of a draft."""
    return Clause(text, draft.kind, claim=draft.claim, sentences=draft.sentences)


def length(text: str) -> int:
    """Words as a reader counts them."""
    return len(text.split())
