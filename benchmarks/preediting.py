"""What editing the Italian before translation saves: `python -m benchmarks.preediting [--show] [--fast] [--update]`.

The seventy sentences in `preediting/` have a fact in a numeral, an abbreviation or a date. Counted are those whose
fact stands in the translation, of the Italian as it is and as it is edited (`models.preediting`). The floor leaves two
to other processors, which may round, and so decode, otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks import floors
from models.catalog import open_model

SET = Path(__file__).parent / "preediting" / "sentences.tsv"
FLOOR = Path(__file__).with_name("preediting.json")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and the patterns of which a right translation has one."""

    fact: re.Pattern[str]
    it: str


def cases() -> list[Case]:
    """Read the set."""
    lines = [line for line in SET.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [Case(_pattern(fact), it) for fact, it in rows]


def _pattern(fact: str) -> re.Pattern[str]:
    """Numbers may have a comma for their thousands or none, and are no parts of longer ones; words may be capitals."""
    flexible = re.sub(r"(?<=\d),(?=\d{3})", ",?", fact.replace(" … ", ".*"))
    return re.compile(rf"(?<![\d.,])(?:{flexible})(?!,?\d)", re.IGNORECASE)


def right(these: Sequence[Case], english: Sequence[str]) -> list[bool]:
    """Which of the translations have their fact."""
    return [case.fact.search(said) is not None for case, said in zip(these, english, strict=True)]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="show every translation without its fact")
    parser.add_argument("--fast", action="store_true", help="translate each sentence in one way")
    floors.options(parser)
    chosen = parser.parse_args(arguments)
    translator, these = open_model(careful=not chosen.fast), cases()
    sources = [case.it for case in these]
    with patch("models.preediting.edited", str):
        as_it_is = [said.text for said in translator.translate(sources)]
    edited = [said.text for said in translator.translate(sources)]
    for way, english in (("as it is", as_it_is), ("edited", edited)):
        kept = right(these, english)
        print(f"{way:9} {sum(kept)} of {len(these)} facts")
        for case, said, fine in zip(these, english, kept, strict=True):
            if chosen.show and not fine:
                print(f"  {case.it}\n  {said}")
    now = {"facts": round(sum(right(these, edited)) / len(these), 4)}
    floors.gate(FLOOR, hashlib.sha256(SET.read_bytes()).hexdigest(), now, chosen)


if __name__ == "__main__":
    main()
