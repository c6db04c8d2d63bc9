"""Translators for the batch measurements: one that only sleeps, and one that notes what it was given."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from commands.engine import Deferred
from models.translator import Signature, Translation, Translator


class Fake:
    """Sleeps instead of translating."""

    signature = Signature("fake", "none")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """Give each sentence back."""
        time.sleep(self._seconds * len(sentences))
        return [Translation(f"(en) {it}", -0.1) for it in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """One candidate each."""
        return [[each] for each in self.translate(sentences)]


class Logged:
    """A translator that notes every sentence it was given."""

    def __init__(self, log: Path, fake: float | None) -> None:
        self._engine: Translator = Deferred() if fake is None else Fake(fake)
        self._log = log

    @property
    def signature(self) -> Signature:
        """That of the engine."""
        return self._engine.signature

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """Translate, then note."""
        result = self._engine.translate(sentences, progress)
        with self._log.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(it) + "\n" for it in sentences)
        return result

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """Not noted: what is asked for again is part of the article in hand."""
        return self._engine.candidates(sentences, count)
