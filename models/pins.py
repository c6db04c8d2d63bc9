"""What was fetched from a hub, to the byte: the commit and the SHA-256 of each file, kept from the first time on.

Not every hash of these models was published beforehand (`models.catalog` has those that were). The first fetch is
trusted for the rest as far as the hub vouches for it, which states a hash of each file, and recorded; every later one
must give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from models import cache, whole
from models.errors import WrongModel

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file of a fetched model: bytes, and SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A fetched model: the hub's repository, the commit, and each file by name."""

    repo: str
    commit: str
    files: Mapping[str, PinnedFile]


def _place(name: str) -> Path:
    return cache.root() / "pins" / f"{name}.json"


def find(name: str) -> Pin | None:
    """What was fetched under that name before; None if nothing ever was.

    Raises:
        WrongModel: the record cannot be read.

    """
    try:
        record = json.loads(_place(name).read_text(encoding="utf-8"))
        files = {file: PinnedFile(int(p["size"]), str(p["sha256"])) for file, p in record["files"].items()}
        return Pin(str(record["repo"]), str(record["commit"]), files)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongModel(f"{_place(name)} cannot be read ({error}); delete it and fetch the model again") from error


def keep(name: str, pin: Pin) -> None:
    """Record what was fetched, whole or not at all.

    Raises:
        CacheUnwritable, DiskFull.

    """
    path = _place(name)
    text = json.dumps({"schema": SCHEMA, **asdict(pin)}, indent=2) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole.write(path, text.encode())
    except OSError as error:
        raise cache.cannot_write(path.parent, error) from error
