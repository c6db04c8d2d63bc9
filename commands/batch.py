"""`batch`: a report of every article in a folder, nothing lost, taken up again where it was cut off."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.engine import Deferred, chosen, engine_option, fast_option, glossary_option
from commands.failures import FAILED, INTERRUPTED

if TYPE_CHECKING:
    from summarize.batch import Found, Tally
    from summarize.batch.pools import Runner


@click.command("batch")
@click.argument("inputs", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "out",
    metavar="OUT",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the reports, the index and the journal.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "markdown", "html", "text"]),
    default="json",
    show_default=True,
    help="What each report is.",
)
@click.option(
    "--pattern",
    "patterns",
    multiple=True,
    metavar="GLOB",
    help="Which files of a folder are articles, instead of *.txt *.html *.htm *.md and these as .gz or "
    ".zst; may be repeated; with a / it is held against the path below the folder.",
)
@click.option("--strict", is_flag=True, help="Stop at the first input that fails.")
@click.option("--force", is_flag=True, help="Go on when a text does not look Italian.")
@click.option("--model", metavar="NAME", help="The translator: a name of `models list`, or a folder.")
@click.option("--quantization", metavar="Q", help="How the weights are kept (see `models list`).")
@engine_option
@glossary_option
@fast_option
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="For reading one article; translating gets as much for every five sentences.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0),
    default=2048,
    show_default=True,
    metavar="MIB",
    help="That a process which reads may use; 0 for no limit.",
)
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that read; one a core.")
@click.option(
    "--runner",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where the work is done: here, or on a Ray cluster (requirements-ray.txt).",
)
@click.option("--address", metavar="ADDRESS", help="Of the Ray cluster; without it one is started here.")
def command(  # noqa: PLR0917 — click passes every option by its name
    inputs: tuple[str, ...], out: Path, form: str, patterns: tuple[str, ...], strict: bool, force: bool,
    model: str | None, quantization: str | None, timeout: float, memory: int, workers: int | None,
    runner: str, address: str | None, engine_name: str | None, glossary: str | None, fast: bool,
) -> None:  # fmt: skip
    """Make a report of every Italian article in folders.

    INPUTS are folders, files, quoted globs, or `-` for a list of names on stdin, one a line or separated by NUL.
    OUT mirrors their tree: one report an article, index.jsonl and index.csv over all of them, errors.jsonl with the
    reason of whatever has no report. Run it again after a change or a crash: only what is missing is done. Where an
    input had a report and fails now, that report gets the suffix .stale. Ctrl-C once finishes what is in hand; twice
    stops.

    \b
      python cli.py batch news -o reports
      python cli.py batch 'news/**/*.html' -o reports --format markdown
      find news -name '*.txt' -print0 | python cli.py batch - -o reports
    """
    from summarize.batch import Options, find, interrupts, progress, run
    from summarize.batch.inputs import DEFAULT_PATTERNS, overlap
    from summarize.glossary import load

    if address and runner != "ray":
        raise click.UsageError("--address goes with --runner ray")
    arguments = _arguments(inputs)
    if reason := overlap(arguments, out):
        raise click.UsageError(reason)
    terms = load(glossary) if glossary is not None else ()
    found = find(arguments, out, patterns or DEFAULT_PATTERNS)
    options = Options(form, force, strict, workers, timeout=timeout, memory=memory, glossary=terms)
    opening = functools.partial(
        Deferred, chosen(model), quantization, engine_name=engine_name, careful=not fast
    )  # chosen here: said once, not by every process
    with progress.on(sys.stderr) as show, interrupts.finish_in_hand(_announce) as stop:
        tally = run(found, out, opening, options, runner=_runner(runner, address), show=show, stop=stop)
        asked = stop()
    _conclude(found, tally, out, asked=asked)


def _arguments(inputs: tuple[str, ...]) -> list[str]:
    from summarize.batch.inputs import split_list

    arguments: list[str] = []
    for each in inputs:
        arguments += split_list(sys.stdin.buffer.read()) if each == "-" else [each]
    return arguments


def _runner(name: str, address: str | None) -> Runner:
    if name == "ray":
        from summarize.batch import ray_runner

        return functools.partial(ray_runner.cluster, address)
    from summarize.batch.pools import local

    return local


def _announce() -> None:
    click.echo("sunto: finishing what is in hand; once more stops at once", err=True)


def _conclude(found: Found, tally: Tally, out: Path, *, asked: bool) -> None:
    """Count everything that was asked for, and end with the exit code; `asked` to stop, that of an interrupt."""
    parts = [f"{tally.done} done", f"{tally.skipped} skipped (done before)", f"{tally.failed} failed"]
    if tally.left:
        parts.append(f"{tally.left} not reached")
    click.echo(f"sunto: {tally.total} article{'' if tally.total == 1 else 's'}: {', '.join(parts)}", err=True)
    if found.ignored:
        kinds = ", ".join(f"{count} {kind}" for kind, count in found.ignored.most_common())
        click.echo(f"sunto: passed over as no articles: {kinds} (--pattern chooses)", err=True)
    if found.passed:
        click.echo(f"sunto: passed over as read elsewhere or written by sunto: {len(found.passed)}", err=True)
    if tally.failed or found.passed:
        click.echo(f"sunto: the reasons are in {out / 'errors.jsonl'}", err=True)
    if tally.left:
        click.echo("sunto: run it again to go on", err=True)
    if asked and tally.left:
        sys.exit(INTERRUPTED)
    if tally.failed:
        sys.exit(FAILED)
