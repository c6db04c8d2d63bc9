"""Imported once, before worker processes are forked: every one of them then has the rules and lexicons at hand."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Sequence

from models.translator import Signature, Translation
from summarize import language
from summarize.batch import work

SAMPLE = """Il ministero accusa un gruppo di pirati informatici

Il ministero dell'Interno ha attribuito l'attacco del 3 marzo a un gruppo legato alla Cina.

L'ambasciata cinese ha respinto le accuse e parla di calunnie senza prove.
"""


class _Echo:
    """Gives the Italian back: warming needs no model."""

    signature = Signature("none", "none")

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        return [Translation(it, 0.0) for it in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        return [[] for _ in sentences]


def _warm() -> None:
    language.other_language("sunto " * language.SHORT)  # no word of it is Italian: that loads the classifier
    prepared = work.read(work.Reading("sample.txt", "", None, force=False, data=SAMPLE.encode()))
    if isinstance(prepared, work.Prepared):
        work.finish([prepared], _Echo(), "json")


signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
with contextlib.suppress(Exception):  # what fails here fails again with the first article, and is reported there
    _warm()
