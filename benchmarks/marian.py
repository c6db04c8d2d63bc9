"""The two engines for MarianMT models, side by side: `python -m benchmarks.marian [--sentences N]`.

One checkpoint of the shape of OPUS-MT Italian-English (6+6 layers, 512 wide, 60,000 tokens) with random weights: what
it says means nothing, and it says as much as it is let, the same in both engines. Each engine runs in a process of its
own on the same threads. Printed are tokens a second and peak memory, and both as multiples of torch in float32.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

TOKENS = 60_000
ENGINES = ("torch", "float32", "int8")
SENTENCES = (
    "Il ministero ha smentito la notizia diffusa ieri sera da un quotidiano locale.",
    "Secondo gli inquirenti il gruppo avrebbe sottratto i dati di duemila clienti.",
    "La società ha fatto sapere che i servizi sono tornati regolari in mattinata.",
    "Il portavoce dell'ambasciata ha definito le accuse prive di ogni fondamento.",
)


@click.command()
@click.option("--sentences", "count", default=24, show_default=True)
@click.option("--folder", hidden=True)
@click.option("--engine", hidden=True)
def main(count: int, folder: str | None, engine: str | None) -> None:
    """Print a line for each engine."""
    if folder and engine:
        print(json.dumps(measure(Path(folder), engine, count)))
        return
    with tempfile.TemporaryDirectory() as work:
        make(Path(work) / "random")
        for name in ENGINES[1:]:
            alone(Path(work) / "random", name, 1)  # converts, which takes memory of its own
        found = {name: alone(Path(work) / "random", name, count) for name in ENGINES}
    speed, memory = found["torch"]["speed"], found["torch"]["memory"]
    for name, values in found.items():
        ratios = f"{values['speed'] / speed:.2f} x the speed, {values['memory'] / memory:.2f} x the memory of torch"
        print(f"{name:8} {values['speed']:7.1f} tokens/s {values['memory']:6.0f} MB   {ratios}")


def alone(folder: Path, engine: str, count: int) -> dict[str, float]:
    """Measure an engine in a process of its own."""
    command = [sys.executable, "-m", __spec__.name, "--folder", str(folder), "--engine", engine]
    environment = {**os.environ, "SUNTO_CACHE": str(folder.parent / "cache")}
    command += ["--sentences", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(folder: Path, engine: str, count: int) -> dict[str, float]:
    """Tokens a second of a warm engine, and the peak memory of this process in MB."""
    from models import marian, marian_torch  # noqa: PLC0415
    from models.checkpoint import read  # noqa: PLC0415

    for shared in (marian.FastMarian, marian_torch.TorchMarian):
        shared.prove = lambda self: self  # type: ignore[method-assign] # random weights know no answer
    checkpoint = read(folder)
    translator: marian.Marian = (
        marian_torch.TorchMarian.load(checkpoint) if engine == "torch" else marian.FastMarian.load(checkpoint, engine)
    )
    batch = [f"{n} {SENTENCES[n % len(SENTENCES)]}" for n in range(count)]
    translator._generate(batch[:2], {"beam_size": 1})
    begun = time.perf_counter()
    tokens = sum(outputs[0].length for outputs in translator._generate(batch, {"beam_size": 1}))
    seconds = time.perf_counter() - begun
    return {"speed": tokens / seconds, "memory": peak()}


def peak() -> float:
    """Peak memory of this process in MB, from Linux itself: getrusage counts the parent that forked it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def make(folder: Path) -> None:
    """Write a checkpoint of random weights."""
    import sentencepiece  # noqa: PLC0415
    import torch  # noqa: PLC0415
    from transformers import MarianConfig, MarianMTModel  # noqa: PLC0415

    folder.mkdir()
    text = folder / "text"
    text.write_text("\n".join(SENTENCES), encoding="utf-8")
    for name in ("source", "target"):
        sentencepiece.SentencePieceTrainer.train(
            input=str(text), model_prefix=str(folder / name), vocab_size=200, model_type="bpe", hard_vocab_limit=False,
            bos_id=-1, eos_id=0, unk_id=1, minloglevel=2,
        )  # fmt: skip
        (folder / f"{name}.model").rename(folder / f"{name}.spm")
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    known = [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]
    tokens = [*known, *(f"▁{number}" for number in range(TOKENS - 1 - len(known))), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
    torch.manual_seed(0)
    network = MarianMTModel(
        MarianConfig(
            vocab_size=TOKENS, d_model=512, encoder_layers=6, decoder_layers=6, encoder_attention_heads=8,
            decoder_attention_heads=8, encoder_ffn_dim=2048, decoder_ffn_dim=2048, activation_function="swish",
            max_position_embeddings=512, scale_embedding=True, pad_token_id=TOKENS - 1, eos_token_id=0,
            decoder_start_token_id=TOKENS - 1,
        )
    )  # fmt: skip
    network.save_pretrained(folder)


if __name__ == "__main__":
    main()
