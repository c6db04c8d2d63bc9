"""Claims: who blames whom, and who denies it, in the Italian text, with evidence.

`lexicon` holds the cues (data), `speakers` who speaks, `scopes` what turns a cue over, `matching` brings them
together into candidates, `ranking` weighs them, `building` writes the claims.
"""

from summarize.claims import building, matching, ranking, speakers
from summarize.claims.lexicon import Kind
from summarize.document import Article, Claim, Claims

__all__ = ["find"]


def find(article: Article) -> Claims:
    """The attributions and denials of an article, each list best first; denials are linked to what they answer."""
    contexts = speakers.contexts(article)
    attributions = _best(article, contexts, "attribution")
    denials = _best(article, contexts, "denial")
    return building.link(Claims(tuple(attributions), tuple(denials)))


def _best(article: Article, contexts: list[speakers.Context], kind: Kind) -> list[Claim]:
    """The claims of one kind, best first."""
    found = matching.candidates(contexts, kind)
    title = article.title or ""
    scores = [
        ranking.score(ranking.features(candidate, title, len(contexts), found), kind) for candidate in found
    ]
    kept = ranking.keep(scores, kind)
    return [building.claim(article, contexts, found[i], scores[i]) for i in kept]
