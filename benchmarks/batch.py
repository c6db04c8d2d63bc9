"""Measure `batch`: `python -m benchmarks.batch WHAT [--count N] [--paragraphs N] [--fake SECONDS] [--translators N]`.

throughput  articles a minute and memory over the run, bad files named, against a shell loop over `summarize`
kills       random kill -9, then completion: outputs byte for byte those of an undisturbed run, nothing done twice
disk        a disk that fills up and one that is read-only (a small tmpfs: needs root)
clock       a clock that is set forward and back by an hour and by years during the run (needs faketime)
cluster     the same on a Ray cluster of one and of two nodes, and with one of two killed (needs Ray)

With `--fake` a translator that sleeps so long for each sentence takes the model's place.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import batch_inputs
from benchmarks.batch_runs import ROOT, Setting, calls, count, memory, reports, start, translated, work
from benchmarks.batch_trouble import clock, cluster, disk
from summarize.batch.options import BATCH


def throughput(setting: Setting) -> None:
    out = setting.base / "out"
    setting.write_articles()
    bad = batch_inputs.bad(setting.folder / "bad")
    started = time.monotonic()
    process = start(setting, out, setting.base / "log")
    marks, peak, now = [mark for mark in (10, 100, 500, 1000) if mark <= setting.count], 0.0, 0.0
    while process.poll() is None:
        time.sleep(2)
        before, now = now, memory(process.pid)
        peak = max(peak, now)
        while marks and count(out) >= marks[0]:  # at the last one the workers may be gone: hence `before`
            print(f"memory after {marks.pop(0)} articles: {max(before, now):.0f} MiB", flush=True)
    minutes = (time.monotonic() - started) / 60
    rows = [json.loads(line) for line in (out / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    failed = {row["source"] for row in rows if row["status"] == "failed"}
    done = sum(row["status"] == "done" for row in rows)
    rate = done / minutes
    print(f"{done} of {setting.count} articles in {minutes:.1f} min, {rate:.1f} a minute; peak {peak:.0f} MiB")
    print(f"bad files named: {len(failed & bad)} of {len(bad)}; good ones that failed: {sorted(failed - bad)}")
    if setting.fake is None:
        _against_a_loop(setting.folder, setting.base / "loop", rate)


def _against_a_loop(folder: Path, out: Path, rate: float, sample: int = 10) -> None:
    out.mkdir()
    paths = sorted(folder.rglob("0*.txt"))
    paths = paths[:: max(1, len(paths) // sample)][:sample]
    started = time.monotonic()
    for path in paths:
        command = [sys.executable, "cli.py", "summarize", "--fast", "--format", "json"]
        subprocess.run(
            [*command, "-o", str(out / f"{path.name}.json"), str(path)], cwd=ROOT, check=True, stderr=subprocess.DEVNULL
        )
    loop = len(paths) / (time.monotonic() - started) * 60
    print(f"shell loop over summarize: {loop:.1f} a minute on {len(paths)} articles")
    print(f"batch is {rate / loop:.1f} times as fast")


def kills(setting: Setting, times: int = 20) -> None:
    base, out, whole = setting.base, setting.base / "out", setting.base / "whole"
    setting.write_articles()
    batch_inputs.bad(setting.folder / "bad")
    opened, a_batch = _undisturbed(setting, whole, base / "whole.log")
    moments = random.Random(1)
    killed = 0
    for number in range(times):
        known = _size(base / "log")
        process = start(setting, out, base / "log")
        if number % 4:  # three of four die with a batch just translated or in hand, the fourth anywhere
            _until_more_than(known, base / "log", process)
            time.sleep(moments.uniform(0, a_batch))
        else:
            time.sleep(moments.uniform(0, opened + a_batch))
        killed += process.poll() is None
        process.kill()
        process.wait()
        halves = [path for path in out.rglob("*.json") if not _whole(path)]
        print(f"killed with {count(out)} reports, half-written: {halves}", flush=True)
    start(setting, out, base / "log").wait()
    again = translated(base / "log") - translated(base / "whole.log")
    twice = len(calls(base / "log")) - len(calls(base / "whole.log"))
    print(
        f"{killed} kills; outputs byte for byte the same: {reports(out) == reports(whole)} ({len(reports(out))} files)"
    )
    print(f"translated again: {sum(again.values())} sentences, {twice} batches; one a kill at most: {twice <= killed}")


def _undisturbed(setting: Setting, out: Path, log: Path) -> tuple[float, float]:
    """Run to the end; returns the seconds until the first batch was translated, and those of a batch from then on."""
    started = time.monotonic()
    process = start(setting, out, log)
    _until_more_than(0, log, process)
    opened = time.monotonic() - started
    process.wait()
    return opened, (time.monotonic() - started - opened) * BATCH / setting.count


def _until_more_than(known: int, log: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and _size(log) == known:
        time.sleep(0.02)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _whole(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def main() -> None:
    """Choose the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=[*MEASURES, "work"])
    parser.add_argument("paths", nargs="*", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=1000, help="good articles")
    parser.add_argument("--paragraphs", type=int, help="of each article; all where it is not given")
    parser.add_argument("--fake", type=float, help="seconds a sentence")
    parser.add_argument("--translators", type=int, default=1, help="processes that hold the model")
    asked = parser.parse_args()
    if asked.what == "work":  # one run in a process of its own, for `start`
        base, out, log = asked.paths
        tally = work(Setting(base, asked.count, asked.paragraphs, asked.fake, asked.translators), out, log)
        sys.exit(1 if tally.failed else 0)
    with tempfile.TemporaryDirectory(prefix="sunto-batch-", dir=os.environ.get("TMPDIR")) as base:
        MEASURES[asked.what](Setting(Path(base), asked.count, asked.paragraphs, asked.fake, asked.translators))


MEASURES = {"throughput": throughput, "kills": kills, "disk": disk, "clock": clock, "cluster": cluster}

if __name__ == "__main__":
    main()
