"""Abbreviations, spelled out before translation: of "il sig. Rossi" a small model makes a man without a name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

TABLES: Mapping[str, Mapping[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
# Where those of a table stand, and the stop that goes with them; `said` is the abbreviation.
PLACES = {
    "before_a_name": r"(?<![\w.])(?i:(?P<said>{}))\. ?(?=[A-ZÀ-Ý][\w'’.])",
    "before_a_number": r"(?<![\w.])(?i:(?P<said>{}))\. ?(?=\d|[IVX]+\b)",
    "after_a_number": r"(?<=\d) ?(?P<said>{})(?:\.(?= [a-zà-ý\d]|[,;:)])|(?!\w|\.\w))",
    "anywhere": r"(?<![\w.])(?i:(?P<said>{}))(?:\.(?!\w)|(?= ))",
    "in_small_letters": r"(?<![\w.])(?P<said>{})\.(?!\w)",
}


def spelled_out(text: str) -> str:
    """The text with its sure abbreviations as words: before a name, beside a number, or wherever they stand."""
    for pattern, words in RULES:
        text = pattern.sub(partial(_word, words), text)
    return text


def _word(words: Mapping[str, str], found: re.Match[str]) -> str:
    """The word, between spaces, with the capital of the abbreviation and the stop that ends the sentence."""
    said, rest = found["said"], found.string[found.end() :]
    word = words[said.lower()]
    word = word[0].upper() + word[1:] if said[0].isupper() else word
    before = " " if found.start() and found.string[found.start() - 1].isdecimal() else ""
    ends = found[0].endswith(".") and not rest.strip("»”\"')")
    after = " " if rest[:1].isalnum() else "." if ends else ""
    return f"{before}{word}{after}"


def _rule(table: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    words = TABLES[table]
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(PLACES[table].format("|".join(longest_first))), words


RULES = tuple(map(_rule, PLACES))
