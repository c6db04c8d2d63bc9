"""From pairs to the rows of a batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Union

import numpy as np
import torch

from models.training.corpus import Pair
from models.training.gemma import Batch
from models.vocabulary import BOS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from tokenizers import Tokenizer


Tokens = Union[tuple[int, ...], "NDArray[np.uint32]", "NDArray[np.int64]"]

GAP = 0  # the token that stands for one that is not shown


@dataclass(frozen=True)
class Encoded:
    """A pair in tokens.

    Attributes:
        prompt: what of the prompt follows the shared beginning.
        target: the translation.
        shown: the target as it is shown, if not as it is.
        weight: what its loss counts; below 0 for a translation that is to become less likely.
        drawn: log-probabilities of the target's tokens if it was drawn from the model.

    """

    prompt: Tokens
    target: Tokens
    shown: Tokens | None = None
    weight: float = 1.0
    drawn: NDArray[np.float32] | None = None

    @property
    def rows(self) -> int:
        """Rows that the pair adds to a batch: its last token predicts nothing."""
        return len(self.prompt) + len(self.target) - 1

    @property
    def read(self) -> tuple[Tokens, Tokens]:
        """What the model reads: the prompt, and all of the target that it goes on from."""
        return self.prompt, (self.target if self.shown is None else self.shown)[:-1]


class PairEncoder:
    """Puts pairs into the prompt and cuts them into tokens."""

    def __init__(self, tokenizer: Tokenizer, template: str, longest: int) -> None:
        """Take a template with a `{source}`; pairs of more than `longest` tokens are refused."""
        self._tokenizer = tokenizer
        self._start: tuple[int, ...] = (tokenizer.token_to_id(BOS) or 0,)
        self._template = template
        self._longest = longest
        # What stands before the source on its line stays with it: drawn.py finds the source by it.
        self.shared = self._start + self._tokens("".join(template.partition("{source}")[0].rpartition("\n")[:2]))

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

    def __init__(self, tokens: ArrayLike) -> None:
        """Keep each token once, in order."""
        self.tokens: NDArray[np.int64] = np.unique(np.asarray(tokens, np.int64))

    def index(self, tokens: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of some tokens. Raises KeyError for one that no target has."""
        found: NDArray[np.int64] = np.searchsorted(self.tokens, tokens)
        strange = self.tokens.take(found, mode="clip") != tokens
        if strange.any():
            raise KeyError(int(tokens[strange][0]))
        return found


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


def pass_steps(pairs: Iterable[Encoded | None], least: int) -> int:
    """How many steps of at least so many rows a stream of pairs makes."""
    return sum(1 for _ in steps(pairs, least))


def with_gaps(pairs: Sequence[Encoded], share: float, rng: np.random.Generator) -> Sequence[Encoded]:
    """Pairs of whose targets the model does not see some tokens, so that it must look at the source for what follows.

    Word dropout of Bowman et al. 2016, "Generating Sentences from a Continuous Space".
    """
    if not share:
        return pairs
    return [
        replace(pair, shown=np.where(rng.random(len(pair.target)) < share, GAP, np.asarray(pair.target)))
        for pair in pairs
    ]


def parts(pairs: Sequence[Encoded], number: int) -> list[list[Encoded]]:
    """Split pairs into at most `number` parts of about equal rows."""
    out: list[list[Encoded]] = [[] for _ in range(number)]
    counts = [0] * number
    for pair in sorted(pairs, key=lambda pair: pair.rows, reverse=True):
        smallest = counts.index(min(counts))
        out[smallest].append(pair)
        counts[smallest] += pair.rows
    return [part for part in out if part]


def build(pairs: Sequence[Encoded], shared: Sequence[int], vocabulary: Vocabulary) -> Batch:
    """The batch of some pairs behind their shared beginning."""
    lengths = np.array([len(shared), *(pair.rows for pair in pairs)])
    first = np.array([0, *(len(shared) for _ in pairs)])
    tokens = np.concatenate([np.array(shared), *(part for pair in pairs for part in pair.read)])
    sizes = np.array([len(pair.target) for pair in pairs])
    weights, drawn = worth(pairs)
    return Batch(
        tokens=as_tensor(tokens),
        lengths=tuple(lengths.tolist()),
        positions=as_tensor(runs(first, lengths)),
        predict=as_tensor(runs(np.cumsum(lengths)[1:] - sizes, sizes)),
        targets=as_tensor(vocabulary.index(np.concatenate([pair.target for pair in pairs]))),
        weights=torch.from_numpy(weights),
        drawn=torch.from_numpy(drawn),
    )


def worth(pairs: Sequence[Encoded]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The weight of each target token, and its log-probability when it was drawn, infinite where it was not."""
    sizes = [len(pair.target) for pair in pairs]
    never = (np.full(size, np.inf, np.float32) for size in sizes)
    drawn = [inf if pair.drawn is None else pair.drawn for pair, inf in zip(pairs, never, strict=True)]
    return np.repeat(np.array([pair.weight for pair in pairs], np.float32), sizes), np.concatenate(drawn)


def runs(first: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Runs of so many whole numbers from each of the first, one after the other."""
    counted: NDArray[np.int64] = np.arange(int(lengths.sum()))
    counted += np.repeat(first - (np.cumsum(lengths) - lengths), lengths)
    return counted


def as_tensor(values: NDArray[np.int64], device: torch.device | str = "cpu") -> torch.Tensor:
    """Whole numbers on a device."""
    return torch.from_numpy(values.astype(np.int64)).to(device)
