"""What the run on a cluster says when there is none; no Ray is needed for that."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarize.batch import Options, ray_runner
from summarize.batch.errors import BatchError


def refusing(**options: object) -> None:
    raise Exception("The current node timed out\nduring startup.")  # noqa: TRY002 — as bare as Ray's own


def test_a_cluster_that_does_not_start_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=refusing))
    with (
        pytest.raises(BatchError, match=r"^the Ray cluster at this machine does not answer: The current .* startup\.$"),
        ray_runner.cluster(None, lambda: pytest.fail("opened"), Options()),
    ):
        pass


def test_without_ray_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with (
        pytest.raises(BatchError, match=r"requirements-ray\.txt"),
        ray_runner.cluster("node:6379", lambda: pytest.fail("opened"), Options()),
    ):
        pass


def test_what_is_to_be_installed_is_there() -> None:
    assert (Path(ray_runner.ROOT) / "requirements-ray.txt").is_file()
    assert all((ray_runner.ROOT / name).is_dir() for name in ray_runner.CODE)
