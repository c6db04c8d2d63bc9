from __future__ import annotations

import ctypes
import os
import platform
from pathlib import Path

import numpy as np
import pytest

from models.memory import GIVE_BACK, ONE_HEAP, sparing, untouched


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What the C library is told instead of the real one."""
    calls: list[tuple[int, int]] = []

    class Library:
        def __init__(self, _name: None) -> None:
            self.mallopt = lambda name, value: calls.append((name, value))

    monkeypatch.setattr(ctypes, "CDLL", Library)
    for _, _, variable in (ONE_HEAP, GIVE_BACK):
        monkeypatch.delenv(variable, raising=False)
    return calls


def test_one_heap_that_gives_back_is_asked_for(told: list[tuple[int, int]]) -> None:
    sparing()
    assert told == [ONE_HEAP[:2], GIVE_BACK[:2]]


def test_what_the_user_says_stands(told: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "4")
    sparing()
    assert told == [GIVE_BACK[:2]]


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    sparing()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
@pytest.mark.parametrize("parameter", [ONE_HEAP, GIVE_BACK])
def test_glibc_takes_it(parameter: tuple[int, int, str]) -> None:
    assert ctypes.CDLL(None).mallopt(*parameter[:2]) == 1


def test_room_holds_what_is_written_to_it() -> None:
    room = untouched((2, 3, 4))
    assert room.shape == (2, 3, 4)
    room[1] = 2
    assert room.sum() == 24
    assert untouched((0, 3)).shape == (0, 3)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell what is resident")
def test_room_takes_memory_as_it_is_written_to() -> None:
    def resident() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    before = resident()
    room = untouched((64, 1 << 20))  # a quarter of a gigabyte
    room[:, 0] = 1
    assert resident() - before < room.nbytes / 8
    assert room.dtype == np.float32
