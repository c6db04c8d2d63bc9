"""The training loop: steps until the budget is used up, checkpoints and a look at the loss now and then."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch

from models.training import checkpoint
from models.training.batching import Encoded, steps, with_gaps
from models.training.checkpoint import Progress
from models.training.graphed import Graphed
from models.training.passes import HELD_OUT, Passes
from models.training.schedule import Budget, rate
from models.training.threaded import Target, Threaded

if TYPE_CHECKING:
    from models.training.gemma import Gemma
    from models.training.recipe import Recipe

Report = Callable[[str], None]
"""Takes what happens in a run, a JSON object on one line."""


@dataclass(frozen=True)
class Run:
    """The surroundings of a run.

    Attributes:
        folder: for checkpoints; a run that left one there goes on from it.
        budget: when it ends.
        workers: threads.
        save_every, check_every: seconds of training between checkpoints and between looks at the held-out pairs.
        after: pairs of the pass that a new run leaves out.

    """

    folder: Path
    budget: Budget
    workers: int = 1
    save_every: float = 600.0
    check_every: float = 900.0
    after: int = 0


class Steps(Protocol):
    """How a step is made on a machine."""

    def step(self, batch: Sequence[Encoded], lr: float) -> tuple[float, float]:
        """One step: mean loss of its target tokens before it, and the norm of the gradient."""

    def loss(self, pairs: Sequence[Encoded]) -> float:
        """Summed loss of the target tokens of some pairs."""


class Trainer:
    """Trains an adapter on pairs as the recipe says."""

    def __init__(self, model: Gemma, passes: Passes, recipe: Recipe, run: Run) -> None:
        self._model, self._passes, self._recipe, self._run = model, passes, recipe, run
        vocabulary = passes.vocabulary
        rows = model.rows(vocabulary)
        self._optimizer = _optimizer(model, recipe)
        self.progress = Progress(pairs=run.after)
        if state := checkpoint.load_state(run.folder):
            self.progress, adapter, optimizer = state
            model.load_adapter(adapter)
            self._optimizer.load_state_dict(optimizer)
        model.merge()
        target = Target(model, self._optimizer, passes.shared, vocabulary, rows)
        self._steps: Steps = Graphed(target, recipe) if rows.is_cuda else Threaded(target, recipe, run.workers)

    def train(self, report: Report) -> None:
        """Train until the budget is used up, then save."""
        run, chosen = self._run, self._recipe.optimizer
        before, began = self.progress.seconds, time.monotonic()
        saved = checked = before
        self._report(report, held_out=self._glance())
        for number, position, batch in self._batches():
            seconds = before + time.monotonic() - began
            done = run.budget.done(self.progress.step, seconds)
            if done >= 1:
                break
            if seconds - saved >= run.save_every:
                self.save()
                saved = seconds
            if seconds - checked >= run.check_every:
                self._report(report, held_out=self._glance())
                checked = seconds
            lr = rate(chosen.peak, chosen.warm_up, self.progress.step, done)
            rng = np.random.default_rng((self._recipe.seed, self.progress.step))
            loss, norm = self._steps.step(with_gaps(batch, self._recipe.batch.gaps, rng), lr)
            self.progress = Progress(self.progress.step + 1, before + time.monotonic() - began, number, position)
            self._report(report, loss=round(loss, 4), norm=round(norm, 3), rate=f"{lr:.2e}")
        self.save()
        self._report(report, **{name: self.watched_loss(pairs) for name, pairs in self._passes.watched.items()})

    def watched_loss(self, chosen: Sequence[Encoded]) -> float:
        """Mean loss of the target tokens of some pairs; nan without pairs."""
        if not chosen:
            return float("nan")
        return round(self._steps.loss(chosen) / sum(len(pair.target) for pair in chosen), 4)

    def save(self) -> None:
        """Write a checkpoint. Raises OSError."""
        state = self._optimizer.state_dict()
        checkpoint.save_state(self._run.folder, self.progress, self._model.adapter(), state)

    def _glance(self) -> float:
        return self.watched_loss(self._passes.watched[HELD_OUT][: self._recipe.held_out.check])

    def _report(self, report: Report, **what: object) -> None:
        progress = replace(self.progress, seconds=round(self.progress.seconds, 1))
        report(json.dumps({**asdict(progress), **what}))

    def _batches(self) -> Iterator[tuple[int, int, list[Encoded]]]:
        """The pass, how many pairs of it are used up after the batch, and the batch, from where the run is."""
        for number in count(self.progress.number):
            first = self.progress.pairs if number == self.progress.number else 0
            position = 0
            for position, batch in steps(self._passes.pairs(number, first), self._recipe.batch.rows):
                yield number, first + position, batch
            if not position and not first:
                raise ValueError("the corpus is too small for a single step of the recipe")


def _optimizer(model: Gemma, recipe: Recipe) -> torch.optim.Optimizer:
    chosen, on_gpu = recipe.optimizer, model.embedding.is_cuda
    return torch.optim.AdamW(
        model.parameters(),
        torch.tensor(chosen.peak) if on_gpu else chosen.peak,
        (chosen.beta1, chosen.beta2),
        weight_decay=chosen.weight_decay,
        fused=on_gpu,
        capturable=on_gpu,
    )
