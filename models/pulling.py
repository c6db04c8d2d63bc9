"""Models of the catalogue that a hub publishes, fetched when the user asks and checked to the byte.

The files go where huggingface_hub keeps its own (HF_HOME moves it), so that other programs share them. A file gets
its name there only when its bytes are those that the hub states; until then it is a part, which the next run goes on
with. A model counts as here only once all of it is recorded (`models.pins`).
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models import cache, hub, pins
from models.checkpoint import NEEDED, TOKENIZER_CONFIG, WEIGHTS
from models.errors import CacheUnwritable, DiskFull, PullFailed, WeightsAltered
from models.fetched import PART, size
from models.pins import Pin, PinnedFile

if TYPE_CHECKING:
    from models.building import Watch
    from models.catalog import Published
    from models.hub import File, Revision

OPTIONAL = (TOKENIZER_CONFIG, "generation_config.json")
MARGIN = 50_000_000  # bytes that stay free on the disk


def pull(model: Published, revision: str | None = None, watch: Watch | None = None) -> Path:
    """Fetch a model unless all of it is here, and record it.

    Args:
        model: what to fetch.
        revision: a branch, reference or commit to take from now on, whatever the catalogue says; None takes the
            recorded commit, which must still have the recorded bytes, or at the first time what the catalogue names.
        watch: told of the share of the bytes that is here.

    Returns:
        The folder with the checkpoint.

    Raises:
        PullFailed: the hub cannot be reached, refuses, or has no safetensors.
        WeightsAltered: what came is not what the hub states or what was recorded.
        CacheUnwritable, DiskFull.

    """
    pin = None if revision else pins.find(model.name)
    found = _revision(model, revision, pin)
    files = [found.files[name] for name in (*NEEDED, *OPTIONAL) if name in found.files]
    with _in_hub_cache(found.repo) as folder:
        _bring(found, files, folder, watch)
        new = Pin(found.repo, found.commit, {f.name: _pinned(f, found, folder) for f in files})
        if pin is not None and pin != new:
            raise WeightsAltered(_difference(model, pin, new))
        if revision is None and pin is None:
            _require_published(model, found, {name: file.sha256 for name, file in new.files.items()})
        checkpoint = hub.assemble(found, [file.name for file in files])
    pins.keep(model.name, new)
    return checkpoint


def _revision(model: Published, revision: str | None, pin: Pin | None) -> Revision:
    """The commit to fetch; what the user names or what was recorded is taken as it is, else the catalogue's holds."""
    wanted = revision or (pin.commit if pin else model.revision)
    found = hub.look(pin.repo if pin else model.repo, wanted)
    missing = [name for name in NEEDED if name not in found.files]
    if missing == [WEIGHTS]:
        raise PullFailed(
            f"{model.repo} at {wanted} has no {WEIGHTS}, and sunto reads no other weights; name a revision that "
            f"has it: models pull {model.name} --revision refs/pr/N"
        )
    if missing:
        raise PullFailed(f"{model.repo} at {wanted} is no MarianMT model: {', '.join(missing)} missing")
    if revision is None and pin is None:
        if not found.commit.startswith(model.commit):
            raise WeightsAltered(_moved(model, found, f"{wanted} is commit {found.commit[:12]}, not {model.commit}"))
        _require_published(model, found, {name: file.etag for name, file in found.files.items() if file.large})
    return found


def _require_published(model: Published, found: Revision, digests: Mapping[str, str]) -> None:
    """Refuse a file whose SHA-256 is not the published one; before a byte comes where the hub states it."""
    for name, sha256 in model.sha256.items():
        if digests.get(name, sha256) != sha256:
            raise WeightsAltered(_moved(model, found, f"{name} does not have its published SHA-256"))


def _moved(model: Published, found: Revision, what: str) -> str:
    return (
        f"{model.repo}: {what}; look why before you trust it: "
        f"models pull {model.name} --revision {found.commit} takes it nevertheless"
    )


@contextmanager
def _in_hub_cache(repo: str) -> Iterator[Path]:
    """The folder of a repository in the hub's cache, made and locked against other fetches by sunto."""
    from filelock import FileLock

    folder = hub.repository_folder(repo)
    try:
        (folder / "blobs").mkdir(parents=True, exist_ok=True)
        locks = folder.parent / ".locks"  # where the hub's library keeps its own
        locks.mkdir(exist_ok=True)
        with FileLock(locks / f"sunto-{folder.name}.lock"):
            yield folder
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"the disk is full: {folder} has no room for {repo}; make room or set HF_HOME to a folder elsewhere"
            ) from error
        raise CacheUnwritable(
            f"{folder} cannot be written ({error.strerror or error}); set HF_HOME to a folder that can"
        ) from error


def _bring(found: Revision, files: Sequence[File], folder: Path, watch: Watch | None) -> None:
    """Have the bytes of every file in the hub's cache, each under the name of its hash."""
    blobs = folder / "blobs"
    lacking = [file for file in files if not _is_here(file, found, folder)]
    started = {file: size(blobs / f"{file.etag}{PART}") or 0 for file in lacking}
    if shutil.disk_usage(blobs).free < sum(f.size - started[f] for f in lacking) + MARGIN:
        raise OSError(errno.ENOSPC, "no space left on device")
    total = sum(file.size for file in files) or 1
    done = total - sum(file.size for file in lacking)
    for file in lacking:
        before = done

        def told(have: int, before: int = before, name: str = file.name) -> None:
            if watch:
                watch(name, (before + have) / total)

        _complete(found, file, blobs, told)
        done += file.size
    if watch and lacking:
        watch("done", 1.0)


def _complete(found: Revision, file: File, blobs: Path, told: hub.Told) -> None:
    """Fetch the rest of a file; bytes that do not match are thrown away, once more fetched from the start if old."""
    part = blobs / f"{file.etag}{PART}"
    begun = part.exists()
    hub.fetch(found, file, part, told)
    if not file.matches(part) and begun:
        part.unlink()
        hub.fetch(found, file, part, told)
    if not file.matches(part):
        part.unlink()
        raise WeightsAltered(
            f"{file.name} of {found.repo} at {found.commit[:12]} does not have the hash that the hub states; it was "
            "deleted: try again, and if it stays so, trust neither the file nor what lies between you and the hub"
        )
    part.replace(blobs / file.etag)


def _places(file: File, found: Revision, folder: Path) -> list[Path]:
    """Where the hub's cache may have a file: by its hash, or where links are not to be had, in its revision."""
    return [folder / "blobs" / file.etag, folder / "snapshots" / found.commit / file.name]


def _is_here(file: File, found: Revision, folder: Path) -> bool:
    """Whether the cache has the bytes; what has their name and other bytes is deleted."""
    for path in _places(file, found, folder):
        if path.exists():
            if file.matches(path):
                return True
            path.unlink()
    return False


def _pinned(file: File, found: Revision, folder: Path) -> PinnedFile:
    path = next(path for path in _places(file, found, folder) if path.exists())
    return PinnedFile(file.size, cache.digest(path))


def _difference(model: Published, old: Pin, new: Pin) -> str:
    names = [name for name in {**old.files, **new.files} if old.files.get(name) != new.files.get(name)]
    return (
        f"{', '.join(names)} of {model.repo} at {new.commit[:12]} is not what was fetched before: do not trust it; "
        f"models pull {model.name} --revision {new.commit} takes it nevertheless"
    )
