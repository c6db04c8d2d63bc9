"""The word lists of the checks: data beside this file, read once."""

import csv
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

DATA = files("summarize.fidelity") / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of `data/` as a mapping."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a TSV file of `data/`, without comments and blank lines."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return tuple(
        tuple(cell.strip() for cell in row) for row in csv.reader(kept, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


@cache
def pattern(name: str, path: str) -> re.Pattern[str]:
    """The entries of a list in `data/name.toml`, named by its dotted path, as one pattern over lower-case text."""
    found: Any = table(name)
    for key in path.split("."):
        found = found[key]
    return compile_entries(found)


def compile_entries(entries: list[str]) -> re.Pattern[str]:
    r"""Entries as one alternation of whole words, longest first.

    An entry is a regular expression in which a space is any white space; `*` at the end of a word is any ending,
    ` _ ` is one word between. A bare `\w*` keeps its meaning.
    """
    parts = [
        re.sub(r"(?<=[^\W\d_])\*(?!\))", r"\\w*", entry.replace("\\w*", "\0"))
        .replace("\0", "\\w*")
        .replace(" _ ", r"\s+(?:\S+\s+)")
        .replace(" ", r"\s+")
        for entry in sorted(entries, key=len, reverse=True)
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
