"""`python -m models.training`: train the adapter of the embedded translator, export and score it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.training.machine import prepare, workers

if TYPE_CHECKING:
    from torch import Tensor

EXISTING = click.Path(exists=True, path_type=Path)
NEW = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
def main() -> None:
    r"""Train the adapter of the embedded translator, export and score it.

    \b
      python -m models.training run --corpus corpora --output run --minutes 120
      python -m models.training export run/step-000400.safetensors --output adapter
      python -m models.training score adapter --source test.it --reference test.en
    """


@main.command()
@click.option("--corpus", "folder", type=EXISTING, required=True, help="Folder of the files that the recipe names.")
@click.option("--output", type=NEW, required=True, help="Folder for checkpoints; a run found there is taken up.")
@click.option("--minutes", type=float, help="Training time, whatever else the machine does; or --steps.")
@click.option("--steps", type=int, help="Training steps: the same result every time.")
@click.option("--recipe", "recipe_file", type=EXISTING, help="Recipe instead of the one beside this module.")
@click.option("--start", type=EXISTING, help="Folder of an adapter in peft's format to start from.")
@click.option("--exclude", type=EXISTING, multiple=True, help="Test set whose Italian must not be trained on.")
@click.option("--after", type=int, default=0, help="Pairs of the pass to leave out: what earlier runs used up.")
@click.option("--device", default="cpu", help="cpu, or cuda for one GPU.")
@click.option("--workers", "threads", type=int, default=workers, help="Threads on a CPU; all cores by default.")
def run(  # noqa: PLR0913, PLR0917 - options are arguments
    folder: Path,
    output: Path,
    minutes: float | None,
    steps: int | None,
    recipe_file: Path | None,
    start: Path | None,
    exclude: tuple[Path, ...],
    after: int,
    device: str,
    threads: int,
) -> None:
    """Train on the pairs of a folder; a JSON line for each step goes to stdout."""
    if (minutes is None) == (steps is None):
        raise click.UsageError("give --minutes or --steps")
    import torch

    from models import hints
    from models.catalog import CATALOG, DEFAULT
    from models.training import base, corpus, recipe
    from models.training.batching import PairEncoder
    from models.training.export import read_peft
    from models.training.gemma import Gemma
    from models.training.schedule import StepBudget, TimeBudget
    from models.training.trainer import Run, Trainer

    chosen = recipe.load(recipe_file or recipe.DEFAULT)
    entry = CATALOG[DEFAULT]
    weights, tokenizer = base.read(entry, torch.device(device))
    model = Gemma(weights, chosen.adapter.rank, chosen.adapter.alpha, chosen.seed)
    if start is not None:
        model.load_adapter(read_peft(start))
    lexicon = hints.load(entry.adapter / "lexicon.tsv")
    pairs = corpus.load(folder, chosen, corpus.read_excluded(exclude), lexicon)
    encode = PairEncoder(tokenizer, chosen.template, chosen.batch.longest)
    budget = StepBudget(steps) if steps is not None else TimeBudget(60 * (minutes or 0))
    trainer = Trainer(model, pairs, chosen, encode, Run(output, budget, threads if device == "cpu" else 1, after=after))
    trainer.train(click.echo)


@main.command()
@click.argument("checkpoint", type=EXISTING)
@click.option("--output", type=NEW, required=True, help="Folder for the adapter.")
@click.option("--beside", type=EXISTING, help="Adapter whose prompt, kept tokens and lexicon it gets; sunto's own.")
def export(checkpoint: Path, output: Path, beside: Path | None) -> None:
    """Write a checkpoint as an adapter in peft's format, with what else the product needs of an adapter."""
    from models.training.checkpoint import load_adapter

    _write(load_adapter(checkpoint), output, beside)


@main.command()
@click.argument("checkpoints", type=EXISTING, nargs=-1, required=True)
@click.option("--output", type=NEW, required=True, help="Folder for the adapter.")
def average(checkpoints: tuple[Path, ...], output: Path) -> None:
    """Write the mean of some checkpoints of one run as an adapter."""
    from models.training.export import average as mean

    _write(mean(checkpoints), output)


@main.command()
@click.argument("adapter", type=EXISTING)
@click.option("--source", type=EXISTING, required=True, help="Italian, a sentence a line.")
@click.option("--reference", type=EXISTING, multiple=True, required=True, help="English; several may be given.")
@click.option("--quantization", default="float32", help="float32 or int8.")
@click.option("--beam", type=int, multiple=True, default=(1,), help="Width of the beam search; several may be given.")
@click.option("--most", type=int, help="Only so many sentences, the first.")
@click.option("--output", type=NEW, help="Folder for the translations.")
def score(  # noqa: PLR0913, PLR0917 - options are arguments
    adapter: Path,
    source: Path,
    reference: tuple[Path, ...],
    quantization: str,
    beam: tuple[int, ...],
    most: int | None,
    output: Path | None,
) -> None:
    """Translate a test set with an adapter, as the product would, and print BLEU and chrF."""
    from models.training import score as scoring

    test = scoring.read_test(source, reference, most)
    with scoring.built(adapter, quantization) as model:
        for width in beam:
            english = scoring.translate(model, test, width)
            if output is not None:
                output.mkdir(parents=True, exist_ok=True)
                (output / f"beam-{width}.en").write_text("".join(f"{line}\n" for line in english), encoding="utf-8")
            for line in scoring.scores(english, test):
                click.echo(f"beam {width}: {line}")


@main.command()
@click.option("--corpus", "folder", type=EXISTING, required=True, help="Folder of the files that the recipe names.")
@click.option("--exclude", type=EXISTING, multiple=True, help="Test set that must not be learned from.")
@click.option("--output", type=NEW, required=True, help="The lexicon's file.")
def lexicon(folder: Path, exclude: tuple[Path, ...], output: Path) -> None:
    """Write the lexicon of hints: the dictionaries beside this module, and what the corpus adds to them."""
    from models.hints import Lexicon
    from models.training import corpus, dictionary, hinting, recipe

    sources = corpus.load(folder, recipe.load(), corpus.read_excluded(exclude), Lexicon({})).sources
    pairs = [(pair.source, pair.target) for some in sources.values() for pair in some]
    hinting.write(dictionary.rows(hinting.entries(pairs), pairs), output)


def _write(tensors: Mapping[str, Tensor], output: Path, beside: Path | None = None) -> None:
    from models.catalog import CATALOG, DEFAULT
    from models.training import recipe
    from models.training.export import write_peft

    write_peft(output, tensors, recipe.load().adapter, beside or CATALOG[DEFAULT].adapter)


if __name__ == "__main__":
    prepare()
    main(prog_name="python -m models.training")
