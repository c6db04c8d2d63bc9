"""Translations drawn from the model as it stands, many at a time.

Every prompt is read once; then all of its draws go on token by token over keys and values that are kept. On a GPU a
step is recorded once for each length and played again (a CUDA graph).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from models.training.attention import Grid, padded_attention
from models.training.batching import Tokens, Vocabulary, as_tensor, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.training.gemma import Attend, Gemma

LENGTHS = (96, 160, 224, 288)  # tokens of prompt and draw that there is room for; a step costs by these
LOOK_EVERY = 8  # steps between two looks at whether all draws have ended: each look waits for the GPU


@dataclass(frozen=True)
class Drawing:
    """How to draw.

    Attributes:
        number: draws from each prompt.
        temperature: of the softmax; 0 takes the likeliest token.
        least: tokens below this share of the likeliest one's probability are not drawn.
        rows: draws that go on side by side.

    """

    number: int
    temperature: float
    least: float
    rows: int


@dataclass(frozen=True)
class Draw:
    """A translation in tokens, its end among them unless it grew too long, and their log-probabilities."""

    tokens: NDArray[np.int64]
    logs: NDArray[np.float32]


class Sampler:
    """Draws from a model over the tokens that targets are made of."""

    def __init__(self, model: Gemma, vocabulary: Vocabulary, rows: Tensor, end: int, drawing: Drawing) -> None:
        """Take the output rows of the vocabulary, (v, d), and the token that ends a translation."""
        self._model, self._rows, self._drawing, self._end = model, rows, drawing, end
        device, sequences = rows.device, drawing.rows
        self._vocabulary = torch.from_numpy(vocabulary.tokens).to(device)
        layers, width, self._scale = model.shape
        room = (layers, sequences, LENGTHS[-1], width)
        self._keys, self._values = (torch.zeros(room, dtype=rows.dtype, device=device) for _ in range(2))
        self._tokens, self._positions = (torch.zeros(sequences, dtype=torch.long, device=device) for _ in range(2))
        self._alive = torch.zeros(sequences, dtype=torch.bool, device=device)
        self._drawn = torch.zeros(sequences, LENGTHS[-1], dtype=torch.long, device=device)
        self._logs = torch.zeros(sequences, LENGTHS[-1], device=device)
        self._at = torch.zeros(1, dtype=torch.long, device=device)
        self._steps: dict[int, Callable[[], None]] = {}

    @property
    def longest(self) -> int:
        """Tokens of the longest prompt that leaves room for its translation."""
        return LENGTHS[-1] // 2

    @torch.no_grad()
    def draw(self, prompts: Sequence[Tokens]) -> list[list[Draw]]:
        """Some draws for each prompt, in their order; one that is longer than `longest` is refused (ValueError)."""
        order = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
        if prompts and len(prompts[order[-1]]) > self.longest:
            raise ValueError(f"a prompt of {len(prompts[order[-1]])} tokens leaves no room for its translation")
        drawn: dict[int, list[Draw]] = {}
        many = max(1, self._drawing.rows // self._drawing.number)
        for some in (order[at : at + many] for at in range(0, len(order), many)):
            drawn |= zip(some, self._together([prompts[index] for index in some]), strict=True)
        return [drawn[index] for index in range(len(prompts))]

    def _together(self, prompts: Sequence[Tokens]) -> Iterator[list[Draw]]:
        number, longest = self._drawing.number, max(len(prompt) for prompt in prompts)
        length = next(room for room in LENGTHS if room >= min(2 * longest, LENGTHS[-1]))
        used = len(prompts) * number
        self._read(prompts, number)
        step = self._step_of(length)
        for done in range(1, length - longest):
            if done % LOOK_EVERY == 0 and not bool(self._alive[:used].any()):
                break
            step()
        tokens, logs = self._drawn[:used].cpu().numpy(), self._logs[:used].cpu().numpy()
        draws = [Draw(some[some >= 0], of[some >= 0]) for some, of in zip(tokens, logs, strict=True)]
        yield from (draws[at : at + number] for at in range(0, used, number))

    def _read(self, prompts: Sequence[Tokens], number: int) -> None:
        """Read the prompts and draw the first tokens."""
        device, used = self._rows.device, len(prompts) * number
        sizes = np.array([len(prompt) for prompt in prompts])
        longest = int(sizes.max())
        places = runs(np.arange(len(prompts)) * longest, sizes)
        grid = Grid(as_tensor(places, device), (len(prompts), longest))

        def attend(layer: int) -> Attend:
            def keep(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
                for kept, new in ((self._keys, k), (self._values, v)):
                    kept[layer, :used, :longest] = grid.pad(new.unsqueeze(1)).squeeze(1).repeat_interleave(number, 0)
                return padded_attention(q, k, v, grid, self._scale)

            return keep

        tokens = as_tensor(np.concatenate(prompts), device)
        last = as_tensor(np.cumsum(sizes) - 1, device)
        x = self._model.states(tokens, as_tensor(runs(np.zeros_like(sizes), sizes), device), attend, last)
        self._positions.zero_()
        self._positions[:used] = as_tensor(sizes, device).repeat_interleave(number)
        self._alive.fill_(False)
        self._alive[:used] = True
        self._drawn.fill_(-1)
        self._at.zero_()
        states = x.new_zeros(self._drawing.rows, x.shape[1])
        states[:used] = x.repeat_interleave(number, 0)
        self._choose(states)

    def _step_of(self, length: int) -> Callable[[], None]:
        """What makes a step with so much room."""
        if length not in self._steps:
            self._steps[length] = self._recorded(length) if self._rows.is_cuda else lambda: self._step(length)
        return self._steps[length]

    def _recorded(self, length: int) -> Callable[[], None]:
        state = (self._tokens, self._positions, self._alive, self._drawn, self._logs, self._at)
        before = [tensor.clone() for tensor in state]
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):  # libraries choose and load their kernels
            self._step(length)
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self._step(length)
        for tensor, was in zip(state, before, strict=True):
            tensor.copy_(was)
        return graph.replay

    def _step(self, length: int) -> None:
        """Read the last token of each draw and choose the next."""
        slots = torch.arange(length, device=self._rows.device)
        future = (slots > self._positions.unsqueeze(1)).unsqueeze(1)

        def attend(layer: int) -> Attend:
            def look(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
                at = self._positions.view(-1, 1, 1).expand(-1, 1, k.shape[1])
                keys, values = self._keys[layer, :, :length], self._values[layer, :, :length]
                keys.scatter_(1, at, k.unsqueeze(1))
                values.scatter_(1, at, v.unsqueeze(1))
                scores = (q @ keys.transpose(1, 2)).mul_(self._scale).masked_fill_(future, float("-inf"))
                return torch.softmax(scores, -1) @ values

            return look

        self._choose(self._model.states(self._tokens, self._positions, attend))
        self._positions.add_(self._alive).clamp_(max=length - 1)

    def _choose(self, states: Tensor) -> None:
        """Draw a token for each state, and note it where the draw goes on."""
        logits = (states @ self._rows.t()).float()
        norm = torch.logsumexp(logits, -1, keepdim=True)
        if self._drawing.temperature:
            floor = logits.max(-1, keepdim=True).values + float(np.log(self._drawing.least))
            noise = torch.empty_like(logits).exponential_().log_()  # the largest of logits less this is a fair draw
            scores = torch.where(logits < floor, float("-inf"), logits / self._drawing.temperature - noise)
        else:
            scores = logits
        choice = scores.argmax(-1, keepdim=True)
        self._tokens.copy_(self._vocabulary[choice.squeeze(1)])
        at = self._at.expand(len(choice), 1)
        self._drawn.scatter_(1, at, torch.where(self._alive, self._tokens, -1).unsqueeze(1))
        self._logs.scatter_(1, at, logits.gather(1, choice) - norm)
        self._alive.logical_and_(self._tokens != self._end)
        self._at.add_(1)
