"""`summarize`: the whole way, from a page to a short account of who blames whom and who denies it."""

import click

from commands.engine import Deferred, engine_option, fast_option, glossary_option
from commands.failures import for_each
from commands.progress import translating
from commands.writing import writing

FORMS = ("text", "json", "jsonl", "markdown", "html")


@click.command("summarize")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="What to write.")
@click.option("-o", "--output", "out", metavar="OUT", help="Write to this file instead of stdout, whole or not at all.")
@click.option("--full", is_flag=True, help="Add the whole translation to the text (other formats always have it).")
@click.option("--model", metavar="NAME", help="The translator: a name of `models list`, or a folder.")
@click.option("--quantization", metavar="Q", help="How the weights are kept: float32, int8, … (see `models list`).")
@engine_option
@glossary_option
@fast_option
@click.option("--force", is_flag=True, help="Go on when the text does not look Italian.")
def command(  # noqa: PLR0917 - click passes them by name
    files: tuple[str, ...],
    form: str,
    out: str | None,
    full: bool,
    model: str | None,
    quantization: str | None,
    engine_name: str | None,
    glossary: str | None,
    fast: bool,
    force: bool,
) -> None:
    """Summarize Italian articles in English: who blames whom for what, and who denies it, with the evidence.

    FILES are Italian articles as text or HTML; `-` is stdin.

    \b
      python cli.py summarize article.txt
      python cli.py summarize --format html -o report.html page.html
      cat article.txt | python cli.py summarize --full -
    """
    from summarize import summarize
    from summarize.rendering import render, text

    if form == "html" and len(files) > 1:
        raise click.UsageError("html is one page an article: give one file, or use `batch` for many")
    engine = Deferred(model, quantization, engine_name=engine_name, careful=not fast)
    between = "\n" if form in {"text", "markdown"} else ""
    finished: list[str] = []

    def show(source: str) -> None:
        with translating() as progress:
            report = summarize(source, engine, force=force, glossary=glossary, progress=progress)
        result = text.full(report) if form == "text" and full else render(report, form)
        if form == "text":
            click.echo("|".join(f"{key}:{value}" for key, value in report.signature.items()), err=True)
        if out is None:
            click.echo((between if finished else "") + result, nl=False)
        finished.append(result)

    with writing(out, finished, between):
        for_each(files, show)
