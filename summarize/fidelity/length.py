"""Length: an empty translation, one cut short, one that runs on."""

import math

from summarize.document import Finding
from summarize.fidelity.pair import Pair

# English is shorter by a seventh in characters; the logarithm of the ratio has a deviation of about 0.15 for long
# sentences and more for short ones (Gale & Church 1993 model the variance as growing with length).
MEAN = -0.13
TIGHT, LOOSE = 0.40, 3.2
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
    allowed = TIGHT + LOOSE / math.sqrt(len(italian))
    unfinished = italian[-1] in ".!?…" and english[-1] not in ENDINGS and len(italian) > 40
    if drift < -(allowed * 0.5 if unfinished else allowed):
        return [pair.finding("length", it=(0, len(pair.it)), en=(0, len(pair.en)))]
    if drift > allowed * 1.3:
        return [pair.finding("length", it=(0, len(pair.it)), en=(0, len(pair.en)))]
    return []
