"""`digest`: one page over what `batch` made: who accuses whom, and who denies it."""

import click

from commands.writing import write


@click.command("digest")
@click.argument("out", type=click.Path())
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "html"]),
    default="markdown",
    show_default=True,
    help="What to write.",
)
@click.option("-o", "--output", "page", metavar="FILE", help="Write to this file instead of stdout.")
def command(out: str, form: str, page: str | None) -> None:  # fmt: skip
    """Put a run together on one page: who accuses whom, who denies it, how often, and over which time.

    OUT is the folder that `batch` wrote. Copies of the same story count once. The page links to the reports.

    \b
      python cli.py digest reports --format html -o reports/digest.html
    """
    from pathlib import Path

    from summarize.digest import digest, render

    found = digest(Path(out))
    result = render(found, form, Path(out), Path(page) if page else None)
    if page is None:
        click.echo(result, nl=False)
    else:
        write(result, page)
