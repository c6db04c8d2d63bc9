"""MarianMT checkpoints (OPUS-MT and kin) run by CTranslate2: int8 on the CPU unless asked otherwise."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from models import cache, decoding
from models.checkpoint import EOS, SOURCE_PIECES, TARGET_PIECES
from models.errors import WrongModel
from models.piecewise import Output, Piecewise, threads
from models.translator import Signature

if TYPE_CHECKING:
    import ctranslate2

    from models.building import Watch
    from models.checkpoint import Checkpoint

QUANTIZATION = "int8"
KNOWN = tomllib.loads((Path(__file__).parent / "known_answers.toml").read_text(encoding="utf-8"))["answer"]


class Marian(Piecewise):
    """What the two engines share: the tokens of a checkpoint, its limits, and its proof."""

    def __init__(self, checkpoint: Checkpoint, signature: Signature, beam: int = 1) -> None:
        import sentencepiece

        super().__init__(signature, checkpoint.longest, {"beam_size": beam})
        self._checkpoint = checkpoint
        try:
            self._source = sentencepiece.SentencePieceProcessor(model_file=str(checkpoint.folder / SOURCE_PIECES))
            self._target = sentencepiece.SentencePieceProcessor(model_file=str(checkpoint.folder / TARGET_PIECES))
        except Exception as error:
            raise WrongModel(f"{checkpoint.folder}: a SentencePiece model cannot be read ({error})") from error

    def prove(self) -> Self:
        """Translate sentences whose translation is known.

        Raises:
            WrongModel: what comes out is no translation of them.

        """
        for answer in KNOWN:
            outputs = self._generate(self._pieces(answer["source"]), self._options)  # nonsense needs no mending
            said = " ".join(output[0].text for output in outputs)
            missing = [word for word in answer["words"] if word not in said.lower()]
            if len(missing) > 1:
                raise WrongModel(
                    f"{self._checkpoint.folder} translates {answer['source']!r} as {said[:60]!r}: "
                    "it is broken, or no model from Italian to English"
                )
        return self

    def _size(self, text: str) -> int:
        return len(self._tokens(text))

    def _tokens(self, text: str) -> list[str]:
        """The pieces of an Italian text and the mark of its end."""
        pieces: list[str] = self._source.encode(text, out_type=str)
        return [*pieces, EOS]

    def _limit(self, source_tokens: int) -> int:
        return min(decoding.limit(source_tokens), self._checkpoint.positions - 1)

    def _output(self, piece: str, tokens: list[str], score: float) -> Output:
        longest = self._limit(self._size(piece))  # of this piece; the batch ran to the limit of its longest
        text = str(self._target.decode(tokens[:longest])).strip()
        finished = len(tokens) < longest
        return Output(text, score, len(tokens[:longest]), decoding.faults(piece, text, finished=finished))


class FastMarian(Marian):
    """A checkpoint run by CTranslate2."""

    def __init__(
        self, engine: ctranslate2.Translator, checkpoint: Checkpoint, signature: Signature, beam: int = 1
    ) -> None:
        super().__init__(checkpoint, signature, beam)
        self._engine = engine

    @classmethod
    def load(
        cls, checkpoint: Checkpoint, quantization: str = QUANTIZATION, *, beam: int = 1, watch: Watch | None = None
    ) -> Self:
        """Convert the checkpoint unless the cache has it converted, load it, and let it prove itself.

        Raises:
            WrongModel: the checkpoint cannot be converted, or the model talks nonsense.
            CacheUnwritable, DiskFull: as for `converted`.

        """
        import ctranslate2

        folder = converted(checkpoint, quantization, watch)
        try:
            engine = ctranslate2.Translator(str(folder), intra_threads=threads())
        except Exception as error:
            raise WrongModel(f"{folder} cannot be loaded ({error}); delete it and try again") from error
        return cls(engine, checkpoint, signed(checkpoint, quantization, beam), beam).prove()

    def _generate(self, pieces: Sequence[str], options: dict[str, Any]) -> list[list[Output]]:
        sources = [self._tokens(piece) for piece in pieces]
        results = self._engine.translate_batch(
            sources,
            max_input_length=0,  # nothing is ever cut here: pieces are short enough
            max_decoding_length=self._limit(max(map(len, sources))),
            return_scores=True,
            disable_unk=True,
            **options,
        )
        return [
            [self._output(piece, tokens, score) for tokens, score in zip(r.hypotheses, r.scores, strict=True)]
            for piece, r in zip(pieces, results, strict=True)
        ]


def signed(checkpoint: Checkpoint, quantization: str, beam: int, **parts: str) -> Signature:
    """The signature of a checkpoint: its name, and the start of its weights' hash in the place of an adapter's."""
    weights = checkpoint.digests["model.safetensors"][:8]
    more = {"beam": str(beam)} if beam > 1 else {}
    return Signature(checkpoint.name, quantization, weights, {**parts, **more})


def identity(checkpoint: Checkpoint, quantization: str) -> dict[str, str]:
    """All that decides what a converted model is like; its folder is named by the hash of it."""
    import ctranslate2

    return {
        **checkpoint.digests,
        "ctranslate2": ctranslate2.__version__,
        "quantization": quantization,
        "layout": "1",  # raised when this code converts the same checkpoint into something else
    }


def location(checkpoint: Checkpoint, quantization: str) -> Path:
    """Where the converted model is, or will be."""
    parts = identity(checkpoint, quantization)
    key = hashlib.sha256("\n".join(f"{k}={v}" for k, v in sorted(parts.items())).encode()).hexdigest()[:16]
    return cache.models() / f"{checkpoint.name}-{quantization}-{key}"


def converted(checkpoint: Checkpoint, quantization: str, watch: Watch | None = None, *, force: bool = False) -> Path:
    """The folder of the converted model: found whole in the cache, else converted now.

    Raises:
        WrongModel: the checkpoint cannot be converted.
        CacheUnwritable, DiskFull: the cache cannot take it; nothing half-written stays.

    """
    from models.marian_converting import specification

    target = location(checkpoint, quantization)
    if not force and target.exists() and cache.altered_file(target) is None:
        return target
    say = watch or (lambda _stage, _done: None)
    with cache.writable() as models:
        if not force and target.exists() and cache.altered_file(target) is None:
            return target
        with cache.unfinished(models) as work:
            say("reading the checkpoint", 0.0)
            spec = specification(checkpoint)
            spec.validate()
            say("quantizing", 0.4)
            spec.optimize(quantization=quantization)
            (work / "model").mkdir()
            say("writing", 0.7)
            spec.save(str(work / "model"))
            cache.seal(work / "model", identity(checkpoint, quantization))
            cache.publish(work / "model", target)
    say("done", 1.0)
    return target
