"""The tables over a run: `index.jsonl`, `index.csv`, and `errors.jsonl` with the reason of whatever has no report.

Everything in them but `seconds` is the same from run to run; `seconds` is what the journal noted when the article was
first finished.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from summarize.batch import naming, outputs
from summarize.batch.failures import Failure
from summarize.batch.journal import Journal

COLUMNS = ("source", "output", "status", "title", "title_en", "date", "attribution", "denial", "strength", "warnings",
           "reason", "seconds")  # fmt: skip


def write(out: Path, journal: Journal, names: Sequence[str], signature: str, passed: Mapping[str, Failure]) -> None:
    """Write the three files, each at once.

    Args:
        out: where they stand.
        journal: what they tell.
        names: all inputs of the run, refused ones too.
        signature: of the run; what was finished under another one is pending.
        passed: what was covered elsewhere.

    Raises:
        OutputUnwritable: the disk is full or read-only; the old tables stay.

    """
    ordered = sorted(names)
    with outputs.replacing(out, "index.jsonl") as path, path.open("w", encoding="utf-8") as file:
        for row in _rows(journal, ordered, signature):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    with outputs.replacing(out, "index.csv") as path, path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows({key: _cell(value) for key, value in row.items()} for row in _rows(journal, ordered, signature))
    with outputs.replacing(out, "errors.jsonl") as path, path.open("w", encoding="utf-8") as file:
        for error in _errors(journal, ordered, passed):
            file.write(json.dumps(error, ensure_ascii=False) + "\n")


def _rows(journal: Journal, names: Sequence[str], signature: str) -> Iterator[dict[str, Any]]:
    for name in names:
        row: dict[str, Any] = dict.fromkeys(COLUMNS)
        row["source"], row["status"] = naming.display(name), "pending"
        entry = journal.entry(name)
        if entry is not None and entry.signature == signature and entry.status != "again":
            row.update({key: value for key, value in entry.row.items() if key in COLUMNS})
            row["output"] = naming.display(entry.output) if entry.output and entry.status == "done" else None
            row["status"], row["seconds"] = entry.status, round(entry.seconds, 3)
        yield row


def _errors(journal: Journal, names: Sequence[str], passed: Mapping[str, Failure]) -> Iterator[dict[str, str]]:
    for name in names:
        entry = journal.entry(name)
        if entry is not None and entry.status == "failed":
            earlier = {"earlier_report": naming.display(entry.output)} if entry.output else {}
            yield {"source": naming.display(name), "status": "failed", **entry.row, **earlier}
    for name, why in sorted(passed.items()):
        yield {
            "source": naming.display(name),
            "status": "passed over",
            "kind": why.kind,
            "reason": why.reason,
        }


def _cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: titles are other people's text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
