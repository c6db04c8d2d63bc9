"""Worker processes: whatever happens to one task, the others get their answers."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from summarize.batch.errors import BatchError
from summarize.batch.failures import Failure
from summarize.batch.workers import Pool, Task, wait_for
from summarize.errors import EmptyInput


def make() -> Callable[[Any], Any]:
    return handle


def handle(task: Task) -> object:
    match task:
        case "raise":
            raise EmptyInput("there is nothing in it")
        case "odd":
            raise ValueError("not\nexpected")
        case "exit":
            os._exit(3)
        case "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(60)
        case "hungry":
            return len(bytearray(3 * 1024**3))
        case "deep":
            return deep()
    return int(task) * 2


def deep() -> int:
    return deep() + 1


def broken() -> Callable[[Any], Any]:
    raise EmptyInput("no model here")


def dying() -> Callable[[Any], Any]:
    os._exit(1)


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(make, 2, memory=1024)
    yield pool
    pool.close()


def answers(pool: Pool, tasks: list[Any], seconds: float = 10.0) -> dict[Any, Any]:
    waiting, found = list(tasks), {}
    limit = time.monotonic() + 30
    while len(found) < len(tasks):
        assert time.monotonic() < limit
        while waiting and pool.free:
            task = waiting.pop(0)
            pool.submit(task, task, seconds)
        wait_for([pool], 0.1)
        found.update({answer.ticket: answer.value for answer in pool.answers()})
    return found


def test_every_task_gets_its_answer_and_every_failure_its_name(pool: Pool) -> None:
    bad = ["raise", "odd", "exit", "segfault", "killed", "hungry", "deep"]
    found = answers(pool, [1, 2, *bad, 3, 4])
    assert [found[number] for number in (1, 2, 3, 4)] == [2, 4, 6, 8]
    assert {task: found[task].kind for task in bad} == {
        "raise": "empty-input",
        "odd": "error",
        "exit": "crash",
        "segfault": "crash",
        "killed": "out-of-memory",
        "hungry": "out-of-memory",
        "deep": "too-deep",
    }
    assert "\n" not in found["odd"].reason
    assert pool.busy == 0


def test_a_task_that_hangs_is_stopped(pool: Pool) -> None:
    started = time.monotonic()
    found = answers(pool, ["hang", 1], seconds=1.0)
    assert found["hang"] == Failure("timeout", "not finished after 1 seconds")
    assert found[1] == 2
    assert time.monotonic() - started < 15


@pytest.mark.parametrize(("make", "words"), [(broken, "no model here"), (dying, "does not start")])
def test_processes_that_cannot_get_ready_end_the_run(make: Callable[[], Any], words: str) -> None:
    pool = Pool(make, 1)
    try:
        with pytest.raises(BatchError, match=words):
            for _ in range(100):
                wait_for([pool], 0.1)
                list(pool.answers())
    finally:
        pool.close()
