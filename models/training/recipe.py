"""The recipe of a training run, read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.training.hinted import Hinting

DEFAULT = Path(__file__).with_name("recipe.toml")


@dataclass(frozen=True)
class Source:
    """Files of pairs (a glob), the share of them that a pass takes, and the part of the pass that they are spread over.

    A share above 1 takes pairs again, each time in another order and, where hints are given, with others.
    """

    name: str
    file: str
    share: float
    by: float
    after: float = 0.0


@dataclass(frozen=True)
class Adapter:
    """Shape of the adapter; it is applied with alpha / rank."""

    rank: int
    alpha: float


@dataclass(frozen=True)
class Optimizer:
    """AdamW: the highest learning rate, the steps it takes to get there, and the rest; label smoothing."""

    peak: float
    warm_up: int
    beta1: float
    beta2: float
    weight_decay: float
    clip: float
    smoothing: float = 0.0


@dataclass(frozen=True)
class Batching:
    """Rows of a step, parts it is worked in, longest pair in tokens, share of noised sources and of hidden tokens."""

    rows: int
    parts: int
    longest: int
    noise: float
    gaps: float = 0.0


@dataclass(frozen=True)
class Policy:
    """Training by reward, see `models.training.drawn`.

    Attributes:
        prompts: of a round, each of which draws from the model anew.
        draws: translations drawn for a prompt, at this temperature; tokens of less than the share `least` of the
            likeliest one's probability are never drawn.
        reference: what the loss of the reference counts; a draw counts its distance from the mean, in standard
            deviations.
        least_advantage: draws that are nearer to the mean than that are left out.
        rows: draws that go on side by side.

    """

    prompts: int
    draws: int
    temperature: float
    least: float
    reference: float
    least_advantage: float
    rows: int = 2048


@dataclass(frozen=True)
class Contrast:
    """Training a channel to choose, see `models.training.contrast`.

    Attributes:
        groups: of a round, which are weighed by the channel as it stands.
        say: the worth of the channel's mean log-probability beside that of the model that drew.
        scale, sharpness: factors of the worth and of the reward in the softmax over a group.
        weight, reference: what the loss of a draw and that of a reference count.
        least: draws that count less are left out.

    """

    groups: int
    say: float
    scale: float
    sharpness: float
    weight: float
    reference: float
    least: float


@dataclass(frozen=True)
class HeldOut:
    """Pairs of one source, drawn by a seed and never trained on, and how many of them are looked at in passing."""

    source: str
    seed: int
    pairs: int
    check: int


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a run, but for the corpus folder, the time it gets and the machine.

    A backward one trains from English to Italian.
    """

    seed: int
    template: str
    backward: bool
    adapter: Adapter
    optimizer: Optimizer
    batch: Batching
    held_out: HeldOut
    hints: Hinting
    sources: tuple[Source, ...]
    policy: Policy | None = None
    contrast: Contrast | None = None


def load(path: Path = DEFAULT) -> Recipe:
    """Read a recipe, over the one beside it that it follows, if any.

    Raises OSError, tomllib.TOMLDecodeError, KeyError or TypeError for a file that is not one.
    """
    data = _tables(path)
    return Recipe(
        seed=data["seed"],
        template=data["prompt"]["template"],
        backward=data["prompt"]["backward"],
        adapter=Adapter(**data["adapter"]),
        optimizer=Optimizer(**data["optimizer"]),
        batch=Batching(**data["batch"]),
        held_out=HeldOut(**data["held_out"]),
        hints=Hinting(**data["hints"]),
        sources=tuple(Source(**source) for source in data["source"]),
        policy=Policy(**data["policy"]) if "policy" in data else None,
        contrast=Contrast(**data["contrast"]) if "contrast" in data else None,
    )


def _tables(path: Path) -> dict[str, Any]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if "follows" not in data:
        return data
    first = _tables(path.with_name(data.pop("follows")))
    return first | {name: first.get(name, {}) | new if isinstance(new, dict) else new for name, new in data.items()}
