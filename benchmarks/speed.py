"""Speed and size of the translator beside its peers: `python -m benchmarks.speed [ENGINE...] [--first N] [--rounds N]`.

Each engine runs in a process of its own, one after the other, on the same sentences (`translation_pairs`) and the
same number of threads. `transformers` and `sunto-*` have the same weights; `llama.cpp-q4` runs the base weights as
they come, with three examples in the prompt, and needs xllamacpp (MIT, 34 MB: `pip install xllamacpp`); `marian-*` has
the shape of an OPUS-MT model (6+6 layers, 512 wide, 60,000 pieces) with random weights, made to write as many tokens
as the reference translations have. All decode greedily but `-beam2`, which is `--fast` with int8, and `-careful`, the
default with int8, whose tokens are those of the hypothesis that it takes.

With several rounds the engines take turns, and each shows its fastest: what else a machine does only makes it slower.
Start is from the first import of an engine to its first translated sentence, with the files in memory from the run
before. Peak is the most memory that was resident at once, file pages that are mapped included.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click

from benchmarks import speed_engines, speed_marian
from benchmarks.speed_engines import FOLDER, Pairs, Work
from models.piecewise import threads

PAIRS = Path(__file__).parent / "translation_pairs" / "pairs.tsv"
BASE = "transformers"
SUNTO = {
    "sunto-float32": ("float32", 1, False),
    "sunto-float32-beam2": ("float32", 2, False),
    "sunto-float32-careful": ("float32", 2, True),
    "sunto-int8": ("int8", 1, False),
    "sunto-int8-beam2": ("int8", 2, False),
    "sunto-int8-careful": ("int8", 2, True),
}
"""The embedded translator: quantization, beam, and whether it takes its time."""

ENGINES: dict[str, Callable[[], Work]] = {
    "transformers": speed_engines.transformers,
    **{name: partial(speed_engines.sunto, q, beam, careful=careful) for name, (q, beam, careful) in SUNTO.items()},
    "llama.cpp-q4": speed_engines.llama_cpp,
    "marian-transformers": speed_marian.transformers,
    "marian-ct2-int8": speed_marian.ct2,
}
PREPARATIONS: dict[str, Callable[[], None]] = {
    **{name: partial(speed_engines.build, quantization) for name, (quantization, _, _) in SUNTO.items()},
    "llama.cpp-q4": speed_engines.assemble_base,
    "marian-ct2-int8": speed_marian.convert,
}


@dataclass(frozen=True, slots=True)
class Run:
    """What an engine needed: seconds to the first sentence, tokens and seconds of all of them, peak memory in MB."""

    start: float
    tokens: int
    seconds: float
    memory: float

    @property
    def speed(self) -> float:
        """Tokens a second."""
        return self.tokens / self.seconds


def load(first: int | None) -> Pairs:
    """Italian sentences with their reference translations."""
    rows = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()][:first]
    return [(row[0], row[1]) for row in rows]


def run_here(name: str, first: int | None) -> Run:
    """Open one engine in this process, let it translate a sentence, then time it on all of them."""
    pairs = load(first)
    begin = time.perf_counter()
    work = ENGINES[name]()
    work(pairs[:1])
    start = time.perf_counter() - begin
    begin = time.perf_counter()
    tokens = work(pairs)
    return Run(start, tokens, time.perf_counter() - begin, peak())


def peak() -> float:
    """MB that were resident at once in this process; what its parent had is not counted where the system tells."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def run_apart(name: str, first: int | None) -> Run | None:
    """Run an engine in another process; None where it cannot be run."""
    told = apart(name, "--here", *(["--first", str(first)] if first else []))
    return None if told is None else Run(**json.loads(told.splitlines()[-1]))


def prepared(name: str) -> bool:
    """Prepare an engine in another process; whether that went well."""
    return name not in PREPARATIONS or apart(name, "--prepare") is not None


def apart(name: str, *options: str) -> str | None:
    """What another process prints; None where it fails, as when what the engine needs is not installed."""
    command = [sys.executable, "-m", "benchmarks.speed", name, *options]
    result = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if result.returncode:
        last = (result.stderr.strip().splitlines() or ["failed"])[-1]
        click.echo(f"{name}: {last}", err=True)
        return None
    return result.stdout


def run_in_turn(names: Sequence[str], first: int | None, rounds: int) -> dict[str, Run]:
    """The fastest run of each engine that could be run."""
    runs: dict[str, Run] = {}
    ready = [name for name in names if prepared(name)]
    for name in ready * rounds:
        click.echo(f"{name}...", err=True)
        run = run_apart(name, first)
        if run and (name not in runs or run.speed > runs[name].speed):
            runs[name] = run
    return runs


def environment() -> dict[str, str]:
    """As many threads for every engine."""
    count = str(threads())
    return os.environ | {"OMP_NUM_THREADS": count, "MKL_NUM_THREADS": count, "TOKENIZERS_PARALLELISM": "false"}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(list(ENGINES)))
@click.option("--first", type=click.IntRange(min=1), help="Only the first so many sentences.")
@click.option("--rounds", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--here", is_flag=True, hidden=True)
@click.option("--prepare", is_flag=True, hidden=True)
def main(names: tuple[str, ...], first: int | None, rounds: int, here: bool, prepare: bool) -> None:
    """Time ENGINES (all of them unless named) and print one table with ratios to transformers."""
    if prepare:
        PREPARATIONS[names[0]]()
        return
    if here:
        click.echo(json.dumps(asdict(run_here(names[0], first))))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER] = folder
        runs = run_in_turn(names or [*ENGINES], first, rounds)
    click.echo(f"{threads()} threads, {len(load(first))} sentences, rounds: {rounds}; tokens are each engine's own")
    for line in table(runs):
        click.echo(line)


def table(runs: dict[str, Run]) -> Sequence[str]:
    """A line for each engine, and one above them."""
    base = runs.get(BASE)
    lines = [f"{'engine':20} {'tokens/s':>9} {'ratio':>6} {'start s':>8} {'peak MB':>8} {'tokens':>7} {'seconds':>8}"]
    for name, run in runs.items():
        ratio = f"{run.speed / base.speed:.2f}" if base else "-"
        figures = f"{run.speed:9.1f} {ratio:>6} {run.start:8.2f} {run.memory:8.0f} {run.tokens:7} {run.seconds:8.1f}"
        lines.append(f"{name:20} {figures}")
    return lines


if __name__ == "__main__":
    main()
