"""Length: an empty translation, one cut short, one that runs on."""

import math

from summarize.document import Finding
from summarize.fidelity.pair import Pair

# The logarithm of the ratio of lengths in characters: English is shorter by a tenth; what differs more than ALLOWED
# (more for short sentences, in the manner of Gale & Church 1993) is seen in 2 of 1,000 faithful translations.
MEAN = -0.12
ALLOWED, SHORTNESS = 0.36, 3.0
ENDINGS = ".!?…:;\"'”»)]"


def check(pair: Pair) -> list[Finding]:
    """Compare the lengths in characters with what the pair of languages leads one to expect."""
    italian, english = pair.it.strip(), pair.en.strip()
    if italian and not english:
        return [pair.finding("empty", it=(0, len(pair.it)))]
    if english and not italian:
        return [pair.finding("length", en=(0, len(pair.en)))]
    if not italian:
        return []
    drift = math.log(len(english) / len(italian)) - MEAN
    allowed = ALLOWED * (1 + SHORTNESS / math.sqrt(len(italian)))
    unfinished = italian[-1] in ".!?…" and english[-1] not in ENDINGS and len(italian) > 40
    if drift < -(allowed * 0.6 if unfinished else allowed):
        return [pair.finding("length", it=(0, len(pair.it)), en=(0, len(pair.en)))]
    if drift > allowed * 1.6:
        return [pair.finding("length", it=(0, len(pair.it)), en=(0, len(pair.en)))]
    return []
