from __future__ import annotations

import ctypes
import platform

import pytest

from models.memory import M_ARENA_MAX, one_heap


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What the C library is told instead of the real one."""
    calls: list[tuple[int, int]] = []

    class Library:
        def __init__(self, _name: None) -> None:
            self.mallopt = lambda name, value: calls.append((name, value))

    monkeypatch.setattr(ctypes, "CDLL", Library)
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    return calls


def test_one_heap_is_asked_for(told: list[tuple[int, int]]) -> None:
    one_heap()
    assert told == [(M_ARENA_MAX, 1)]


def test_what_the_user_says_stands(told: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "4")
    one_heap()
    assert told == []


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    one_heap()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library")
def test_glibc_takes_it() -> None:
    assert ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1) == 1
