"""The run on a cluster of two nodes: the bytes of a local run, even when a node is lost in the middle."""

import functools
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import batch_fakes
import pytest
from batch_fakes import FakeTranslator, tree, write_articles

from benchmarks import batch_nodes
from summarize.batch import Options, Tally, find, ray_runner, run

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.slow
Nodes = tuple[batch_nodes.RayCluster, batch_nodes.RayNode]


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    """The cluster and its second node; starting them takes longest."""
    ray.cloudpickle.register_pickle_by_value(batch_fakes)
    with batch_nodes.cluster(2) as (cluster, (second,)):
        yield cluster, second


def on(nodes: Nodes, folder: Path, out: Path, opening: Callable[[], FakeTranslator]) -> Tally:
    runner = functools.partial(ray_runner.cluster, nodes[0].address)
    return run(find([str(folder)], out), out, opening, Options(timeout=600), runner=runner)


def test_an_article_that_brings_its_worker_down_fails_alone(tmp_path: Path, nodes: Nodes) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write_articles(folder, 6)
    (folder / "affonda.txt").write_text(batch_fakes.article(60, "Il sistema AFFONDA senza avvertire nessuno."))
    tally = on(nodes, folder, out, functools.partial(FakeTranslator, tmp_path / "log"))
    assert (tally.done, tally.failed) == (6, 1)
    assert '"kind": "crash"' in (out / "errors.jsonl").read_text()


def test_one_node_of_two_is_killed_and_the_outputs_are_the_same(tmp_path: Path, nodes: Nodes) -> None:
    """The last test: it leaves one node."""
    folder, out = tmp_path / "in", tmp_path / "out"
    write_articles(folder, 80)
    (folder / "vuoto.txt").touch()
    (folder / "esaurisce.txt").write_text(batch_fakes.article(61, "Il sistema ESAURISCE la memoria di tutti."))
    opening = functools.partial(FakeTranslator, tmp_path / "log", delay=0.5)
    run(find([str(folder)], tmp_path / "whole"), tmp_path / "whole", opening, Options(workers=1))

    def kill_in_the_middle() -> None:
        while len(list(out.rglob("*.json"))) < 16:
            time.sleep(0.1)
        cluster, second = nodes
        cluster.remove_node(second, allow_graceful=False)

    killer = threading.Thread(target=kill_in_the_middle, daemon=True)
    killer.start()
    tally = on(nodes, folder, out, opening)
    killer.join(timeout=10)
    assert not killer.is_alive(), "the node was not killed before the run was over"
    assert (tally.done, tally.failed) == (80, 2)
    assert tree(out) == tree(tmp_path / "whole")
