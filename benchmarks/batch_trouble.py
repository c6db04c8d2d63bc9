"""Batch measurements on a machine in trouble: its disk full, its clock set, one of its nodes lost."""

from __future__ import annotations

import functools
import subprocess
import threading
import time
from pathlib import Path

from benchmarks import batch_nodes
from benchmarks.batch_runs import Setting, count, reports, start, translated, work

ROOM = 64_000_000  # bytes: what the journal needs beside the reports, and more
JUMPS = ("+1h", "-1h", "+9000d", "-400d")
LIBRARY = "faketime/libfaketimeMT.so.1"


def disk(setting: Setting) -> None:
    base, small = setting.base, setting.base / "small"
    setting.write_articles()
    work(setting, base / "whole", base / "whole.log")
    needed = sum(map(len, reports(base / "whole").values()))
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={needed}", "tmpfs", str(small)], check=True)
    try:
        for state, options in (("full", None), ("read-only", "ro"), ("mended", f"rw,size={needed + ROOM}")):
            if options:
                subprocess.run(["mount", "-o", f"remount,{options}", str(small)], check=True)
            try:
                tally = work(setting, small / "out", base / "log")
                print(f"{state}: {tally.done} done, {tally.skipped} skipped, {tally.failed} failed")
            except Exception as error:
                print(f"{state}: {type(error).__name__}: {error}")
        print(f"outputs byte for byte the same: {reports(small / 'out') == reports(base / 'whole')}")
        again = translated(base / "log") - translated(base / "whole.log")
        print(f"sentences translated again: {sum(again.values())}")
    finally:
        subprocess.run(["umount", str(small)], check=True)


def clock(setting: Setting) -> None:
    """Set the clock during a run, and once more with the run killed each time; the kernel's own is left alone."""
    base = setting.base
    setting.write_articles()
    work(setting, base / "whole", base / "whole.log")
    for killed in (False, True):
        out, log, now = base / f"out{killed}", base / f"{killed}.log", base / f"now{killed}"
        library = next(Path("/usr/lib").rglob(LIBRARY))
        faked = ["env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={now}", "FAKETIME_NO_CACHE=1"]
        faked.append("FAKETIME_DONT_FAKE_MONOTONIC=1")  # no system lets that one be set
        _set(now, "+0d")
        process = start(setting, out, log, faked)
        for number, offset in enumerate(JUMPS, start=1):
            while process.poll() is None and count(out) < number * setting.count // (len(JUMPS) + 1):
                time.sleep(0.1)
            _set(now, offset)
            print(f"the clock at {offset} after {count(out)} reports{', killed' if killed else ''}", flush=True)
            if killed:
                process.kill()
                process.wait()
                process = start(setting, out, log, faked)
        process.wait()
        again = translated(log) - translated(base / "whole.log")
        print(f"outputs byte for byte the same: {reports(out) == reports(base / 'whole')} ({count(out)} reports)")
        print(f"sentences translated again: {sum(again.values())}", flush=True)


def _set(now: Path, offset: str) -> None:
    partial = now.with_suffix(".partial")
    partial.write_text(offset)
    partial.replace(now)


def cluster(setting: Setting) -> None:
    from summarize.batch import ray_runner  # noqa: PLC0415 — optional

    base = setting.base
    setting.write_articles()
    work(setting, base / "whole", base / "whole.log")
    for nodes, kill in ((1, False), (2, False), (2, True)):
        out = base / f"{nodes}{kill}"
        with batch_nodes.cluster(nodes) as (here, others):
            if kill:
                threading.Thread(target=_kill_halfway, args=(here, others[0], out, setting.count), daemon=True).start()
            started = time.monotonic()
            runner = functools.partial(ray_runner.cluster, here.address)
            tally = work(setting, out, base / f"{nodes}{kill}.log", runner)
            seconds = time.monotonic() - started
        same = reports(out) == reports(base / "whole")
        label = f"{nodes} nodes{', one killed' if kill else ''}"
        print(f"{label}: {tally.done} done in {seconds:.0f} s, same bytes: {same}", flush=True)


def _kill_halfway(here: batch_nodes.RayCluster, node: batch_nodes.RayNode, out: Path, total: int) -> None:
    while count(out) < total // 2:
        time.sleep(0.2)
    here.remove_node(node, allow_graceful=False)
