"""One run for the batch measurements, here or in a process of its own, and what came of it."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import batch_inputs
from benchmarks.batch_engines import Logged
from summarize.batch import Options, find, progress, run
from summarize.batch.pools import Runner, local

if TYPE_CHECKING:
    from summarize.batch import Tally

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured.

    Attributes:
        base: an empty folder for all of it.
        count: good articles.
        most: paragraphs of each; None for all.
        fake: seconds a fake translator sleeps over a sentence; None for the real one.
        translators: processes that hold the model.

    """

    base: Path
    count: int
    most: int | None
    fake: float | None
    translators: int

    @property
    def folder(self) -> Path:
        """Where the articles are."""
        return self.base / "in"

    def write_articles(self) -> None:
        """Write the good articles."""
        batch_inputs.articles(self.folder, self.count, self.most)


def work(setting: Setting, out: Path, log: Path, runner: Runner = local) -> Tally:
    """One run in this process."""
    opening = functools.partial(Logged, log, setting.fake)
    found, options = find([str(setting.folder)], out), Options(translators=setting.translators)
    with progress.on(sys.stderr) as show:
        return run(found, out, opening, options, show=show, runner=runner)


def start(setting: Setting, out: Path, log: Path, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """One run in a process of its own; `before` are the words before its command."""
    command = [*before, sys.executable, "-m", "benchmarks.batch", "work", str(setting.base), str(out), str(log)]
    command += ["--translators", str(setting.translators)]
    command += [] if setting.fake is None else ["--fake", str(setting.fake)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def memory(process: int) -> float:
    """MiB that a process and its descendants hold, shared pages counted once."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if process in _ancestors(int(path.name)):
                rollup = (path / "smaps_rollup").read_text()
                total += float(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:"))) / 1024
        except (OSError, StopIteration):
            continue
    return total


def _ancestors(process: int) -> list[int]:
    found = []
    while process > 1:
        found.append(process)
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return found


def reports(out: Path) -> dict[str, bytes]:
    """Everything a run wrote that must be the same byte for byte."""
    own = {"index.jsonl", "index.csv"}
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
        and path.name not in own
        and not path.name.startswith("sunto-journal")
        and ".partial" not in path.parts
    }


def count(out: Path) -> int:
    """How many JSON reports there are."""
    return sum(1 for path in out.rglob("*.json") if path.is_file())


def calls(log: Path) -> list[list[str]]:
    """The sentences of each call of the translator: a batch of articles makes one."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [json.loads(line) for line in lines if line.endswith("]")]


def translated(log: Path) -> Counter[str]:
    """How often each sentence was given to the translator."""
    return Counter(sentence for call in calls(log) for sentence in call)
