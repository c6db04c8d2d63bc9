"""`python -m models.training`: train the adapter of the embedded translator, export and score it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.training.machine import prepare, workers

if TYPE_CHECKING:
    from torch import Tensor

    from models.training.base import Packed
    from models.training.corpus import Pair
    from models.training.gemma import Gemma
    from models.training.passes import CorpusPasses
    from models.training.recipe import Recipe

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
@click.option("--corpus", "folder", type=EXISTING, help="Folder of the files that the recipe names; or --bundle.")
@click.option("--bundle", type=EXISTING, help="Folder that `pack` wrote: one pass of what it was given.")
@click.option("--output", type=NEW, required=True, help="Folder for checkpoints; a run found there is taken up.")
@click.option("--minutes", type=float, help="Training time, whatever else the machine does; or --steps.")
@click.option("--steps", type=int, help="Training steps: the same result every time. A bundle's pass by default.")
@click.option("--recipe", "recipe_file", type=EXISTING, help="Recipe instead of the one beside this module.")
@click.option("--start", type=EXISTING, help="Folder of an adapter in peft's format to start from.")
@click.option("--exclude", type=EXISTING, multiple=True, help="Test set whose Italian must not be trained on.")
@click.option("--after", type=int, default=0, help="Pairs of the pass to leave out: what earlier runs used up.")
@click.option("--device", default="cpu", help="cpu, or cuda for one GPU.")
@click.option("--workers", "threads", type=int, default=workers, help="Threads on a CPU; all cores by default.")
def run(  # noqa: PLR0913, PLR0917 - options are arguments
    folder: Path | None,
    bundle: Path | None,
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
    """Train on the pairs of a folder or a bundle; a JSON line for each step goes to stdout."""
    if (folder is None) == (bundle is None):
        raise click.UsageError("give --corpus or --bundle")
    given = (minutes is not None) + (steps is not None)
    if given > 1 or not (given or bundle):
        raise click.UsageError("give --minutes or --steps")
    from models.training import base, recipe
    from models.training.batching import pass_steps
    from models.training.bundle import read_base, read_pairs
    from models.training.drawn import DrawnPasses
    from models.training.passes import Passes
    from models.training.schedule import StepBudget, TimeBudget
    from models.training.trainer import Run, Trainer

    chosen = recipe.load(recipe_file or recipe.DEFAULT)
    passes: Passes
    if bundle is not None:
        packed, passes = read_base(bundle), read_pairs(bundle)
    else:
        packed, passes = _passes(folder or Path(), chosen, exclude, {})
    model = _model(packed, chosen, device, start)
    if chosen.policy is not None:
        if not given:
            raise click.UsageError("give --minutes or --steps: what is drawn has no end")
        passes = DrawnPasses(passes, chosen.policy, model, base.decoder(packed), click.echo, chosen.seed)
    if minutes is not None:
        budget: TimeBudget | StepBudget = TimeBudget(60 * minutes)
    else:
        budget = StepBudget(steps or pass_steps(passes.pairs(0), chosen.batch.rows))
    made = Run(output, budget, threads if device == "cpu" else 1, after=after)
    Trainer(model, passes, chosen, made).train(click.echo)


@main.command()
@click.option("--bundle", type=EXISTING, required=True, help="Folder that `pack` wrote.")
@click.option("--start", type=EXISTING, required=True, help="Folder of the adapter that draws.")
@click.option("--recipe", "recipe_file", type=EXISTING, required=True, help="Recipe that says how to draw.")
@click.option("--prompts", type=int, default=40_000, help="Sentences of the bundle to draw for, the first.")
@click.option("--output", type=NEW, required=True, help="File for the groups of translations.")
@click.option("--device", default="cpu", help="cpu, or cuda for one GPU.")
def draw(bundle: Path, start: Path, recipe_file: Path, prompts: int, output: Path, device: str) -> None:  # noqa: PLR0913, PLR0917 - options are arguments
    """Draw translations of a bundle's sentences and tell what they are worth, to train a channel with."""
    from models.training import base, recipe
    from models.training.bundle import read_base, read_pairs
    from models.training.contrast import write_groups
    from models.training.drawn import DrawnPasses

    chosen = recipe.load(recipe_file)
    if chosen.policy is None:
        raise click.UsageError(f"{recipe_file} has no [policy], which says how to draw")
    packed, passes = read_base(bundle), read_pairs(bundle)
    model = _model(packed, chosen, device, start)
    drawn = DrawnPasses(passes, chosen.policy, model, base.decoder(packed), click.echo, chosen.seed)
    write_groups(drawn.groups(prompts), output)


