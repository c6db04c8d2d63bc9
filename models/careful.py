"""The embedded translator, taking its time: every sentence is translated in several ways, and the best one is taken.

The ways: with the hints of the lexicon; without any, for hints can mislead; where hints were passed over, with their
English put into the Italian; and by a second model, which was trained on its own and errs elsewhere. What is best is
said by the models, by the hints that were followed, and by the noisy channel (`models.channel`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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

WIDTH = 3  # of the beam, at least: all that it ends with are hypotheses
GROUP = 48  # pieces that are looked at together: enough to fill batches in every way, and few enough to show progress


class Careful(Embedded):
    """Implements `models.translator.Translator`."""

    _channel: Channel
    _second: Embedded | None

    @classmethod
    def opened(cls, built: Built, channel: Channel, second: Embedded | None, beam: int) -> Self:
        """Load a built model that chooses by a channel, also from what a second one says; errors as `load`."""
        translator = cls.load(built, max(beam, WIDTH))
        translator._channel, translator._second = channel, second
        return translator

    @property
    def signature(self) -> Signature:
        """Model, adapter, quantization, second model and channel behind the output."""
        plain = super().signature
        helpers = {"second": self._second, "channel": self._channel}
        adapters = {name: helper.signature.adapter or "" for name, helper in helpers.items() if helper}
        return replace(plain, parts={**plain.parts, **adapters})

    def _decode(self, pieces: Sequence[str], done: dict[str, Output]) -> Iterator[None]:
        longest_first = sorted(pieces, key=self._reads, reverse=True)
        for start in range(0, len(longest_first), GROUP):
            group = longest_first[start : start + GROUP]
            models = self._own(group), self._by_the_second(group)
            for piece in group:
                done[piece] = self._sound(piece, self._chosen(piece, [each[piece] for each in models if each]))
            yield

    def _own(self, pieces: Sequence[str]) -> dict[str, list[Output]]:
        """The first model's hypotheses, each text once; in every way the pieces that read alike share a batch."""
        hinted = self._generated(pieces, self._options)
        if self._prompt.lexicon is None:
            return hinted
        without = self._prompted(lexicon=None)._generated(pieces, self._options)
        insisting = self._insisting(hinted)
        return {
            piece: _distinct([*outputs, *without[piece], *insisting.get(piece, ())])
            for piece, outputs in hinted.items()
        }

    def _by_the_second(self, pieces: Sequence[str]) -> dict[str, list[Output]]:
        """The second model's hypotheses, of the prompts of the first; empty without one."""
        if self._second is None:
            return {}
        told = self._second._prompted(lexicon=self._prompt.lexicon, proposals=self._prompt.proposals)
        return told._generated(pieces, self._options)

    def _insisting(self, hinted: Mapping[str, Sequence[Output]]) -> dict[str, list[Output]]:
        """What comes of the pieces where hints were passed over, with these put in the place of the Italian."""
        passed = {}
        for piece, outputs in hinted.items():
            hints = self._prompt.told(piece)[1]
            said = reranking.best(outputs, hints).text
            missed = [hint for hint in hints if not reranking.followed([hint], said) and not _named(hint, piece)]
            if missed:
                passed[piece] = [_order(hint, piece) for hint in missed]
        given = self._prompt.proposals
        firm = self._prompted(proposals=lambda piece: [*(given(piece) if given else ()), *passed.get(piece, ())])
        found = firm._generated([*passed], self._options)
        return {piece: [_discounted(outputs[0])] for piece, outputs in found.items()}

    def _chosen(self, piece: str, models: Sequence[Sequence[Output]]) -> Output:
        """The best of what the models say; a text that two of them say is said back once."""
        worth = reranking.shortlists(models, self._prompt.told(piece)[1])
        texts = list(dict.fromkeys(output.text for output in worth))
        return reranking.chosen(worth, dict(zip(texts, self._channel.said_back(texts, piece), strict=True)))


def _named(hint: Hint, piece: str) -> bool:
    """Whether the word of a hint is the first of a name: "Romano Prodi" is no Roman."""
    first = hint.source[0].isupper() and hint.source.isalpha()
    return first and re.search(rf"\b{hint.source} [^\W\d_a-zß-ÿ]", piece) is not None


def _order(hint: Hint, piece: str) -> Proposal:
    """The first rendering of a hint as an order, with a capital where the piece begins with it."""
    target = hint.target.split(" / ")[0]
    if piece.startswith(hint.source) and hint.source[0].isupper():
        target = target[0].upper() + target[1:]
    return Proposal(hint.source, target, firm=True)


def _discounted(output: Output) -> Output:
    return replace(output, score=output.score - reranking.INSISTED)


def _distinct(outputs: Sequence[Output]) -> list[Output]:
    """Outputs that say the same thing count once, with the best score of them."""
    found: dict[str, Output] = {}
    for output in sorted(outputs, key=lambda output: -output.score):
        found.setdefault(output.text, output)
    return list(found.values())
