"""Sorted lines of text, looked up by bisection: a table of any length opens in the time it takes to read its bytes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

END = b"\n"
RECENT = 10_000  # lookups that are remembered: the words of a batch are asked for again and again


class SortedLines:
    """Lines of UTF-8 in the order of their bytes, which is that of their code points; each ends in a line break.

    No line holds a control character but tabs.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    def first(self, prefix: bytes) -> bytes | None:
        """The first line that begins with these bytes, without its line break; None where no line does."""
        data = self.data
        low, high = 0, len(data)  # both at the start of a line; the line wanted starts in between
        while low < high:
            start = data.rfind(END, low, (low + high) // 2) + 1 or low
            if data[start : start + len(prefix)] < prefix:
                low = data.find(END, start, high) + 1 or high
            else:
                high = start
        found = low < len(data) and data.startswith(prefix, low)
        return data[low : data.find(END, low)] if found else None

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.data.splitlines())

    def __len__(self) -> int:
        return self.data.count(END)

    def fault(self) -> str | None:
        """What keeps these bytes from being looked up; None when all is well. Looks at every line."""
        if self.data and not self.data.endswith(END):
            return "the last line has no end"
        before = b""
        for number, line in enumerate(self.data.split(END)[:-1], 1):
            if line < before:
                return f"line {number} is out of order"
            before = line
        return None


T = TypeVar("T")


class Keyed(Mapping[str, T], ABC):
    """What stands behind a key: lines of a key and columns with tabs between, sorted by their keys."""

    def __init__(self, lines: SortedLines) -> None:
        self._lines = lines
        self._first = lru_cache(RECENT)(lines.first)

    @abstractmethod
    def _value(self, columns: list[str]) -> T:
        """What the columns behind a key say."""

    def __getitem__(self, key: str) -> T:
        line = self._first(f"{key}\t".encode())
        if line is None:
            raise KeyError(key)
        return self._value(line.decode().split("\t")[1:])

    def __iter__(self) -> Iterator[str]:
        return (line.decode().split("\t")[0] for line in self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class Entries(Keyed[tuple[str, int]]):
    """Renderings and frequency of an entry of a lexicon."""

    def _value(self, columns: list[str]) -> tuple[str, int]:
        renderings, frequency = columns
        return renderings, int(frequency)
