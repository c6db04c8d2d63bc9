"""The embedded translator, taking its time: every sentence is translated in several ways, and the best one is taken.

The ways: with the hints of the lexicon; without any, for hints can mislead; where hints were passed over, with their
English put into the Italian; by a second model, which was trained on its own and errs elsewhere; and a long sentence in
two parts. What is best is said by the models, by the words that are left out, and by the noisy channel
(`models.channel`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from models import reranking, splitting
from models.channel import Channel
from models.embedded import Embedded
from models.piecewise import merged
from models.translator import Proposal, Signature

if TYPE_CHECKING:
    from models.building import Built
    from models.hints import Hint
    from models.piecewise import Output

    Said = dict[str, list[Output]]  # the hypotheses of each piece

WIDTH = 3  # of the beam, at least: all that it ends with are hypotheses
LONG = 45  # tokens from which on a sentence is tried in two parts too
GROUP = 48  # pieces that are looked at together: one search in every way, and few enough to show progress


class Careful(Embedded):
    """Implements `models.translator.Translator`."""

    _channel: Channel
    _second: Embedded | None

    @classmethod
    def opened(cls, built: Built, channel: Built, second: Built | None, beam: int) -> Self:
        """Load a built model that chooses by a channel, also from what a second one says; errors as `load`."""
        translator = cls.load(built, max(beam, WIDTH))
        translator._channel = Channel.load(channel)
        translator._second = Embedded.load(second) if second else None
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
            models, parted = self._said(group)
            for piece in group:
                chosen = self._chosen(piece, [each[piece] for each in models], parted.get(piece))
                done[piece] = self._sound(piece, chosen)
            yield

    def _said(self, pieces: Sequence[str]) -> tuple[list[Said], dict[str, Output]]:
        """The hypotheses of each model, each text once; and what comes of long pieces in two parts."""
        hinted, bare, parted = self._first(pieces)
        firm, passed = self._insisting(hinted)
        (inserted,) = self._in_ways((firm, passed))
        first = {
            piece: _distinct([*outputs, *bare.get(piece, ()), *map(_discounted, inserted.get(piece, ())[:1])])
            for piece, outputs in hinted.items()
        }
        return [first, *self._others(pieces)], parted

    def _first(self, pieces: Sequence[str]) -> tuple[Said, Said, dict[str, Output]]:
        """What the first model says with hints, without, and in two parts where a comma parts a long piece."""
        cut = {piece: splitting.halves(piece) for piece in pieces if self._size(piece) >= LONG}
        cut = {piece: halves for piece, halves in cut.items() if len(halves) > 1}
        bare = self._prompted(lexicon=None), pieces if self._prompt.lexicon else ()
        parts = self, [half for halves in cut.values() for half in halves]
        hinted, plain, found = self._in_ways((self, pieces), bare, parts)
        said = {half: self._best(half, outputs) for half, outputs in found.items()}
        parted = {piece: merged(halves, [said[half] for half in halves]) for piece, halves in cut.items()}
        return hinted, plain, parted

    def _others(self, pieces: Sequence[str]) -> list[Said]:
        """What the second model says, told the same."""
        if self._second is None:
            return []
        ours = self._prompt
        told = self._second._prompted(lexicon=ours.lexicon, proposals=ours.proposals, known=ours.known)
        return [told._generated(pieces, self._options)]

    def _in_ways(self, *ways: tuple[Self, Sequence[str]]) -> list[Said]:
        """What comes of pieces in the prompts of each translator; together, for a step costs little more with all."""
        said = iter(self._answers([(each, piece) for each, pieces in ways for piece in pieces], self._options))
        return [{piece: next(said) for piece in pieces} for _, pieces in ways]

    def _insisting(self, hinted: Mapping[str, Sequence[Output]]) -> tuple[Self, list[str]]:
        """The translator that has passed-over hints in the place of the Italian, and the pieces that have any."""
        passed = {}
        for piece, outputs in hinted.items():
            hints = self._prompt.told(piece)[1]
            said = reranking.best(outputs, hints).text
            missed = [hint for hint in hints if not reranking.followed([hint], said) and not _named(hint, piece)]
            if missed:
                passed[piece] = [_order(hint, piece) for hint in missed]
        given = self._prompt.proposals
        firm = self._prompted(proposals=lambda piece: [*(given(piece) if given else ()), *passed.get(piece, ())])
        return firm, [*passed]

    def _chosen(self, piece: str, models: Sequence[Sequence[Output]], parted: Output | None) -> Output:
        """The best of what the models say, and of that and the piece in two parts; a text is said back once."""
        worth = reranking.shortlists(models)
        texts = list(dict.fromkeys(output.text for output in (*worth, *([parted] if parted else []))))
        channel = dict(zip(texts, self._channel.said_back(texts, piece), strict=True))
        whole = reranking.chosen(worth, channel)
        if parted is None or parted.text == whole.text:
            return whole
        # Only a score of the first model, for the whole piece, tells both apart.
        prompt, both = self._prompt.around(piece), (whole, parted)
        scores = self.likelihood([(prompt, output.text) for output in both])
        scored = [replace(output, score=score) for output, score in zip(both, scores, strict=True)]
        best = reranking.chosen(reranking.shortlist(scored), channel)
        return best if best.text == parted.text else whole


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