@main.command()
@click.option("--bundle", type=EXISTING, required=True, help="Folder that `pack` wrote: the base is taken from it.")
@click.option("--drawn", type=EXISTING, multiple=True, required=True, help="File that `draw` wrote.")
@click.option("--start", type=EXISTING, required=True, help="Folder of the channel to start from.")
@click.option("--recipe", "recipe_file", type=EXISTING, required=True, help="Recipe with a [contrast].")
@click.option("--output", type=NEW, required=True, help="Folder for checkpoints; a run found there is taken up.")
@click.option("--minutes", type=float, required=True, help="Training time.")
@click.option("--device", default="cpu", help="cpu, or cuda for one GPU.")
def contrast(  # noqa: PLR0913, PLR0917 - options are arguments
    bundle: Path, drawn: tuple[Path, ...], start: Path, recipe_file: Path, output: Path, minutes: float, device: str
) -> None:
    """Train a channel to tell the better of some translations."""
    import tokenizers

    from models.training import recipe
    from models.training.batching import PairEncoder
    from models.training.bundle import read_base
    from models.training.contrast import ContrastPasses, read_groups
    from models.training.schedule import TimeBudget
    from models.training.trainer import Run, Trainer

    chosen = recipe.load(recipe_file)
    if chosen.contrast is None:
        raise click.UsageError(f"{recipe_file} has no [contrast]")
    packed = read_base(bundle)
    model = _model(packed, chosen, device, start)
    encode = PairEncoder(tokenizers.Tokenizer.from_str(packed.tokenizer), chosen.template, chosen.batch.longest)
    groups = [group for path in drawn for group in read_groups(path)]
    passes = ContrastPasses(groups, chosen.contrast, encode, model, click.echo, chosen.seed)
    Trainer(model, passes, chosen, Run(output, TimeBudget(60 * minutes))).train(click.echo)


@main.command()
@click.option("--corpus", "folder", type=EXISTING, required=True, help="Folder of the files that the recipe names.")
@click.option("--output", type=NEW, required=True, help="Folder for the parts.")
@click.option("--recipe", "recipe_file", type=EXISTING, help="Recipe instead of the one beside this module.")
@click.option("--exclude", type=EXISTING, multiple=True, help="Test set whose Italian must not be trained on.")
@click.option("--watch", type=EXISTING, multiple=True, help="Pairs whose loss is looked at, Italian<TAB>English.")
@click.option("--part", type=float, default=40.0, help="MB of a part at most.")
def pack(  # noqa: PLR0913, PLR0917 - options are arguments
    folder: Path,
    output: Path,
    recipe_file: Path | None,
    exclude: tuple[Path, ...],
    watch: tuple[Path, ...],
    part: float,
) -> None:
    """Put the base weights and one pass of a recipe into a bundle, to train from on a machine with a GPU.

    A part is of at most so many MB.
    """
    from models.training import bundle, corpus, recipe

    chosen = recipe.load(recipe_file or recipe.DEFAULT)
    turned = corpus.turned if chosen.backward else list
    watched = {path.stem: turned(corpus.read_pairs(path)) for path in watch}
    packed, passes = _passes(folder, chosen, exclude, watched)
    size = round(part * 1e6)
    bundle.write_base(output, packed, size)
    bundle.write_pairs(output, passes, size)


@main.command()
@click.argument("checkpoint", type=EXISTING)
@click.option("--output", type=NEW, required=True, help="Folder for the adapter.")
@click.option("--recipe", "recipe_file", type=EXISTING, help="The recipe it was trained by, if not the usual one.")
@click.option("--beside", type=EXISTING, help="Adapter whose prompt, kept tokens and lexicon it gets; sunto's own.")
def export(checkpoint: Path, output: Path, recipe_file: Path | None, beside: Path | None) -> None:
    """Write a checkpoint as an adapter in peft's format, with what else the product needs of an adapter."""
    from models.training.checkpoint import load_adapter

    _write(load_adapter(checkpoint), output, recipe_file, beside)


@main.command()
@click.argument("checkpoints", type=EXISTING, nargs=-1, required=True)
@click.option("--output", type=NEW, required=True, help="Folder for the adapter.")
@click.option("--recipe", "recipe_file", type=EXISTING, help="The recipe they were trained by, if not the usual one.")
def average(checkpoints: tuple[Path, ...], output: Path, recipe_file: Path | None) -> None:
    """Write the mean of some checkpoints of one run as an adapter."""
    from models.training.export import average as mean

    _write(mean(checkpoints), output, recipe_file)


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
    from models.training import dictionary, hinting, recipe

    sources = _sources(folder, recipe.load(), exclude)
    pairs = [(pair.source, pair.target) for some in sources.values() for pair in some]
    hinting.write(dictionary.rows(hinting.entries(pairs), pairs), output)


