"""Claims: who blames whom, and who denies it, in the Italian text, with evidence.

`lexicon` holds the cues (data), `speakers` who speaks, `scopes` what turns a cue over, `matching` brings them
together into candidates, `ranking` weighs them, `building` writes the claims.
"""

from summarize.claims import building, matching, ranking, speakers
from summarize.document import Article, Claim, Claims

__all__ = ["find"]


def find(article: Article) -> Claims:
    """Find the attributions and denials of an article, each list best first, denials linked to what they answer."""
    contexts = speakers.contexts(article)
    blaming, denying = matching.candidates(contexts)
    attributions = _best(article, contexts, blaming, denying)
    denials = _best(article, contexts, denying, blaming)
    return building.link(Claims(attributions, denials))


def _best(
    article: Article,
    contexts: list[speakers.Context],
    found: list[matching.Candidate],
    opposite: list[matching.Candidate],
) -> tuple[Claim, ...]:
    """Turn the candidates of one kind that are worth naming into claims, best first."""
    if not found:
        return ()
    kind = found[0].cue.kind
    title = article.title or ""
    scores = [
        ranking.score(ranking.features(candidate, title, len(contexts), found, opposite), kind) for candidate in found
    ]
    return tuple(building.claim(article, contexts, found[i], scores[i]) for i in ranking.keep(scores, kind))
