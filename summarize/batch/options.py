"""What a batch can be told, and what it comes to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.glossary import Term

BATCH = 8  # articles translated together; positions in the sorted list decide which, never the clock


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        form: format of the reports: `json`, `markdown`, `html` or `text`.
        force: go on when a text does not look Italian.
        strict: stop at the first failure.
        workers: processes that read; None for one a core.
        translators: processes that hold the model.
        timeout: seconds that reading one article may take; translating gets as much again for every five sentences.
        memory: MiB of address space that a reading process may have; 0 for no limit.
        glossary: the user's own terms.

    """

    form: str = "json"
    force: bool = False
    strict: bool = False
    workers: int | None = None
    translators: int = 1
    timeout: float = 60.0
    memory: int = 2048
    glossary: tuple[Term, ...] = ()

    @property
    def readers(self) -> int:
        """Processes that read."""
        return self.workers or os.cpu_count() or 1


@dataclass(slots=True)
class Tally:
    """How far a run has come: `total` inputs are `done` now, `skipped` as done before, or `failed`."""

    total: int = 0
    done: int = 0
    skipped: int = 0
    failed: int = 0
    stopped: bool = False

    @property
    def left(self) -> int:
        """Inputs that were not reached."""
        return self.total - self.done - self.skipped - self.failed
