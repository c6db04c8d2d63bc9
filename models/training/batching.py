"""From pairs to the rows of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch

from models.training.corpus import Pair
from models.training.gemma import Batch


class Encoder(Protocol):
    """What is needed of a tokenizer."""

    def __call__(self, text: str, *, start: bool) -> list[int]:
        """The tokens of a text, with the token that starts a document before them or without."""


@dataclass(frozen=True)
class Encoded:
    """A pair in tokens: what of the prompt follows the shared beginning, and the target."""

    prompt: tuple[int, ...]
    target: tuple[int, ...]


class PairEncoder:
    """Puts pairs into the prompt and tokens."""

    def __init__(self, encode: Encoder, template: str, longest: int) -> None:
        """Template with a ``{source}``; pairs of more than `longest` tokens are refused."""
        self._encode = encode
        self._template = template
        self._longest = longest
        # The space before the source belongs to the source's first token.
        self.shared = tuple(encode(template.split("{source}")[0].rstrip(" "), start=True))

    def target(self, english: str) -> tuple[int, ...]:
        """The tokens of a translation as the model is to write it."""
        return tuple(self._encode(f" {english}\n", start=False))

    def __call__(self, pair: Pair) -> Encoded | None:
        """The pair in tokens, or None when it is too long or its first token swallows the end of the shared beginning."""
        whole = tuple(self._encode(self._template.replace("{source}", pair.italian), start=True))
        target = self.target(pair.english)
        if len(whole) + len(target) > self._longest or whole[: len(self.shared)] != self.shared:
            return None
        return Encoded(whole[len(self.shared) :], target)


class Vocabulary:
    """The tokens that targets are made of: the softmax of training runs over these alone."""

    def __init__(self, tokens: Iterable[int]) -> None:
        """Keep each token once, in order."""
        self.tokens = sorted(set(tokens))
        self._index = {token: index for index, token in enumerate(self.tokens)}

    def index(self, token: int) -> int:
        """The row of a token. Raises KeyError for one that no target has."""
        return self._index[token]


def rows(pair: Encoded) -> int:
    """Rows that a pair adds to a batch: its last token predicts nothing."""
    return len(pair.prompt) + len(pair.target) - 1


def steps(pairs: Iterable[Encoded], limit: int) -> Iterator[list[Encoded]]:
    """Cut a stream of pairs into lists of at least `limit` rows; a rest that is too short is dropped."""
    taken: list[Encoded] = []
    count = 0
    for pair in pairs:
        taken.append(pair)
        count += rows(pair)
        if count >= limit:
            yield taken
            taken, count = [], 0


def parts(pairs: Sequence[Encoded], number: int) -> list[list[Encoded]]:
    """Split pairs, longest first, into at most `number` parts of about equal rows."""
    out: list[list[Encoded]] = [[] for _ in range(number)]
    counts = [0] * number
    for pair in sorted(pairs, key=rows, reverse=True):
        smallest = counts.index(min(counts))
        out[smallest].append(pair)
        counts[smallest] += rows(pair)
    return [part for part in out if part]


def build(pairs: Sequence[Encoded], shared: Sequence[int], vocabulary: Vocabulary, device: torch.device) -> Batch:
    """The batch of some pairs behind their shared beginning."""
    tokens = list(shared)
    lengths = [len(shared)]
    positions = list(range(len(shared)))
    predict: list[int] = []
    targets: list[int] = []
    for pair in pairs:
        first = len(tokens) + len(pair.prompt) - 1
        predict.extend(range(first, first + len(pair.target)))
        targets.extend(vocabulary.index(token) for token in pair.target)
        tokens += pair.prompt + pair.target[:-1]
        lengths.append(rows(pair))
        positions.extend(range(len(shared), len(shared) + rows(pair)))

    def tensor(values: list[int]) -> torch.Tensor:
        return torch.tensor(values, device=device)

    return Batch(tensor(tokens), tuple(lengths), tensor(positions), tensor(predict), tensor(targets))
