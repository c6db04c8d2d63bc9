"""How well the best of several translations is told: `python -m benchmarks.choosing [--update] [--allow-regression]`.

`choices/hypotheses.jsonl` holds 169 sentences and parts of sentences written for the project, what two models made of
them in several ways, how likely each found it, how well the channel could say the Italian back, and a verdict on each
hypothesis from a reading of the Italian: `reliable`, or what is wrong (`fact`, `dropped`, `hedge`, `sense`). The
choice of the product (`models.reranking`) is held against them: how many of the sentences come out reliable, how many
without a wrong fact, and how many could, were the best hypothesis always taken. So is what is said to be left out
(`models.coverage`): how many of the hypotheses that leave out two words are not reliable, and how many of those that
dropped something do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from benchmarks import floors
from models import hints
from models.building import LEXICON, RENDERINGS
from models.catalog import CATALOG, DEFAULT
from models.coverage import Known, Table
from models.piecewise import Output
from models.reranking import chosen, shortlists
from models.translator import MISSED

SET = Path(__file__).parent / "choices" / "hypotheses.jsonl"
FLOOR = Path(__file__).with_name("choosing.json")
MODELS = ("first", "second")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence, each model's hypotheses, and by text what the channel says of them and what is wrong with them."""

    source: str
    models: Sequence[Sequence[Output]]
    channel: Mapping[str, float]
    verdicts: Mapping[str, Sequence[str]]


def read(path: Path) -> list[Choice]:
    """The sentences of a file. Raises OSError, ValueError or KeyError."""
    folder = CATALOG[DEFAULT].adapter
    known = Known(Table.load(folder / RENDERINGS), hints.load(folder / LEXICON))
    return [_choice(json.loads(line), known) for line in path.read_text(encoding="utf-8").splitlines()]


def _choice(row: Mapping[str, Any], known: Known) -> Choice:
    said: dict[str, list[Output]] = {model: [] for model in MODELS}
    coverage = known.coverage(row["source"])
    for each in row["hypotheses"]:
        faults, left_out = ("fault",) * each["faults"], coverage.left_out(each["text"])
        said[each["model"]].append(Output(each["text"], each["score"], 1, faults, left_out))
    channel = {each["text"]: each["channel"] for each in row["hypotheses"]}
    verdicts = {each["text"]: tuple(each["verdict"]) for each in row["hypotheses"]}
    return Choice(row["source"], list(said.values()), channel, verdicts)


def figures(choices: Sequence[Choice], models: int) -> dict[str, float]:
    """The shares that come out reliable, and without a wrong fact, of what is chosen from the first so many models."""

    def product(choice: Choice) -> str:
        return chosen(shortlists(choice.models[:models]), choice.channel).text

    taken = [choice.verdicts[product(choice)] for choice in choices]
    return {
        "reliable": _share(taken, lambda verdict: "reliable" in verdict),
        "no fact wrong": _share(taken, lambda verdict: "fact" not in verdict),
    }


def possible(choices: Sequence[Choice]) -> float:
    """The share of the sentences with a reliable hypothesis."""
    return _share(choices, lambda choice: any("reliable" in verdict for verdict in choice.verdicts.values()))


def left_out(choices: Sequence[Choice]) -> dict[str, float]:
    """How many hypotheses that leave out two words are not reliable; how many that dropped something leave out two."""
    missing = {
        (each.source, output.text): output.left_out for each in choices for said in each.models for output in said
    }
    verdicts = {(choice.source, text): verdict for choice in choices for text, verdict in choice.verdicts.items()}
    named = [each for each, words in missing.items() if len(words) >= MISSED]
    dropped = [each for each, verdict in verdicts.items() if "dropped" in verdict]
    return {
        "two words left out: not reliable": _share(named, lambda each: "reliable" not in verdicts[each]),
        "something dropped: told": _share(dropped, lambda each: len(missing[each]) >= MISSED),
    }


def _share(some: Sequence[T], holds: Callable[[T], bool]) -> float:
    return round(sum(map(holds, some)) / len(some), 4)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    floors.options(parser)
    options = parser.parse_args(arguments)
    choices = read(SET)
    for models, what in enumerate(("the first model's", "both models'"), 1):
        now = figures(choices, models)
        print(f"chosen of {what}: {now['reliable']:.3f} reliable, {now['no fact wrong']:.3f} without a wrong fact")
    print(f"possible: {possible(choices):.3f} reliable; {len(choices)} sentences")
    told = left_out(choices)
    print("  ".join(f"{name} {share:.3f}" for name, share in told.items()))
    floors.gate(FLOOR, hashlib.sha256(SET.read_bytes()).hexdigest(), {**now, **told}, options)


if __name__ == "__main__":
    main()
