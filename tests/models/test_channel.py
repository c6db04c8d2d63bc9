from __future__ import annotations

import pytest

from models.building import ready
from models.catalog import CATALOG, DEFAULT, Entry
from models.channel import Channel


@pytest.fixture
def nonsense(tiny: Entry) -> Channel:
    assert tiny.channel is not None
    return Channel.load(ready(tiny.channel, "float32"))


def test_hypotheses_of_any_length_are_scored_as_each_alone(nonsense: Channel) -> None:
    hypotheses = ["lan", "lan alan lan: an", "la"]
    together = nonsense.said_back(hypotheses, "la lana")
    alone = [nonsense.said_back([each], "la lana")[0] for each in hypotheses]
    assert together == pytest.approx(alone, abs=1e-4)
    assert all(score < 0 for score in together)
    assert len(set(together)) == 3


@pytest.mark.parametrize("worth", [1, 1000])
def test_what_the_prompts_have_in_common_is_read_once_and_changes_nothing(
    nonsense: Channel, monkeypatch: pytest.MonkeyPatch, worth: int
) -> None:
    monkeypatch.setattr("models.embedded.WORTH", worth)
    for prompt, said in (("la lana", ["a la", "a la", "a lan na"]), ("la", ["la", "lana", "al"])):
        rows = [(prompt, each) for each in said]
        alone = [nonsense.likelihood([row])[0] for row in rows]
        assert nonsense.likelihood(rows) == pytest.approx(alone, abs=1e-4)


def test_a_longer_source_does_not_change_the_score_of_its_beginning_but_the_mean(nonsense: Channel) -> None:
    (short,) = nonsense.said_back(["lan"], "la")
    (long,) = nonsense.said_back(["lan"], "la lana")
    assert short != long


def test_no_hypotheses_no_scores(nonsense: Channel) -> None:
    assert nonsense.said_back([], "la lana") == []


@pytest.mark.model
def test_what_leaves_out_or_turns_round_is_said_back_worse() -> None:
    entry = CATALOG[DEFAULT].channel
    assert entry is not None
    channel = Channel.load(ready(entry, entry.quantization))
    source = "Il portavoce del ministero ha negato le accuse di spionaggio."
    faithful, short, other = channel.said_back(
        [
            "The ministry's spokesman denied the accusations of espionage.",
            "The spokesman denied the accusations.",
            "The ministry's spokesman confirmed the accusations of espionage.",
        ],
        source,
    )
    assert faithful > short
    assert faithful > other
