"""The default translator: Gemma 3 270M with sunto's adapter, run by CTranslate2; needs neither torch nor a network."""

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
from models.coverage import Known, Table
from models.errors import WrongModel
from models.memory import one_heap
from models.piecewise import Output, Piecewise, threads
from models.translator import Signature
from models.vocabulary import BOS, EOS

if TYPE_CHECKING:
    import ctranslate2
    import tokenizers

    from models.building import Built
    from models.translator import Proposals, Translation

LONGEST = 160  # tokens of a source that is translated in one piece
WISHED = 25  # and of one that has a semicolon, a colon or a dash to be cut at: its parts fare better
WINDOW = 512  # tokens: CTranslate2 scores no row that is longer than the sliding window of the base
LEAST, SENTENCE = 12, 75  # sequences of a small batch (half as many take 1.6 times as long), and tokens of each


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

    most_sentences, most_tokens = 24, 1_800  # a sequence takes a quarter of a megabyte a token
    wished = WISHED

    def __init__(
        self,
        opening: Future[ctranslate2.Generator],
        tokenizer: tokenizers.Tokenizer,
        prompt: Prompt,
        signature: Signature,
        beam: int = 1,
    ) -> None:
        super().__init__(signature, LONGEST, {"beam_size": beam, "num_hypotheses": beam})
        self._opening = opening
        self._tokenizer = tokenizer
        self._prompt = prompt
        self._static = [BOS, *self.tokens(prompt.before.rstrip(" "))]
        self._stop = [tokenizer.token_to_id(prompt.stop), tokenizer.token_to_id(EOS)]

    @classmethod
    def load(cls, built: Built, beam: int = 1, workers: int = 1) -> Self:
        """Load a built model; unless it did before, it proves itself on a sentence whose translation is known.

        The weights of a proven one are still being read when this returns; the first translation waits for them.

        Args:
            built: where it lies.
            beam: width of the beam search.
            workers: batches that it can decode at the same time, sharing the threads and the memory of one.

        Raises:
            WrongModel: the folder holds no such model, or the model talks nonsense.

        """
        import tokenizers

        opening = _opening(built, workers)
        try:
            prompt = Prompt.read(built.folder)
            tokenizer = tokenizers.Tokenizer.from_file(str(built.folder / TOKENIZER))
        except Exception as error:
            raise _unloadable(built, error) from error
        parts = {"beam": str(beam)} if beam > 1 else {}
        signature = Signature(built.name, built.quantization, built.adapter, parts)
        translator = cls(opening, tokenizer, prompt, signature, beam)
        translator._share(workers)
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
        prompts = [[BOS, *self.tokens(prompt)] for prompt, _ in rows]
        said = [self.tokens(f" {text}{self._prompt.stop}") for _, text in rows]
        whole = [[*prompt, *after] for prompt, after in zip(prompts, said, strict=True)]
        if max(map(len, whole), default=0) > WINDOW:
            return [0.0] * len(rows)
        # A row at a time: CTranslate2 scores no rows of unequal length together, and one alone fills a core.
        scored = self._generator.score_batch(whole, max_batch_size=1) if whole else []
        return [sum(row.log_probs[-len(after) :]) / len(after) for row, after in zip(scored, said, strict=True)]

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text as the model reads and writes them."""
        tokens: list[str] = self._tokenizer.encode(text, add_special_tokens=False).tokens
        return tokens

    def _prompted(self, **changes: Any) -> Self:  # noqa: ANN401 - attributes of `Prompt`
        """The same translator with something else in its prompts; the weights are shared."""
        other = copy.copy(self)
        other._prompt = replace(self._prompt, **changes)
        return other

    def _share(self, workers: int) -> None:
        """Make the batches so small that those of all workers take the memory of one, while they still fill a core."""
        self.most_sentences = max(self.most_sentences // workers, LEAST)
        self.most_tokens = max(self.most_tokens // workers, LEAST * SENTENCE)

    @property
    def _generator(self) -> ctranslate2.Generator:
        return self._opening.result()

    def _prove(self, built: Built) -> None:
        prompt = [BOS, *self.tokens(self._prompt.around(self._prompt.known_source))]
        (result,) = self._generator.generate_batch(
            [prompt[len(self._static) :]],
            static_prompt=self._static,
            max_length=len(self.tokens(f" {self._prompt.known_start}")) or 1,
            include_prompt_in_result=False,
        )
        said = self._tokenizer.decode(result.sequences_ids[0]).strip()
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
        """With its hints: of a batch, all that goes beyond the shortest is read token by token."""
        return len(self.tokens(self._prompt.around(piece))) - len(self._static)

    def _generate(self, pieces: Sequence[str], options: dict[str, Any]) -> list[list[Output]]:
        prompts = [[BOS, *self.tokens(self._prompt.around(piece))] for piece in pieces]
        sizes = [self._size(piece) for piece in pieces]
        shared = all(prompt[: len(self._static)] == self._static for prompt in prompts)
        results = self._generator.generate_batch(
            [prompt[len(self._static) :] for prompt in prompts] if shared else prompts,
            static_prompt=self._static if shared else None,
            max_length=decoding.limit(max(sizes)),
            end_token=self._stop,
            include_prompt_in_result=False,
            return_scores=True,
            disable_unk=True,
            **options,
        )
        return [self._outputs(*each) for each in zip(pieces, sizes, results, strict=True)]

    def _outputs(self, piece: str, size: int, result: ctranslate2.GenerationResult) -> list[Output]:
        """The hypotheses of a piece of so many tokens, and what is wrong with each."""
        longest = decoding.limit(size)  # of this piece; the batch ran to the limit of its longest
        coverage = self._prompt.known.coverage(*self._prompt.told(piece)) if self._prompt.known else None
        outputs = []
        for ids, score in zip(result.sequences_ids, result.scores, strict=True):
            text = self._tokenizer.decode(ids[:longest]).strip()
            faults = decoding.faults(piece, text, finished=len(ids) < longest)
            left_out = coverage.left_out(text) if coverage else ()
            outputs.append(Output(text, score, len(ids[:longest]), faults, left_out))
        return outputs


def _opening(built: Built, workers: int) -> Future[ctranslate2.Generator]:
    """The weights, read beside all else that a start has to do: CTranslate2 lets go of the interpreter meanwhile."""
    shared = max(1, threads() // workers)

    def read() -> ctranslate2.Generator:
        import ctranslate2

        try:
            return ctranslate2.Generator(
                str(built.folder),
                device="cpu",
                compute_type=built.quantization,
                inter_threads=workers,
                intra_threads=shared,
            )
        except Exception as error:
            raise _unloadable(built, error) from error

    one_heap()
    reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="weights")
    opening = reader.submit(read)
    reader.shutdown(wait=False)
    return opening


def _unloadable(built: Built, error: Exception) -> WrongModel:
    return WrongModel(f"{built.folder} cannot be loaded ({error}); delete it and try again")


def _distinct(some: Sequence[Translation], others: Sequence[Translation]) -> list[Translation]:
    """Both lists without what they share, best first."""
    texts = {each.text for each in some}
    return sorted([*some, *(each for each in others if each.text not in texts)], key=lambda each: -each.score)
