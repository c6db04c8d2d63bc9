"""Batch measurements on a machine in trouble: its disk full, its clock set, one of its nodes lost."""

from __future__ import annotations

import functools
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.batch_runs import Setting, reports, start, translated, work

RayCluster = Any
RayNode = Any
NODE = {"num_cpus": 1, "object_store_memory": 100_000_000}
LIBRARY = "faketime/libfaketimeMT.so.1"


def disk(setting: Setting) -> None:
    base, small = setting.base, setting.base / "small"
    setting.write_articles()
    work(setting, base / "whole", base / "whole.log")
    needed = sum(map(len, reports(base / "whole").values()))
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={needed}", "tmpfs", str(small)], check=True)
    try:
        for state, options in (("full", None), ("read-only", "ro"), ("mended", f"rw,size={needed * 10}")):
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
    """Kill a run whose clock jumps, and go on under another date; the kernel's own clock is left alone."""
    base, out, now = setting.base, setting.base / "out", setting.base / "now"
    setting.write_articles()
    work(setting, base / "whole", base / "whole.log")
    library = next(Path("/usr/lib").rglob(LIBRARY))
    faked = ["env", f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={now}", "FAKETIME_NO_CACHE=1"]
    faked.append("FAKETIME_DONT_FAKE_MONOTONIC=1")  # no system lets that one be set
    jumps = ("+2d", "-400d", "+9000d", "+0d")
    for number, offset in enumerate(jumps):
        now.write_text(offset)
        known = sum(1 for _ in out.rglob("*.json"))
        process = start(setting, out, base / "log", faked)
        while process.poll() is None and sum(1 for _ in out.rglob("*.json")) < known + setting.count // len(jumps):
            time.sleep(0.1)
        now.write_text(jumps[number - 1])  # it jumps in the middle of the run, too
        if number + 1 < len(jumps):
            process.kill()
        process.wait()
        print(f"the clock at {offset}, then {jumps[number - 1]}: {sum(1 for _ in out.rglob('*.json'))} reports")
    again = translated(base / "log") - translated(base / "whole.log")
    print(f"outputs byte for byte the same: {reports(out) == reports(base / 'whole')}")
    print(f"sentences translated again: {sum(again.values())}")


def cluster(setting: Setting) -> None:
    from ray.cluster_utils import Cluster  # noqa: PLC0415 — optional

    from summarize.batch import ray_runner  # noqa: PLC0415

    base = setting.base
    setting.write_articles()
    work(setting, base / "whole", base / "whole.log")
    for nodes, kill in ((1, False), (2, False), (2, True)):
        out = base / f"{nodes}{kill}"
        here = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
        others = [here.add_node(**NODE) for _ in range(nodes - 1)]
        here.wait_for_nodes()
        if kill:
            threading.Thread(target=_kill_halfway, args=(here, others[0], out, setting.count), daemon=True).start()
        started = time.monotonic()
        runner = functools.partial(ray_runner.cluster, here.address)
        tally = work(setting, out, base / f"{nodes}{kill}.log", runner)
        seconds = time.monotonic() - started
        here.shutdown()
        same = reports(out) == reports(base / "whole")
        label = f"{nodes} nodes{', one killed' if kill else ''}"
        print(f"{label}: {tally.done} done in {seconds:.0f} s, same bytes: {same}", flush=True)


def _kill_halfway(here: RayCluster, node: RayNode, out: Path, count: int) -> None:
    while sum(1 for _ in out.rglob("*.json")) < count // 2:
        time.sleep(0.2)
    here.remove_node(node, allow_graceful=False)
