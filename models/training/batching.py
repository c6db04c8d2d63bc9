"""From pairs to the rows of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from models.training.corpus import Pair
from models.training.gemma import Batch
from models.vocabulary import BOS

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True)
class Encoded:
    """A pair in tokens: what of the prompt follows the shared beginning, and the target."""

    prompt: tuple[int, ...]
    target: tuple[int, ...]

    @property
    def rows(self) -> int:
        """Rows that the pair adds to a batch: its last token predicts nothing."""
        return len(self.prompt) + len(self.target) - 1


class PairEncoder:
    """Puts pairs into the prompt and cuts them into tokens."""

    def __init__(self, tokenizer: Tokenizer, template: str, longest: int) -> None:
        """Take a template with a `{source}`; pairs of more than `longest` tokens are refused."""
        self._tokenizer = tokenizer
        self._start: tuple[int, ...] = (tokenizer.token_to_id(BOS) or 0,)
        self._template = template
        self._longest = longest
        # The space before the source belongs to the source's first token.
        self.shared = self._start + self._tokens(template.partition("{source}")[0].rstrip(" "))

    def targets(self, english: Iterable[str]) -> Iterator[tuple[int, ...]]:
        """The tokens of translations as the model is to write them: a space before, a line break after."""
        for encoding in self._tokenizer.encode_batch([f" {text}\n" for text in english], add_special_tokens=False):
            yield tuple(encoding.ids)

    def __call__(self, pair: Pair) -> Encoded | None:
        """The pair in tokens; None when it is too long, or when its first token swallows the end of the beginning."""
        prompt = self._start + self._tokens(self._template.replace("{source}", pair.source))
        target = self._tokens(f" {pair.target}\n")
        if len(prompt) + len(target) > self._longest or prompt[: len(self.shared)] != self.shared:
            return None
        return Encoded(prompt[len(self.shared) :], target)

    def _tokens(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)


class Vocabulary:
    """The tokens that targets are made of: in training the softmax runs over these alone, a quarter of a step saved."""

    def __init__(self, tokens: Iterable[int]) -> None:
        """Keep each token once, in order."""
        self.tokens = sorted(set(tokens))
        self._index = {token: index for index, token in enumerate(self.tokens)}

    def index(self, token: int) -> int:
        """The row of a token. Raises KeyError for one that no target has."""
        return self._index[token]


def steps(pairs: Iterable[Encoded | None], least: int) -> Iterator[tuple[int, list[Encoded]]]:
    """Cut a stream of pairs into steps of at least so many rows; None is passed over, and so is a short rest.

    Yields:
        How much of the stream is used up after the step, and its pairs.

    """
    taken: list[Encoded] = []
    count = 0
    for position, pair in enumerate(pairs, 1):
        if pair is None:
            continue
        taken.append(pair)
        count += pair.rows
        if count >= least:
            yield position, taken
            taken, count = [], 0


def parts(pairs: Sequence[Encoded], number: int) -> list[list[Encoded]]:
    """Split pairs into at most `number` parts of about equal rows."""
    out: list[list[Encoded]] = [[] for _ in range(number)]
    counts = [0] * number
    for pair in sorted(pairs, key=lambda pair: pair.rows, reverse=True):
        smallest = counts.index(min(counts))
        out[smallest].append(pair)
        counts[smallest] += pair.rows
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
        lengths.append(pair.rows)
        positions.extend(range(len(shared), len(shared) + pair.rows))

    def tensor(values: list[int]) -> torch.Tensor:
        return torch.tensor(values, device=device)

    return Batch(tensor(tokens), tuple(lengths), tensor(positions), tensor(predict), tensor(targets))
