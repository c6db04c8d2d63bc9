"""A run's journal → the articles of its index."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from summarize.batch import journal, naming
from summarize.batch.errors import BatchError
from summarize.digest.dates import day
from summarize.digest.document import Accusation, Denial, Item
from summarize.document import Strength


def read(out: Path) -> list[Item]:
    """Read the finished articles that the index of the folder lists.

    Raises:
        NotFound: no batch was run there.
        BatchError: a run is writing to it, or its index is missing.

    """
    done = dict(journal.finished(out))
    listed = _listed(out)
    return [
        _item(name, entry.output or "", entry.row) for name, entry in done.items() if naming.display(name) in listed
    ]


def _listed(out: Path) -> set[str]:
    try:
        with (out / "index.jsonl").open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
    except (OSError, ValueError) as error:
        raise BatchError(f"{out / 'index.jsonl'} cannot be read ({error}); run the batch again to write it") from error
    return {row["source"] for row in rows if row["status"] == "done"}


def _item(name: str, output: str, row: Mapping[str, Any]) -> Item:
    claims = row["claims"]
    return Item(
        source=naming.display(name),
        output=os.fsdecode(output),
        title=row["title_en"] or row["title"] or naming.display(name),
        text=row["text"],
        day=day(row["date"]),
        attribution=row["attribution"],
        denial=row["denial"],
        accusations=tuple(_accusations(claims)),
        denials=tuple(_denials(claims)),
    )


def _accusations(claims: list[Mapping[str, Any]]) -> Iterator[Accusation]:
    for claim in claims:
        if claim["kind"] == "attribution":
            yield Accusation(claim["by_en"], claim["to_en"], Strength(claim["strength"]), tuple(claim["groups"]))


def _denials(claims: list[Mapping[str, Any]]) -> Iterator[Denial]:
    for claim in claims:
        if claim["kind"] == "denial":
            yield Denial(claim["by_en"], claim["answers"], claim["scope"] == "partial")
