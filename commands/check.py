"""`check`: what a translation, ours or anybody's, lost or changed. Needs no model."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from summarize.document import Finding

FOUND = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """A pair, where it stands (line or bead, from 1), and what was found."""

    line: int
    it: str
    en: str
    findings: tuple[Finding, ...]


@click.command("check")
@click.argument("italian", metavar="IT")
@click.argument("english", metavar="EN")
@click.option("--lines", is_flag=True, help="Line N of EN translates line N of IT; else whole texts are aligned.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="`text` shows the pairs with findings; `jsonl` is one object a pair.",
)
@click.option("--glossary", metavar="FILE", help="Your own terms (TSV: source, target, case, note) besides ours.")
def command(italian: str, english: str, lines: bool, form: str, glossary: str | None) -> None:
    """Find what an English translation lost or changed of the Italian: numbers, names, negations, hedges.

    IT and EN are files, text or HTML; one of them may be `-`. Exit code: 0 when all is well, 1 when anything was
    found or a file cannot be read, 2 when the files do not fit together.

    \b
      python cli.py check article.it.txt article.en.txt
      python cli.py check --lines source.txt deepl.txt --format jsonl
    """
    if italian == english == "-":
        raise click.UsageError("only one of IT and EN can be stdin")
    from summarize import glossary as glossaries
    from summarize.fidelity import check

    terms = glossaries.combined(glossary)
    found = 0
    count = 0
    for number, it, en in by_line(italian, english) if lines else by_sentence(italian, english):
        checked = Checked(number, it, en, (*check(it, en), *glossaries.check(it, en, terms)))
        count, found = count + 1, found + bool(checked.findings)
        show(checked, form, lines)
    if form == "text":
        click.echo(f"sunto: {found} of {count} pairs have findings", err=True)
    if found:
        sys.exit(FOUND)


def text_of(source: str) -> str:
    """The text of a file; its name leads the message when it cannot be read."""
    from summarize.errors import InputError
    from summarize.reading import read

    try:
        return read(source).text
    except InputError as error:
        raise type(error)(f"{source}: {error}") from error


def by_line(italian: str, english: str) -> Iterator[tuple[int, str, str]]:
    """Pairs of lines with their number; blank lines count."""
    left, right = (text_of(source).rstrip("\n").split("\n") for source in (italian, english))
    if len(left) != len(right):
        message = f"{italian} has {len(left)} lines and {english} has {len(right)}; without --lines texts are aligned"
        raise click.UsageError(message)
    for number, (it, en) in enumerate(zip(left, right, strict=True), 1):
        yield number, it.strip("\r"), en.strip("\r")


def by_sentence(italian: str, english: str) -> Iterator[tuple[int, str, str]]:
    """Aligned pairs of sentences with their place in the order of the text."""
    from summarize.align import align

    for number, bead in enumerate(align(text_of(italian), text_of(english)), 1):
        yield number, bead.it, bead.en


def show(checked: Checked, form: str, lines: bool) -> None:
    """Print a pair: always as JSON, as text only when something was found."""
    if form == "jsonl":
        findings = [{"kind": f.kind, "it": f.it, "en": f.en, "severity": f.severity} for f in checked.findings]
        row: dict[str, object] = {"line": checked.line, "findings": findings}
        if not lines:
            row |= {"source": checked.it, "target": checked.en}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    if not checked.findings:
        return
    click.echo(f"{checked.line}  {checked.it}\n{' ' * len(str(checked.line))}  {checked.en}")
    for f in checked.findings:
        click.echo(f"    {f.severity}: {f.kind}: {shorten(f.it)} → {shorten(f.en)}")


def shorten(words: str | None, width: int = 60) -> str:
    """Words on one line, cut where they are long; a dash for none."""
    if words is None:
        return "–"
    line = " ".join(words.split())
    return line if len(line) <= width else line[: width - 1] + "…"
