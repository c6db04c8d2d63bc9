"""Sentence alignment of two whole texts, in the manner of Gale & Church (1993) with anchors as in Bleualign.

Sentences of a translation come in the order of the original; what may happen is that two become one, one becomes
two, or one is left out. Dynamic programming over these beads finds the cheapest way through both texts: the cost of
a bead is how unlikely its lengths are, less a reward for the numbers and names that both sides of it share.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.sentences import split

Span = tuple[int, int]

# How often beads occur (Gale & Church 1993, table 5, with the rarer ones spread out), as costs.
BEADS = {
    (1, 1): 0.89,
    (1, 0): 0.01,
    (0, 1): 0.01,
    (2, 1): 0.045,
    (1, 2): 0.045,
    (2, 2): 0.004,
    (3, 1): 0.003,
    (1, 3): 0.003,
}
PRIORS = {bead: -math.log(share) for bead, share in BEADS.items()}
RATIO = 0.89  # English characters for an Italian one
VARIANCE = 2.0  # of the difference of lengths, for each character
WORST = 7.0  # the most that lengths may cost: a sentence cut by half still belongs to its own
ANCHOR = 2.5  # what a shared number or name takes off the cost
BAND = 40  # sentences that a text may run ahead of its share before they are no longer compared
ANCHORS = re.compile(r"\d+|[^\W\d_]*[A-Z][^\W_]{2,}")
FULL_STOP = re.compile(r"(?P<stop>[.!?…]+[\"'”’»)\]]*)\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n[ \t\r]*\n\s*|\n+")
ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Capt|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|e\.g|i\.e|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Bead:
    """Italian and English sentences that say the same: spans in both texts, one of them empty for what has none."""

    it: str
    en: str
    it_span: Span
    en_span: Span


def align(italian: str, english: str) -> list[Bead]:
    """Split both texts into sentences and align them.

    Returns:
        The beads in order; together they cover every sentence of both sides once. Where a side has nothing, its
        text is empty.

    """
    sources, targets = split(italian), split_english(english)
    beads = path([italian[a:b] for a, b in sources], [english[a:b] for a, b in targets])
    found = []
    i = j = 0
    for taken, given in beads:
        it_span = (sources[i][0], sources[i + taken - 1][1]) if taken else (0, 0)
        en_span = (targets[j][0], targets[j + given - 1][1]) if given else (0, 0)
        found.append(Bead(one_line(italian, it_span), one_line(english, en_span), it_span, en_span))
        i, j = i + taken, j + given
    return found


def one_line(text: str, span: Span) -> str:
    """A stretch of text without its line breaks."""
    return " ".join(text[slice(*span)].split())


def split_english(text: str) -> list[Span]:
    """Find English sentences as (start, end): full stops before a capital, but not after a title or an initial."""
    spans: list[Span] = []
    begin = 0
    for match in FULL_STOP.finditer(text):
        stop = match["stop"]
        end = match.start() + len(stop or "")
        if stop and ABBREVIATION.search(text[max(0, end - 12) : end]) and not text[begin:end].endswith("U.S."):
            continue
        if text[begin:end].strip():
            spans.append((begin, end))
        begin = match.end()
    if text[begin:].strip():
        spans.append((begin, begin + len(text[begin:].rstrip())))
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in spans]


def path(sources: Sequence[str], targets: Sequence[str]) -> list[tuple[int, int]]:
    """The cheapest sequence of beads (sentences taken from the sources, from the targets)."""
    source_sizes, target_sizes = sums(sources), sums(targets)
    source_anchors, target_anchors = [anchors(s) for s in sources], [anchors(t) for t in targets]
    n, m = len(sources), len(targets)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    width = max(BAND, abs(n - m) + 10)
    for i in range(n + 1):
        middle = i * m // max(n, 1)
        for j in range(max(0, middle - width), min(m, middle + width) + 1):
            options = []
            for taken, given in BEADS:
                before = best.get((i - taken, j - given))
                if before is None or (i, j) == (0, 0):
                    continue
                lengths = source_sizes[i] - source_sizes[i - taken], target_sizes[j] - target_sizes[j - given]
                shared = overlap(source_anchors[i - taken : i], target_anchors[j - given : j])
                cost = before[0] + PRIORS[taken, given] + mismatch(*lengths) - ANCHOR * shared
                options.append((cost, (taken, given)))
            if options:
                best[i, j] = min(options)
    return walk_back(best, n, m)


def walk_back(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], n: int, m: int) -> list[tuple[int, int]]:
    """The beads from the beginning to (n, m)."""
    beads = []
    while (n, m) != (0, 0):
        bead = best[n, m][1]
        beads.append(bead)
        n, m = n - bead[0], m - bead[1]
    return beads[::-1]


def sums(sentences: Sequence[str]) -> list[int]:
    """Lengths of the first 0, 1, 2… sentences together."""
    total = [0]
    for sentence in sentences:
        total.append(total[-1] + len(sentence))
    return total


def anchors(sentence: str) -> frozenset[str]:
    """Numbers and words with a capital, in lower case."""
    return frozenset(match.lower() for match in ANCHORS.findall(sentence))


def overlap(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> int:
    """How many anchors two groups of sentences share, at most three."""
    if not first or not second:
        return 0
    return min(3, len(frozenset().union(*first) & frozenset().union(*second)))


def mismatch(source: int, target: int) -> float:
    """How unlikely two lengths are together: minus the logarithm of a two-sided normal probability, capped."""
    if not source or not target:
        return 0.0  # how often sentences are left out is said by the prior
    mean = (source * RATIO + target) / 2
    deviation = abs(target - source * RATIO) / math.sqrt(VARIANCE * max(mean, 1.0))
    probability = math.erfc(deviation / math.sqrt(2))
    return min(WORST, -math.log(max(probability, 1e-30)))