@main.command()
@click.option("--corpus", "folder", type=EXISTING, required=True, help="Folder of the files that the recipe names.")
@click.option("--exclude", type=EXISTING, multiple=True, help="Test set that must not be learned from.")
@click.option("--lexicon", "lexicon_file", type=EXISTING, required=True, help="The lexicon of hints.")
@click.option("--output", type=NEW, required=True, help="The table's file.")
def renderings(folder: Path, exclude: tuple[Path, ...], lexicon_file: Path, output: Path) -> None:
    """Write the table of what Italian words are said with, by which it is told what a translation leaves out."""
    from models import hints
    from models.training import recipe
    from models.training.renderings import SAMPLED, table, write

    sources = _sources(folder, recipe.load(recipe.DEFAULT.with_name("wide.toml")), exclude)
    pairs = {name: [(pair.source, pair.target) for pair in some][:SAMPLED] for name, some in sources.items()}
    aligned = [pair for some in pairs.values() for pair in some]
    write(table(aligned, [*pairs["news"], *pairs["claims"]], hints.load(lexicon_file)), output)


@main.command()
@click.option("--corpus", "folder", type=EXISTING, required=True, help="Folder of the files that the recipe names.")
@click.option("--exclude", type=EXISTING, multiple=True, help="Test set that must not be learned from.")
@click.option("--output", type=NEW, required=True, help="Folder for the lists.")
def words(folder: Path, exclude: tuple[Path, ...], output: Path) -> None:
    """Write the lists of words that typing errors are told by."""
    from models import whole, wordlists
    from models.training import recipe
    from models.training.words import lists

    sources = _sources(folder, recipe.load(recipe.DEFAULT.with_name("wide.toml")), exclude)
    texts = (pair.source for some in sources.values() for pair in some)
    found = lists(texts, lambda word: wordlists.known(word, "it") or wordlists.known(word, "en"))
    output.mkdir(parents=True, exist_ok=True)
    for name, some in zip(("common.txt", "seen.txt"), found, strict=True):
        whole.write(output / name, "".join(f"{word}\n" for word in some).encode())


def _sources(folder: Path, chosen: Recipe, exclude: tuple[Path, ...]) -> Mapping[str, Sequence[Pair]]:
    """The pairs of each source of a recipe, without hints."""
    from models.hints import Lexicon
    from models.training import corpus

    return corpus.load(folder, chosen, corpus.read_excluded(exclude), Lexicon({})).sources


def _passes(
    folder: Path, chosen: Recipe, exclude: tuple[Path, ...], watched: Mapping[str, Sequence[Pair]]
) -> tuple[Packed, CorpusPasses]:
    from models import hints
    from models.building import LEXICON
    from models.catalog import CATALOG, DEFAULT
    from models.training import base, corpus
    from models.training.batching import PairEncoder
    from models.training.passes import CorpusPasses

    entry = CATALOG[DEFAULT]
    packed, tokenizer = base.read(entry)
    lexicon = hints.load(entry.adapter / LEXICON)
    at_hand = replace(lexicon, entries=dict(lexicon.entries))  # a pass looks up millions of words
    pairs = corpus.load(folder, chosen, corpus.read_excluded(exclude), at_hand)
    return packed, CorpusPasses(pairs, chosen, PairEncoder(tokenizer, chosen.template, chosen.batch.longest), watched)


def _model(packed: Packed, chosen: Recipe, device: str, start: Path | None) -> Gemma:
    """The base on a device, with the adapter of a folder or a fresh one."""
    import torch

    from models.training import base
    from models.training.export import read_peft
    from models.training.gemma import Gemma

    model = Gemma(base.unpack(packed, torch.device(device)), chosen.adapter.rank, chosen.adapter.alpha, chosen.seed)
    if start is not None:
        model.load_adapter(read_peft(start))
    return model


def _write(tensors: Mapping[str, Tensor], output: Path, recipe_file: Path | None, beside: Path | None = None) -> None:
    from models.catalog import CATALOG, DEFAULT
    from models.training import recipe
    from models.training.export import write_peft

    shape = recipe.load(recipe_file or recipe.DEFAULT).adapter
    write_peft(output, tensors, shape, beside or CATALOG[DEFAULT].adapter)


if __name__ == "__main__":
    prepare()
    main(prog_name="python -m models.training")
