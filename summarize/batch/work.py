"""The work on one article, the same in a local process and on a node of a cluster."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summarize import pipeline, rendering
from summarize.batch import failures, loading, naming, rows
from summarize.batch.failures import Failure
from summarize.batch.notes import NotedTranslator

if TYPE_CHECKING:
    from models.translator import Translation, Translator
    from summarize.document import Article, Claims

    OpenTranslator = Callable[[], Translator]


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

    """

    def __init__(self, open_translator: OpenTranslator, form: str) -> None:
        self._translator = open_translator()
        self._form = form

    def __call__(self, batch: Sequence[Prepared]) -> str | list[Finished | Failure]:
        """Finish a batch; an empty one asks for the translator's signature."""
        if not batch:
            return str(self._translator.signature)
        return finish(batch, self._translator, self._form)


def finish(batch: Sequence[Prepared], translator: Translator, form: str) -> list[Finished | Failure]:
    """Article → Report → bytes for several articles, whose sentences are translated together."""
    noted = [NotedTranslator(translator, prepared.notes) for prepared in batch]
    seconds = _translate_together(batch, noted, translator)
    results: list[Finished | Failure] = []
    for prepared, own, spent in zip(batch, noted, seconds, strict=True):
        try:
            results.append(_report(prepared, own, form, spent))
        except Exception as error:
            results.append(failures.of(error))
    return results


def _translate_together(
    batch: Sequence[Prepared], noted: Sequence[NotedTranslator], translator: Translator
) -> list[float]:
    """Fill the notes with one call; returns each article's share of its seconds."""
    started = time.perf_counter()
    missing = [own.unknown(pipeline.sources(p.article)) for p, own in zip(batch, noted, strict=True)]
    together = list(dict.fromkeys(sentence for sentences in missing for sentence in sentences))
    if together:
        translations: dict[str, Translation] = dict(zip(together, translator.translate(together), strict=True))
        for sentences, own in zip(missing, noted, strict=True):
            own.learn({sentence: translations[sentence] for sentence in sentences})
    a_sentence = (time.perf_counter() - started) / max(1, sum(map(len, missing)))
    return [a_sentence * len(sentences) for sentences in missing]


def _report(prepared: Prepared, translator: NotedTranslator, form: str, spent: float) -> Finished:
    started = time.perf_counter()
    report = pipeline.report(prepared.article, translator, found=prepared.claims)
    data = rendering.render(report, form).encode("utf-8", "replace")
    seconds = prepared.seconds + spent + time.perf_counter() - started
    return Finished(prepared.name, prepared.content, data, rows.row(report), translator.dump(), seconds)
