"""Groups that the article names only after it has blamed them: "the groups are APT27 and APT30"."""

from __future__ import annotations

import re

from summarize.claims import groups
from summarize.document import Article, Claim, Claims

REACH = 8  # sentences after the attribution in which its groups may be named
# A sentence that gives names to groups spoken of before.
NAMING = re.compile(
    r"\b(?:gruppi|gruppo|gang|hacker|attori|collettiv[oi]|bande?)\b[^.]{0,80}?"
    r"\b(?:sono|sarebbero|è|not[oi] come|conosciut[oi] come|chiamat[oi]|identificat[oi]|tra cui|fra cui|citat[oi])\b",
    re.IGNORECASE,
)


def merged_groups(index: int, claims: Claims, article: Article) -> tuple[str, ...]:
    """The groups of an attribution; for the main one without any, those that the article names for it soon after."""
    claim = claims.attributions[index]
    if claim.groups or index or not claim.sentences:
        return claim.groups
    return of_claims(claim, claims) or of_sentences(claim, article)


def of_claims(claim: Claim, claims: Claims) -> tuple[str, ...]:
    """Groups of the next attribution that names some."""
    last = max(claim.sentences)
    for other in sorted(claims.attributions[1:], key=lambda each: each.start):
        if other.groups and other.sentences and last <= min(other.sentences) <= last + REACH:
            return other.groups
    return ()


def of_sentences(claim: Claim, article: Article) -> tuple[str, ...]:
    """Groups of the next sentence that gives groups their names."""
    last = max(claim.sentences)
    for sentence in article.sentences[last + 1 : last + 1 + REACH]:
        named = groups.mentions(sentence.text) if NAMING.search(sentence.text) else []
        if named:
            return tuple(groups.merge(named, groups.mentions(" ".join(article.body))))
    return ()
