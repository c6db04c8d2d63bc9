"""Why one input did not make it: a short kind to count by and one line for the reader."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass

from models.errors import SuntoError

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that failed.

    Attributes:
        kind: name of the cause, the same from run to run: `empty-input`, `timeout`, `crash`, `out-of-memory`…
        reason: one line, without anything that differs from run to run (no times, no process numbers).

    """

    kind: str
    reason: str


def of(error: BaseException) -> Failure:
    """Name the failure behind an exception that an article raised."""
    if isinstance(error, MemoryError):
        return OUT_OF_MEMORY
    if isinstance(error, SuntoError):
        return Failure(_kebab(type(error).__name__), one_line(str(error)))
    if isinstance(error, RecursionError):
        return Failure("too-deep", "nested too deeply to be read")
    return Failure("error", one_line(f"unexpected {type(error).__name__}: {error}"))


def of_exit(code: int | None) -> Failure:
    """Name the death of a worker process by its exit code (negative: the signal that killed it).

    SIGKILL is what the kernel sends when memory runs out; nothing else in a run sends it to a busy worker.
    """
    if code is not None and code < 0:
        if code == -signal.SIGKILL:
            return Failure("out-of-memory", "its worker process was killed, most likely because memory ran out")
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return Failure("crash", f"its worker process crashed ({name})")
    return Failure("crash", f"its worker process ended without an answer (exit code {code})")


def of_timeout(seconds: float) -> Failure:
    """Name an article that took longer than it may."""
    return Failure("timeout", f"not finished after {seconds:g} seconds")


def one_line(text: str) -> str:
    """The text on one line, printable and of bounded length."""
    line = " ".join(text.split())
    line = line.encode("utf-8", "backslashreplace").decode("utf-8")
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


OUT_OF_MEMORY = Failure("out-of-memory", "needs more memory than one article may have")
