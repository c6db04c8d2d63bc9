"""The default translator: Gemma 3 270M with sunto's adapter, run by ONNX Runtime; needs neither torch nor a network."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Self

from models import cache, checked, decoding, reranking
from models.building import TOKENIZER
from models.converting import POSITIONS
from models.errors import WrongModel
from models.memory import sparing
from models.piecewise import Output, Piecewise, threads
from models.prompt import Prompt
from models.searching import NONE, Endings, Penalties, search
from models.translator import Signature
from models.vocabulary import BOS, EOS, UNKNOWN

if TYPE_CHECKING:
    import tokenizers

    from models.building import Built
    from models.network import Network
    from models.searching import Hypothesis
    from models.sequences import Sequences
    from models.translator import Proposals, Translation

LONGEST = 160  # tokens of a source that is translated in one piece
WORTH = 24  # tokens that rows have in common from which on these are read once for all
WISHED = 25  # and of one that has a semicolon, a colon or a dash to be cut at: its parts fare better


class Embedded(Piecewise):
    """Implements `models.translator.Translator`."""

    most_sentences, most_tokens = 144, 100_000  # for one search, which sees to it itself that memory lasts
    wished = WISHED

    def __init__(
        self,
        opening: Future[Network],
        tokenizer: tokenizers.Tokenizer,
        prompt: Prompt,
        signature: Signature,
        beam: int = 1,
    ) -> None:
        super().__init__(signature, LONGEST, {"beam_size": beam, "num_hypotheses": beam})
        self._opening = opening
        self._tokenizer = tokenizer
        self._prompt = prompt
        bos, eos, unknown, stop = (_known(tokenizer, token) for token in (BOS, EOS, UNKNOWN, prompt.stop))
        self._bos, self._endings = bos, Endings((stop, eos), unknown)
        self._static = [bos, *self.tokens(prompt.before.rstrip(" "))]
        self._beginnings: dict[int, Sequences] = {}

    @classmethod
    def load(cls, built: Built, beam: int = 1) -> Self:
        """Load a built model; unless it did before, it proves itself on a sentence whose translation is known.

        The weights of a proven one are still being read when this returns; the first translation waits for them.

        Args:
            built: where it lies.
            beam: width of the beam search.

        Raises:
            WrongModel: the folder holds no such model, or the model talks nonsense.

        """
        opening = _opening(built)
        parts = {"beam": str(beam)} if beam > 1 else {}
        signature = Signature(built.name, built.quantization, built.adapter, parts)
        try:
            tokenizer = _tokenizer((built.folder / TOKENIZER).read_text(encoding="utf-8"))
            translator = cls(opening, tokenizer, Prompt.read(built.folder), signature, beam)
        except Exception as error:
            raise _unloadable(built, error) from error
        if not checked.proven(built.folder, cache.MANIFEST):
            translator._prove(built)
            checked.note_proof(built.folder)
        return translator

    def advised(self, proposals: Proposals | None) -> Self:
        """As `models.translator.Advisable` says; the weights are shared."""
        return self._prompted(lexicon=self._prompt.lexicon if proposals else None, proposals=proposals)

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """As `models.translator.Translator` says; half of them are made without hints, for these can mislead."""
        if count == 1 or self._prompt.lexicon is None:
            return super().candidates(sentences, count)
        bare = self._prompted(lexicon=None)
        told = super().candidates(sentences, count - count // 2)
        return [_distinct(*both) for both in zip(told, bare.candidates(sentences, count // 2), strict=True)]

    def likelihood(self, rows: Sequence[tuple[str, str]]) -> list[float]:
        """Mean log-probability of a token of what is said after a prompt; 0 for all where a row is too long.

        Args:
            rows: prompts, and what is said after each.

        """
        said = [self.tokens(f" {text}{self._prompt.stop}") for _, text in rows]
        whole = [[*self._ids(prompt), *after] for (prompt, _), after in zip(rows, said, strict=True)]
        if max(map(len, whole), default=0) > POSITIONS:
            return [0.0] * len(rows)
        sizes = [len(after) for after in said]
        begun = self._shared(whole, min((len(ids) - size for ids, size in zip(whole, sizes, strict=True)), default=0))
        rest = [ids[begun.lengths[0] :] for ids in whole]
        return [float(each.mean()) for each in self._network.likelihood(begun, rest, sizes)]

    def _shared(self, rows: Sequence[Sequence[int]], most: int) -> Sequences:
        """What the network keeps of the tokens, fewer than `most`, that all rows begin with."""
        begun = self._beginning(rows)
        start = int(begun.lengths[0])
        alike = sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*rows, strict=False)))
        end = min(alike, most - 1)
        if len(rows) == 1 or end - start < WORTH:
            return begun
        shared = self._network.sequences(1, end)
        shared.take([0], begun, [0])
        self._network.read(shared, 0, rows[0][start:end])
        return shared

    def tokens(self, text: str) -> list[int]:
        """The ids of the tokens of a text, as the model reads and writes them."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _ids(self, prompt: str) -> list[int]:
        return [self._bos, *self.tokens(prompt)]

    def _beginning(self, prompts: Sequence[Sequence[int]]) -> Sequences:
        """What the network keeps of the tokens that all prompts begin with; it is read once."""
        size = len(self._static)
        alike = all(list(prompt[:size]) == self._static for prompt in prompts)
        shared = self._static if alike else self._static[:1]
        if len(shared) not in self._beginnings:
            begun = self._beginnings[len(shared)] = self._network.sequences(1, len(shared))
            self._network.read(begun, 0, shared)
        return self._beginnings[len(shared)]

    def _prompted(self, **changes: Any) -> Self:  # noqa: ANN401 - attributes of `Prompt`
        """The same translator with something else in its prompts; the weights are shared."""
        other = copy.copy(self)
        other._prompt = replace(self._prompt, **changes)
        return other

    @property
    def _network(self) -> Network:
        return self._opening.result()

    def _prove(self, built: Built) -> None:
        start = self._prompt.known_start
        prompt = self._ids(self._prompt.around(self._prompt.known_source))
        (found,) = self._search([prompt], [len(self.tokens(f" {start}")) or 1])
        said = self._tokenizer.decode(found[0].ids).strip()
        if not said.startswith(start):
            raise WrongModel(
                f"{built.folder} translates a known sentence as {said[:60]!r}; "
                "build it again: sunto models build --force"
            )

    def _best(self, piece: str, outputs: Sequence[Output]) -> Output:
        return outputs[0] if len(outputs) == 1 else reranking.best(outputs, self._prompt.told(piece)[1])

    def _size(self, text: str) -> int:
        return len(self.tokens(text))

    def _reads(self, piece: str) -> int:
        """With its hints."""
        return len(self.tokens(self._prompt.around(piece))) - len(self._static)

    def _generate(self, pieces: Sequence[str], options: dict[str, Any]) -> list[list[Output]]:
        return self._answers([(self, piece) for piece in pieces], options)

    def _answers(self, asked: Sequence[tuple[Self, str]], options: dict[str, Any]) -> list[list[Output]]:
        """What comes of pieces, each in the prompt of a translator with these weights; all in one search."""
        limits = [decoding.limit(self._size(piece)) for _, piece in asked]
        prompts = [each._fitting(piece, POSITIONS - limit) for (each, piece), limit in zip(asked, limits, strict=True)]
        penalties = Penalties(options.get("repetition_penalty", 1.0), options.get("no_repeat_ngram_size", 0))
        found = self._search(prompts, limits, options["beam_size"], penalties)
        count = options.get("num_hypotheses", 1)
        return [
            each._outputs(piece, limit, said[:count])
            for (each, piece), limit, said in zip(asked, limits, found, strict=True)
        ]

    def _fitting(self, piece: str, most: int) -> list[int]:
        """The prompt of a piece; without its hints where these make it longer than the model reads."""
        ids = self._ids(self._prompt.around(piece))
        return ids if len(ids) <= most else self._ids(f"{self._prompt.before}{piece}{self._prompt.after}")

    def _search(
        self, prompts: Sequence[Sequence[int]], limits: Sequence[int], width: int = 1, penalties: Penalties = NONE
    ) -> list[list[Hypothesis]]:
        """The hypotheses of each prompt, best first."""
        begun = self._beginning(prompts)
        rest = [prompt[begun.lengths[0] :] for prompt in prompts]
        return search(self._network, begun, rest, limits, self._endings, width=width, penalties=penalties)

    def _outputs(self, piece: str, limit: int, hypotheses: Sequence[Hypothesis]) -> list[Output]:
        """What is said of a piece, and what is wrong with each."""
        coverage = self._prompt.known.coverage(*self._prompt.told(piece)) if self._prompt.known else None
        outputs = []
        for each in hypotheses:
            text = self._tokenizer.decode(each.ids).strip()
            faults = decoding.faults(piece, text, finished=len(each.ids) < limit)
            left_out = coverage.left_out(text) if coverage else ()
            outputs.append(Output(text, each.score, len(each.ids), faults, left_out))
        return outputs


def _opening(built: Built) -> Future[Network]:
    """The weights, read beside all else that a start has to do: ONNX Runtime lets go of the interpreter meanwhile."""
    from models.network import Network

    def read() -> Network:
        try:
            return Network(built.folder, threads())
        except Exception as error:
            raise _unloadable(built, error) from error

    sparing()
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="weights")
    opening = reader.submit(read)
    reader.shutdown(wait=False)
    return opening


@lru_cache(1)
def _tokenizer(text: str) -> tokenizers.Tokenizer:
    """The tokenizer of a file; models of one base have the same."""
    import tokenizers

    return tokenizers.Tokenizer.from_str(text)


def _known(tokenizer: tokenizers.Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise LookupError(f"its tokenizer has no {token!r}")
    return found


def _unloadable(built: Built, error: Exception) -> WrongModel:
    return WrongModel(f"{built.folder} cannot be loaded ({error}); delete it and try again")


def _distinct(some: Sequence[Translation], others: Sequence[Translation]) -> list[Translation]:
    """Both lists without what they share, best first."""
    texts = {each.text for each in some}
    return sorted([*some, *(each for each in others if each.text not in texts)], key=lambda each: -each.score)
