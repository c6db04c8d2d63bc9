"""Models of a hub that are on this machine: whether they are whole, and how they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models import cache, hub, pins
from models.errors import UnknownModel, WeightsAltered

if TYPE_CHECKING:
    from models.catalog import Published

PART = ".sunto-part"
"""What the name of a file ends with until all of it is here."""


def installed(model: Published) -> Path | None:
    """The folder of a model that was fetched and is still here by the sizes of its files; None if it is not."""
    pin = pins.find(model.name)
    if pin is None:
        return None
    folder = hub.repository_folder(pin.repo) / "snapshots" / pin.commit
    whole = all(size(folder / name) == file.size for name, file in pin.files.items())
    return folder if whole else None


def fetched(model: Published) -> tuple[Path, dict[str, str]]:
    """The folder of a fetched model, and the recorded SHA-256 of each file in it.

    Raises:
        UnknownModel: it was not fetched yet.

    """
    folder, pin = installed(model), pins.find(model.name)
    if folder is None or pin is None:
        raise UnknownModel(f"{model.name} is not on this machine; fetch it with: models pull {model.name}")
    return folder, {name: file.sha256 for name, file in pin.files.items()}


def verify(model: Published) -> Path:
    """The folder of a fetched model, after a look at every byte of it.

    Raises:
        UnknownModel: it was not fetched yet.
        WeightsAltered: a file is not the recorded one.

    """
    folder, recorded = fetched(model)
    altered = [name for name, sha256 in recorded.items() if cache.digest(folder / name) != sha256]
    if altered:
        raise WeightsAltered(
            f"{folder / altered[0]} is not the file that was fetched; fetch it again with: models pull {model.name}"
        )
    return folder


def remove(model: Published) -> list[Path]:
    """Delete what was fetched of a model; its record stays, so that a later fetch must give the same bytes.

    Returns:
        The folders that are gone.

    Raises:
        CacheUnwritable.

    """
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    pin = pins.find(model.name)
    repository = hub.repository_folder(model.repo)
    snapshot = repository / "snapshots" / (pin.commit if pin else "none")
    try:
        for part in (repository / "blobs").glob(f"*{PART}"):
            part.unlink()
        if pin is None or not snapshot.is_dir():
            return []
        scan_cache_dir(repository.parent).delete_revisions(pin.commit).execute()
    except CacheNotFound:
        return []
    except OSError as error:
        raise cache.cannot_write(repository, error) from error
    return [snapshot]


def size(path: Path) -> int | None:
    """Bytes of a file; None where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return None
