"""Progress: a line every half minute, with the rate and the time left."""

import io
from collections.abc import Iterator

import pytest

from summarize.batch import progress
from summarize.batch.options import Tally


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    yield Clock()


def test_a_line_every_half_minute(clock: Clock) -> None:
    lines: list[str] = []
    show = progress.PlainLines(lines.append, clock)
    show(Tally(total=100, done=3))
    clock.now += 29
    show(Tally(total=100, done=5))
    assert lines == []
    clock.now += 1
    show(Tally(total=100, done=10, skipped=20, failed=2))
    show(Tally(total=100, done=11, skipped=20, failed=2))
    assert lines == ["sunto: 32 of 100, 24.0 a minute, about 3 min left, 20 done before, 2 failed"]


def test_nothing_done_yet_promises_nothing(clock: Clock) -> None:
    assert progress.Pace(clock).told(Tally(total=5)) == "reading"


@pytest.mark.parametrize(("left", "words"), [(1, "2 s"), (60, "2 min"), (6000, "3.3 h")])
def test_the_time_left_has_its_unit(clock: Clock, left: int, words: str) -> None:
    pace = progress.Pace(clock)
    clock.now += 60
    assert f"about {words} left" in pace.told(Tally(total=30 + left, done=30))


def test_a_stream_that_is_no_terminal_gets_plain_lines() -> None:
    with progress.on(io.StringIO()) as show:
        assert isinstance(show, progress.PlainLines)


def test_a_terminal_gets_a_bar() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with progress.on(stream) as show:
        show(Tally(total=4, done=1))
    assert "1/4" in stream.getvalue()
