from __future__ import annotations

from click.testing import CliRunner
from pytest import MonkeyPatch

from benchmarks import speed
from benchmarks.speed import ENGINES, PREPARATIONS, Run, load, main, peak, table
from benchmarks.speed_engines import BATCH
from benchmarks.speed_marian import batches


def test_the_table_tells_ratios_to_transformers() -> None:
    runs = {"transformers": Run(4.0, 100, 10.0, 2000), "sunto-int8": Run(1.0, 120, 4.0, 500)}
    head, first, second = table(runs)
    assert head.split()[:2] == ["engine", "tokens/s"]
    assert first.split() == ["transformers", "10.0", "1.00", "4.00", "2000", "100", "10.0"]
    assert second.split() == ["sunto-int8", "30.0", "3.00", "1.00", "500", "120", "4.0"]
    assert table({"sunto-int8": runs["sunto-int8"]})[1].split()[2] == "-"


def test_an_engine_that_is_not_installed_costs_the_others_nothing(monkeypatch: MonkeyPatch) -> None:
    run = Run(1.0, 10, 1.0, 100)
    monkeypatch.setattr(speed, "run_apart", lambda name, _first: None if name == "llama.cpp-q4" else run)
    monkeypatch.setattr(speed, "prepared", lambda name: name != "marian-ct2-int8")
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    told = [line.split()[0] for line in result.stdout.splitlines()[2:]]
    assert told == [name for name in ENGINES if name not in {"llama.cpp-q4", "marian-ct2-int8"}]


def test_engines_take_turns_and_each_shows_its_fastest(monkeypatch: MonkeyPatch) -> None:
    seconds = {"transformers": iter([4.0, 5.0, 3.0]), "sunto-int8": iter([2.0, 1.0, 3.0])}
    turns: list[str] = []

    def run_apart(name: str, _first: int | None) -> Run:
        turns.append(name)
        return Run(1.0, 12, next(seconds[name]), 100)

    monkeypatch.setattr(speed, "run_apart", run_apart)
    monkeypatch.setattr(speed, "prepared", lambda name: turns.append(f"{name} prepared") or True)
    runs = speed.run_in_turn([*seconds], None, 3)
    assert turns == ["transformers prepared", "sunto-int8 prepared", *["transformers", "sunto-int8"] * 3]
    assert {name: run.seconds for name, run in runs.items()} == {"transformers": 3.0, "sunto-int8": 1.0}


def test_an_engine_runs_on_the_first_sentence_and_then_on_all(monkeypatch: MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setitem(ENGINES, "transformers", lambda: lambda pairs: asked.append(len(pairs)) or 7)
    run = speed.run_here("transformers", 3)
    assert asked == [1, 3]
    assert run.tokens == 7
    assert 0 < run.memory <= peak()


def test_random_weights_write_as_much_as_the_references_have() -> None:
    pairs = load(None)
    found = batches(pairs)
    assert sum(len(lengths) for lengths, _ in found) == len(pairs) > BATCH
    assert found[0][0] == sorted(found[0][0], reverse=True)
    written = sum(size * len(lengths) for lengths, size in found)
    assert abs(written / sum(1.35 * len(english.split()) + 1 for _, english in pairs) - 1) < 0.05


def test_what_is_prepared_is_an_engine() -> None:
    assert set(PREPARATIONS) <= set(ENGINES)
