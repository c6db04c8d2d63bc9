"""A MarianMT model of the shape of OPUS-MT with random weights, through transformers and through CTranslate2."""

from __future__ import annotations

from typing import Any

from benchmarks.speed_engines import BATCH, Pairs, Work, prepared
from models.piecewise import threads

MARIAN = "marian"
PIECES = 60_000
WORD = 1.35  # pieces a word of an OPUS-MT model has, about


def random_model() -> Any:  # noqa: ANN401 - a class of transformers
    """A MarianMT model of OPUS-MT's shape with random weights."""
    from transformers import MarianConfig, MarianMTModel  # noqa: PLC0415

    return MarianMTModel(
        MarianConfig(
            vocab_size=PIECES,
            d_model=512,
            encoder_layers=6,
            decoder_layers=6,
            encoder_attention_heads=8,
            decoder_attention_heads=8,
            encoder_ffn_dim=2048,
            decoder_ffn_dim=2048,
            activation_function="swish",
            scale_embedding=True,
            static_position_embeddings=True,
            pad_token_id=PIECES - 1,
            decoder_start_token_id=PIECES - 1,
            eos_token_id=0,
            forced_eos_token_id=None,
        )
    ).eval()


def batches(pairs: Pairs) -> list[tuple[list[int], int]]:
    """Batches as the lengths of their sources in pieces, end mark included, longest first, and of their outputs."""

    def pieces(text: str) -> int:
        return round(len(text.split()) * WORD) + 1

    sizes = sorted(((pieces(italian), pieces(english)) for italian, english in pairs), reverse=True)
    cut = [sizes[at : at + BATCH] for at in range(0, len(sizes), BATCH)]
    return [([source for source, _ in batch], round(sum(e for _, e in batch) / len(batch))) for batch in cut]


def transformers() -> Work:
    """Random weights through `generate` of transformers, greedy, float32, as many tokens as the references have."""
    import torch  # noqa: PLC0415

    model = random_model()
    pad = model.config.pad_token_id

    def work(pairs: Pairs) -> int:
        count = 0
        for lengths, size in batches(pairs):
            rows = [[*range(7, 6 + n), 0] + [pad] * (lengths[0] - n) for n in lengths]
            ids = torch.tensor(rows)
            with torch.inference_mode():
                model.generate(
                    input_ids=ids,
                    attention_mask=(ids != pad).long(),
                    num_beams=1,
                    do_sample=False,
                    min_new_tokens=size,
                    max_new_tokens=size,
                )
            count += size * len(lengths)
        return count

    return work


def ct2() -> Work:
    """The same random weights through CTranslate2, greedy, int8."""
    import ctranslate2  # noqa: PLC0415

    translator = ctranslate2.Translator(str(prepared() / MARIAN), intra_threads=threads())
    pieces = vocabulary()

    def work(pairs: Pairs) -> int:
        count = 0
        for lengths, size in batches(pairs):
            rows = [[*pieces[7 : 6 + n], "</s>"] for n in lengths]
            results = translator.translate_batch(rows, beam_size=1, min_decoding_length=size, max_decoding_length=size)
            count += sum(len(result.hypotheses[0]) for result in results)
        return count

    return work


def vocabulary() -> list[str]:
    """The vocabulary of the random model."""
    return ["</s>", "<unk>", *(f"t{i}" for i in range(2, PIECES - 1)), "<pad>"]


def convert() -> None:
    """Write the random weights as a CTranslate2 model, int8."""
    from ctranslate2.converters.transformers import MarianMTLoader  # noqa: PLC0415

    class Pieces:
        """As much of a tokenizer as the converter asks for."""

        bos_token, eos_token, unk_token, pad_token = None, "</s>", "<unk>", "<pad>"

        def get_vocab(self) -> dict[str, int]:
            """All pieces with their ids."""
            return {piece: i for i, piece in enumerate(vocabulary())}

    spec = MarianMTLoader()(random_model(), Pieces())
    spec.validate()
    spec.optimize(quantization="int8")
    (prepared() / MARIAN).mkdir()
    spec.save(str(prepared() / MARIAN))
