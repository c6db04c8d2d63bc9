"""Training a channel to tell better translations from worse: groups of drawn translations whose worth is known.

The channel is to put them in the order of their rewards (discriminative reranking, Lee et al. 2021, ACL): the softmax
over a group of what the choice between them goes by is drawn to that of the rewards. Each round weighs the draws by
the channel as the rounds before have left it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from models import whole
from models.training.batching import Encoded, PairEncoder, Vocabulary
from models.training.corpus import Pair
from models.training.padding import Shape, apart, build_padded
from models.training.passes import HELD_OUT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.training.gemma import Gemma
    from models.training.recipe import Contrast

ROWS = 40_000  # of a batch that is scored


@dataclass(frozen=True)
class Group:
    """Translations of one sentence.

    Attributes:
        source, reference: the sentence, and how it was translated with care.
        texts: what a model drew for it.
        scores: the mean log-probability of a token of each, by that model.
        rewards: what each is worth, from 0 to 1.
        watched: name of the test set that it is of; nothing is learned from such a group.

    """

    source: str
    reference: str
    texts: tuple[str, ...]
    scores: tuple[float, ...]
    rewards: tuple[float, ...]
    watched: str = ""


def write_groups(groups: Iterable[Group], path: Path) -> None:
    """Write groups, a JSON object a line, in one step. Raises OSError."""
    whole.write(path, "".join(json.dumps(vars(group), ensure_ascii=False) + "\n" for group in groups).encode())


def read_groups(path: Path) -> list[Group]:
    """What `write_groups` wrote. Raises OSError, ValueError or KeyError."""
    with path.open(encoding="utf-8") as file:
        return [_group(row) for row in file]


def _group(row: str) -> Group:
    found = json.loads(row)
    texts, scores, rewards = (tuple(found[name]) for name in ("texts", "scores", "rewards"))
    return Group(found["source"], found["reference"], texts, scores, rewards, found["watched"])


class ContrastPasses:
    """Passes over groups; see `models.training.passes.Passes`. A run that goes on begins a pass anew."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a round needs
        self,
        groups: Sequence[Group],
        contrast: Contrast,
        encode: PairEncoder,
        model: Gemma,
        report: Callable[[str], None],
        seed: int,
    ) -> None:
        """Take the channel that is trained on these groups, and who is told how well it chooses."""
        self._contrast, self._encode, self._model, self._report, self._seed = contrast, encode, model, report, seed
        self._groups = [group for group in groups if not group.watched]
        self._watched = [group for group in groups if group.watched]
        self.shared = encode.shared
        tokens = encode.targets(group.source for group in groups)
        self.vocabulary = Vocabulary(np.concatenate([np.array(some) for some in tokens]))
        right = [encode(Pair(group.reference, group.source)) for group in self._watched]
        self.watched: Mapping[str, Sequence[Encoded]] = {HELD_OUT: [pair for pair in right if pair]}
        self._rows = model.rows(self.vocabulary)

    def pairs(self, number: int, first: int = 0) -> Iterator[Encoded]:
        """Draws and references of pass `number`, round by round."""
        rng = random.Random(f"{self._seed} {number}")
        order = rng.sample(self._groups, len(self._groups))
        for start in range(0, len(order), self._contrast.groups):
            if start % (8 * self._contrast.groups) == 0:
                self._report(json.dumps(self._told()))
            out = [pair for pairs in self._round(order[start : start + self._contrast.groups]) for pair in pairs]
            rng.shuffle(out)
            yield from out

    def _round(self, groups: Sequence[Group]) -> Iterator[list[Encoded]]:
        """What each group has the channel learn."""
        contrast = self._contrast
        for group, pairs, logs in self._scored(groups):
            wanted = _softmax(contrast.sharpness * np.array(group.rewards))
            is_now = _softmax(contrast.scale * _worth(group, logs, contrast.say))
            weights = (contrast.weight * (wanted - is_now)).tolist()
            right = self._encode(Pair(group.reference, group.source))
            learned = [
                replace(pair, weight=weight, drawn=some)
                for pair, some, weight in zip(pairs, logs, weights, strict=True)
                if abs(weight) >= contrast.least
            ]
            yield [*learned, *([replace(right, weight=contrast.reference)] if right else [])]

    def _told(self) -> dict[str, object]:
        """Mean reward of what is chosen among the draws for each test set: without the channel, with it, at best."""
        found: dict[str, list[tuple[float, float, float]]] = {}
        for group, _, logs in self._scored(self._watched):
            rewards = np.array(group.rewards)
            alone, both = int(np.argmax(group.scores)), int(_worth(group, logs, self._contrast.say).argmax())
            found.setdefault(group.watched, []).append((rewards[alone], rewards[both], rewards.max()))
        return {name: np.mean(some, 0).round(4).tolist() for name, some in found.items()}

    def _scored(self, groups: Sequence[Group]) -> Iterator[tuple[Group, list[Encoded], list[NDArray[np.float32]]]]:
        """The groups whose pairs are all short enough, with the channel's log-probabilities of their source."""
        encoded = [(group, [self._encode(Pair(text, group.source)) for text in group.texts]) for group in groups]
        short = [(group, [pair for pair in pairs if pair]) for group, pairs in encoded if all(pairs)]
        logs = iter(self._logs([pair for _, pairs in short for pair in pairs]))
        for group, pairs in short:
            yield group, pairs, [next(logs) for _ in pairs]

    @torch.no_grad()
    def _logs(self, pairs: Sequence[Encoded]) -> list[NDArray[np.float32]]:
        """The log-probability of each target token of some pairs."""
        order = sorted(range(len(pairs)), key=lambda index: pairs[index].rows)
        found: dict[int, NDArray[np.float32]] = {}
        start = 0
        while start < len(order):
            longest = pairs[order[min(start + 255, len(order) - 1)]].rows + len(self.shared)
            some = order[start : start + max(1, min(256, ROWS // longest))]
            chosen = apart([pairs[index] for index in some], self.shared)
            batch = build_padded(chosen, self.vocabulary, Shape.of(chosen), self._rows.device)
            logs = self._model.logs(batch, self._rows).cpu().numpy()
            found |= zip(some, np.split(logs, np.cumsum([len(pair.target) for pair in chosen])[:-1]), strict=True)
            start += len(some)
        return [found[index] for index in range(len(pairs))]


def _worth(group: Group, logs: Sequence[NDArray[np.float32]], say: float) -> NDArray[np.float64]:
    """What the choice goes by: the score of the model that drew, and the channel's say."""
    said_back = np.array([some.mean() for some in logs], np.float64)
    worth: NDArray[np.float64] = np.array(group.scores, np.float64) + say * said_back
    return worth


def _softmax(values: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(values - values.max())
    shares: NDArray[np.float64] = raised / raised.sum()
    return shares
