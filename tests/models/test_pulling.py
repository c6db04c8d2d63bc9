"""Fetching from a hub that misbehaves; the files are small and mean nothing, but for their hashes."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants

from models import hub as hub_module
from models import pins
from models.catalog import PUBLISHED, Published
from models.errors import CacheUnwritable, DiskFull, PullFailed, UnknownModel, WeightsAltered, WrongModel
from models.fetched import PART, fetched, installed, remove, verify
from models.pulling import pull
from tests.models.hub_server import COMMIT, Hub, serving

ROOT = Path(__file__).parent.parent.parent
WEIGHTS = "model.safetensors"
OTHER = "decaf0" * 6 + "beef"
PULL = (
    "import dataclasses; from models.catalog import PUBLISHED; from models.pulling import pull;"
    "pull(dataclasses.replace(PUBLISHED['opus-mt'], revision='main', commit='', sha256={}))"
)


def some_files(seed: int = 0, size: int = 60_000) -> dict[str, bytes]:
    rng = random.Random(seed)
    return {
        "README.md": b"not needed",
        "pytorch_model.bin": b"never fetched",
        "config.json": b'{"model_type": "marian"}',
        "vocab.json": rng.randbytes(7_000),
        "source.spm": rng.randbytes(9_000),
        "target.spm": rng.randbytes(2_000),
        WEIGHTS: rng.randbytes(size),
    }


@pytest.fixture
def model() -> Published:
    """A published model of which nothing is known beforehand."""
    return dataclasses.replace(PUBLISHED["opus-mt"], revision="main", commit="", sha256={})


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Published) -> Iterator[Hub]:
    """A hub with the model on it, an empty cache, and no patience."""
    with serving(Hub(model.repo, {COMMIT: some_files()})) as server:
        monkeypatch.setenv("SUNTO_CACHE", str(tmp_path / "sunto"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(constants, "ENDPOINT", server.address)
        template = f"{server.address}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(hub_module, "PAUSES", (0.0, 0.0))
        yield server


def parts(tmp_path: Path) -> list[Path]:
    return list(tmp_path.rglob(f"*{PART}"))


def check(folder: Path, files: dict[str, bytes]) -> None:
    """Whether the folder has what is needed, byte for byte, and nothing else."""
    needed = {name for name in files if name not in {"README.md", "pytorch_model.bin"}}
    assert {p.name for p in folder.iterdir()} == needed
    assert all((folder / name).read_bytes() == files[name] for name in needed)


def test_pulled_recorded_and_found_again(hub: Hub, model: Published, tmp_path: Path) -> None:
    assert installed(model) is None
    shares: list[float] = []
    folder = pull(model, watch=lambda _, done: shares.append(done))
    check(folder, hub.files[COMMIT])
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    pin = pins.find(model.name)
    assert pin is not None
    assert (pin.commit, set(pin.files)) == (COMMIT, {p.name for p in folder.iterdir()})
    assert installed(model) == verify(model) == folder
    assert not any(name.endswith((".bin", ".md")) for name in hub.asked)
    assert folder.is_relative_to(tmp_path / "hub")


def test_a_second_pull_fetches_nothing(hub: Hub, model: Published) -> None:
    pull(model)
    hub.ranges.clear()
    pull(model)
    assert hub.ranges == {}


def test_what_moves_on_the_hub_does_not_move_here(hub: Hub, model: Published) -> None:
    first = pull(model)
    hub.files[OTHER] = some_files(seed=1)
    hub.references["main"] = OTHER
    assert pull(model) == first
    check(pull(model, "main"), hub.files[OTHER])
    pin = pins.find(model.name)
    assert pin is not None
    assert pin.commit == OTHER


@pytest.mark.parametrize("status", [500, 503, 429])
@pytest.mark.parametrize("what", ["main", WEIGHTS])
def test_what_fails_for_the_moment_is_asked_again(hub: Hub, model: Published, status: int, what: str) -> None:
    hub.failures[what] = [status, status]
    check(pull(model), hub.files[COMMIT])


def test_a_server_that_stays_down_is_said(hub: Hub, model: Published, tmp_path: Path) -> None:
    hub.failures[WEIGHTS] = [503] * 9
    with pytest.raises(PullFailed, match=r"broke off at 0 of 60,000 bytes.*status 503.*run the same command again"):
        pull(model)
    assert installed(model) is None


def test_a_connection_that_drops_goes_on_where_it_was(hub: Hub, model: Published) -> None:
    hub.breaks[WEIGHTS] = [30_000, 1, 20_000]
    check(pull(model), hub.files[COMMIT])
    assert hub.ranges[WEIGHTS] == [None, "bytes=30000-", "bytes=30001-", "bytes=50001-"]


def test_truncated_for_good_then_resumed_by_the_next_run(hub: Hub, model: Published, tmp_path: Path) -> None:
    hub.breaks[WEIGHTS] = [40_000, 0, 0, 0]
    with pytest.raises(PullFailed, match="broke off at 40,000 of 60,000 bytes"):
        pull(model)
    assert installed(model) is None
    assert [p.stat().st_size for p in parts(tmp_path)] == [40_000]
    hub.ranges.clear()
    check(pull(model), hub.files[COMMIT])
    assert hub.ranges == {WEIGHTS: ["bytes=40000-"]}
    assert parts(tmp_path) == []


@pytest.mark.parametrize("name", [WEIGHTS, "target.spm"])
@pytest.mark.parametrize("size", ["same", "longer"])
def test_a_wrong_hash_is_refused_deleted_and_fetched_anew(
    hub: Hub, model: Published, tmp_path: Path, name: str, size: str
) -> None:
    true = hub.files[COMMIT][name]
    hub.lies[name] = true[:-1] + bytes([true[-1] ^ 1]) + (b"more" if size == "longer" else b"")
    with pytest.raises(WeightsAltered, match="hash that the hub states"):
        pull(model)
    assert installed(model) is None
    assert parts(tmp_path) == []
    hub.lies.clear()
    check(pull(model), hub.files[COMMIT])


def test_an_old_part_of_something_else_is_thrown_away(hub: Hub, model: Published, tmp_path: Path) -> None:
    hub.breaks[WEIGHTS] = [40_000, 0, 0, 0]
    with pytest.raises(PullFailed):
        pull(model)
    parts(tmp_path)[0].write_bytes(b"x" * 40_000)
    check(pull(model), hub.files[COMMIT])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda hub: hub.references.clear(), "no revision"),
        (lambda hub: setattr(hub, "repo", "someone/else"), "no repository"),
        (lambda hub: hub.files[COMMIT].pop("source.spm"), "no MarianMT model: source.spm missing"),
        (lambda hub: hub.files[COMMIT].pop(WEIGHTS), "no model.safetensors.*--revision refs/pr/N"),
        (lambda hub: hub.failures.update({WEIGHTS: [404]}), "404"),
        (lambda hub: hub.failures.update({WEIGHTS: [403]}), "status 403"),
    ],
)
def test_what_the_hub_lacks_is_said_in_one_line(hub: Hub, model: Published, spoil: object, said: str) -> None:
    spoil(hub)  # type: ignore[operator]
    with pytest.raises(PullFailed, match=said) as caught:
        pull(model)
    assert "\n" not in str(caught.value)
    assert installed(model) is None


def test_what_was_published_beforehand_must_hold(hub: Hub, model: Published) -> None:
    true = hashlib.sha256(hub.files[COMMIT][WEIGHTS]).hexdigest()
    known = dataclasses.replace(model, commit=COMMIT[:7], sha256={WEIGHTS: true})
    check(pull(known), hub.files[COMMIT])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"commit": "f00d"}, "main is commit c0ffeec0ffee, not f00d"),
        ({"sha256": {WEIGHTS: "0" * 64}}, r"model\.safetensors does not have its published SHA-256"),
        ({"sha256": {"target.spm": "0" * 64}}, r"target\.spm does not have its published SHA-256"),
    ],
)
def test_what_was_published_otherwise_is_taken_only_by_its_commit(
    hub: Hub, model: Published, changes: dict[str, Any], said: str
) -> None:
    known = dataclasses.replace(model, **changes)
    with pytest.raises(WeightsAltered, match=f"{said}.*--revision {COMMIT}"):
        pull(known)
    assert installed(known) is None
    assert WEIGHTS not in hub.ranges or "target.spm" in known.sha256
    check(pull(known, COMMIT), hub.files[COMMIT])
    check(pull(known), hub.files[COMMIT])  # from now on it is what was recorded


def test_offline_is_said_and_nothing_is_asked(hub: Hub, model: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(PullFailed, match="HF_HUB_OFFLINE is set; unset it, or copy"):
        pull(model)
    assert hub.asked == []


def test_no_network_is_said(hub: Hub, model: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(PullFailed, match=r"cannot be reached.*HTTPS_PROXY.*--model FOLDER"):
        pull(model)


def test_too_little_room_is_said_before_a_byte_comes(
    hub: Hub, model: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    with pytest.raises(DiskFull, match="HF_HOME"):
        pull(model)
    assert hub.ranges == {}


def test_a_folder_that_cannot_be_written_is_named(
    hub: Hub, model: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "file"))
    with pytest.raises(CacheUnwritable, match="HF_HOME"):
        pull(model)


def test_a_full_disk_leaves_a_part_that_the_next_run_goes_on_with(
    hub: Hub, model: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = hub_module.fetch

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(hub_module, "fetch", full)
    with pytest.raises(DiskFull, match="make room"):
        pull(model)
    monkeypatch.setattr(hub_module, "fetch", fetch)
    check(pull(model), hub.files[COMMIT])


def test_an_altered_file_is_found_and_fetched_anew(hub: Hub, model: Published) -> None:
    folder = pull(model)
    weights = (folder / WEIGHTS).resolve()
    data = weights.read_bytes()
    weights.chmod(0o644)
    weights.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(WeightsAltered, match=WEIGHTS):
        verify(model)
    check(pull(model), hub.files[COMMIT])
    assert verify(model) == folder


def test_other_bytes_under_the_recorded_commit_are_refused(hub: Hub, model: Published) -> None:
    pull(model)
    remove(model)
    hub.files[COMMIT] = some_files(seed=1)
    with pytest.raises(WeightsAltered, match="do not trust"):
        pull(model)
    assert installed(model) is None
    check(pull(model, COMMIT), hub.files[COMMIT])


def test_remove_leaves_the_record_and_no_bytes(hub: Hub, model: Published, tmp_path: Path) -> None:
    folder = pull(model)
    assert remove(model) == [folder]
    assert not [p for p in (tmp_path / "hub").rglob("*") if p.is_file() and p.stat().st_size > 2_000]
    assert installed(model) is None
    assert pins.find(model.name) is not None
    assert remove(model) == []
    with pytest.raises(UnknownModel, match="models pull opus-mt"):
        fetched(model)


def test_a_record_that_is_torn_is_said(hub: Hub, model: Published, tmp_path: Path) -> None:
    pull(model)
    (tmp_path / "sunto" / "pins" / "opus-mt.json").write_text('{"repo": ')
    with pytest.raises(WrongModel, match="delete it"):
        installed(model)


def test_killed_at_ten_random_points_and_run_again(hub: Hub, model: Published, tmp_path: Path) -> None:
    """Each time: nothing counts as here until all of it is, and the last run has it whole."""
    hub.files[COMMIT] = some_files(size=400_000)
    hub.pace = 0.004
    code = PULL.replace("pull(", "print('begun', flush=True); pull(")
    environment = {**os.environ, "HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "0"}
    rng = random.Random(9)
    killed = 0
    for _ in range(10):
        run = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(rng.uniform(0.1, 1.2))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        killed += run.returncode == -signal.SIGKILL
        found = installed(model)
        if found is not None:
            check(found, hub.files[COMMIT])
    assert killed >= 3
    hub.pace = 0.0
    check(pull(model), hub.files[COMMIT])
    assert verify(model) == installed(model)
    assert parts(tmp_path) == []


def test_a_record_is_written_whole_or_not_at_all(
    hub: Hub, model: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", torn)
    with pytest.raises(DiskFull):
        pins.keep(model.name, pins.Pin(model.repo, COMMIT, {}))
    assert list((tmp_path / "sunto" / "pins").iterdir()) == []


def test_it_goes_through_the_proxy_of_the_environment(hub: Hub, model: Published, tmp_path: Path) -> None:
    """The hub itself takes the place of a proxy; the name of the endpoint leads nowhere."""
    environment = {name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")}
    environment |= {"HTTP_PROXY": hub.address, "HF_ENDPOINT": "http://hub.invalid", "HF_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", PULL], cwd=ROOT, env=environment, check=True)
    check(verify(model), hub.files[COMMIT])
