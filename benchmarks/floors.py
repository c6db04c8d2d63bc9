"""The figures that a benchmark may not fall below, kept with the SHA-256 of the set that they were measured on.

A run compares and writes nothing. `--update` puts the new figures on file, and takes a set that was changed; figures
that fell are then refused all the same, unless `--allow-regression` is given too.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from models import whole


def options(parser: argparse.ArgumentParser) -> None:
    """Add the two options of a gate."""
    parser.add_argument("--update", action="store_true", help="put the figures on file, also those of a changed set")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: even where they fell")


def fallen(path: Path, now: Mapping[str, float]) -> list[str]:
    """What is below the floors in a file, or no longer measured; nothing where there is no file yet."""
    if not path.exists():
        return []
    floors: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    return [f"{name} {now.get(name)} < {floor}" for name, floor in floors.items() if now.get(name, -1) < floor]


def changed(path: Path, sha256: str) -> bool:
    """Whether the set is another one than the floors were measured on."""
    return path.exists() and json.loads(path.read_text(encoding="utf-8"))["sha256"] != sha256


def gate(path: Path, sha256: str, now: Mapping[str, float], chosen: argparse.Namespace) -> None:
    """Hold the figures against the floors, and write them down where that was asked for.

    Args:
        path: the file of the floors.
        sha256: of the set that was measured.
        now: the figures, higher is better.
        chosen: the options of the run, those of `options` among them.

    Raises:
        SystemExit: a figure fell, or the set was changed, and no option allows it.

    """
    lower = fallen(path, now)
    if chosen.allow_regression and not chosen.update:
        raise SystemExit("gate: --allow-regression goes with --update")
    if lower and not chosen.allow_regression:
        raise SystemExit("gate: below the floor: " + ", ".join(lower))
    if changed(path, sha256) and not chosen.update:
        raise SystemExit(f"gate: the set is not the one of {path.name}; look at its figures, then --update takes them")
    if chosen.update:
        write(path, sha256, now)


def write(path: Path, sha256: str, now: Mapping[str, float]) -> None:
    """Write the figures down, in one step."""
    whole.write(path, (json.dumps({"sha256": sha256, "figures": now}, indent=2) + "\n").encode())
