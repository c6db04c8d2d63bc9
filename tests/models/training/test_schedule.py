import pytest

from models.training.schedule import StepBudget, TimeBudget, rate


def test_up_to_the_peak_and_down_to_nothing() -> None:
    rates = [rate(1.0, 10, step, StepBudget(100).done(step, 0)) for step in range(101)]
    assert rates[0] == pytest.approx(0.1)
    assert max(rates) == pytest.approx(rates[9])
    assert rates[9:] == sorted(rates[9:], reverse=True)
    assert rates[100] == 0


def test_time_decides_where_time_is_the_budget() -> None:
    assert TimeBudget(60.0).done(1_000, 30.0) == pytest.approx(0.5)
    assert rate(1.0, 1, 5, 1.5) == 0
