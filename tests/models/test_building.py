from __future__ import annotations

import errno
import shutil
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from models import building, cache, converting
from models.building import build, location, ready
from models.catalog import Entry, open_model
from models.errors import BuildFailed, CacheUnwritable, DiskFull, UnknownModel, WrongModel
from tests.conftest import change


def left_over(entry: Entry) -> list[str]:
    """What lies in the cache beside whole models."""
    return [p.name for p in cache.models().iterdir() if p.name != cache.LOCK and not p.name.startswith(entry.name)]


def test_built_once_then_found(tiny: Entry) -> None:
    stages: list[str] = []
    built = ready(tiny, "float32", lambda stage, _: stages.append(stage))
    assert stages[0] == "reading the base weights"
    assert stages[-1] == "done"
    assert cache.broken_file(built.folder) is None
    stages.clear()
    assert ready(tiny, "float32", lambda stage, _: stages.append(stage)) == built
    assert stages == []
    assert left_over(tiny) == []


def test_each_quantization_and_each_adapter_has_its_own_folder(tiny: Entry) -> None:
    folders = {location(tiny, "float32").folder, location(tiny, "int8").folder}
    change(tiny)
    assert len(folders | {location(tiny, "float32").folder}) == 3


@pytest.mark.parametrize("name", ["model.bin", "tokenizer.json", "prompt.toml", "model.onnx"])
def test_a_corrupted_file_is_found_by_its_hash_and_the_model_built_anew(tiny: Entry, name: str) -> None:
    file = ready(tiny, "float32").folder / name
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert cache.broken_file(file.parent) == name
    ready(tiny, "float32")
    assert file.read_bytes() == whole
    assert left_over(tiny) == []


def test_a_missing_file_and_a_torn_manifest_are_found(tiny: Entry) -> None:
    folder = ready(tiny, "float32").folder
    (folder / "model.bin").unlink()
    assert cache.broken_file(folder) == "model.bin"
    (folder / cache.MANIFEST).write_text('{"files":')
    assert cache.broken_file(ready(tiny, "float32").folder) is None


def test_a_cache_that_cannot_be_written_is_named(tiny: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("SUNTO_CACHE", str(tmp_path / "file"))
    with pytest.raises(CacheUnwritable, match="SUNTO_CACHE"):
        ready(tiny, "float32")


def test_too_little_room_is_said_before_anything_is_written(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    with pytest.raises(DiskFull, match="make room"):
        ready(tiny, "float32")
    assert left_over(tiny) == []


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (OSError(errno.EACCES, "Permission denied"), CacheUnwritable),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (BuildFailed("the adapter is not whole"), BuildFailed),
    ],
)
def test_whatever_ends_a_build_nothing_half_written_stays(
    tiny: Entry, monkeypatch: pytest.MonkeyPatch, raised: BaseException, expected: type[BaseException]
) -> None:
    def write(folder: Path, *_: object, **__: object) -> None:
        (folder / "model.bin").write_bytes(b"half of it")
        raise raised

    monkeypatch.setattr(converting, "write", write)
    with pytest.raises(expected):
        ready(tiny, "float32")
    assert left_over(tiny) == []
    assert not location(tiny, "float32").folder.exists()


def test_what_a_dead_build_left_is_cleared_by_the_next(tiny: Entry) -> None:
    dead = cache.models() / f"{cache.UNFINISHED}dead"
    dead.mkdir(parents=True)
    (dead / "model.bin").write_bytes(b"half of it")
    ready(tiny, "float32")
    assert not dead.exists()


def test_two_builds_at_once_make_one_model(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []
    write = building._write

    def counted(entry: Entry, quantization: str, folder: Path, say: building.Watch) -> None:
        written.append(folder)
        write(entry, quantization, folder, say)

    monkeypatch.setattr(building, "_write", counted)
    both = [threading.Thread(target=build, args=(tiny, "float32")) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(written) == 1
    assert cache.broken_file(location(tiny, "float32").folder) is None


def test_force_builds_anew(tiny: Entry) -> None:
    folder = build(tiny, "float32").folder
    before = (folder / "model.bin").stat().st_ino
    build(tiny, "float32", force=True)
    assert (folder / "model.bin").stat().st_ino != before


def test_int8_is_smaller_and_translates(tiny: Entry) -> None:
    size = {q: (ready(tiny, q).folder / "model.bin").stat().st_size for q in ("float32", "int8")}
    assert size["int8"] < size["float32"]
    assert open_model(quantization="int8").translate(["la lana"])[0].text


def test_an_adapter_that_is_not_whole(tiny: Entry) -> None:
    (tiny.adapter / "kept-tokens.bin").unlink()
    with pytest.raises(BuildFailed, match="not whole"):
        ready(tiny, "float32")


def test_unknown_names(tiny: Entry) -> None:
    with pytest.raises(UnknownModel, match="embedded"):
        open_model("nonsense")
    with pytest.raises(UnknownModel, match="float32"):
        open_model(quantization="int3")


def test_a_model_that_talks_nonsense_is_not_used(tiny: Entry) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace('starts = ""', 'starts = "The truth"'))
    with pytest.raises(WrongModel, match="known sentence"):
        open_model()
