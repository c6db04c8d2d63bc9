"""The work on one article, the same in a local process and on a node of a cluster."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from summarize import glossary as glossaries
from summarize import pipeline, rendering, repair
from summarize.batch import failures, loading, naming, rows
from summarize.batch.failures import Failure
from summarize.batch.notes import NotedTranslator

if TYPE_CHECKING:
    from models.translator import Translator
    from summarize.document import Article, Claims
    from summarize.glossary import Term

    OpenTranslator = Callable[[], Translator]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """Read `path` as `name`, unless its bytes hash to `known`; `data` holds them where another machine has the file."""

    name: str
    path: str
    known: bytes | None
    force: bool
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The input is the one that the journal knows, and its output is there."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready for translation, the notes that an earlier run took of it, and the seconds spent so far."""

    name: str
    content: bytes
    article: Article
    claims: Claims
    seconds: float
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The bytes of a report, its row for the index, and the translator's notes."""

    name: str
    content: bytes
    data: bytes
    row: dict[str, Any]
    notes: str
    seconds: float


def read(task: Reading) -> Unchanged | Prepared:
    """Bytes → Article and Claims.

    Raises:
        InputError: the input cannot be used.

    """
    started = time.perf_counter()
    data = loading.load(task.path) if task.data is None else task.data
    content = hashlib.sha256(data).digest()
    if content == task.known:
        return Unchanged()
    shown = naming.display(task.name)
    article = pipeline.article(loading.expand(task.name, data), force=task.force, name=loading.unpacked(shown))
    article = replace(article, source=shown)
    claims = pipeline.claims(article)
    return Prepared(task.name, content, article, claims, time.perf_counter() - started)


def reader() -> Callable[[Reading], Unchanged | Prepared]:
    """The handler of a reading process."""
    return read


class TranslatingHandler:
    """The handler of the process that holds the model: articles → reports.

    Args:
        open_translator: opens the model, in this process.
        form: format of the reports.
        glossary: the user's own terms.

    """

    def __init__(self, open_translator: OpenTranslator, form: str, glossary: Sequence[Term] = ()) -> None:
        self._translator = open_translator()
        self._form = form
        self._glossary = glossary

    def __call__(self, batch: Sequence[Prepared]) -> str | list[Finished | Failure]:
        """Finish a batch; an empty one asks for the translator's signature."""
        if not batch:
            return str(self._translator.signature)
        return finish(batch, self._translator, self._form, self._glossary)


def finish(
    batch: Sequence[Prepared], translator: Translator, form: str, glossary: Sequence[Term] = ()
) -> list[Finished | Failure]:
    """Article → Report → bytes for several articles, whose sentences are translated together."""
    terms = glossaries.combined(glossary)
    told = pipeline.informed(translator, terms)
    noted = [NotedTranslator(told, prepared.notes, glossaries.proposals(terms)) for prepared in batch]
    texts = [pipeline.sources(prepared.article) for prepared in batch]
    translating = _translate_together(texts, noted, told)
    repairing = _try_again_together(texts, noted, told, terms)
    results: list[Finished | Failure] = []
    for prepared, own, *spent in zip(batch, noted, translating, repairing, strict=True):
        try:
            results.append(_report(prepared, own, form, glossary, sum(spent)))
        except Exception as error:
            results.append(failures.of(error))
    return results


def _translate_together(
    texts: Sequence[Sequence[str]], noted: Sequence[NotedTranslator], translator: Translator
) -> list[float]:
    """Note the translations of all articles from one call; returns each article's share of its seconds."""
    wanted = [own.unknown(sentences) for own, sentences in zip(noted, texts, strict=True)]
    answers, seconds = _ask_together(translator.translate, wanted)
    for own, sentences in zip(noted, wanted, strict=True):
        own.learn({it: answers[it] for it in sentences})
    return seconds


def _try_again_together(
    texts: Sequence[Sequence[str]], noted: Sequence[NotedTranslator], translator: Translator, terms: Sequence[Term]
) -> list[float]:
    """Note the candidates that `repair` will ask for: article by article the decoder would run half empty."""
    wanted = []
    for own, sentences in zip(noted, texts, strict=True):
        doubtful = repair.doubtful(sentences, own.translate(sentences), terms)
        wanted.append(own.untried([sentences[i] for i in doubtful], repair.COUNT))
    answers, seconds = _ask_together(lambda together: translator.candidates(together, repair.COUNT), wanted)
    for own, sentences in zip(noted, wanted, strict=True):
        own.learn_candidates({it: answers[it] for it in sentences}, repair.COUNT)
    return seconds


def _ask_together(
    ask: Callable[[list[str]], list[T]], wanted: Sequence[Sequence[str]]
) -> tuple[dict[str, T], list[float]]:
    """Ask once for what several articles want; returns the answers and each article's share of the seconds."""
    started = time.perf_counter()
    together = list(dict.fromkeys(sentence for sentences in wanted for sentence in sentences))
    answers = dict(zip(together, ask(together), strict=True)) if together else {}
    a_sentence = (time.perf_counter() - started) / max(1, sum(map(len, wanted)))
    return answers, [a_sentence * len(sentences) for sentences in wanted]


def _report(
    prepared: Prepared, translator: NotedTranslator, form: str, glossary: Sequence[Term], spent: float
) -> Finished:
    started = time.perf_counter()
    report = pipeline.report(prepared.article, translator, found=prepared.claims, glossary=glossary)
    data = rendering.render(report, form).encode("utf-8", "replace")
    seconds = prepared.seconds + spent + time.perf_counter() - started
    return Finished(prepared.name, prepared.content, data, rows.row(report), translator.dump(), seconds)
