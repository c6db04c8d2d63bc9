"""`clean`: the article without what is not the article. Needs no model."""

import json

import click

from commands.failures import for_each


@click.command("clean")
@click.argument("files", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def command(files: tuple[str, ...], form: str) -> None:
    """Strip what is not the article: footers, teasers, menus, share and newsletter lines.

    FILES are Italian articles as text or HTML; `-` is stdin.
    """
    from summarize import clean

    def show(source: str) -> None:
        article = clean(source)
        if form == "jsonl":
            removed = [{"text": r.text, "rule": r.rule} for r in article.removed]
            row = {"source": source, "title": article.title, "body": article.body, "removed": removed}
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo("\n\n".join([article.title, *article.body] if article.title else article.body))

    for_each(files, show)
