"""Test sets in a folder: `NAME.it` with `NAME.en`, or with several references `NAME.ref-?.en`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ParallelSet:
    """Italian sentences with one or more English references each, `references[k][i]` the k-th of sentence i."""

    sources: list[str]
    references: list[list[str]]


def read(folder: Path, name: str, first: int | None = None) -> ParallelSet:
    """Read a set, or its first sentences.

    Raises:
        SystemExit: the folder does not have it.

    """
    references = sorted(folder.glob(f"{name}.ref-?.en")) or [folder / f"{name}.en"]
    try:
        source, *targets = (
            path.read_text(encoding="utf-8").splitlines() for path in (folder / f"{name}.it", *references)
        )
    except OSError as error:
        raise SystemExit(f"{folder}: no test set {name} ({error.strerror})") from error
    return ParallelSet(source[:first], [target[:first] for target in targets])
