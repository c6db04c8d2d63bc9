"""Sentences that were read one by one: `python -m benchmarks.judged SENTENCES --output FILE [--fast]`.

SENTENCES has JSON lines with `it`, `en` and `reliable`: whether somebody who read the English against the Italian would
rely on it as it stands. The Italian is translated as the product does it, and FILE gets a line for each sentence that
comes out as it was read: the features of `summarize.confidence` and the verdict. The texts are the press', and stay
where they are.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.decoded import add_options, opened
from models import whole
from summarize import confidence, glossary, pipeline
from summarize.document import Sentence

if TYPE_CHECKING:
    from models.translator import Translator

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]

NAMES = ("score", "errors", "left_out", "drift", "length")
"""The features, in the order of the columns."""

RELIABLE = "reliable"
COLUMNS = (*NAMES, RELIABLE)


@dataclass(frozen=True, slots=True)
class Sample:
    """Features, one row a sentence in the order of `NAMES`, and 1 for each sentence that is reliable, else 0."""

    features: Matrix
    reliable: Vector


def read(path: Path) -> Sample:
    """The sentences of a file of verdicts. Raises OSError, and ValueError where the columns are others."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(header.split("\t")) != COLUMNS:
        raise ValueError(f"{path}: its columns are not {', '.join(COLUMNS)}; collect them anew")
    table = np.array([[float(value) for value in line.split("\t")] for line in lines])
    return Sample(table[:, :-1], table[:, -1])


def collected(rows: Sequence[Mapping[str, Any]], translator: Translator) -> list[str]:
    """The lines of a file of verdicts, for the rows whose Italian is translated as it was when it was read."""
    terms = glossary.combined()
    said = pipeline.translated([row["it"] for row in rows], translator, None, terms)
    lines = ["\t".join(COLUMNS)]
    for row, translation in zip(rows, said, strict=True):
        italian = row["it"]
        made = pipeline.rendition(Sentence(italian, 0, len(italian), 0), translation, terms)
        if made.en == row["en"]:
            found = confidence.features(italian, made.en, translation, made.findings)
            lines.append("\t".join([*(f"{found[name]:.4g}" for name in NAMES), str(int(row[RELIABLE]))]))
    return lines


def main(arguments: Sequence[str] | None = None, open_translator: Callable[[], Translator] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path, help="the sentences that were read")
    parser.add_argument("--output", type=Path, required=True, help="the file of verdicts")
    add_options(parser)
    chosen = parser.parse_args(arguments)
    rows = [json.loads(line) for line in chosen.sentences.read_text(encoding="utf-8").splitlines()]
    lines = collected(rows, opened(chosen, open_translator))
    whole.write(chosen.output, ("\n".join(lines) + "\n").encode())
    print(f"{len(lines) - 1} of {len(rows)} sentences come out as they were read")


if __name__ == "__main__":
    main()
