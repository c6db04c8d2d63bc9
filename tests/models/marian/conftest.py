from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from models.checkpoint import read
from models.marian import FastMarian
from models.marian_torch import TorchMarian
from tests.models.marian import school


@pytest.fixture(scope="session")
def schooled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trained checkpoint; kept between runs as long as its making stays the same, for it takes seconds."""
    made_of = Path(school.__file__).read_bytes() + repr(school.LESSONS).encode()
    cache = getattr(request.config, "cache", None)  # None where pytest is told to keep nothing
    kept = cache.mkdir("marian") if cache else tmp_path_factory.mktemp("marian")
    folder = Path(kept) / hashlib.sha256(made_of).hexdigest()[:16]
    if not (folder / "whole").exists():
        work = school.make(tmp_path_factory.mktemp("school"))
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work, folder)
        (folder / "whole").touch()
    return folder


@pytest.fixture
def folder(schooled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the checkpoint to spoil, and an empty cache of sunto's."""
    monkeypatch.setenv("SUNTO_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(schooled, tmp_path / "tiny-it-en"))


@pytest.fixture(scope="session")
def slow(schooled: Path) -> TorchMarian:
    return TorchMarian.load(read(schooled))


@pytest.fixture(scope="session")
def fast(schooled: Path, tmp_path_factory: pytest.TempPathFactory) -> FastMarian:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUNTO_CACHE", str(tmp_path_factory.mktemp("cache")))
        return FastMarian.load(read(schooled), "float32")
