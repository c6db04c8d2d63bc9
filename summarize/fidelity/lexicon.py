"""The word lists of the checks: data beside this file, read once."""

import csv
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

DATA = files("summarize.fidelity") / "data"


@lru_cache(maxsize=None)
def table(name: str) -> dict[str, Any]:
    """A TOML file of `data/` as a mapping."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=None)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a TSV file of `data/`, without comments and blank lines."""
    lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return tuple(tuple(cell.strip() for cell in row) for row in csv.reader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=None)
def pattern(name: str, key: str) -> re.Pattern[str]:
    """The entries of a list in `data/name.toml` as one pattern over lower-case text, whole words only.

    An entry may use `*` for "any ending", `_` for one word between; the rest is a regular expression.
    """
    entries = sorted(table(name)[key], key=len, reverse=True)
    return compile_entries(entries)


def compile_entries(entries: list[str]) -> re.Pattern[str]:
    """Entries as one alternation, as `pattern` reads them."""
    parts = [entry.replace("*", r"\w*").replace(" _ ", r"\s+(?:\S+\s+)").replace(" ", r"\s+") for entry in entries]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
