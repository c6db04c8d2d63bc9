"""Reading bytes: no pipe holds the run, no archive expands beyond the limit."""

import contextlib
import gzip
import os
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.batch.errors import BrokenLink, CorruptArchive, SpecialFile
from summarize.batch.loading import expand, load, unpacked
from summarize.errors import NotFound, TooLarge
from summarize.reading import MAX_BYTES

TEXT = b"Il ministero ha smentito la notizia.\n" * 50


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    assert load(str(tmp_path / "a.txt")) == TEXT


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(TooLarge, match=f"{MAX_BYTES / 1e6:g} MB"):
        load(str(tmp_path / "a.txt"))


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(SpecialFile, match="pipe"):
        load(str(tmp_path / "a.txt"))


def test_folders_devices_and_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "b.txt").symlink_to("manca.txt")
    with pytest.raises(SpecialFile, match="folder"):
        load(str(tmp_path))
    with pytest.raises(SpecialFile, match="device"):
        load("/dev/zero")
    with pytest.raises(NotFound):
        load(str(tmp_path / "a.txt"))
    with pytest.raises(BrokenLink):
        load(str(tmp_path / "b.txt"))


def test_archives_are_expanded_by_their_names() -> None:
    assert expand("a.txt", TEXT) == TEXT
    assert expand("a.txt.gz", gzip.compress(TEXT)) == TEXT
    assert expand("a.txt.GZ", gzip.compress(TEXT) + gzip.compress(TEXT)) == TEXT * 2
    assert expand("a.txt.zst", zstandard.compress(TEXT)) == TEXT
    assert expand("a.txt.zst", zstandard.compress(TEXT) * 2) == TEXT * 2


def test_zstd_without_its_size_is_expanded() -> None:
    machine = zstandard.ZstdCompressor(write_content_size=False)
    assert expand("a.txt.zst", machine.compress(TEXT)) == TEXT


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.zst"])
def test_a_bomb_is_refused_at_the_limit(name: str) -> None:
    bomb = b"\0" * 5_000_000
    packed = (
        gzip.compress(bomb)
        if name.endswith("gz")
        else zstandard.ZstdCompressor(write_content_size=False).compress(bomb)
    )
    with pytest.raises(TooLarge, match="expands to more than 1 MB"):
        expand(name, packed, largest=1_000_000)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt.gz", TEXT),
        ("a.txt.gz", gzip.compress(TEXT)[:-9]),
        ("a.txt.gz", gzip.compress(TEXT)[:30] + b"xxxx" + gzip.compress(TEXT)[34:]),
        ("a.txt.gz", gzip.compress(TEXT) + b"rest"),
        ("a.txt.zst", TEXT),
        ("a.txt.zst", zstandard.compress(os.urandom(3000))[:-9]),
    ],
)
def test_damaged_archives_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(CorruptArchive):
        expand(name, data)


def test_a_name_without_its_packing_says_what_is_in_it() -> None:
    assert unpacked("a.b/c.html.gz") == "a.b/c.html"
    assert unpacked("a.html") == "a.html"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.gz", "a.zst"]), st.booleans())
def test_any_bytes_expand_or_are_refused(data: bytes, name: str, packed: bool) -> None:
    if packed:
        whole = gzip.compress(data) if name == "a.gz" else zstandard.compress(data)
        assert expand(name, whole) == data
        data = whole[: len(whole) // 2]
    with contextlib.suppress(CorruptArchive, TooLarge):
        expand(name, data)
