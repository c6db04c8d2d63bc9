"""The default translator: Gemma 3 270M with sunto's adapter, run by ONNX Runtime; needs neither torch nor a network."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from models import cache, checked, decoding, hints, reranking
from models.building import LEXICON, PROMPT, RENDERINGS, TOKENIZER
from models.converting import POSITIONS
from models.coverage import Known, Table
from models.errors import WrongModel
from models.memory import sparing
from models.piecewise import Output, Piecewise, threads
from models.searching import NONE, Penalties, search
from models.translator import Signature
from models.vocabulary import BOS, EOS

if TYPE_CHECKING:
    import tokenizers

    from models.building import Built
    from models.network import Network, Sequences
    from models.searching import Hypothesis
    from models.translator import Proposals, Translation

LONGEST = 160  # tokens of a source that is translated in one piece
WISHED = 25  # and of one that has a semicolon, a colon or a dash to be cut at: its parts fare better


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words around a source sentence, as in training.

    Attributes:
        before: the same for all; the model's state after it is kept in memory.
        after: what follows the source, and the hints where it was trained with them.
        stop: ends the translation.
        known_source, known_start: a sentence and how its translation begins.
        lexicon: proposes the hints; None without them.
        proposals: of a glossary, which go before those of the lexicon.
        known: tells what a translation leaves out; None where nothing is known.

    """

    before: str
    after: str
    stop: str
    known_source: str
    known_start: str
    lexicon: hints.Lexicon | None = None
    proposals: Proposals | None = None
    known: Known | None = None

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read `prompt.toml`, and the lexicon and what else is known of words if the prompt has a place for hints."""
        table = tomllib.loads((folder / PROMPT).read_text(encoding="utf-8"))
        before, _, rest = table["template"].partition("{source}")
        answer = table["known_answer"]
        lexicon = hints.load(folder / LEXICON) if "{hints}" in rest else None
        renderings = folder / RENDERINGS
        known = Known(Table.load(renderings), lexicon) if lexicon and renderings.exists() else None
        after = rest.replace("{hints}", "")
        return cls(before, after, table["stop"], answer["source"], answer["starts"], lexicon, known=known)

    def around(self, sentence: str) -> str:
        """All that the model reads, but for its mark of a beginning."""
        told, proposed = self.told(sentence)
        return f"{self.before}{told}{hints.line(proposed)}{self.after}"

    def told(self, sentence: str) -> tuple[str, tuple[hints.Hint, ...]]:
        """The sentence with the firm terms of a glossary in it, and what else the glossary and the lexicon propose."""
        proposed = self.proposals(sentence) if self.proposals else ()
        for each in proposed:
            if each.firm:
                words = rf"(?<!\w){re.escape(each.source)}(?!\w)"
                sentence = re.sub(words, each.target.replace("\\", r"\\"), sentence)
        if not self.lexicon:  # the prompt has no place for hints
            return sentence, ()
        first = [hints.Hint(each.source, each.target) for each in proposed if not each.firm]
        return sentence, hints.merged(first, self.lexicon.hints(sentence), sentence)


class Embedded(Piecewise):
    """Implements `models.translator.Translator`."""

    most_sentences, most_tokens = 96, 100_000  # the search itself sees to it that memory lasts
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
        self._bos = _known(tokenizer, BOS)
        self._static = [self._bos, *self.tokens(prompt.before.rstrip(" "))]
        self._stop = [_known(tokenizer, token) for token in (prompt.stop, EOS)]
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
        import tokenizers

        opening = _opening(built)
        try:
            prompt = Prompt.read(built.folder)
            tokenizer = tokenizers.Tokenizer.from_file(str(built.folder / TOKENIZER))
        except Exception as error:
            raise _unloadable(built, error) from error
        parts = {"beam": str(beam)} if beam > 1 else {}
        signature = Signature(built.name, built.quantization, built.adapter, parts)
        translator = cls(opening, tokenizer, prompt, signature, beam)
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
        begun = self._beginning(whole)
        rest = [ids[begun.lengths[0] :] for ids in whole]
        found = self._network.likelihood(begun, rest, [len(after) for after in said])
        return [float(each.mean()) for each in found]

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
            (read,) = self._network.read(self._network.sequences(1, 0), [shared])
            self._beginnings[len(shared)] = read.sequence
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
        if not said.startswith(self._prompt.known_start):
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
        prompts = [self._ids(self._prompt.around(piece)) for piece in pieces]
        limits = [decoding.limit(self._size(piece)) for piece in pieces]
        penalties = Penalties(options.get("repetition_penalty", 1.0), options.get("no_repeat_ngram_size", 0))
        found = self._search(prompts, limits, options["beam_size"], penalties)
        count = options.get("num_hypotheses", 1)
        return [self._outputs(*each) for each in zip(pieces, limits, (said[:count] for said in found), strict=True)]

    def _search(
        self, prompts: Sequence[Sequence[int]], limits: Sequence[int], width: int = 1, penalties: Penalties = NONE
    ) -> list[list[Hypothesis]]:
        """The hypotheses of each prompt, best first."""
        begun = self._beginning(prompts)
        rest = [prompt[begun.lengths[0] :] for prompt in prompts]
        return search(self._network, begun, rest, limits, self._stop, width=width, penalties=penalties)

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


def _known(tokenizer: tokenizers.Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise WrongModel(f"its tokenizer has no token {token!r}")
    return found


def _unloadable(built: Built, error: Exception) -> WrongModel:
    return WrongModel(f"{built.folder} cannot be loaded ({error}); delete it and try again")


def _distinct(some: Sequence[Translation], others: Sequence[Translation]) -> list[Translation]:
    """Both lists without what they share, best first."""
    texts = {each.text for each in some}
    return sorted([*some, *(each for each in others if each.text not in texts)], key=lambda each: -each.score)
