"""How much a candidate weighs: a logistic score over features that can be read one by one.

The coefficients are data (`data/weights.toml`), fitted by `benchmarks/claims_training.py`.
"""

import math
import re
from functools import lru_cache

from summarize.claims import groups, scopes
from summarize.claims.kin import content_words, names
from summarize.claims.lexicon import Kind, load, rule
from summarize.claims.matching import Candidate


def _names_shared(title: str, text: str) -> float:
    """The share of the headline's proper names that a text has too."""
    wanted = set(re.findall(r"(?<=[\s'’«“\"])[A-Z]\w{3,}", title))
    return len({name for name in wanted if name in text}) / len(wanted) if wanted else 0.0


def features(
    candidate: Candidate, title: str, total: int, ranked: list[Candidate], opposite: list[Candidate]
) -> dict[str, float]:
    """Everything that the score looks at, by name.

    Args:
        candidate: what is weighed.
        title: the headline, empty when there is none.
        total: how many sentences the article has.
        ranked: all candidates of the same kind in the article.
        opposite: all candidates of the other kind.

    """
    context, arguments = candidate.context, candidate.arguments
    folded = context.folded
    words = len(folded.split())
    title_words = content_words(title)
    shared = len(title_words & content_words(context.text)) / max(1, len(title_words))
    who = names(arguments.to if candidate.cue.kind == "attribution" else arguments.by)
    other_side = [
        names(other.arguments.by if candidate.cue.kind == "attribution" else other.arguments.to)
        for other in opposite
        if other.cue.weight >= 1
    ]
    best = max(other.cue.weight for other in ranked)
    return {
        "cue": candidate.cue.weight,
        "others": min(3.0, sum(candidate.others)),
        "best": float(candidate.cue.weight >= best),
        "by": float(arguments.by is not None),
        "to": float(arguments.to is not None),
        "voice": float(bool(context.voices)),
        "quoted": float(candidate.quoted),
        "named": float(any(word[:1].isupper() for word in (arguments.to or "").split())),
        "named_by": float(any(word[:1].isupper() for word in (arguments.by or "").split())),
        "group": float(bool(groups.mentions(context.text))),
        "actor": float(bool(rule("ranking", "actor").search(folded))),
        "act": float(bool(rule("actors", "act").search(folded))),
        "charge": float(bool(rule("actors", "charge").search(folded))),
        "background": float(scopes.background(folded)),
        "hedged": float(scopes.conditional(folded)),
        "meets": float(any(who & side for side in other_side)),
        "both": float(any(other.context.index == context.index for other in opposite)),
        "title_who": float(bool(who & names(title))),
        "question": float(scopes.question(folded)),
        "heading": float(context.heading or context.text.rstrip()[-1:].isalnum()),
        "counter": float(
            any(
                other.context.index == context.index and other.cue.weight >= 1.5 and other.start < candidate.start
                for other in opposite
            )
        ),
        "bare": float(
            candidate.cue.kind == "denial"
            and candidate.cue.name in {"refute", "reject", "rule out"}
            and folded[candidate.end :].lstrip(" ")[:1].isalpha()
            and not groups.mentions(context.text)
            and not rule("ranking", "substance").search(folded)
        ),
        "vague": float(bool(rule("ranking", "vague").search(folded))),
        "lead": float(context.index < 3),
        "position": context.index / max(1, total),
        "title": shared,
        "title_names": _names_shared(title, context.text),
        "long": float(words > 25),
        "short": float(words < 8),
    }


def score(values: dict[str, float], kind: Kind) -> float:
    """Log odds that a candidate is a claim that the article is about."""
    weights = _weights()[kind]
    return float(weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items()))


def keep(scores: list[float], kind: Kind) -> list[int]:
    """Indices of the candidates worth naming, best first: the best above one bar, the others above a higher one."""
    limits = _weights()[kind]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    return [
        i for rank, i in enumerate(order) if scores[i] >= (limits["first_bar"] if rank == 0 else limits["next_bar"])
    ]


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    return {kind: {name: float(value) for name, value in table.items()} for kind, table in load("weights.toml").items()}


def probability(log_odds: float) -> float:
    """Log odds as a number between 0 and 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
