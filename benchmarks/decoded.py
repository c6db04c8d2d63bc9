"""What a translator said, kept in a file: measured anew without decoding anew, until the model or its hints change."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models import cache
from models.translator import Proposal, Proposals, Signature, Translation, Translator, advised

AT_ONCE = 32  # sentences that are decoded before they are written down
Key = tuple[str, str, int, str]  # signature, sentence, candidates (0 for the translation), proposals


def default_path() -> Path:
    """Where the answers are kept unless another file is named."""
    return cache.root() / "benchmarks" / "decoded.jsonl"


def add_options(parser: ArgumentParser) -> None:
    """What every benchmark that keeps its translations can be told."""
    parser.add_argument("--cache", type=Path, default=default_path(), help="where translations are kept")
    parser.add_argument("--fast", action="store_true", help="translate each sentence in one way")


def opened(chosen: Namespace, open_translator: Callable[[], Translator] | None = None) -> Decoded:
    """The embedded translator, or what is opened instead, and the file that the options name."""
    from models.catalog import open_model  # noqa: PLC0415 - what needs no model starts without it

    translator = open_translator() if open_translator else open_model(careful=not chosen.fast)
    return Decoded(translator, chosen.cache)


def nothing(text: str) -> list[Proposal]:
    """Propose nothing."""
    return []


class Decoded:
    """The protocol `Translator` over another one; a run that was cut short is taken up where it was.

    Args:
        translator: asked for what the file lacks.
        path: of a file with an answer a line; made if need be.

    """

    def __init__(self, translator: Translator, path: Path) -> None:
        self._translator = translator
        self._path = path
        self._proposals: Proposals | None = nothing  # None where even the translator's own hints are off
        self._answers = dict(read(path))
        self._name = str(translator.signature)

    @property
    def signature(self) -> Signature:
        """That of the translator behind it."""
        return self._translator.signature

    def advised(self, proposals: Proposals | None) -> Decoded:
        """As `models.translator.Advisable` says; the answers are shared."""
        found = Decoded.__new__(Decoded)
        found.__dict__ |= self.__dict__
        found._translator, found._proposals = advised(self._translator, proposals), proposals
        return found

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """As `Translator.translate`."""
        answers = self._answered(sentences, 0, lambda missing: [[each] for each in self._translator.translate(missing)])
        return [answer[0] for answer in answers]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """As `Translator.candidates`."""
        return self._answered(sentences, count, lambda missing: self._translator.candidates(missing, count))

    def _answered(
        self, sentences: Sequence[str], count: int, decode: Callable[[list[str]], list[list[Translation]]]
    ) -> list[list[Translation]]:
        keys = [self._key(sentence, count) for sentence in sentences]
        missing = list(dict.fromkeys(key for key in keys if key not in self._answers))
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            found = dict(zip(some, decode([key[1] for key in some]), strict=True))
            append(self._path, found)
            self._answers |= found
        return [self._answers[key] for key in keys]

    def _key(self, sentence: str, count: int) -> Key:
        told = json.dumps(list(self._proposals(sentence)), ensure_ascii=False) if self._proposals else "no hints"
        return self._name, sentence, count, told


def read(path: Path) -> Iterator[tuple[Key, list[Translation]]]:
    """The answers of a file; a line that was cut short is passed over."""
    for line in path.read_text(encoding="utf-8").split("\n") if path.exists() else []:
        if not line.endswith("]"):
            continue
        try:
            *key, answers = json.loads(line)
        except ValueError:
            continue
        yield (key[0], key[1], key[2], key[3]), [Translation.of_row(row) for row in answers]


def append(path: Path, answers: dict[Key, list[Translation]]) -> None:
    """Write answers down, a line each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows: list[list[Any]] = [[*key, [each.row() for each in said]] for key, said in answers.items()]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + text)  # the line before may have been cut short
