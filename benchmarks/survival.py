"""What must stand in the English as it stood in the Italian: `python -m benchmarks.survival FOLDER [--first N]`.

Over the sentences of a folder of articles, as `summarize` shows them, the share of each kind that survives; `--show`
names the others:

number       the digits of a number; the signs between them may change (1.234,5 and 1,234.5)
acronym      two capitals or more; one that English spells otherwise may be the English one (UE and EU)
identifier   CVE, APT, UNC and TA numbers, addresses, domains, links, hashes (`summarize.fidelity.identifiers`)
quoted name  capitalised words between quotation marks
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import articles
from benchmarks.decoded import add_options, opened
from summarize.fidelity.identifiers import identifiers

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
THOUSANDS = re.compile(r"(\d+) ?mila\b")
DECADE = re.compile(r"(?<=anni )['’‘](\d0)\b")
ACRONYM = re.compile(r"(?<![\w’'-])[A-Z][A-Z0-9]*[A-Z][A-Z0-9]*(?![\w-])")
QUOTED = re.compile(r"[«“\"]([A-Z][\w.-]*(?: [A-Z0-9][\w.-]*){0,3})[»”\"]")
ENGLISH = {"UE": "EU", "USA": "US", "ONU": "UN", "OMS": "WHO", "AIEA": "IAEA", "FMI": "IMF", "BCE": "ECB", "IA": "AI"}


def numbers(text: str) -> list[str]:
    """The digits of each number, as English writes it: 8mila is 8,000, and the anni '80 are the 1980s."""
    text = DECADE.sub(r"19\1", THOUSANDS.sub(r"\1.000", text))
    return [re.sub(r"\D", "", number) for number in NUMBER.findall(text)]


def acronyms(text: str) -> list[str]:
    """Each acronym, as English spells it; none in a text that is all capitals."""
    return [] if text.isupper() else [ENGLISH.get(found, found) for found in ACRONYM.findall(text)]


KINDS: dict[str, Callable[[str], list[str]]] = {
    "number": numbers,
    "acronym": acronyms,
    "identifier": lambda text: list(identifiers(text)),
    "quoted name": QUOTED.findall,
}


def lost(kind: str, italian: str, english: str) -> list[str]:
    """What of a kind the Italian has and the English has not, or not as often; a name may have lost its marks."""
    find = KINDS[kind]
    missing = Counter(find(italian)) - Counter(find(english))
    if kind in {"number", "identifier"}:
        return list(missing.elements())
    return [name for name in missing.elements() if not re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", english)]


def survived(sources: Sequence[str], targets: Sequence[str], show: bool) -> Iterator[str]:
    """A line for each kind: how many there are, and the share that survived."""
    for kind, find in KINDS.items():
        total = sum(len(find(italian)) for italian in sources)
        gone = [(name, it, en) for it, en in zip(sources, targets, strict=True) for name in lost(kind, it, en)]
        if show:
            yield from (f"{kind} {name!r}\n  {it}\n  {en}" for name, it, en in gone)
        yield f"{kind:12} {total - len(gone)}/{total} = {1 - len(gone) / max(1, total):.4f}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="Italian articles")
    parser.add_argument("--first", type=int, help="only the first so many articles")
    parser.add_argument("--show", action="store_true", help="name what did not survive")
    add_options(parser)
    chosen = parser.parse_args(arguments)
    translator = opened(chosen)
    said = articles.translated(chosen.folder, translator, chosen.first)
    print(f"{said.articles} articles, {len(said.sources)} sentences, {translator.signature}")
    for line in survived(said.sources, said.shown(), chosen.show):
        print(line)


if __name__ == "__main__":
    main()
