"""The training loop: parts of a step on some threads, one after the other on a GPU; the same gradients in any case."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from models.training import checkpoint, corpus
from models.training.batching import Encoded, PairEncoder, Vocabulary, build, parts, rows, steps
from models.training.checkpoint import Progress
from models.training.gemma import Gemma
from models.training.recipe import Recipe
from models.training.schedule import Budget, rate


@dataclass(frozen=True)
class Run:
    """A run's surroundings.

    folder: checkpoints and log; budget: when it ends; workers: threads; save_every, check_every: seconds of training between
    checkpoints and between looks at the held-out loss.
    """

    folder: Path
    budget: Budget
    workers: int = 1
    save_every: float = 600.0
    check_every: float = 900.0


class Trainer:
    """Trains an adapter on a corpus as the recipe says."""

    def __init__(self, model: Gemma, pairs: corpus.Corpus, recipe: Recipe, encode: PairEncoder, run: Run) -> None:
        """Prepare a run; one that left a checkpoint in the folder goes on from it."""
        self._model, self._corpus, self._recipe, self._encode, self._run = model, pairs, recipe, encode, run
        self._pool = ThreadPoolExecutor(run.workers, initializer=torch.set_num_threads, initargs=(1,))
        self._vocabulary = Vocabulary(
            token
            for some in (*(corpus.order(pairs, recipe, 0),), pairs.held_out)
            for pair in some
            for token in encode.target(pair.english)
        )
        self._device = model.embedding.device
        self._rows = model.embedding[torch.tensor(self._vocabulary.tokens, device=self._device)].contiguous()
        self._held_out = [e for pair in pairs.held_out if (e := encode(pair))]
        settings = recipe.optimizer
        self._optimizer = torch.optim.AdamW(
            model.parameters(),
            lr=settings.peak,
            betas=(settings.beta1, settings.beta2),
            weight_decay=settings.weight_decay,
        )
        self.progress = Progress()
        if state := checkpoint.load_state(run.folder):
            self.progress, adapter, optimizer = state
            model.load_adapter(adapter)
            self._optimizer.load_state_dict(optimizer)

    def train(self, report: Callable[[str], None]) -> None:
        """Train until the budget is used up, then save. What happens is reported in JSON lines."""
        run, began, spent = self._run, time.monotonic(), self.progress.seconds
        saved = checked = spent
        report(json.dumps({"start": vars(self.progress), "vocabulary": len(self._vocabulary.tokens)}))
        report(json.dumps({"step": self.progress.step, "held_out": self.held_out_loss(self._recipe.held_out.check)}))
        for number, position, batch in self._batches():
            seconds = spent + time.monotonic() - began
            done = run.budget.done(self.progress.step, seconds)
            if done >= 1:
                break
            if seconds - saved >= run.save_every:
                self._save()
                saved = seconds
            if seconds - checked >= run.check_every:
                loss = self.held_out_loss(self._recipe.held_out.check)
                report(json.dumps({"step": self.progress.step, "held_out": loss}))
                checked = seconds
            settings = self._recipe.optimizer
            lr = rate(settings.peak, settings.warm_up, self.progress.step, done)
            loss, norm = self.step(batch, lr)
            seconds = spent + time.monotonic() - began
            self.progress = Progress(self.progress.step + 1, seconds, number, position)
            report(
                json.dumps(
                    {
                        "step": self.progress.step,
                        "seconds": round(seconds, 1),
                        "pairs": position,
                        "rows": sum(map(rows, batch)),
                        "loss": round(loss, 4),
                        "norm": round(norm, 3),
                        "rate": f"{lr:.2e}",
                    }
                )
            )
        self._save()
        report(json.dumps({"end": vars(self.progress), "held_out": self.held_out_loss(len(self._held_out))}))

    def step(self, batch: list[Encoded], lr: float) -> tuple[float, float]:
        """One step: mean loss of its target tokens before the step, and the norm of the gradient."""
        pieces = parts(batch, self._recipe.batch.parts)
        results = list(self._pool.map(self._gradients, pieces))
        count = sum(len(pair.target) for pair in batch)
        parameters = self._model.parameters()
        for index, parameter in enumerate(parameters):
            # Added up in the order of the parts, so that it does not matter which thread was first.
            total = results[0][1][index]
            for _, grads in results[1:]:
                total += grads[index]
            parameter.grad = total.div_(count)
        norm = torch.nn.utils.clip_grad_norm_(parameters, self._recipe.optimizer.clip)
        for settings in self._optimizer.param_groups:
            settings["lr"] = lr
        self._optimizer.step()
        self._optimizer.zero_grad()
        self._model.merge()
        return sum(loss for loss, _ in results) / count, float(norm)

    def held_out_loss(self, number: int) -> float:
        """Mean loss of the target tokens of the first `number` held-out pairs."""
        chosen = self._held_out[:number]
        if not chosen:
            return float("nan")
        pieces = parts(chosen, max(1, sum(map(rows, chosen)) * self._recipe.batch.parts // self._recipe.batch.rows))
        total = sum(self._pool.map(self._loss, pieces))
        return round(total / sum(len(pair.target) for pair in chosen), 4)

    def _gradients(self, pairs: list[Encoded]) -> tuple[float, list[Tensor]]:
        loss = self._model.loss(build(pairs, self._encode.shared, self._vocabulary, self._device), self._rows)
        grads = torch.autograd.grad(loss, self._model.parameters())
        return loss.item(), list(grads)

    def _loss(self, pairs: list[Encoded]) -> float:
        with torch.no_grad():
            batch = build(pairs, self._encode.shared, self._vocabulary, self._device)
            return self._model.loss(batch, self._rows).item()

    def _batches(self) -> Iterator[tuple[int, int, list[Encoded]]]:
        """Pass, pairs of the pass used up to the end of the batch, and the batch, from where the run is."""
        number, position = self.progress.number, self.progress.pairs
        while True:
            kept: list[Encoded] = []
            pairs = corpus.order(self._corpus, self._recipe, number)
            for pair in pairs[position:]:
                position += 1
                encoded = self._encode(pair)
                if encoded is None:
                    continue
                kept.append(encoded)
                if sum(map(rows, kept)) >= self._recipe.batch.rows:
                    yield number, position, kept
                    kept = []
            number, position = number + 1, 0

    def _save(self) -> None:
        checkpoint.save_state(self._run.folder, self.progress, self._model.adapter(), self._optimizer.state_dict())
