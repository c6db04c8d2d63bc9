from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.lines import Entries, SortedLines

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)


def sorted_lines(texts: set[str]) -> SortedLines:
    return SortedLines("".join(f"{text}\n" for text in sorted(texts)).encode())


@settings(max_examples=200, deadline=None)
@given(st.sets(WORDS, max_size=20), WORDS)
def test_the_first_line_with_a_prefix(texts: set[str], prefix: str) -> None:
    lines = sorted_lines(texts)
    expected = min((text for text in texts if text.startswith(prefix)), default=None)
    found = lines.first(prefix.encode())
    assert (found.decode() if found is not None else None) == expected
    assert lines.fault() is None
    assert len(lines) == len(texts)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(WORDS, st.tuples(WORDS, st.integers(0, 10**6)), max_size=20))
def test_entries_are_a_mapping(table: dict[str, tuple[str, int]]) -> None:
    text = "".join(f"{key}\t{table[key][0]}\t{table[key][1]}\n" for key in sorted(table))
    entries = Entries(SortedLines(text.encode()))
    assert all(entries[key] == value for key, value in table.items())
    assert all(entries.get(f"{key}x") == table.get(f"{key}x") for key in table)
    assert len(entries) == len(table)


def test_keys_that_begin_alike_are_told_apart() -> None:
    entries = Entries(SortedLines(b"capo\tchief\t1\ncapo dello stato\thead of state\t2\ncapogruppo\tleader\t3\n"))
    assert entries == {"capo": ("chief", 1), "capo dello stato": ("head of state", 2), "capogruppo": ("leader", 3)}
    assert entries.get("capo dello") is None
    assert entries.get("cap") is None


@pytest.mark.parametrize(
    ("data", "fault"), [(b"a\nb", "no end"), (b"b\na\n", "line 2"), (b"", None), (b"a\na\n", None)]
)
def test_faults(data: bytes, fault: str | None) -> None:
    found = SortedLines(data).fault()
    assert found is None if fault is None else found is not None and fault in found
