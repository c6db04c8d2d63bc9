"""The training loop: the parts of a step on some threads, or one after the other on a GPU, with the same result."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from models.training import checkpoint, corpus
from models.training.batching import Encoded, PairEncoder, Vocabulary, build, parts, steps
from models.training.checkpoint import Progress
from models.training.schedule import Budget, rate

if TYPE_CHECKING:
    from torch import Tensor

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


class Trainer:
    """Trains an adapter on a corpus as the recipe says."""

    def __init__(self, model: Gemma, pairs: corpus.Corpus, recipe: Recipe, encode: PairEncoder, run: Run) -> None:
        self._model, self._corpus, self._recipe, self._encode, self._run = model, pairs, recipe, encode, run
        # Threads, not processes: they share the merged weights, and what takes time does not hold the interpreter.
        self._pool = ThreadPoolExecutor(run.workers, initializer=torch.set_num_threads, initargs=(1,))
        everything = [*(pair for some in pairs.sources.values() for pair in some), *pairs.held_out]
        targets = encode.targets(pair.target for pair in everything)
        self._vocabulary = Vocabulary(token for target in targets for token in target)
        self._device = model.embedding.device
        self._rows = model.embedding[
            torch.tensor(self._vocabulary.tokens, dtype=torch.long, device=self._device)
        ].contiguous()
        self._held_out = [encoded for pair in pairs.held_out if (encoded := encode(pair))]
        chosen = recipe.optimizer
        betas = (chosen.beta1, chosen.beta2)
        self._optimizer = torch.optim.AdamW(model.parameters(), chosen.peak, betas, weight_decay=chosen.weight_decay)
        self.progress = Progress(pairs=run.after)
        if state := checkpoint.load_state(run.folder):
            self.progress, adapter, optimizer = state
            model.load_adapter(adapter)
            self._optimizer.load_state_dict(optimizer)
        model.merge()

    def train(self, report: Report) -> None:
        """Train until the budget is used up, then save."""
        run, chosen = self._run, self._recipe.optimizer
        before, began = self.progress.seconds, time.monotonic()
        saved = checked = before
        self._report(report, vocabulary=len(self._vocabulary.tokens), held_out=self._glance())
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
            loss, norm = self.step(batch, lr)
            self.progress = Progress(self.progress.step + 1, before + time.monotonic() - began, number, position)
            self._report(report, loss=round(loss, 4), norm=round(norm, 3), rate=f"{lr:.2e}")
        self.save()
        self._report(report, held_out=self.held_out_loss(self._held_out), held_out_hinted=self._hinted_loss())

    def step(self, batch: Sequence[Encoded], lr: float) -> tuple[float, float]:
        """One step: mean loss of its target tokens before it, and the norm of the gradient."""
        results = list(self._pool.map(self._gradients, parts(batch, self._recipe.batch.parts)))
        number = sum(len(pair.target) for pair in batch)
        parameters = self._model.parameters()
        # Added up in the order of the parts, so that it does not matter which thread was first.
        for parameter, *grads in zip(parameters, *(grads for _, grads in results), strict=True):
            total = grads[0]
            for grad in grads[1:]:
                total += grad
            parameter.grad = total.div_(number)
        norm = torch.nn.utils.clip_grad_norm_(parameters, self._recipe.optimizer.clip)
        for group in self._optimizer.param_groups:
            group["lr"] = lr
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._model.merge()
        return sum(loss for loss, _ in results) / number, float(norm)

    def held_out_loss(self, chosen: Sequence[Encoded]) -> float:
        """Mean loss of the target tokens of some pairs; nan without pairs."""
        if not chosen:
            return float("nan")
        rows = sum(pair.rows for pair in chosen)
        pieces = parts(chosen, 1 + rows * self._recipe.batch.parts // self._recipe.batch.rows)
        total = sum(self._pool.map(self._loss, pieces))
        return round(total / sum(len(pair.target) for pair in chosen), 4)

    def save(self) -> None:
        """Write a checkpoint. Raises OSError."""
        state = self._optimizer.state_dict()
        checkpoint.save_state(self._run.folder, self.progress, self._model.adapter(), state)

    def _glance(self) -> float:
        return self.held_out_loss(self._held_out[: self._recipe.held_out.check])

    def _hinted_loss(self) -> float:
        pairs = (corpus.with_hints(pair, self._corpus.lexicon) for pair in self._corpus.held_out)
        return self.held_out_loss([encoded for pair in pairs if (encoded := self._encode(pair))])

    def _report(self, report: Report, **what: object) -> None:
        progress = replace(self.progress, seconds=round(self.progress.seconds, 1))
        report(json.dumps({**asdict(progress), **what}))

    def _gradients(self, pairs: list[Encoded]) -> tuple[float, tuple[Tensor, ...]]:
        loss = self._model.loss(build(pairs, self._encode.shared, self._vocabulary, self._device), self._rows)
        return loss.item(), torch.autograd.grad(loss, self._model.parameters())

    def _loss(self, pairs: list[Encoded]) -> float:
        with torch.no_grad():
            batch = build(pairs, self._encode.shared, self._vocabulary, self._device)
            return self._model.loss(batch, self._rows).item()

    def _batches(self) -> Iterator[tuple[int, int, list[Encoded]]]:
        """The pass, how many pairs of it are used up after the batch, and the batch, from where the run is."""
        for number in count(self.progress.number):
            first = self.progress.pairs if number == self.progress.number else 0
            pairs = corpus.order(self._corpus, self._recipe, number)[first:]
            position = 0
            for position, batch in steps(map(self._encode, pairs), self._recipe.batch.rows):
                yield number, first + position, batch
            if not position and not first:
                raise ValueError("the corpus is too small for a single step of the recipe")
