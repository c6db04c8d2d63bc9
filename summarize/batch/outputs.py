"""Write files so that nobody ever sees half of one, not even after a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from summarize.batch.errors import OutputUnwritable

# One folder on the file system of the outputs: a run that was killed leaves its halves here, the next sweeps them out.
PARTIAL = ".partial"
STALE = ".stale"  # put behind the name of a report whose input fails now
# Trouble of the disk, not of one article.
_FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def make(out: Path) -> None:
    """Make the output folder.

    Raises:
        OutputUnwritable: it cannot be made.

    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    if not os.access(out, os.W_OK):
        raise unwritable(out, OSError(errno.EROFS, "it is read-only"))


def prepare(out: Path) -> None:
    """Sweep out what a killed run left; only for the run that holds the journal.

    Raises:
        OutputUnwritable: the folder cannot be written.

    """
    try:
        shutil.rmtree(out / PARTIAL, ignore_errors=True)
        (out / PARTIAL).mkdir(exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error


def sweep(out: Path) -> None:
    """Remove the folder of halves at the end of a run."""
    shutil.rmtree(out / PARTIAL, ignore_errors=True)


def write(out: Path, name: str, data: bytes) -> None:
    """Write `out/name`: either all of `data` is there and on the disk, or what was there before.

    Raises:
        OutputUnwritable: the disk is full, read-only or broken: no other output would fare better.
        OSError: this one name cannot be written.

    """
    path = out / name
    partial = out / PARTIAL / "output"
    try:
        _make_folders(path.parent)
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        if is_fatal(error):
            raise unwritable(out, error) from error
        raise


def set_aside(out: Path, name: str) -> str | None:
    """Give the report of an earlier run a name that nobody takes for a report of today's.

    Args:
        out: the output folder.
        name: the report, or what it was called when it was set aside before.

    Returns:
        Its name from now on; None where there is no such file any more.

    Raises:
        OutputUnwritable: the system refuses.

    """
    aside = name if name.endswith(STALE) else name + STALE
    try:
        if name != aside and (out / name).is_file():
            (out / name).replace(out / aside)
            _sync_folder((out / aside).parent)
        return aside if (out / aside).is_file() else None
    except OSError as error:
        raise unwritable(out, error) from error


def remove(out: Path, name: str) -> None:
    """Remove a file that has served its time.

    Raises:
        OutputUnwritable: the system refuses.

    """
    try:
        (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error


@contextlib.contextmanager
def replacing(out: Path, name: str) -> Iterator[Path]:
    """Give a path to write at leisure; it takes the place of `out/name` when the block ends well.

    Raises:
        OutputUnwritable: the system refuses.

    """
    partial = out / PARTIAL / name
    try:
        yield partial
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(out / name)
        _sync_folder(out)
    except OSError as error:
        raise unwritable(out, error) from error


def is_fatal(error: OSError) -> bool:
    """Whether the error concerns the disk and so every output."""
    return error.errno in _FATAL


def unwritable(out: Path, error: OSError) -> OutputUnwritable:
    """The error with what to do about it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        what = "free some space and run again, finished work is kept"
    else:
        what = "make it writable or choose another folder with -o; finished work is kept"
    return OutputUnwritable(f"cannot write to {out}: {error.strerror or error}; {what}")


def _make_folders(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Put the folder's entries on the disk too; without it a power cut may undo the rename."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows cannot, and its rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
