"""The figures that a benchmark may not fall below, kept with the SHA-256 of the set that they were measured on."""

import json
from collections.abc import Mapping
from pathlib import Path


def fallen(path: Path, sha256: str, now: Mapping[str, float]) -> list[str]:
    """What fell below the floors in a file; nothing when the set is another one."""
    if not path.exists():
        return []
    floors = json.loads(path.read_text(encoding="utf-8"))
    if floors["sha256"] != sha256:
        return []
    figures: dict[str, float] = floors["figures"]
    return [f"{name} {now.get(name)} < {floor}" for name, floor in figures.items() if now.get(name, 0) < floor]


def write(path: Path, sha256: str, now: Mapping[str, float]) -> None:
    """Write the figures down, in one step."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"sha256": sha256, "figures": now}, indent=2) + "\n", encoding="utf-8")
    fresh.replace(path)
