"""`claims`: who blames whom for what, and who denies it, in Italian with evidence. Needs no model."""

import json
from dataclasses import asdict

import click

from commands.failures import for_each


@click.command("claims")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True, help="What to write."
)
def command(files: tuple[str, ...], form: str) -> None:
    """Find who blames whom for what, and who denies it, each with its Italian sentence.

    FILES are Italian articles as text or HTML; `-` is stdin.
    """
    from summarize import claims

    def show(source: str) -> None:
        found = claims(source)
        if form == "jsonl":
            click.echo(json.dumps({"source": source, **asdict(found)}, ensure_ascii=False))
            return
        for claim in (*found.attributions, *found.denials):
            click.echo(f"{claim.kind} ({claim.strength}) {claim.by or '?'} → {claim.to or '?'}: {claim.it}")
        if not found.attributions and not found.denials:
            click.echo("no claims found")

    for_each(files, show)
