"""Reasons: one line, and the same from run to run."""

import signal

from summarize.batch import failures
from summarize.batch.errors import CorruptArchive


def test_kinds_are_the_names_of_the_errors() -> None:
    assert failures.of(CorruptArchive("cut\nshort")) == failures.Failure("corrupt-archive", "cut short")
    assert failures.of(MemoryError()).kind == "out-of-memory"
    assert failures.of(RecursionError()).kind == "too-deep"
    assert failures.of(KeyError("x")) == failures.Failure("error", "unexpected KeyError: 'x'")


def test_exits_are_told_apart() -> None:
    assert failures.of_exit(-signal.SIGKILL).kind == "out-of-memory"
    assert failures.of_exit(-signal.SIGSEGV) == failures.Failure("crash", "its worker process crashed (SIGSEGV)")
    assert failures.of_exit(-65).reason == "its worker process crashed (signal 65)"
    assert failures.of_exit(3).kind == "crash"


def test_a_reason_is_short_and_valid_unicode() -> None:
    reason = failures.one_line("caff\udce8 " * 500)
    assert len(reason) == failures.LONGEST_REASON
    assert reason.encode("utf-8").startswith(b"caff\\udce8")
