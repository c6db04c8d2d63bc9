"""`translate`: Italian prose or lines in, English out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from commands.engine import Deferred, engine_option, fast_option, glossary_option
from commands.progress import translating
from models.catalog import BEAM

if TYPE_CHECKING:
    from io import BufferedReader

    from models.translator import Translator
    from summarize.document import Rendition
    from summarize.glossary import Term

CHUNK = 1 << 16  # bytes read at once; what a pipe has is translated without waiting for more
SUFFIXES = (".txt", ".html", ".htm", ".md")


@click.command("translate")
@click.argument("text")
@click.option("--lines", is_flag=True, help="One line in, one line out; TEXT is then a file or `-`.")
@click.option("--model", metavar="NAME", help="The translator: a name of `models list`, or a folder.")
@click.option("--quantization", metavar="Q", help="How the weights are kept (see `models list`).")
@engine_option
@glossary_option
@fast_option
@click.option(
    "--beam", type=click.IntRange(1, 8), default=BEAM, show_default=True, help="Width of the search; 1 is faster."
)
def command(  # noqa: PLR0917 - click passes them by name
    text: str,
    lines: bool,
    model: str | None,
    quantization: str | None,
    engine_name: str | None,
    glossary: str | None,
    fast: bool,
    beam: int,
) -> None:
    """Translate Italian into English; paragraphs stay paragraphs.

    TEXT is the Italian itself, the name of a file, or `-` for stdin.

    \b
      python cli.py translate "Il ministero ha smentito la notizia."
      python cli.py translate article.txt
      cut -f1 pairs.tsv | python cli.py translate --lines - > english.txt
    """
    engine = Deferred(model, quantization, beam, engine_name, careful=not fast)
    if lines:
        translate_lines(text, engine, glossary)
    else:
        translate_prose(text, engine, glossary)


def translate_prose(text: str, translator: Translator, glossary: str | None = None) -> None:
    """Print the English of a text, a blank line between paragraphs; say how many sentences lost something."""
    from summarize import translate
    from summarize.reading import read

    italian = read(text).text if _is_file(text) else text
    with translating() as progress:
        renditions = translate(italian, translator, glossary=glossary, progress=progress)
    click.echo("\n\n".join(_paragraphs(renditions)))
    doubtful = sum(any(f.severity == "error" for f in r.findings) for r in renditions)
    if doubtful:
        click.echo(f"sunto: {doubtful} of {len(renditions)} sentences may differ from the Italian in a fact", err=True)


def _is_file(text: str) -> bool:
    """Whether the argument names a file rather than being the text; a mistyped name of a file is one too."""
    if text == "-":
        return True
    try:
        exists = Path(text).exists()
    except (OSError, ValueError):  # far too long for a name, or holds a NUL
        return False
    return exists or (not any(c.isspace() for c in text) and text.lower().endswith(SUFFIXES))


def _paragraphs(renditions: Sequence[Rendition]) -> list[str]:
    found: dict[int, list[str]] = {}
    for rendition in renditions:
        found.setdefault(rendition.sentence.paragraph, []).append(rendition.en)
    return [" ".join(sentences) for sentences in found.values()]


def translate_lines(source: str, translator: Translator, glossary: str | None = None) -> None:
    """Print one English line for each Italian one, in chunks as they arrive."""
    from summarize.glossary import combined

    terms = combined(glossary)
    chunks = _stdin_lines() if source == "-" else _file_lines(source)
    for lines in chunks:
        for english in english_lines(lines, translator, terms):
            click.echo(english)
        sys.stdout.flush()


def english_lines(lines: Sequence[str], translator: Translator, terms: Sequence[Term] = ()) -> list[str]:
    """The English of each line; several sentences in a line are translated one by one and joined by a space."""
    from summarize.document import Sentence
    from summarize.pipeline import renditions
    from summarize.sentences import split

    cut = [
        Sentence(line[start:end], start, end, number)
        for number, line in enumerate(lines)
        if line.strip()
        for start, end in split(line)
    ]
    english: list[list[str]] = [[] for _ in lines]
    for rendition in renditions(cut, translator, terms=terms):
        english[rendition.sentence.paragraph].append(rendition.en)
    return [" ".join(" ".join(sentences).split()) for sentences in english]


def _file_lines(name: str) -> Iterator[list[str]]:
    from summarize.decoding import decode
    from summarize.errors import InputError, NotFound

    try:
        data = Path(name).read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{name}: this is a folder where a file is meant") from error
    except (OSError, ValueError) as error:
        raise NotFound(f"{name}: {getattr(error, 'strerror', None) or error}") from error
    yield _cut(decode(data)[0]) if data else []


def _stdin_lines() -> Iterator[list[str]]:
    """Whole lines as they come; the last may lack its line break."""
    from summarize.errors import NotFound, UndecodableInput

    rest, count = b"", 0
    try:
        stream = cast("BufferedReader", sys.stdin.buffer)
        while data := stream.read1(CHUNK):
            whole, found, rest = (rest + data).rpartition(b"\n")
            if found:
                lines = _cut(whole.decode("utf-8-sig" if not count else "utf-8") + "\n")
                count += len(lines)
                yield lines
        if rest:
            yield _cut(rest.decode("utf-8-sig" if not count else "utf-8"))
    except UnicodeDecodeError as error:
        raise UndecodableInput(f"stdin is not UTF-8 after line {count}; convert it first (iconv)") from error
    except (AttributeError, OSError, ValueError) as error:  # closed, or no file at all
        raise NotFound("stdin is closed") from error


def _cut(text: str) -> list[str]:
    """Lines without their line breaks; only LF and CRLF break a line."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
