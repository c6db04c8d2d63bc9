"""The noisy channel: how well a source sentence can be said back from a hypothesis (Yee et al. 2019, arXiv 1908.05731).

The same base with an adapter that was trained the other way round. A hypothesis that leaves something out, or says
something else, makes the Italian unlikely.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.embedded import Embedded
from models.vocabulary import BOS

WINDOW = 512  # tokens: CTranslate2 scores no row that is longer than the sliding window of the base


class Channel(Embedded):
    """Scores hypotheses by the source that they are to come from; loaded as `Embedded` is, with the same errors."""

    def said_back(self, hypotheses: Sequence[str], source: str) -> list[float]:
        """Mean log-probability of a token of the source, given each hypothesis; 0 for all where a row is too long.

        Args:
            hypotheses: English.
            source: the Italian of all of them.

        """
        prompts = [[BOS, *self.tokens(self._prompt.around(each))] for each in hypotheses]
        said = self.tokens(f" {source}{self._prompt.stop}")
        if max(map(len, prompts), default=0) + len(said) > WINDOW:
            return [0.0] * len(prompts)
        # A row at a time: CTranslate2 scores no rows of unequal length together, and one alone fills a core.
        rows = [[*prompt, *said] for prompt in prompts]
        scored = self._generator.score_batch(rows, max_batch_size=1) if rows else []
        return [sum(row.log_probs[-len(said) :]) / len(said) for row in scored]
