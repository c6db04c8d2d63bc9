"""MarianMT checkpoints run by transformers on torch: the reference engine, and the one for a GPU."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from models.checkpoint import EOS, PAD, UNKNOWN, WEIGHTS
from models.errors import WrongModel
from models.marian import Marian, signed
from models.marian_converting import SHARED
from models.piecewise import Output, threads

if TYPE_CHECKING:
    import torch

    from models.checkpoint import Checkpoint
    from models.translator import Signature


class TorchMarian(Marian):
    """A checkpoint run by transformers; CUDA in half precision where there is a GPU, else the CPU in float32."""

    def __init__(self, network: Any, checkpoint: Checkpoint, signature: Signature, beam: int = 1) -> None:  # noqa: ANN401
        super().__init__(checkpoint, signature, beam)
        self._network = network
        self._ids = {token: number for number, token in enumerate(checkpoint.tokens)}

    @classmethod
    def load(cls, checkpoint: Checkpoint, *, beam: int = 1) -> Self:
        """Load a checkpoint and let it prove itself.

        The weights are put in their places here, the shared matrix in all of its own: releases of transformers
        have loaded files that keep it under one name with the other places random.

        Raises:
            WrongModel: it cannot be loaded, or the model talks nonsense.

        """
        import torch
        from safetensors.torch import load_file
        from transformers import MarianConfig, MarianMTModel

        checkpoint.require_whole(WEIGHTS)
        device, kind = place()
        if device == "cpu":
            torch.set_num_threads(threads())
        try:
            tensors = load_file(checkpoint.folder / WEIGHTS)
            network = MarianMTModel(MarianConfig(**checkpoint.config))
            shared = next(tensors[name] for name in SHARED if name in tensors)
            tensors = {**dict.fromkeys(SHARED, shared), **tensors}
            left = network.load_state_dict(tensors, strict=False)
        except Exception as error:
            raise WrongModel(f"{checkpoint.folder} cannot be loaded: {' '.join(str(error).split())}") from error
        missing = [name for name in left.missing_keys if "embed_positions" not in name]
        if missing:
            raise WrongModel(f"{checkpoint.folder / WEIGHTS} lacks the tensor {missing[0]!r}")
        network = network.to(device=device, dtype=kind).eval()
        name = str(kind).removeprefix("torch.")
        return cls(network, checkpoint, signed(checkpoint, name, beam, engine="torch", device=device), beam).prove()

    def _generate(self, pieces: Sequence[str], options: dict[str, Any]) -> list[list[Output]]:
        import torch

        sources = [[self._ids.get(token, self._ids[UNKNOWN]) for token in self._tokens(piece)] for piece in pieces]
        longest = max(map(len, sources))
        pad = self._ids[PAD]
        ids = torch.tensor([[*source, *[pad] * (longest - len(source))] for source in sources])
        ids = ids.to(self._network.device)
        count = options.get("num_hypotheses", 1)
        with torch.inference_mode():
            result = self._network.generate(
                input_ids=ids,
                attention_mask=(ids != pad).long(),
                generation_config=self._settings(options, self._limit(longest)),
            )
        scores = self._scores(result)
        outputs = [
            self._output(pieces[row // count], self._said(sequence), score)
            for row, (sequence, score) in enumerate(zip(result.sequences.tolist(), scores, strict=True))
        ]
        return [outputs[i : i + count] for i in range(0, len(outputs), count)]

    def _settings(self, options: dict[str, Any], limit: int) -> Any:  # noqa: ANN401
        """Options of CTranslate2 as transformers names them; what the checkpoint says of decoding is left aside."""
        from transformers import GenerationConfig

        return GenerationConfig(
            num_beams=options.get("beam_size", 1),
            num_return_sequences=options.get("num_hypotheses", 1),
            repetition_penalty=options.get("repetition_penalty", 1.0),
            no_repeat_ngram_size=options.get("no_repeat_ngram_size", 0),
            length_penalty=1.0,
            early_stopping=options.get("beam_size", 1) > 1,
            do_sample=False,
            max_new_tokens=limit,
            suppress_tokens=[self._ids[PAD], self._ids[UNKNOWN]],
            decoder_start_token_id=self._ids[PAD],
            pad_token_id=self._ids[PAD],
            eos_token_id=self._ids[EOS],
            return_dict_in_generate=True,
            output_logits=options.get("beam_size", 1) == 1,
            output_scores=options.get("beam_size", 1) > 1,
        )

    def _scores(self, result: Any) -> list[float]:  # noqa: ANN401
        """Mean log-probability of the tokens of each hypothesis, the mark of its end among them."""
        if getattr(result, "sequences_scores", None) is not None:
            beams: list[float] = result.sequences_scores.float().tolist()
            return beams
        each = self._network.compute_transition_scores(result.sequences, result.logits, normalize_logits=True)
        real = result.sequences[:, 1:] != self._ids[PAD]
        means: list[float] = ((each.float() * real).sum(1) / real.sum(1).clamp(min=1)).tolist()
        return means

    def _said(self, sequence: list[int]) -> list[str]:
        """The tokens of a hypothesis between the start and the mark of its end."""
        tokens = [self._checkpoint.tokens[number] for number in sequence[1:]]
        return tokens[: tokens.index(EOS)] if EOS in tokens else [token for token in tokens if token != PAD]


def place() -> tuple[str, torch.dtype]:
    """The device and the kind of numbers to compute with: bfloat16 where the GPU has it, else float16."""
    import torch

    if not torch.cuda.is_available():
        return "cpu", torch.float32
    return "cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
