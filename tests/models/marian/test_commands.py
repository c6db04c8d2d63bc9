"""The commands on a real checkpoint that comes from a hub on the loopback."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from huggingface_hub import constants

import cli
from models import opening
from models.catalog import PUBLISHED
from models.errors import ModelError, UnknownModel, WeightsAltered
from tests.models.hub_server import COMMIT, Hub, serving

SENTENCE, ENGLISH = "Il ministro ha smentito la notizia.", "The minister denied the news.\n"


@pytest.fixture
def hub(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    with serving(Hub(PUBLISHED["opus-mt"].repo, {COMMIT: files})) as server:
        unknown = dataclasses.replace(PUBLISHED["opus-mt"], revision="main", commit="", sha256={})
        monkeypatch.setitem(PUBLISHED, "opus-mt", unknown)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(constants, "ENDPOINT", server.address)
        template = f"{server.address}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        yield server


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.cli, [*arguments])


def test_from_the_hub_to_a_translation_and_away_again(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(run("translate", "--model", "opus-mt", SENTENCE).exception, UnknownModel)
    assert "models pull opus-mt" in run("models", "path", "opus-mt").stderr
    pulled = run("models", "pull", "opus-mt")
    assert pulled.stderr.endswith("100 %\n")
    assert run("models", "path", "opus-mt").stdout == pulled.stdout
    asked = len(hub.asked)
    for engine in ("ctranslate2", "torch"):
        assert run("translate", "--model", "opus-mt", "--engine", engine, SENTENCE).stdout == ENGLISH
    assert "every file is whole, and the model translates" in run("models", "verify", "opus-mt").stdout
    listed = run("models", "list").stdout
    assert COMMIT in listed
    assert pulled.stdout.strip() in listed
    assert "opus-mt-int8-" in listed
    monkeypatch.setattr(opening, "_is_here", lambda _: False)
    best = run("translate", SENTENCE)
    assert (best.stdout, "translating with opus-mt" in best.stderr) == (ENGLISH, True)
    assert len(hub.asked) == asked  # none of it called the hub
    gone = run("models", "remove", "opus-mt").stdout.splitlines()
    assert len(gone) == 2
    assert not any(Path(line).exists() for line in gone)
    assert "nothing of opus-mt" in run("models", "remove", "opus-mt").stderr


def test_verify_names_an_altered_file(hub: Hub) -> None:
    folder = Path(run("models", "pull", "opus-mt").stdout.strip())
    pieces = (folder / "source.spm").resolve()
    pieces.chmod(0o644)
    pieces.write_bytes(pieces.read_bytes()[:-1] + b"!")
    for command in (("models", "verify", "opus-mt"), ("translate", "--model", "opus-mt", SENTENCE)):
        found = run(*command).exception
        assert isinstance(found, WeightsAltered)
        assert "source.spm" in str(found)


@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_altered_weights_are_not_loaded(hub: Hub, engine: str) -> None:
    folder = Path(run("models", "pull", "opus-mt").stdout.strip())
    weights = (folder / "model.safetensors").resolve()
    weights.chmod(0o644)
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    found = run("translate", "--model", "opus-mt", "--engine", engine, SENTENCE).exception
    assert isinstance(found, WeightsAltered)
    assert "model.safetensors" in str(found)


def test_a_folder_is_a_model_too(folder: Path) -> None:
    built = run("models", "build", str(folder)).stdout.strip()
    assert Path(built, "model.bin").exists()
    assert run("models", "path", str(folder)).stdout == f"{folder}\n"
    assert run("models", "verify", str(folder)).exit_code == 0
    assert run("translate", "--model", str(folder), SENTENCE).stdout == ENGLISH


@pytest.mark.parametrize(("name", "said"), [("embedded", "needs no fetching"), ("nonsense", "is no model of a hub")])
def test_what_cannot_be_pulled(name: str, said: str) -> None:
    found = run("models", "pull", name).exception
    assert isinstance(found, ModelError)
    assert said in str(found)
    assert "opus-mt-big" in str(found)
