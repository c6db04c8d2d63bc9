"""Many inputs, one at a time: a bad one gets its line on stderr and never costs the others."""

import sys
from collections.abc import Callable, Sequence

import click

from models.errors import ModelError, SuntoError

FAILED = 1
INTERRUPTED = 130


def one_line(error: BaseException) -> str:
    """The message of an error on one line, whatever it holds."""
    return " ".join(str(error).split())


def for_each(sources: Sequence[str], work: Callable[[str], None]) -> None:
    """Call `work` with each source; exit with 1 in the end if any of them raised a `SuntoError`."""
    failed = 0
    for source in sources:
        try:
            work(source)
        except ModelError:
            raise  # the next input would fare no better
        except SuntoError as error:
            failed += 1
            click.echo(f"sunto: {source}: {one_line(error)}", err=True)
    if failed:
        sys.exit(FAILED)
