"""Pairs for training by reward: what the model draws for a prompt, each draw with what it is worth beside the others.

Draws of one prompt that are better than their mean are to become likelier, the others less likely (REINFORCE with the
mean of the group for a baseline, Shao et al. 2024, arXiv 2402.03300), and the reference is learned beside them (Wu et
al. 2018, arXiv 1808.08866). Each round draws from the model as the rounds before have left it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from os import cpu_count
from typing import TYPE_CHECKING

import numpy as np

from models.training.batching import Encoded, Tokens
from models.training.contrast import Group
from models.training.reward import Reward
from models.training.sampling import Draw, Drawing, Sampler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.training.gemma import Gemma
    from models.training.passes import Passes
    from models.training.recipe import Policy

Decode = Callable[[Sequence[Sequence[int]]], Sequence[str]]
"""Texts of some translations in tokens."""
LEAST_SPREAD = 0.03  # rewards of a prompt's draws that differ less are all the same
FURTHEST = 2.0  # what one draw counts at most, in standard deviations
SAMPLE = 50_000  # references by which it is told how rare a word is
LINE = re.compile(r"Italian: (.+)")  # of a prompt: where the source stands
FEW = 100  # prompts whose draws are not worth the start of other processes
TOLD_EVERY = 4  # rounds
WATCHED = 300  # pairs of a watched set that are translated now and then


class DrawnPasses:
    """The prompts of some passes with what is drawn for them; see `Passes`. A run that goes on begins a pass anew."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a round needs
        self,
        passes: Passes,
        policy: Policy,
        model: Gemma,
        decode: Decode,
        report: Callable[[str], None],
        seed: int,
    ) -> None:
        """Take the model that is trained on these passes, and who is told what the rounds are worth."""
        self.shared, self.vocabulary = passes.shared, passes.vocabulary
        self.watched: Mapping[str, Sequence[Encoded]] = passes.watched
        self._passes, self._policy, self._decode, self._report, self._seed = passes, policy, decode, report, seed
        rows = model.rows(passes.vocabulary)
        end = int(next(iter(passes.watched.values()))[0].target[-1])
        drawing = Drawing(policy.draws, policy.temperature, policy.least, policy.rows)
        self._sampler = Sampler(model, passes.vocabulary, rows, end, drawing)
        self._likeliest = Sampler(model, passes.vocabulary, rows, end, Drawing(1, 0.0, 1.0, min(256, policy.rows)))
        sample = islice(filter(None, passes.pairs(0)), SAMPLE)
        self._reward = Reward(self._texts(pair.target for pair in sample))
        self._end = end

    def pairs(self, number: int, first: int = 0) -> Iterator[Encoded]:
        """The draws and references of pass `number`, round by round."""
        for place, some in enumerate(self._rounds(self._short(self._passes.pairs(number)))):
            if place % TOLD_EVERY == 0:
                told = {name: self._watched_reward(pairs) for name, pairs in self.watched.items()}
                self._report(json.dumps({"round": place, **told}))
            yield from self._round(some, f"{self._seed} {number} {place}")

    def groups(self, prompts: int) -> Iterator[Group]:
        """What is drawn for the watched pairs and for the first prompts of a pass, to train a channel with."""
        sets = [*((name, self._short(pairs)) for name, pairs in self.watched.items())]
        for name, pairs in [*sets, ("", islice(self._short(self._passes.pairs(0)), prompts))]:
            for some in self._rounds(pairs):
                yield from self._grouped(some, name)

    def _grouped(self, pairs: Sequence[Encoded], name: str) -> Iterator[Group]:
        drawn = self._sampler.draw([self._prompt(pair) for pair in pairs])
        distinct = [list({draw.tokens.tobytes(): draw for draw in draws}.values()) for draws in drawn]
        rewards = self._rewards(pairs, distinct)
        sources = self._texts([pair.prompt for pair in pairs])
        references = self._texts([pair.target for pair in pairs])
        for source, reference, draws, worth in zip(sources, references, distinct, rewards, strict=True):
            said = LINE.search(source)
            if said and len(draws) > 1:
                scores = tuple(float(draw.logs.mean()) for draw in draws)
                texts = tuple(self._texts([draw.tokens for draw in draws]))
                yield Group(said[1], reference, texts, scores, tuple(worth), name)

    def _short(self, pairs: Iterable[Encoded | None]) -> Iterator[Encoded]:
        """Those pairs whose prompts leave room for a translation."""
        most = self._sampler.longest - len(self.shared)
        return (pair for pair in pairs if pair and len(pair.prompt) <= most)

    def _rounds(self, pairs: Iterator[Encoded]) -> Iterator[list[Encoded]]:
        while some := list(islice(pairs, self._policy.prompts)):
            yield some

    def _round(self, pairs: Sequence[Encoded], seed: str) -> list[Encoded]:
        rng = random.Random(seed)
        drawn = self._sampler.draw([self._prompt(pair) for pair in pairs])
        rewards = self._rewards(pairs, drawn)
        out = [replace(pair, weight=self._policy.reference) for pair in pairs]
        for pair, draws, worth in zip(pairs, drawn, rewards, strict=True):
            out.extend(self._weighted(pair, draws, np.array(worth)))
        rng.shuffle(out)
        self._report(json.dumps({"reward": round(float(np.mean(rewards)), 4), "drawn": len(out)}))
        return out

    def _weighted(self, pair: Encoded, draws: Sequence[Draw], worth: NDArray[np.float64]) -> Iterator[Encoded]:
        """The draws that are better or worse than the others, each once."""
        better = (worth - worth.mean()) / max(float(worth.std()), LEAST_SPREAD)
        known: dict[bytes, tuple[Draw, float]] = {}
        for draw, advantage in zip(draws, better.clip(-FURTHEST, FURTHEST).tolist(), strict=True):
            counted = known.get(draw.tokens.tobytes(), (draw, 0.0))[1]
            known[draw.tokens.tobytes()] = draw, counted + advantage
        for draw, advantage in known.values():
            cut = draw.tokens[-1] != self._end
            if abs(advantage) >= self._policy.least_advantage and not (cut and advantage > 0):
                yield replace(pair, target=draw.tokens, weight=advantage, drawn=draw.logs)

    def _watched_reward(self, pairs: Sequence[Encoded]) -> float:
        """Mean reward of the likeliest translations of some pairs."""
        some = list(islice(self._short(pairs), WATCHED))
        rewards = self._rewards(some, self._likeliest.draw([self._prompt(pair) for pair in some]))
        return round(float(np.mean(rewards)), 4) if some else float("nan")

    def _prompt(self, pair: Encoded) -> Tokens:
        return np.concatenate((np.asarray(self.shared), np.asarray(pair.prompt)))

    def _rewards(self, pairs: Sequence[Encoded], drawn: Sequence[Sequence[Draw]]) -> list[list[float]]:
        references = self._texts([pair.target for pair in pairs])
        texts = iter(self._texts([draw.tokens for draws in drawn for draw in draws]))
        groups = [([next(texts) for _ in draws], right) for draws, right in zip(drawn, references, strict=True)]
        if len(groups) < FEW:
            return [self._reward(*group) for group in groups]
        with get_context("fork").Pool(cpu_count()) as pool:
            return pool.starmap(self._reward, groups, chunksize=64)

    def _texts(self, translations: Iterable[Tokens]) -> list[str]:
        return [text.strip() for text in self._decode([[int(token) for token in some] for some in translations])]
