"""The noisy channel: how well a source sentence can be said back from a hypothesis (Yee et al. 2019, arXiv 1908.05731).

The same base with an adapter that was trained the other way round. A hypothesis that leaves something out, or says
something else, makes the Italian unlikely.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.embedded import Embedded


class Channel(Embedded):
    """Scores hypotheses by the source that they are to come from; loaded as `Embedded` is, with the same errors."""

    def said_back(self, hypotheses: Sequence[str], source: str) -> list[float]:
        """Mean log-probability of a token of the source, given each hypothesis; 0 for all where a row is too long.

        Args:
            hypotheses: English.
            source: the Italian of all of them.

        """
        return self.likelihood([(self._prompt.around(each), source) for each in hypotheses])
