import json
from dataclasses import replace
from pathlib import Path

from models.training.batching import PairEncoder
from models.training.contrast import ContrastPasses, Group, read_groups, write_groups
from models.training.corpus import Pair
from models.training.gemma import Gemma
from models.training.recipe import Contrast
from models.training.schedule import StepBudget
from models.training.trainer import Run, Trainer
from tests.models.training import small

CONTRAST = Contrast(groups=8, say=0.5, scale=5.0, sharpness=8.0, weight=1.0, reference=0.2, least=0.01)
TEMPLATE = "Go.\nSay: {source}\nNow:"
GOOD = ("red", "blue", "green", "white", "black", "brown")


def groups(watched: str = "") -> list[Group]:
    """Which of two translations is right can be told by their words alone."""
    return [
        Group(f"uno {word}", f"one {word}", (f"one {word}", f"bad {word}"), (-0.5, -0.4), (0.9, 0.1), watched)
        for word in GOOD
    ]


def passes(model: Gemma, lines: list[str]) -> ContrastPasses:
    encode = PairEncoder(small.tokenizer(), TEMPLATE, 60)
    return ContrastPasses([*groups(), *groups("test")], CONTRAST, encode, model, lines.append, 5)


def test_groups_come_out_as_they_went_in(tmp_path: Path) -> None:
    write_groups(groups("test"), tmp_path / "groups.jsonl")
    assert read_groups(tmp_path / "groups.jsonl") == groups("test")


def test_the_better_one_is_to_become_likelier_and_the_other_less_likely() -> None:
    pairs = list(passes(small.gemma(), []).pairs(0))
    references = [pair for pair in pairs if pair.drawn is None]
    assert len(references) == len(GOOD)
    weights = {pair.prompt: pair.weight for pair in pairs if pair.drawn is not None}
    encode = PairEncoder(small.tokenizer(), TEMPLATE, 60)
    for group in groups():
        good, bad = (encode(Pair(text, group.source)) for text in group.texts)
        assert good is not None
        assert bad is not None
        if good.prompt in weights:
            assert weights[good.prompt] > 0 > weights[bad.prompt]


def test_it_learns_to_choose(tmp_path: Path) -> None:
    model, lines = small.gemma(), list[str]()
    recipe = replace(small.recipe(), template=TEMPLATE, backward=True)
    Trainer(model, passes(model, lines), recipe, Run(tmp_path, StepBudget(120))).train(lambda _: None)
    alone, chosen, best = json.loads(lines[-1])["test"]
    assert alone == 0.1
    assert chosen > 0.8
    assert best == 0.9
