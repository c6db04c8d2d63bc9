"""The embedded translator, taking its time: every sentence is translated in several ways, and the best one is taken.

The ways: with the hints of the lexicon; without any, for hints can mislead; where hints were passed over, with their
English put into the Italian; by a second model, which was trained on its own and errs elsewhere; and a long sentence in
two parts. What is best is said by the models, by the words that are left out, and by the noisy channel
(`models.channel`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from models import reranking, splitting
from models.channel import Channel
from models.embedded import Embedded
from models.piecewise import merged, threads
from models.translator import Proposal, Signature

if TYPE_CHECKING:
    from models.building import Built
    from models.hints import Hint
    from models.piecewise import Output

WIDTH = 3  # of the beam, at least: all that it ends with are hypotheses
LONG = 45  # tokens from which on a sentence is tried in two parts too
GROUP = 48  # pieces that are looked at together: enough to fill batches in every way, and few enough to show progress


class Careful(Embedded):
    """Implements `models.translator.Translator`."""

    _channel: Channel
    _second: Embedded | None
    _workers: int

    @classmethod
    def opened(cls, built: Built, channel: Built, second: Built | None, beam: int) -> Self:
        """Load a built model that chooses by a channel, also from what a second one says; errors as `load`.

        Every core decodes batches of its own. Were a batch shared among cores, each model would keep threads for it,
        and where those of several models are more than the cores, OpenMP puts them to sleep after every matrix.
        """
        workers = threads()
        translator = cls.load(built, max(beam, WIDTH), workers)
        translator._workers = workers
        translator._channel = Channel.load(channel, workers=workers)
        translator._second = Embedded.load(second, workers=workers) if second else None
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
            with self._pool() as pool:
                parting = self._parted(group, pool)
                models, parted = self._said(group, pool), parting()
                said = ([each[piece] for each in models] for piece in group)
                chosen = pool.map(self._chosen, group, said, map(parted.get, group))
                for piece, output in zip(group, chosen, strict=True):
                    done[piece] = self._sound(piece, output)
            yield

    def _generated(self, pieces: Sequence[str], options: dict[str, Any]) -> dict[str, list[Output]]:
        with self._pool() as pool:
            return self._begun(pieces, options, pool)()

    @contextmanager
    def _pool(self) -> Iterator[Executor]:
        """A thread for each worker; where something goes wrong, what has not begun is not waited for."""
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="batches")
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)

    def _said(self, pieces: Sequence[str], pool: Executor) -> list[dict[str, list[Output]]]:
        """The hypotheses of each model, each text once; the batches of all the ways are decoded beside each other."""
        lexicon, proposals = self._prompt.lexicon, self._prompt.proposals
        alike = {"lexicon": lexicon, "proposals": proposals, "known": self._prompt.known}
        others = [self._second._prompted(**alike)] if self._second else []
        hinting = self._begun(pieces, self._options, pool)
        bare = self._prompted(lexicon=None)._begun(pieces if lexicon else [], self._options, pool)
        by_others = [model._begun(pieces, self._options, pool) for model in others]
        hinted = hinting()
        firm, passed = self._insisting(hinted)
        insisting = firm._begun(passed, self._options, pool)
        without, inserted = bare(), insisting()
        first = {
            piece: _distinct([*outputs, *without.get(piece, ()), *map(_discounted, inserted.get(piece, ())[:1])])
            for piece, outputs in hinted.items()
        }
        return [first, *(said() for said in by_others)]

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

    def _parted(self, pieces: Sequence[str], pool: Executor) -> Callable[[], dict[str, Output]]:
        """The long ones of the pieces in two parts, where a comma parts them; what it returns waits for them."""
        long = {piece: splitting.halves(piece) for piece in pieces if self._size(piece) >= LONG}
        cut = {piece: halves for piece, halves in long.items() if len(halves) > 1}
        saying = self._begun([half for halves in cut.values() for half in halves], self._options, pool)

        def joined() -> dict[str, Output]:
            said = {half: self._best(half, outputs) for half, outputs in saying().items()}
            return {piece: merged(halves, [said[half] for half in halves]) for piece, halves in cut.items()}

        return joined

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
