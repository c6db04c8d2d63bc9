"""Measure the checks of translations: `python -m benchmarks.fidelity [--show] [--sets FOLDER]`.

The pairs in `fidelity/` were written for it: Italian, a faithful English, and the same with one error. Figures:

recall KIND    share of the pairs with an error of a kind in which a finding of that kind is made
quiet          share of the faithful pairs without any finding

The figures and the SHA-256 of the set stand in `fidelity.json`; a run that falls below them, or measures another set,
fails (`benchmarks.floors` has the options that change them). With `--sets`, errors are planted in the references of
larger sets (`*.it` with `*.en`, or `*.tsv`) and recall and false alarms are printed for each; deterministic by its
seed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import floors
from benchmarks.planting import PLANTS, Pair
from summarize.fidelity import check

FLOORS = Path(__file__).with_suffix(".json")
PAIRS = Path(__file__).with_suffix("")
SEED = 7


def own_pairs() -> Iterator[tuple[str, str, str, str]]:
    """Kind of error, Italian, faithful English, English with the error."""
    for path in sorted(PAIRS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                kind, italian, faithful, damaged = line.split("\t")
                yield kind, italian, faithful, damaged


def digest() -> str:
    """SHA-256 of the whole set."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(PAIRS.glob("*.tsv")))).hexdigest()


def figures(show: bool = False) -> dict[str, float]:
    """Recall by kind, and the share of faithful pairs without a finding, on our own set."""
    total, found, quiet = Counter[str](), Counter[str](), 0
    for kind, italian, faithful, damaged in own_pairs():
        hit = any(finding.kind == kind for finding in check(italian, damaged))
        alarms = check(italian, faithful)
        total[kind] += 1
        found[kind] += hit
        quiet += not alarms
        if show and not hit:
            print(f"missed {kind}: {italian} | {damaged}")
        if show and alarms:
            print(f"false alarm {alarms[0].kind}: {italian} | {faithful}")
    recalls = {f"recall {kind}": round(found[kind] / total[kind], 4) for kind in sorted(total)}
    return {**recalls, "quiet": round(quiet / sum(total.values()), 4)}


def sets_in(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Each set of a folder with its pairs."""
    for source in sorted(folder.glob("*.it")):
        italian = source.read_text(encoding="utf-8").splitlines()
        for target in (source.with_suffix(".en"), *sorted(folder.glob(f"{source.stem}.ref-?.en"))):
            if target.exists():
                english = target.read_text(encoding="utf-8").splitlines()
                yield target.stem, list(zip(italian, english, strict=True))
    for table in sorted(folder.glob("*.tsv")):
        rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
        yield table.stem, [(row[0], row[1]) for row in rows]


def planted(pairs: list[Pair]) -> dict[str, tuple[int, int]]:
    """For each kind of planted error how many pairs took it and in how many of them something new was found."""
    found: dict[str, tuple[int, int]] = {}
    alarms = {pair: {(f.kind, f.it, f.en) for f in check(*pair)} for pair in pairs}
    for name, (plant, _) in PLANTS.items():
        rng = random.Random(SEED)
        taken = hit = 0
        for italian, english in pairs:
            damaged = plant(italian, english, rng)
            if damaged is None or damaged == english:
                continue
            taken += 1
            hit += any((f.kind, f.it, f.en) not in alarms[italian, english] for f in check(italian, damaged))
        found[name] = taken, hit
    return found


def on_sets(folder: Path) -> None:
    """Print false alarms and recall for every set of a folder."""
    for name, pairs in sets_in(folder):
        alarms = sum(bool(check(italian, english)) for italian, english in pairs)
        print(f"{name}: false alarms {alarms}/{len(pairs)} = {alarms / len(pairs):.2%}")
        for kind, (taken, hit) in planted(pairs).items():
            print(f"  {kind} {hit}/{taken}" + (f" = {hit / taken:.3f}" if taken else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="name every miss and every false alarm")
    floors.options(parser)
    parser.add_argument("--sets", type=Path, help="a folder of larger sets: plant errors in their references")
    options = parser.parse_args()
    now = figures(options.show)
    print("  ".join(f"{name} {value:.3f}" for name, value in now.items()), f" set {digest()[:12]}")
    if options.sets:
        on_sets(options.sets)
    floors.gate(FLOORS, digest(), now, options)


if __name__ == "__main__":
    main()
