"""A Ray cluster of several nodes on this one machine, for tests and measurements.

Ray itself gives a node 15 seconds to start its agents and 30 to report, and ends it else: a loaded machine needs more.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

RayCluster = Any  # ray.cluster_utils.Cluster
RayNode = Any
NODE = {"num_cpus": 1, "object_store_memory": 100_000_000}
# With a port of its own each, these agents are not waited for.
AGENTS = ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port", "runtime_env_agent_port")
PATIENCE = 600.0  # seconds
SLOW = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_register_timeout_seconds": str(int(PATIENCE)),
    "RAY_agent_register_timeout_ms": str(int(PATIENCE * 1000)),
}


@contextlib.contextmanager
def cluster(nodes: int) -> Iterator[tuple[RayCluster, list[RayNode]]]:
    """Start a cluster; gives it and its nodes beside the head."""
    from ray._private import services  # noqa: PLC0415 — optional
    from ray.cluster_utils import Cluster  # noqa: PLC0415

    with (
        mock.patch.dict(os.environ, SLOW),
        mock.patch.object(services, "get_node", _patient(services.get_node)),
        mock.patch.object(services, "start_raylet", _announced(services.start_raylet)),
    ):
        here = Cluster(initialize_head=True, head_node_args={**_node(), "include_dashboard": False})
        try:
            others = [here.add_node(**_node()) for _ in range(nodes - 1)]
            here.wait_for_nodes(timeout=PATIENCE)
            yield here, others
        finally:
            here.shutdown()


def _node() -> dict[str, int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in AGENTS]
        for each in sockets:
            each.bind(("", 0))
        return {**NODE, **{name: each.getsockname()[1] for name, each in zip(AGENTS, sockets, strict=True)}}


def _announced(start_raylet: Callable[..., object]) -> Callable[..., object]:
    """Say that the dashboard's agent does not listen: no port is given to the raylet for that one, and it waits."""
    from ray._raylet import DASHBOARD_AGENT_LISTEN_PORT_NAME, persist_port  # noqa: PLC0415

    def start(*arguments: object, **options: object) -> object:
        given = inspect.signature(start_raylet).bind(*arguments, **options).arguments
        persist_port(given["session_dir"], given["node_id"], DASHBOARD_AGENT_LISTEN_PORT_NAME, -1)
        return start_raylet(*arguments, **options)

    return start


def _patient(get_node: Callable[..., object]) -> Callable[..., object]:
    def get(*arguments: object) -> object:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return get_node(*arguments)
            except RuntimeError:  # it has not reported yet
                if time.monotonic() > until:
                    raise
            time.sleep(1)

    return get
