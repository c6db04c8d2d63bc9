"""The run on a cluster of two nodes: the bytes of a local run, even when a node is lost in the middle."""

import functools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import batch_fakes
import pytest
from batch_fakes import FakeTranslator, tree, write_articles

from summarize.batch import Options, find, ray_runner, run

ray = pytest.importorskip("ray")
Nodes = Any  # a ray.cluster_utils.Cluster
pytestmark = pytest.mark.slow
NODE = {"num_cpus": 1, "object_store_memory": 100_000_000}


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.cloudpickle.register_pickle_by_value(batch_fakes)
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    yield cluster
    cluster.shutdown()


def test_one_node_of_two_is_killed_and_the_outputs_are_the_same(tmp_path: Path, cluster: Nodes) -> None:
    second = cluster.add_node(**NODE)
    cluster.wait_for_nodes()
    folder, out = tmp_path / "in", tmp_path / "out"
    write_articles(folder, 80)
    (folder / "vuoto.txt").touch()
    (folder / "esaurisce.txt").write_text(batch_fakes.article(61, "Il sistema ESAURISCE la memoria di tutti."))
    opening = functools.partial(FakeTranslator, tmp_path / "log", delay=0.5)
    run(find([str(folder)], tmp_path / "whole"), tmp_path / "whole", opening, Options(workers=1))

    def kill_in_the_middle() -> None:
        while len(list(out.rglob("*.json"))) < 16:
            time.sleep(0.1)
        cluster.remove_node(second, allow_graceful=False)

    killer = threading.Thread(target=kill_in_the_middle)
    killer.start()
    runner = functools.partial(ray_runner.cluster, cluster.address)
    tally = run(find([str(folder)], out), out, opening, Options(), runner=runner)
    killer.join(timeout=1)
    assert not killer.is_alive(), "the node was not killed before the run was over"
    assert (tally.done, tally.failed) == (80, 2)
    assert tree(out) == tree(tmp_path / "whole")


def test_an_article_that_brings_its_worker_down_fails_alone(tmp_path: Path, cluster: Nodes) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write_articles(folder, 6)
    (folder / "affonda.txt").write_text(batch_fakes.article(60, "Il sistema AFFONDA senza avvertire nessuno."))
    opening = functools.partial(FakeTranslator, tmp_path / "log")
    runner = functools.partial(ray_runner.cluster, cluster.address)
    tally = run(find([str(folder)], out), out, opening, Options(), runner=runner)
    assert (tally.done, tally.failed) == (6, 1)
    assert '"kind": "crash"' in (out / "errors.jsonl").read_text()
