"""The embedded translator, taking its time: every sentence is translated in several ways, and the best one is taken.

The ways: with the hints of the lexicon; without any, for hints can mislead; and, where hints were passed over, with
their English put into the Italian. What is best is said by the model, by the hints that were followed, and by the
noisy channel (`models.channel`).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from models import reranking
from models.embedded import Embedded
from models.translator import Proposal, Signature

if TYPE_CHECKING:
    from models.building import Built
    from models.channel import Channel
    from models.hints import Hint
    from models.piecewise import Output


class Careful(Embedded):
    """Implements `models.translator.Translator`."""

    _channel: Channel

    @classmethod
    def opened(cls, built: Built, channel: Channel, beam: int) -> Self:
        """Load a built model that chooses by a channel; errors as `load`."""
        translator = cls.load(built, beam)
        translator._channel = channel
        return translator

    @property
    def signature(self) -> Signature:
        """Model, adapter, quantization and channel behind the output."""
        plain = super().signature
        return replace(plain, parts={**plain.parts, "channel": self._channel.signature.adapter or ""})

    def _hypotheses(self, pieces: Sequence[str]) -> list[list[Output]]:
        hinted = super()._hypotheses(pieces)
        if self._prompt.lexicon is None:
            return hinted
        bare = copy.copy(self)
        bare._prompt = replace(self._prompt, lexicon=None)
        ways = zip(hinted, bare._generate(pieces, self._options), self._insisting(pieces, hinted), strict=True)
        return [_distinct([*first, *second, *third]) for first, second, third in ways]

    def _insisting(self, pieces: Sequence[str], hypotheses: Sequence[Sequence[Output]]) -> list[list[Output]]:
        """What comes of the pieces with hints that were passed over put in their place; nothing for the others."""
        passed = {}
        for piece, outputs in zip(pieces, hypotheses, strict=True):
            hints = self._prompt.told(piece)[1]
            said = reranking.best(outputs, hints).text
            if missed := [_order(hint, piece) for hint in hints if not reranking.followed([hint], said)]:
                passed[piece] = missed
        given = self._prompt.proposals
        firm = copy.copy(self)
        firm._prompt = replace(
            self._prompt, proposals=lambda piece: [*(given(piece) if given else ()), *passed.get(piece, ())]
        )
        found = dict(zip(passed, firm._generate([*passed], self._options), strict=True)) if passed else {}
        return [found.get(piece, []) for piece in pieces]

    def _best(self, piece: str, outputs: Sequence[Output]) -> Output:
        worth = reranking.shortlist(outputs, self._prompt.told(piece)[1])
        said_back = self._channel.said_back([output.text for output in worth], piece)
        channel = dict(zip(worth, said_back, strict=True))
        return max(worth, key=lambda output: worth[output] + reranking.CHANNEL * channel[output])


def _order(hint: Hint, piece: str) -> Proposal:
    """The first rendering of a hint as an order, with a capital where the piece begins with it."""
    target = hint.target.split(" / ")[0]
    if piece.startswith(hint.source) and hint.source[0].isupper():
        target = target[0].upper() + target[1:]
    return Proposal(hint.source, target, firm=True)


def _distinct(outputs: Sequence[Output]) -> list[Output]:
    """Outputs that say the same thing count once, with the best score of them."""
    found: dict[str, Output] = {}
    for output in sorted(outputs, key=lambda output: -output.score):
        found.setdefault(output.text, output)
    return list(found.values())
