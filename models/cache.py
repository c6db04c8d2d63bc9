"""The folder of built models in the user's cache: where it is, what is whole, what is left over.

A built model is a folder that appears at once, by one rename, with a manifest that names a SHA-256 of each of its
files. These are read when it is built and whenever one was touched since (`models.checked`). Whatever else lies in the
cache is left over from a build that died, and goes when the next one begins.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import checked
from models.errors import CacheUnwritable, DiskFull

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
UNFINISHED = "unfinished-"
LOCK = "build.lock"
SCHEMA = 2
BLOCK = 32 << 20


def root() -> Path:
    """`$SUNTO_CACHE`, or the platform's cache folder for sunto; not made here."""
    import platformdirs

    chosen = os.environ.get("SUNTO_CACHE")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_cache_dir("sunto", appauthor=False))


def models() -> Path:
    """The folder of the built models."""
    return root() / "models"


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def block_digests(path: Path) -> str:
    """SHA-256 over the SHA-256 of each 32 MiB of a file: blocks are hashed on several cores at once."""
    starts = range(0, max(path.stat().st_size, 1), BLOCK)
    with ThreadPoolExecutor(max_workers=4) as pool:
        parts = pool.map(lambda start: _block_digest(path, start), starts)
        return hashlib.sha256(b"".join(parts)).hexdigest()


def _block_digest(path: Path, start: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(start)
        return hashlib.sha256(stream.read(BLOCK)).digest()


def seal(folder: Path, about: dict[str, Any]) -> None:
    """Write the manifest of a finished model: what it was built from, and a hash of each file."""
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    for path in paths:
        checked.age(path)
    before = checked.states(folder, [path.name for path in paths])
    files = {path.name: block_digests(path) for path in paths}
    manifest = {"schema": SCHEMA, "built_from": about, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    checked.age(folder / MANIFEST)
    checked.note(folder, before | checked.states(folder, [MANIFEST]))


def altered_file(folder: Path) -> str | None:
    """As `broken_file`, but without reading files that have not been touched since they were last read."""
    return None if checked.unchanged(folder, MANIFEST) else broken_file(folder)


def broken_file(folder: Path) -> str | None:
    """The name of the first file that is missing or altered, every byte looked at; None when the model is whole."""
    try:
        before = checked.states(folder, [MANIFEST])
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(manifest["files"]) if manifest["schema"] == SCHEMA else {MANIFEST: ""}
    except (OSError, ValueError, KeyError, TypeError):
        return MANIFEST
    for name, expected in files.items():
        try:
            before |= checked.states(folder, [name])
            if block_digests(folder / name) != expected:
                return str(name)
        except OSError:
            return str(name)
    checked.note(folder, before)
    return None


@contextmanager
def writable() -> Iterator[Path]:
    """The folder of built models, made and locked against other builds; a full disk becomes `DiskFull`.

    The lock is the operating system's: it goes when its holder dies, so what is unfinished here is left over.
    """
    from filelock import FileLock

    folder = models()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire()
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        for left_over in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left_over, ignore_errors=True)
        yield folder
    except OSError as error:
        raise cannot_write(folder, error) from error
    finally:
        lock.release()


def cannot_write(folder: Path, error: OSError) -> CacheUnwritable | DiskFull:
    """The error of sunto that says what an error of the operating system means here."""
    if error.errno in (ENOSPC, EDQUOT):
        return DiskFull(
            f"the disk is full: {folder} has no room for the translator (about 1 GB while it is built); "
            "make room or set SUNTO_CACHE to a folder elsewhere; nothing half-written was left"
        )
    return CacheUnwritable(
        f"{folder} cannot be written ({error.strerror or error}); set SUNTO_CACHE to a folder that can"
    )


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A folder to build in; whatever ends the build, an interrupt too, nothing of it stays."""
    work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def publish(work: Path, target: Path) -> None:
    """Put a finished model in its place by one rename; an old one of that name makes room first."""
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent))
        target.rename(old / "old")
        shutil.rmtree(old, ignore_errors=True)
    work.rename(target)
