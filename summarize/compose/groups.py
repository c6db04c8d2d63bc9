"""Groups that the article names only after it has blamed them: "the groups are APT27 and APT30"."""

from __future__ import annotations

from summarize.document import Claims

REACH = 8  # sentences after the attribution in which its groups may be named


def merged_groups(index: int, claims: Claims) -> tuple[str, ...]:
    """The groups of an attribution; for the first one without any, those of the next that stand soon after it."""
    claim = claims.attributions[index]
    if claim.groups or index or not claim.sentences:
        return claim.groups
    last = max(claim.sentences)
    for other in sorted(claims.attributions[1:], key=lambda each: each.start):
        if other.groups and other.sentences and last <= min(other.sentences) <= last + REACH:
            return other.groups
    return ()
