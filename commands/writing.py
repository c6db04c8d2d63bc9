"""Where results go: stdout, or a file that is there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from models.errors import SuntoError


class OutputUnwritable(SuntoError):
    """The file named with `-o` cannot be written."""


@contextmanager
def writing(out: str | None, results: Sequence[str], between: str = "") -> Iterator[None]:
    """Write `results` to `out` when the block ends: all that came of a run, also of one where an input failed.

    Raises:
        OutputUnwritable: as for `write`.

    """
    try:
        yield
    except SystemExit:
        if out is not None and results:
            write(between.join(results), out)
        raise
    if out is not None and results:
        write(between.join(results), out)


def write(text: str, out: str) -> None:
    """Write `out` through a file beside it that then takes its place.

    Raises:
        OutputUnwritable: the folder is missing, not writable, or the disk is full.

    """
    path = Path(out)
    partial: str | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "this is a folder; name a file")
        handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask())
        Path(partial).replace(path)
    except OSError as error:
        raise OutputUnwritable(f"cannot write {out}: {error.strerror or error}") from error
    finally:
        if partial is not None:
            Path(partial).unlink(missing_ok=True)


def umask() -> int:
    """The mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
