"""Translators for the batch measurements: one that only sleeps, and one that notes what it was given."""

from __future__ import annotations

import json
import select
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from commands.engine import Deferred
from models.translator import Signature, Translation, Translator

FILLER = ("the", "of", "one", "that", "state", "report", "against", "security", "following", "information")


class Fake:
    """Sleeps instead of translating; what it says has the length, the names and the numbers of a translation."""

    signature = Signature("fake", "none")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """Put filler for the words in small letters."""
        # Not `time.sleep`: faketime turns its absolute deadline into one below 0, which the kernel refuses.
        select.select([], [], [], self._seconds * len(sentences))
        return [Translation(" ".join(map(_put, it.split())), -0.1) for it in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """As many as were asked for, each a little different."""
        first = self.translate(sentences)
        return [[replace(each, text=f"{each.text} {word}") for word in FILLER[:count]] for each in first]


def _put(word: str) -> str:
    kept = word == "non" or not word.islower()
    return {"non": "not"}.get(word, word) if kept else FILLER[len(word) % len(FILLER)]


class Logged:
    """A translator that notes what it was given, a line a call; `fake` is how long a fake one sleeps a sentence."""

    def __init__(self, log: Path, fake: float | None) -> None:
        self._engine: Translator = Deferred(careful=False) if fake is None else Fake(fake)
        self._log = log

    @property
    def signature(self) -> Signature:
        """That of the engine."""
        return self._engine.signature

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """Translate, then note."""
        result = self._engine.translate(sentences, progress)
        with self._log.open("a", encoding="utf-8") as file:
            file.write("\n" + json.dumps(list(sentences)))  # the line before may have been cut short by a kill
        return result

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """Not noted: what is asked for again is part of the article in hand."""
        return self._engine.candidates(sentences, count)
