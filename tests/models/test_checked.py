from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from models import building, cache, checked, whole
from models.catalog import Entry, open_model
from models.errors import WrongModel

MODEL = "model.bin"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A folder that passes for a built model."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / MODEL).write_bytes(b"weights" * 1000)
    (folder / "prompt.toml").write_text("prompt")
    cache.seal(folder, {})
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are read and hashed from now on."""
    names: list[str] = []
    digests = cache.block_digests
    monkeypatch.setattr(cache, "block_digests", lambda path: names.append(path.name) or digests(path))
    return names


def flipped(path: Path) -> None:
    """Change one byte in place."""
    with path.open("r+b") as stream:
        stream.write(bytes([path.read_bytes()[0] ^ 1]))


def in_place_with_its_old_time(path: Path) -> None:
    before = path.stat()
    flipped(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced_with_its_old_time(path: Path) -> None:
    other = path.with_name("other")
    shutil.copy2(path, other)
    before = path.stat()
    flipped(other)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def cut(path: Path) -> None:
    os.truncate(path, 10)


CHANGES = [flipped, in_place_with_its_old_time, replaced_with_its_old_time, cut, Path.unlink]


def test_untouched_files_are_not_read_again(sealed: Path, read: list[str]) -> None:
    assert cache.altered_file(sealed) is None
    assert read == []


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_was_done_to_a_file_is_found(sealed: Path, change: Callable[[Path], None]) -> None:
    change(sealed / MODEL)
    assert cache.altered_file(sealed) == MODEL
    assert cache.altered_file(sealed) == MODEL  # nor does a look at it make it whole


def test_the_manifest_is_held_to_its_state_too(sealed: Path) -> None:
    manifest = sealed / cache.MANIFEST
    manifest.write_text(manifest.read_text().replace(cache.block_digests(sealed / MODEL), "0" * 64))
    assert cache.altered_file(sealed) == MODEL


def test_a_copy_is_read_once_and_then_known(sealed: Path, tmp_path: Path, read: list[str]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sealed, copy)
    assert cache.altered_file(copy) is None
    assert MODEL in read
    read.clear()
    assert cache.altered_file(copy) is None
    assert read == []


def test_a_file_that_changed_just_now_is_read_again_next_time(sealed: Path, read: list[str]) -> None:
    (sealed / MODEL).touch()
    assert cache.altered_file(sealed) is None
    assert cache.altered_file(sealed) is None
    assert read.count(MODEL) == 2
    old = time.time_ns() - 2 * checked.SETTLED
    os.utime(sealed / MODEL, ns=(old, old))
    assert cache.altered_file(sealed) is None
    assert cache.altered_file(sealed) is None
    assert read.count(MODEL) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', '{"files": {}}', '{"files": {"model.bin": [1, 2]}}'])
def test_a_torn_record_is_none(sealed: Path, text: str, read: list[str]) -> None:
    (sealed / checked.RECORD).write_text(text)
    assert cache.altered_file(sealed) is None
    assert MODEL in read
    checked.note_proof(sealed)
    assert checked.proven(sealed, cache.MANIFEST)


def test_where_nothing_can_be_recorded_files_are_read_each_time(
    sealed: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (sealed / checked.RECORD).unlink()

    def refused(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(whole.tempfile, "mkstemp", refused)
    assert cache.altered_file(sealed) is None
    assert cache.altered_file(sealed) is None
    checked.note_proof(sealed)
    assert read.count(MODEL) == 2
    assert not checked.proven(sealed, cache.MANIFEST)


def test_a_proof_holds_for_the_same_files_under_the_same_circumstances(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not checked.proven(sealed, cache.MANIFEST)
    checked.note_proof(sealed)
    assert checked.proven(sealed, cache.MANIFEST)
    with monkeypatch.context() as other:
        other.setattr("onnxruntime.__version__", "0.1")
        assert not checked.proven(sealed, cache.MANIFEST)
    with monkeypatch.context() as other:
        other.setattr(checked, "_processor", lambda: "another")
        assert not checked.proven(sealed, cache.MANIFEST)
    (sealed / MODEL).touch()
    assert not checked.proven(sealed, cache.MANIFEST)


def test_a_full_check_asks_for_a_new_proof(sealed: Path) -> None:
    checked.note_proof(sealed)
    assert cache.broken_file(sealed) is None
    assert not checked.proven(sealed, cache.MANIFEST)


def test_the_record_names_what_was_checked(sealed: Path) -> None:
    assert set(json.loads((sealed / checked.RECORD).read_text())["files"]) == {MODEL, "prompt.toml", cache.MANIFEST}
    assert [p.name for p in sealed.iterdir() if p.name.startswith(".")] == []


def test_a_model_proves_itself_once(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.embedded import Embedded

    proofs: list[object] = []
    prove = Embedded._prove
    monkeypatch.setattr(Embedded, "_prove", lambda self, built: (proofs.append(built), prove(self, built)))
    for _ in range(3):
        open_model()
    assert len(proofs) == 1
    cache.broken_file(building.location(tiny, "float32").folder)
    open_model()
    assert len(proofs) == 2


def test_a_model_that_failed_its_proof_fails_it_again(tiny: Entry) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace('starts = ""', 'starts = "The truth"'))
    for _ in range(2):
        with pytest.raises(WrongModel, match="known sentence"):
            open_model()
