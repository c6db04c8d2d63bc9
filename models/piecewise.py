"""What every engine does around its decoder: cut, batch, decode once, mend what ran away, join again."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models import decoding, preediting, splitting
from models.preediting.mojibake import repair
from models.translator import Signature, Translation

MOST_THREADS = 8  # more cores do not help matrices of this size
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True, slots=True)
class Output:
    """A decoded piece: its English, the mean log-probability of its tokens and how many they are.

    Attributes:
        flags: what went wrong in decoding.
        left_out: words of the Italian that it says in no way that is known.

    """

    text: str
    score: float
    length: int
    flags: tuple[str, ...]
    left_out: tuple[str, ...] = ()


class Piecewise(ABC):
    """Implements `models.translator.Translator` on a decoder that takes pieces of at most `longest` tokens."""

    most_sentences, most_tokens = 32, 3_000
    """Sequences that go to the decoder at once, and tokens that it reads for them; a beam of two counts twice."""

    wished: int | None = None
    """Tokens from which a source is cut where it can be cut well; `longest` unless it is given."""

    def __init__(self, signature: Signature, longest: int, options: dict[str, Any]) -> None:
        self._signature = signature
        self._longest = longest
        self._options = options

    @abstractmethod
    def _size(self, text: str) -> int:
        """The number of tokens of a source text."""

    def _reads(self, piece: str) -> int:
        """The number of tokens that the model reads for a piece."""
        return self._size(piece)

    @abstractmethod
    def _generate(self, pieces: Sequence[str], options: dict[str, Any]) -> list[list[Output]]:
        """Decode a batch, with options that are called as in CTranslate2; for each piece its hypotheses, best first."""

    def _best(self, piece: str, outputs: Sequence[Output]) -> Output:
        """The hypothesis to take; they are in the order of their scores."""
        return outputs[0]

    @property
    def signature(self) -> Signature:
        """Model, adapter and quantization behind the output."""
        return self._signature

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """Translate each sentence, as the protocol says; equal sentences are translated once."""
        plans = [self._pieces(clean(sentence)) for sentence in sentences]
        done: dict[str, Output] = {}
        told = 0
        for _ in self._decode(_distinct(plans), done):
            if progress:
                finished = sum(all(piece in done for piece in plan) for plan in plans)
                progress(finished - told)
                told = finished
        if progress and told < len(plans):
            progress(len(plans) - told)
        return [_joined(plan, [done[piece] for piece in plan]) for plan in plans]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """Up to `count` different translations of each sentence, best first by score: the n-best of a beam search."""
        plans = [self._pieces(clean(sentence)) for sentence in sentences]
        options: dict[str, int] = {"beam_size": max(count, 2), "num_hypotheses": count}
        found = self._generated(_distinct(plans), options)
        return [_ranked(plan, [found[piece] for piece in plan], count) for plan in plans]

    def _pieces(self, sentence: str) -> list[str]:
        """The sentence, cut at clauses where it is too long for the model; nothing for a blank one."""
        return splitting.split(sentence, self._size, self._longest, self.wished) if sentence else []

    def _decode(self, pieces: Sequence[str], done: dict[str, Output]) -> Iterator[None]:
        """Fill `done`, batch by batch."""
        for batch in self._batches(pieces, self._options["beam_size"]):
            for piece, outputs in zip(batch, self._generate(batch, self._options), strict=True):
                done[piece] = self._sound(piece, self._best(piece, outputs))
            yield

    def _sound(self, piece: str, output: Output) -> Output:
        """The hypothesis that was chosen; one that runs away is decoded again in other ways."""
        return output if not output.flags else self._mended(piece, output)

    def _generated(self, pieces: Sequence[str], options: dict[str, Any]) -> dict[str, list[Output]]:
        """All hypotheses of each piece."""
        return {
            piece: outputs
            for batch in self._batches(pieces, options["beam_size"])
            for piece, outputs in zip(batch, self._generate(batch, options), strict=True)
        }

    def _mended(self, piece: str, output: Output) -> Output:
        """The first clean output of other ways to decode, else the one with the fewest faults.

        A piece is on its own here: what comes out must not hang on what it shared a batch with.
        """
        for options in decoding.RETRIES:
            again = self._generate([piece], options)[0][0]
            if len(again.flags) < len(output.flags):
                output = again
            if not output.flags:
                break
        return output

    def _batches(self, pieces: Sequence[str], beam: int) -> Iterator[list[str]]:
        """Pieces that read alike together, longest first: what takes most memory fails first, if at all.

        Each beam is decoded as so many sentences, and takes the memory of so many.
        """
        most, tokens = max(1, self.most_sentences // beam), self.most_tokens // beam
        batch: list[str] = []
        longest = 0
        for length, piece in sorted(((self._reads(piece), piece) for piece in pieces), reverse=True):
            if batch and (len(batch) == most or longest * (len(batch) + 1) > tokens):
                yield batch
                batch = []
            longest = longest if batch else length
            batch.append(piece)
        if batch:
            yield batch


def threads() -> int:
    """What OMP_NUM_THREADS asks for, else as many as this process may use, within reason."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, MOST_THREADS))


def clean(sentence: str) -> str:
    """One line of visible text, edited as models read it best."""
    visible = "".join(c if c.isprintable() else " " for c in repair(sentence).translate(INVISIBLE))
    return preediting.edited(" ".join(visible.split()))


def _distinct(plans: Sequence[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(piece for plan in plans for piece in plan))


def merged(sources: Sequence[str], outputs: Sequence[Output]) -> Output:
    """One output of those for the parts of a source, with the faults of each; its score is the mean of all tokens."""
    length = sum(o.length for o in outputs)
    score = sum(o.score * o.length for o in outputs) / (length or 1)
    flags = dict.fromkeys(flag for o in outputs for flag in o.flags)
    left_out = tuple(word for o in outputs for word in o.left_out)
    return Output(splitting.join(sources, [o.text for o in outputs]), score, length, tuple(flags), left_out)


def _joined(sources: Sequence[str], outputs: Sequence[Output]) -> Translation:
    """One translation from the pieces of a sentence."""
    if not outputs:
        return Translation("", 0.0)
    whole = merged(sources, outputs)
    return Translation(whole.text, min(whole.score, 0.0), whole.flags, whole.left_out)


def _ranked(sources: Sequence[str], hypotheses: Sequence[Sequence[Output]], count: int) -> list[Translation]:
    """The n-th best of each piece make the n-th candidate; a piece with fewer gives its best."""
    if not sources:
        return [Translation("", 0.0)]
    found: dict[str, Translation] = {}
    for n in range(count):
        candidate = _joined(sources, [outputs[n if n < len(outputs) else 0] for outputs in hypotheses])
        found.setdefault(candidate.text, candidate)
    return sorted(found.values(), key=lambda candidate: -candidate.score)
