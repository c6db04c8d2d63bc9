"""The lists of words that tell a typing error (`models.preediting.typos`): what Italian words the corpora have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from models.preediting.typos import LEAST

WORD = re.compile(r"[^\W\d_]+")
COMMON = 20  # times in the corpora, for a word of a dictionary
COMMON_ANYWAY = 60  # and for one of none: nobody types the same error so often
SEEN = 2


def lists(texts: Iterable[str], known: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """The common words and the other ones that are seen again and `known` to no dictionary, in order."""
    counts = Counter(word for text in texts for word in WORD.findall(text) if len(word) >= LEAST - 1 and word.islower())
    common = {word for word, times in counts.items() if times >= (COMMON if known(word) else COMMON_ANYWAY)}
    seen = [word for word, times in counts.items() if times >= SEEN and word not in common and not known(word)]
    return sorted(common), sorted(seen)
