"""How the learning rate moves, and how much of a run is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Budget(Protocol):
    """What a run may use up."""

    def done(self, steps: int, seconds: float) -> float:
        """The part that is used up after so many steps and seconds of training; 1 or more ends the run."""


@dataclass(frozen=True)
class StepBudget:
    """A number of steps: the same run every time."""

    steps: int

    def done(self, steps: int, seconds: float) -> float:
        """See `Budget`."""
        return steps / self.steps


@dataclass(frozen=True)
class TimeBudget:
    """Seconds of training, whatever else the machine does meanwhile."""

    seconds: float

    def done(self, steps: int, seconds: float) -> float:
        """See `Budget`."""
        return seconds / self.seconds


def rate(peak: float, warm_up: int, step: int, done: float) -> float:
    """Learning rate of a step, counted from 0: up to the peak over `warm_up` steps, down to zero as the run ends."""
    return peak * min(1.0, (step + 1) / max(1, warm_up)) * max(0.0, 1.0 - done)
