"""The default translator: Gemma 3 270M with sunto's adapter, run by CTranslate2; needs neither torch nor a network."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from models import decoding, splitting
from models.building import PROMPT, TOKENIZER
from models.errors import WrongModel
from models.translator import Signature, Translation
from models.vocabulary import BOS, EOS

if TYPE_CHECKING:
    import ctranslate2
    import tokenizers

    from models.building import Built

LONGEST = 160  # tokens of a source that is translated in one piece
BATCH_SENTENCES, BATCH_TOKENS = 32, 3_000
MOST_THREADS = 8  # more cores do not help matrices of this size
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words around a source sentence, as in training; `before` is the same for all and kept in memory."""

    before: str
    after: str
    stop: str
    known_source: str
    known_start: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `prompt.toml`."""
        table = tomllib.loads(text)
        before, _, after = table["template"].partition("{source}")
        known = table["known_answer"]
        return cls(before, after, table["stop"], known["source"], known["starts"])


@dataclass(frozen=True, slots=True)
class Output:
    """A decoded piece: its English, the sum of its log-probabilities and how many tokens they are of."""

    text: str
    score: float
    length: int
    flags: tuple[str, ...]


class Embedded:
    """Implements `models.translator.Translator`."""

    def __init__(
        self,
        generator: ctranslate2.Generator,
        tokenizer: tokenizers.Tokenizer,
        prompt: Prompt,
        signature: Signature,
        beam: int = 1,
    ) -> None:
        self._generator = generator
        self._tokenizer = tokenizer
        self._prompt = prompt
        self._signature = signature
        self._options: dict[str, Any] = {"beam_size": beam}
        self._static = [BOS, *self.tokens(prompt.before.rstrip(" "))]
        self._stop = [tokenizer.token_to_id(prompt.stop), tokenizer.token_to_id(EOS)]

    @classmethod
    def load(cls, built: Built, beam: int = 1) -> Self:
        """Load a built model and let it prove itself on a sentence whose translation is known.

        Raises:
            WrongModel: the folder holds no such model, or the model talks nonsense.

        """
        import ctranslate2
        import tokenizers

        try:
            prompt = Prompt.parse((built.folder / PROMPT).read_text(encoding="utf-8"))
            tokenizer = tokenizers.Tokenizer.from_file(str(built.folder / TOKENIZER))
            generator = ctranslate2.Generator(str(built.folder), intra_threads=threads())
        except Exception as error:
            raise WrongModel(f"{built.folder} cannot be loaded ({error}); delete it and try again") from error
        parts = {"beam": str(beam)} if beam > 1 else {}
        signature = Signature(built.name, built.quantization, built.adapter, parts)
        translator = cls(generator, tokenizer, prompt, signature, beam)
        translator._prove(built)
        return translator

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
        options = {"beam_size": max(count, 2), "num_hypotheses": count}
        found = {
            piece: outputs
            for batch in self._batches(_distinct(plans))
            for piece, outputs in zip(batch, self._generate(batch, options), strict=True)
        }
        return [_ranked(plan, [found[piece] for piece in plan], count) for plan in plans]

    def _prove(self, built: Built) -> None:
        said = self.translate([self._prompt.known_source])[0].text
        if not said.startswith(self._prompt.known_start):
            raise WrongModel(
                f"{built.folder} translates a known sentence as {said[:60]!r}; "
                "build it again: sunto models build --force"
            )

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text as the model reads and writes them."""
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens

    def _pieces(self, sentence: str) -> list[str]:
        """The sentence, cut at clauses where it is too long for the model; nothing for a blank one."""
        if not sentence:
            return []
        return splitting.split(sentence, lambda text: len(self.tokens(text)), LONGEST)

    def _decode(self, pieces: Sequence[str], done: dict[str, Output]) -> Iterator[None]:
        """Fill `done`, batch by batch; an output that runs away is decoded again in other ways."""
        for batch in self._batches(pieces):
            for piece, outputs in zip(batch, self._generate(batch, self._options), strict=True):
                done[piece] = outputs[0] if not outputs[0].flags else self._mended(piece, outputs[0])
            yield

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

    def _batches(self, pieces: Sequence[str]) -> Iterator[list[str]]:
        """Pieces of like length together, longest first: what takes most memory fails first, if at all."""
        batch: list[str] = []
        longest = 0
        for piece in sorted(pieces, key=len, reverse=True):
            longest = longest if batch else len(self.tokens(piece))
            if batch and (len(batch) == BATCH_SENTENCES or longest * (len(batch) + 1) > BATCH_TOKENS):
                yield batch
                batch, longest = [], len(self.tokens(piece))
            batch.append(piece)
        if batch:
            yield batch

    def _generate(self, pieces: Sequence[str], options: dict[str, Any]) -> list[list[Output]]:
        """Decode a batch; for each piece its hypotheses, best first."""
        prompts = [[BOS, *self.tokens(f"{self._prompt.before}{p}{self._prompt.after}")] for p in pieces]
        sizes = [len(prompt) - len(self._static) for prompt in prompts]
        shared = all(prompt[: len(self._static)] == self._static for prompt in prompts)
        results = self._generator.generate_batch(
            [prompt[len(self._static) :] for prompt in prompts] if shared else prompts,
            static_prompt=self._static if shared else None,
            max_length=decoding.limit(max(sizes)),
            end_token=self._stop,
            include_prompt_in_result=False,
            return_scores=True,
            disable_unk=True,
            **options,
        )
        return [
            [self._output(piece, size, ids, score) for ids, score in zip(r.sequences_ids, r.scores, strict=True)]
            for piece, size, r in zip(pieces, sizes, results, strict=True)
        ]

    def _output(self, piece: str, size: int, ids: list[int], score: float) -> Output:
        longest = decoding.limit(size)  # of this piece; the batch ran to the limit of its longest
        text = self._tokenizer.decode(ids[:longest]).strip()
        finished = len(ids) < longest
        return Output(text, score, len(ids[:longest]), decoding.faults(piece, text, finished=finished))


def threads() -> int:
    """What OMP_NUM_THREADS asks for, else as many as this process may use, within reason."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(available, MOST_THREADS))


def clean(sentence: str) -> str:
    """One line of visible text: the prompt ends at a line break, and invisible characters mean nothing to the model."""
    visible = "".join(c if c.isprintable() else " " for c in sentence.translate(INVISIBLE))
    return " ".join(visible.split())


def _distinct(plans: Sequence[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(piece for plan in plans for piece in plan))


def _joined(sources: Sequence[str], outputs: Sequence[Output]) -> Translation:
    """One translation from the pieces of a sentence; its score is the mean over all their tokens."""
    if not outputs:
        return Translation("", 0.0)
    length = sum(o.length for o in outputs) or 1
    score = sum(o.score * o.length for o in outputs) / length
    flags = tuple(dict.fromkeys(flag for o in outputs for flag in o.flags))
    return Translation(splitting.join(sources, [o.text for o in outputs]), min(score, 0.0), flags)


def _ranked(sources: Sequence[str], hypotheses: Sequence[Sequence[Output]], count: int) -> list[Translation]:
    """The n-th best of each piece make the n-th candidate; a piece with fewer gives its best."""
    if not sources:
        return [Translation("", 0.0)]
    found: dict[str, Translation] = {}
    for n in range(count):
        candidate = _joined(sources, [outputs[n if n < len(outputs) else 0] for outputs in hypotheses])
        found.setdefault(candidate.text, candidate)
    return sorted(found.values(), key=lambda candidate: -candidate.score)
