"""Writing: the whole of the new, or the whole of the old."""

import errno
import os
from pathlib import Path

import pytest

from summarize.batch import outputs
from summarize.batch.errors import OutputUnwritable


@pytest.fixture
def out(tmp_path: Path) -> Path:
    outputs.make(tmp_path / "out")
    outputs.prepare(tmp_path / "out")
    return tmp_path / "out"


def test_folders_are_made_on_the_way(out: Path) -> None:
    outputs.write(out, "a/b/c.json", b"{}")
    assert (out / "a/b/c.json").read_bytes() == b"{}"
    outputs.sweep(out)
    assert [path.name for path in out.iterdir()] == ["a"]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_trouble_of_the_disk_ends_the_run_and_leaves_the_old(
    out: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs.write(out, "a.json", b"old")

    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OutputUnwritable, match="finished work is kept"):
        outputs.write(out, "a.json", b"new")
    assert (out / "a.json").read_bytes() == b"old"
    assert list((out / outputs.PARTIAL).iterdir()) == []


def test_trouble_of_one_name_is_its_own(out: Path) -> None:
    (out / "a.json").mkdir()
    (out / "a.json" / "x").touch()
    with pytest.raises(OSError, match="directory"):
        outputs.write(out, "a.json", b"new")


def test_a_report_that_is_set_aside_keeps_its_content_under_another_name(out: Path) -> None:
    outputs.write(out, "a/b.json", b"old")
    assert outputs.set_aside(out, "a/b.json") == "a/b.json.stale"
    assert not (out / "a/b.json").exists()
    assert (out / "a/b.json.stale").read_bytes() == b"old"
    # A run that was killed before it wrote this down comes to the same.
    assert outputs.set_aside(out, "a/b.json") == "a/b.json.stale"
    assert outputs.set_aside(out, "a/b.json.stale") == "a/b.json.stale"
    outputs.remove(out, "a/b.json.stale")
    assert outputs.set_aside(out, "a/b.json.stale") is None
    assert outputs.set_aside(out, "nothing.json") is None


def test_a_report_that_cannot_be_set_aside_ends_the_run(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    outputs.write(out, "a.json", b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputUnwritable, match="make it writable"):
        outputs.set_aside(out, "a.json")


def test_a_table_takes_its_place_only_when_it_is_whole(out: Path) -> None:
    with outputs.replacing(out, "index.csv") as path:
        path.write_text("old")
    with pytest.raises(RuntimeError), outputs.replacing(out, "index.csv") as path:
        path.write_text("half")
        raise RuntimeError
    assert (out / "index.csv").read_text() == "old"


def test_halves_of_a_killed_run_are_swept_out(out: Path) -> None:
    (out / outputs.PARTIAL / "output").write_bytes(b"half")
    outputs.prepare(out)
    assert list((out / outputs.PARTIAL).iterdir()) == []


def test_a_read_only_folder_is_said_before_anything_is_done(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputUnwritable, match="read-only; make it writable"):
        outputs.make(out)


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputUnwritable, match="choose another folder"):
        outputs.make(tmp_path / "out")
