"""Translation quality: `python -m benchmarks.translation [SET...] [--quantization Q] [--beam N] [--fast] [--first N]`.

`own` is 100 sentence pairs written for the project, `flores-100` every tenth sentence of `flores-dev`; the chrF of
both is gated: it may only rise. All but `own` are read from the test sets beside the checkout, and skipped where they
are absent. Figures are sacrebleu's.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sacrebleu

from benchmarks import testsets
from commands.translate import english_lines
from models.catalog import BEAM, entry, open_model

if TYPE_CHECKING:
    from models.translator import Translator

HERE = Path(__file__).parent / "translation_pairs"
BESIDE = Path(__file__).parent.parent.parent / "shared" / "mt"
FLOOR = HERE / "floor.json"
SETS = ("own", "flores-100", "press-dev", "flores-dev", "pud")
GATED = ("own", "flores-100")
SLACK = 1.0  # chrF that another processor's arithmetic may cost: two sentences of a hundred decoded otherwise
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class TestSet:
    """Italian sentences with one or more English references each."""

    name: str
    sources: list[str]
    references: list[list[str]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Scores of a set, corpus level; `numbers` is the share of the source's digit strings that stand in the output."""

    bleu: float
    chrf: float
    numbers: float
    seconds: float
    words_per_second: float

    def __str__(self) -> str:
        return (
            f"BLEU {self.bleu:5.1f}  chrF {self.chrf:5.1f}  numbers kept {self.numbers:.3f}  "
            f"{self.seconds:.0f} s, {self.words_per_second:.0f} words/s"
        )


def load(name: str, first: int | None = None) -> TestSet | None:
    """Read a test set, or its first sentences; None where it is not beside the checkout."""
    if name == "own":
        rows = [line.split("\t") for line in _lines(HERE / "pairs.tsv")][:first]
        return TestSet(name, [row[0] for row in rows], [[row[1] for row in rows]])
    if name == "pud" and (BESIDE / "pud.tsv").is_file():
        rows = [line.split("\t") for line in _lines(BESIDE / "pud.tsv")][:first]
        return TestSet(name, [row[0] for row in rows], [[row[1] for row in rows]])
    if name == "flores-100":
        whole = load("flores-dev")
        return whole and TestSet(name, whole.sources[::10][:first], [some[::10][:first] for some in whole.references])
    if not (BESIDE / f"{name}.it").is_file():
        return None
    found = testsets.read(BESIDE, name, first)
    return TestSet(name, found.sources, found.references)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def kept(sources: list[str], outputs: list[str]) -> float:
    """Share of the numbers of the source that stand in the output, thousands separators aside."""

    def digits(text: str) -> Counter[str]:
        return Counter(re.sub(r"[.,]", "", number) for number in NUMBER.findall(text))

    pairs = [(digits(source), digits(output)) for source, output in zip(sources, outputs, strict=True)]
    total = sum(source.total() for source, _ in pairs)
    return sum((source & output).total() for source, output in pairs) / total if total else 1.0


def score(test: TestSet, outputs: list[str]) -> tuple[float, float]:
    """BLEU and chrF of outputs against all references."""
    return (
        sacrebleu.corpus_bleu(outputs, test.references).score,
        sacrebleu.corpus_chrf(outputs, test.references).score,
    )


def measure(test: TestSet, translator: Translator) -> tuple[Figures, list[str]]:
    """Translate a set as `translate --lines` does, and score it."""
    start = time.perf_counter()
    outputs = english_lines(test.sources, translator)
    seconds = time.perf_counter() - start
    words = sum(len(output.split()) for output in outputs)
    bleu, chrf = score(test, outputs)
    return Figures(bleu, chrf, kept(test.sources, outputs), seconds, words / seconds), outputs


def gate(key: str, figures: Figures, *, raise_floor: bool) -> bool:
    """Hold a gated set against its floor on file, and raise the floor where asked; it is never lowered."""
    floors = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.is_file() else {}
    floor = float(floors.get(key, 0.0))
    if raise_floor and figures.chrf > floor:
        floors[key] = round(figures.chrf, 2)
        FLOOR.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        click.echo(f"floor of {key}: chrF {floor} -> {floors[key]}")
    return figures.chrf >= floor - SLACK


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(SETS))
@click.option("--model", default="embedded", show_default=True)
@click.option("--quantization", help="The model's own unless given.")
@click.option("--beam", default=BEAM, show_default=True)
@click.option("--fast", is_flag=True, help="Each sentence in one way.")
@click.option("--first", type=int, help="Only the first so many sentences of each set; no gate.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep the outputs in this folder.")
@click.option("--raise-floor", is_flag=True, help="Put a better figure on file as the new floor.")
def main(  # noqa: PLR0913, PLR0917
    names: tuple[str, ...],
    model: str,
    quantization: str | None,
    beam: int,
    fast: bool,
    first: int | None,
    out: Path | None,
    raise_floor: bool,
) -> None:
    """Score the translator on SETS (all of them unless named)."""
    chosen = entry(model).chosen(quantization)
    translator = open_model(model, quantization=quantization, beam=beam, careful=not fast)
    mode = " fast" * fast
    way = f"beam {beam}{mode}"
    below = []
    for name in names or SETS:
        test = load(name, first)
        if test is None:
            click.echo(f"{name:10} skipped: not beside the checkout", err=True)
            continue
        figures, outputs = measure(test, translator)
        click.echo(f"{name:10} {model} {chosen} {way}: {figures}")
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.{chosen}.{way.replace(' ', '')}.en").write_text("\n".join(outputs) + "\n", encoding="utf-8")
        if name in GATED and first is None and beam == BEAM:
            below += [name] * (not gate(f"{name} {model} {chosen}{mode}", figures, raise_floor=raise_floor))
    if below:
        sys.exit(f"{', '.join(below)}: chrF is below the floor on file")


if __name__ == "__main__":
    main()
