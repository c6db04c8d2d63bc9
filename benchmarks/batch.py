"""Measure `batch`: `python -m benchmarks.batch {throughput,kills,disk,cluster} [--count N] [--fake SECONDS]`.

throughput  articles a minute and memory over the run, bad files named, against a shell loop over `summarize`
kills       random kill -9, then completion: outputs byte for byte those of an undisturbed run, nothing done twice
disk        a disk that fills up and one that is read-only (a small tmpfs: needs root)
cluster     the same on a Ray cluster of one and of two nodes, and with one of two killed (needs Ray)

With `--fake` a translator that sleeps so long for each sentence takes the model's place; the environment variable
TRANSLATORS says how many processes hold the model (1).
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import batch_inputs
from benchmarks.batch_engines import Logged
from summarize.batch import Options, find, progress, run
from summarize.batch.options import BATCH
from summarize.batch.pools import Runner, local

if TYPE_CHECKING:
    from summarize.batch import Tally

ROOT = Path(__file__).parents[1]
RayCluster = Any
RayNode = Any


def work(folder: Path, out: Path, log: Path, fake: float | None, runner: Runner = local) -> Tally:
    """One run in this process."""
    opening = functools.partial(Logged, log, fake)
    with progress.on(sys.stderr) as show:
        return run(
            find([str(folder)], out),
            out,
            opening,
            Options(translators=int(os.environ.get("TRANSLATORS", "1"))),
            show=show,
            runner=runner,
        )


def start(folder: Path, out: Path, log: Path, fake: float | None) -> subprocess.Popen[bytes]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.batch", "work", str(folder), str(out), str(log)]
    command += [] if fake is None else ["--fake", str(fake)]
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


def translated(log: Path) -> Counter[str]:
    """How often each sentence was given to the translator."""
    return Counter(log.read_text(encoding="utf-8").splitlines()) if log.exists() else Counter()


def throughput(base: Path, count: int, fake: float | None) -> None:
    folder, out = base / "in", base / "out"
    batch_inputs.articles(folder, count)
    bad = batch_inputs.bad(folder / "bad")
    started = time.monotonic()
    process = start(folder, out, base / "log", fake)
    marks, peak = [mark for mark in (10, 100, 500, 1000) if mark <= count], 0.0
    while process.poll() is None:
        time.sleep(2)
        now = memory(process.pid)
        peak = max(peak, now)
        done = sum(1 for path in out.rglob("*.json") if path.is_file())
        while marks and done >= marks[0]:
            print(f"memory after {marks.pop(0)} articles: {now:.0f} MiB", flush=True)
    minutes = (time.monotonic() - started) / 60
    rows = [json.loads(line) for line in (out / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    failed = {row["source"] for row in rows if row["status"] == "failed"}
    done = sum(row["status"] == "done" for row in rows)
    print(f"{done} of {count} articles in {minutes:.1f} min, {done / minutes:.1f} a minute; peak {peak:.0f} MiB")
    print(f"bad files named: {len(failed & bad)} of {len(bad)}; good ones that failed: {sorted(failed - bad)}")
    if fake is None:
        _against_a_loop(folder, base / "loop", done / minutes)


def _against_a_loop(folder: Path, out: Path, rate: float, sample: int = 20) -> None:
    out.mkdir()
    paths = sorted(folder.rglob("0*.txt"))
    paths = paths[:: max(1, len(paths) // sample)][:sample]
    started = time.monotonic()
    for path in paths:
        command = [sys.executable, "cli.py", "summarize", "--format", "json", "-o", str(out / f"{path.name}.json")]
        subprocess.run([*command, str(path)], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
    loop = len(paths) / (time.monotonic() - started) * 60
    print(f"shell loop over summarize: {loop:.1f} a minute on {len(paths)} articles")
    print(f"batch is {rate / loop:.1f} times as fast")


def kills(base: Path, count: int, fake: float | None, times: int = 20) -> None:
    folder, out, whole = base / "in", base / "out", base / "whole"
    batch_inputs.articles(folder, count)
    batch_inputs.bad(folder / "bad")
    started = time.monotonic()
    start(folder, whole, base / "whole.log", fake).wait()
    span = time.monotonic() - started
    moments = random.Random(1)
    killed = 0
    for number in range(times):
        known = _size(base / "log")
        process = start(folder, out, base / "log", fake)
        while number % 4 and process.poll() is None and _size(base / "log") == known:
            time.sleep(0.02)  # three of four die with a batch just translated or in hand, the fourth anywhere
        time.sleep(moments.uniform(0, 3 * span / times))
        killed += process.poll() is None
        process.kill()
        process.wait()
        halves = [path for path in out.rglob("*.json") if not _whole(path)]
        print(f"killed with {sum(1 for _ in out.rglob('*.json'))} reports, half-written: {halves}", flush=True)
    start(folder, out, base / "log", fake).wait()
    again = translated(base / "log") - translated(base / "whole.log")
    sentences = sum(translated(base / "whole.log").values())
    print(
        f"{killed} kills; outputs byte for byte the same: {reports(out) == reports(whole)} ({len(reports(out))} files)"
    )
    print(f"sentences translated again: {sum(again.values())} of {sentences}; "
          f"{killed} batches in hand hold about {killed * sentences * BATCH // count}")  # fmt: skip


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _whole(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def disk(base: Path, count: int, fake: float | None) -> None:
    folder, small = base / "in", base / "small"
    batch_inputs.articles(folder, count)
    work(folder, base / "whole", base / "whole.log", fake)
    needed = sum(map(len, reports(base / "whole").values()))
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={needed}", "tmpfs", str(small)], check=True)
    try:
        for state, options in (("full", None), ("read-only", "ro"), ("mended", f"rw,size={needed * 10}")):
            if options:
                subprocess.run(["mount", "-o", f"remount,{options}", str(small)], check=True)
            try:
                tally = work(folder, small / "out", base / "log", fake)
                print(f"{state}: {tally.done} done, {tally.skipped} skipped, {tally.failed} failed")
            except Exception as error:
                print(f"{state}: {type(error).__name__}: {error}")
        print(f"outputs byte for byte the same: {reports(small / 'out') == reports(base / 'whole')}")
        again = translated(base / "log") - translated(base / "whole.log")
        print(f"sentences translated again: {sum(again.values())}")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def cluster(base: Path, count: int, fake: float | None) -> None:
    from ray.cluster_utils import Cluster  # noqa: PLC0415 — optional

    from summarize.batch import ray_runner  # noqa: PLC0415

    folder = base / "in"
    batch_inputs.articles(folder, count)
    work(folder, base / "whole", base / "whole.log", fake)
    for nodes, kill in ((1, False), (2, False), (2, True)):
        out = base / f"{nodes}{kill}"
        here = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
        others = [here.add_node(num_cpus=1) for _ in range(nodes - 1)]
        here.wait_for_nodes()
        if kill:
            threading.Thread(target=_kill_halfway, args=(here, others[0], out, count), daemon=True).start()
        started = time.monotonic()
        runner = functools.partial(ray_runner.cluster, here.address)
        tally = work(folder, out, base / f"{nodes}{kill}.log", fake, runner)
        seconds = time.monotonic() - started
        here.shutdown()
        same = reports(out) == reports(base / "whole")
        label = f"{nodes} nodes{', one killed' if kill else ''}"
        print(f"{label}: {tally.done} done in {seconds:.0f} s, same bytes: {same}", flush=True)


def _kill_halfway(here: RayCluster, node: RayNode, out: Path, count: int) -> None:
    while sum(1 for _ in out.rglob("*.json")) < count // 2:
        time.sleep(0.2)
    here.remove_node(node, allow_graceful=False)


def main() -> None:
    """Choose the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["throughput", "kills", "disk", "cluster", "work"])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=1000, help="good articles")
    parser.add_argument("--fake", type=float, help="seconds a sentence")
    arguments = parser.parse_args()
    if arguments.what == "work":
        folder, out, log = arguments.paths
        tally = work(folder, out, log, arguments.fake)
        sys.exit(1 if tally.failed else 0)
    measure = {"throughput": throughput, "kills": kills, "disk": disk, "cluster": cluster}[arguments.what]
    with tempfile.TemporaryDirectory(prefix="sunto-batch-", dir=os.environ.get("TMPDIR")) as base:
        measure(Path(base), arguments.count, arguments.fake)


if __name__ == "__main__":
    main()
