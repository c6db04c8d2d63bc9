"""Which model a name stands for, and what opens it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from models import cache
from models.catalog import CATALOG, DEFAULT, PUBLISHED, RANKED_BY, Entry
from models.errors import ModelError, UnknownModel
from models.fetched import fetched, installed

if TYPE_CHECKING:
    from models.building import Watch
    from models.checkpoint import Checkpoint
    from models.translator import Translator

ENGINES = ("ctranslate2", "torch")
MARIAN_QUANTIZATIONS = ("int8", "float32")


def is_marian(name: str) -> bool:
    """Whether a name is that of a published MarianMT model, or of a folder, there or not, rather than of an entry."""
    if name in CATALOG:
        return False
    return name in PUBLISHED or os.sep in name or "/" in name or name.startswith(".") or Path(name).is_dir()


def best_here() -> str:
    """The name of the model with the highest score of those that are on this machine; the default if none is."""
    scores = {name: model.scores for name, model in CATALOG.items() if _is_here(model)}
    scores |= {name: model.scores for name, model in PUBLISHED.items() if _is_fetched(name)}
    return max(scores, key=lambda name: (scores[name].get(RANKED_BY, 0.0), name == DEFAULT), default=DEFAULT)


def _is_here(model: Entry) -> bool:
    """Whether an entry is built, or has its weights here to be built from."""
    built = any(cache.models().glob(f"{model.name}-*")) if cache.models().is_dir() else False
    return built or find_spec(model.weights.package.replace("-", "_")) is not None


def _is_fetched(name: str) -> bool:
    try:
        return installed(PUBLISHED[name]) is not None
    except ModelError:
        return False  # a record that cannot be read; whoever names the model is told so


def require_engine(name: str, engine: str | None, quantization: str | None) -> None:
    """Refuse what an engine cannot do.

    Raises:
        UnknownModel: no such engine, or none for this model or this quantization.

    """
    if engine is not None and engine not in ENGINES:
        raise UnknownModel(f"no engine is called {engine!r}; there are: {', '.join(ENGINES)}")
    if engine is not None and name in CATALOG:
        raise UnknownModel(f"{name} runs with ONNX Runtime only; --engine is for MarianMT models")
    if engine == "torch" and quantization is not None:
        raise UnknownModel("--quantization is for ctranslate2; torch takes float32, or half precision on a GPU")
    if is_marian(name) and quantization not in (None, *MARIAN_QUANTIZATIONS):
        known = ", ".join(MARIAN_QUANTIZATIONS)
        raise UnknownModel(f"no quantization of {name} is called {quantization!r}; there are: {known}")


def checkpoint(name: str) -> Checkpoint:
    """The checkpoint that a name stands for: of a published model, as it was fetched, or of a folder.

    Raises:
        UnknownModel: it was not fetched yet, or there is no such folder.
        WeightsAltered, WrongModel: it is not what it should be.

    """
    from models.checkpoint import read

    if name in PUBLISHED:
        folder, recorded = fetched(PUBLISHED[name])
        return read(folder, name, recorded)
    return read(Path(name).expanduser())


def open_marian(
    name: str, *, quantization: str | None, beam: int, watch: Watch | None, engine: str | None
) -> Translator:
    """Open a MarianMT model; arguments and errors as those of `models.catalog.open_model`."""
    from models.marian import QUANTIZATION, FastMarian

    model = checkpoint(name)
    if engine == "torch":
        from models.marian_torch import TorchMarian

        return TorchMarian.load(model, beam=beam)
    return FastMarian.load(model, quantization or QUANTIZATION, beam=beam, watch=watch)
