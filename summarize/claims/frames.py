"""The frames that the lexicon names, by name."""

import re
from collections.abc import Callable

from summarize.claims import blaming, claiming, denying
from summarize.claims.arguments import Arguments
from summarize.claims.speakers import Context

Frame = Callable[[Context, re.Match[str]], Arguments]

FRAMES: dict[str, Frame] = {
    "active": blaming.active,
    "inverted": blaming.inverted,
    "did": blaming.did,
    "passive": blaming.passive,
    "charge": blaming.charge,
    "verdict": blaming.verdict,
    "source": blaming.source,
    "says": blaming.says,
    "attribute": blaming.attribute,
    "link": blaming.link,
    "agent": blaming.agent,
    "behind": blaming.behind,
    "held": blaming.held,
    "noun": blaming.noun,
    "seeks": blaming.seeks,
    "self": claiming.self_claim,
    "doer": claiming.doer,
    "claimed": claiming.claimed,
    "selfnoun": claiming.claim_noun,
    "actor in it": claiming.actor_in_it,
    "suspects": claiming.suspects,
    "of the accused": claiming.of_the_accused,
    "names the doer": claiming.named_doer,
    "told before a colon": claiming.before_colon,
    "told after a colon": claiming.after_colon,
    "broadside": claiming.broadside,
    "denies": denying.denies,
    "retort": denying.retort,
    "rejected": denying.rejected,
    "refutation": denying.refutation,
}
