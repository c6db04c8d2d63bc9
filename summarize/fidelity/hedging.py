"""Hedging: a suspicion, a report or a possibility that the English states as a fact."""

import re
from functools import cache

from summarize.document import Finding
from summarize.fidelity.lexicon import pattern
from summarize.fidelity.pair import Pair
from summarize.fidelity.speakers import verbs


@cache
def entries(side: str, key: str) -> re.Pattern[str]:
    """A list of `hedges.toml` as a pattern."""
    return pattern("hedges", f"{side}.{key}")


# What is asked of the English for each sort of Italian hedge: any entry of these lists.
ANSWERS = (
    ("conditional", ("firm",)),
    ("alleged", ("firm",)),
    ("apparent", ("firm",)),
    ("according", ("view",)),
    ("accused", ("words", "charge")),
)
NAMED = re.compile(r"(?<![Ii]l )(?<![Uu]n )\b[Ss]econdo (?:l'|il |la |lo |gli |i |le )?(?=[A-ZÀÈÉÌÒÙ][\w-]+)")


def check(pair: Pair) -> list[Finding]:
    """Find the Italian hedge for which the English has none of any kind.

    The reportative conditional ("avrebbe colpito") and "presunto" ask for a firm hedge; "secondo" and a charge are
    content with any word of saying or of view. Where the Italian has a verb of saying too, that is no hedge. What may
    not be ("potrebbe non bastare") is not what cannot be.
    """
    italian = crossed_out("it", "idle", pair.it_lower)
    spoken = verbs("it", "say").search(pair.it_lower)
    unsaid = crossed_out("en", "said", pair.en_lower) if spoken else pair.en_lower
    for key, answers in ANSWERS:
        found = entries("it", key).search(italian)
        if found and not answered(answers, unsaid if answers == ("firm",) else pair.en_lower):
            return [pair.finding("hedge", it=found.span())]
    named = NAMED.search(pair.it)
    if named and italian[named.start()] != "#" and not answered(("view",), pair.en_lower):
        return [pair.finding("hedge", it=named.span())]
    mood = entries("it", "mood").search(crossed_out("it", "polite", italian))
    if mood and not answered(("firm", "mood"), unsaid):
        return [pair.finding("hedge", it=mood.span())]
    unsure = entries("it", "unsure").search(italian)
    if unsure and answered(("unable",), pair.en_lower) and not answered(("unsure",), pair.en_lower):
        return [pair.finding("hedge", it=unsure.span())]
    return []


def answered(keys: tuple[str, ...], english: str) -> bool:
    """Whether an English text has an entry of any of these lists."""
    return any(entries("en", key).search(english) for key in keys)


def crossed_out(side: str, key: str, text: str) -> str:
    """A text of the same length without the entries of a list."""
    return entries(side, key).sub(lambda match: "#" * len(match[0]), text)
