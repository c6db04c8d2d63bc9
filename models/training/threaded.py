"""A training step on a CPU: its parts on some threads, which then are added up."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from models.training.batching import Encoded, Vocabulary, build, parts

if TYPE_CHECKING:
    from torch import Tensor

    from models.training.gemma import Gemma
    from models.training.recipe import Recipe


@dataclass(frozen=True)
class Target:
    """What is trained, over which prompt's beginning and which tokens of targets."""

    model: Gemma
    optimizer: torch.optim.Optimizer
    shared: Sequence[int]
    vocabulary: Vocabulary
    rows: Tensor

    @property
    def device(self) -> torch.device:
        """Where the model is."""
        return self.rows.device


class Threaded:
    """Steps whose parts some threads take in turn, with the same result however many there are."""

    def __init__(self, target: Target, recipe: Recipe, workers: int) -> None:
        self._target, self._recipe = target, recipe
        # Threads, not processes: they share the merged weights, and what takes time does not hold the interpreter.
        self._pool = ThreadPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,))

    def step(self, batch: Sequence[Encoded], lr: float) -> tuple[float, float]:
        """One step: mean loss of its target tokens before it, and the norm of the gradient."""
        results = list(self._pool.map(self._gradients, parts(batch, self._recipe.batch.parts)))
        number = sum(len(pair.target) for pair in batch)
        model, optimizer = self._target.model, self._target.optimizer
        parameters = model.parameters()
        # Added up in the order of the parts, so that it does not matter which thread was first.
        for parameter, *grads in zip(parameters, *(grads for _, grads in results), strict=True):
            total = grads[0]
            for grad in grads[1:]:
                total += grad
            parameter.grad = total.div_(number)
        norm = torch.nn.utils.clip_grad_norm_(parameters, self._recipe.optimizer.clip)
        for group in optimizer.param_groups:
            group["lr"] = lr
        optimizer.step()
        optimizer.zero_grad()
        model.merge()
        return sum(loss for loss, _ in results) / number, float(norm)

    def loss(self, pairs: Sequence[Encoded]) -> float:
        """Summed loss of the target tokens of some pairs."""
        rows = sum(pair.rows for pair in pairs)
        pieces = parts(pairs, 1 + rows * self._recipe.batch.parts // self._recipe.batch.rows)
        return sum(self._pool.map(self._loss, pieces))

    def _gradients(self, pairs: list[Encoded]) -> tuple[float, tuple[Tensor, ...]]:
        target = self._target
        batch = build(pairs, target.shared, target.vocabulary)
        loss = target.model.loss(batch, target.rows, self._recipe.optimizer.smoothing)
        return loss.item(), torch.autograd.grad(loss, target.model.parameters())

    def _loss(self, pairs: list[Encoded]) -> float:
        target = self._target
        with torch.no_grad():
            return target.model.loss(build(pairs, target.shared, target.vocabulary), target.rows).item()
