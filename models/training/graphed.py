"""A training step on a GPU, recorded once and played again with other rows (a CUDA graph).

A step is thousands of small kernels; started one by one from Python they take six times as long as the GPU needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

import torch

from models.training.attention import Grid
from models.training.batching import Encoded, parts
from models.training.gemma import Batch
from models.training.padding import Shape, apart, build_padded

if TYPE_CHECKING:
    from torch import Tensor

    from models.training.recipe import Recipe
    from models.training.threaded import Target

ROOM = 1.1  # how much larger than the first batch the recorded one is


class Graphed:
    """Steps on one GPU; a batch that is larger than any before has the step recorded anew."""

    def __init__(self, target: Target, recipe: Recipe) -> None:
        self._target, self._recipe = target, recipe
        self._shape = Shape(0, 0, 0, recipe.batch.longest)
        self._prepare()

    def step(self, batch: Sequence[Encoded], lr: float) -> tuple[float, float]:
        """One step: mean loss of its target tokens before it, and the norm of the gradient."""
        pairs = apart(batch, self._target.shared)
        for group in self._target.optimizer.param_groups:
            group["lr"].fill_(lr)
        needed = Shape.of(pairs)
        if not needed.within(self._shape):
            self._shape = needed.larger(ROOM, self._shape)
            self._record(self._built(pairs, self._shape))
        _copy(self._built(pairs, self._shape), self._batch)
        self._graph.replay()
        return self._loss.item(), self._norm.item()

    def loss(self, pairs: Sequence[Encoded]) -> float:
        """Summed loss of the target tokens of some pairs."""
        rows = sum(pair.rows for pair in pairs)
        total = 0.0
        with torch.no_grad():
            for some in parts(apart(pairs, self._target.shared), 1 + rows // self._recipe.batch.rows):
                total += self._target.model.loss(self._built(some, Shape.of(some)), self._target.rows).item()
        return total

    def _built(self, pairs: Sequence[Encoded], shape: Shape) -> Batch:
        return build_padded(pairs, self._target.vocabulary, shape, self._target.device)

    def _prepare(self) -> None:
        """Give the optimizer what it makes in its first step, which must not be recorded, and a rate to be changed."""
        target = self._target
        for group in target.optimizer.param_groups:
            group["lr"] = torch.zeros((), device=target.device)
        if not target.optimizer.state:
            for parameter in target.model.parameters():
                parameter.grad = torch.zeros_like(parameter)
            target.optimizer.step()
            for state in target.optimizer.state.values():
                state["step"].zero_()

    def _record(self, batch: Batch) -> None:
        self._batch = batch
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):  # libraries choose and load their kernels
            for _ in range(2):
                self._gradients()
        torch.cuda.current_stream().wait_stream(stream)
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph):
            self._loss, self._norm = self._step()

    def _gradients(self) -> tuple[Tensor, tuple[Tensor, ...]]:
        smoothing = self._recipe.optimizer.smoothing
        loss = self._target.model.loss(self._batch, self._target.rows, smoothing)
        return loss, torch.autograd.grad(loss, self._target.model.parameters())

    def _step(self) -> tuple[Tensor, Tensor]:
        model = self._target.model
        loss, grads = self._gradients()
        number = (self._batch.targets >= 0).sum()
        for parameter, grad in zip(model.parameters(), grads, strict=True):
            parameter.grad = grad / number
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), self._recipe.optimizer.clip)
        self._target.optimizer.step()
        model.merge()
        return loss / number, norm


def _copy(batch: Batch, into: Batch) -> None:
    for field in fields(Batch):
        new, old = getattr(batch, field.name), getattr(into, field.name)
        if isinstance(new, Grid):
            old.places.copy_(new.places)
        elif isinstance(new, torch.Tensor):
            old.copy_(new)
