"""The lexicon of hints (`models.hints`) from sentence pairs: which entries are worth a hint, and their file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from models.hints import COMMON, WORD
from models.training.lexicon import Entry, build, words

SHORTEST = 3  # letters of a form; shorter ones are function words and fragments
MOST_RENDERINGS = 2
LEAST_LINKED = 0.3  # share of a form's occurrences that the first rendering accounts for


def entries(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """Rare forms whose rendering differs from them: (form, renderings joined with " / ", frequency)."""
    frequency = Counter(word.lower() for source, _ in pairs for word in words(source))
    by_form: dict[str, list[Entry]] = defaultdict(list)
    for entry in build(pairs):
        if _wanted(entry, frequency[entry.source]):
            by_form[entry.source].append(entry)
    return [
        (form, " / ".join(entry.target for entry in found[:MOST_RENDERINGS]), frequency[form])
        for form, found in sorted(by_form.items())
        if found[0].count >= LEAST_LINKED * frequency[form]
    ]


def _wanted(entry: Entry, frequency: int) -> bool:
    form = entry.source
    copied = form in re.findall(r"\w+", entry.target.lower())
    return WORD.fullmatch(form) is not None and len(form) >= SHORTEST and frequency <= COMMON and not copied


def write(rows: Iterable[tuple[str, str, int]], path: Path) -> None:
    """Write the entries in the format that `models.hints.load` reads."""
    text = "".join(f"{form}\t{renderings}\t{frequency}\n" for form, renderings, frequency in rows)
    path.write_text(text, encoding="utf-8")
