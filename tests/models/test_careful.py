from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from models import careful, decoding
from models.careful import Careful
from models.catalog import Entry, open_model
from models.channel import Channel
from models.embedded import Embedded
from models.piecewise import Output
from models.translator import Proposal, advised


@pytest.fixture
def nonsense(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> Careful:
    """Of random weights, with a hint for one word."""
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("rana\tfrog / toad\t3\n")
    monkeypatch.setattr(decoding, "RETRIES", ())
    engine = open_model(careful=True)
    assert isinstance(engine, Careful)
    return engine


@pytest.fixture
def prompts(nonsense: Careful, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the translator reads from now on."""
    seen: list[str] = []
    tokens = Embedded.tokens
    monkeypatch.setattr(Embedded, "tokens", lambda self, text: seen.append(text) or tokens(self, text))
    return seen


def test_same_number_same_order_blank_stays_blank(nonsense: Careful) -> None:
    told: list[int] = []
    sentences = ["la lana", "", "una rana nera", "la lana"]
    found = nonsense.translate(sentences, told.append)
    assert [bool(each.text) for each in found] == [True, False, True, True]
    assert found[0] == found[3]
    assert sum(told) == 4


def test_a_sentence_is_translated_with_hints_without_and_with_what_was_passed_over(
    nonsense: Careful, prompts: list[str]
) -> None:
    nonsense.translate(["la rana", "la lana"])
    assert any(text.endswith("Italian: la rana\nHints: rana = frog / toad\nEnglish:") for text in prompts)
    assert any(text.endswith("Italian: la rana\nEnglish:") for text in prompts)
    assert any(text.endswith("Italian: la frog\nEnglish:") for text in prompts)


def test_what_is_put_in_place_of_a_beginning_begins_with_a_capital(nonsense: Careful, prompts: list[str]) -> None:
    nonsense.translate(["Rana nera"])
    assert any("Italian: Frog nera\n" in text for text in prompts)


def test_the_first_word_of_a_name_is_not_put_into_english(nonsense: Careful, prompts: list[str]) -> None:
    nonsense.translate(["Rana Blu canta", "la Rana canta"])
    assert not any("Frog Blu" in text for text in prompts)


def test_a_glossary_is_heard_in_every_way(nonsense: Careful, prompts: list[str]) -> None:
    told = advised(nonsense, lambda text: [Proposal("lana", "wool", firm=True)] if "lana" in text else [])
    told.translate(["la lana e la rana"])
    assert any("Italian: la wool e la rana\nHints" in text for text in prompts)
    assert any("Italian: la wool e la rana\nEnglish" in text for text in prompts)
    assert any("Italian: la wool e la frog\n" in text for text in prompts)
    assert prompts.count(next(text for text in prompts if "la wool e la rana\nHints" in text)) > 1  # the second's too
    prompts.clear()
    advised(nonsense, None).translate(["la rana"])
    assert any("Italian: la rana" in text for text in prompts)
    assert not any("Hints" in text or "frog" in text for text in prompts)


@pytest.mark.parametrize(("left", "chosen"), [(-0.5, "The black frog."), (-3.0, "The frog.")])
def test_what_can_be_said_back_is_taken_for_less_likelihood(
    nonsense: Careful, monkeypatch: pytest.MonkeyPatch, left: float, chosen: str
) -> None:
    said = [Output("The frog.", -0.20, 3, ()), Output("The black frog.", -0.30, 4, ())]
    scores = {"The frog.": -1.0, "The black frog.": left}
    monkeypatch.setattr(Embedded, "_answers", lambda self, asked, options: [said for _ in asked])

    def said_back(self: Channel, hypotheses: Sequence[str], source: str) -> list[float]:
        assert source == "la rana nera"
        return [scores[each] for each in hypotheses]

    monkeypatch.setattr(Channel, "said_back", said_back)
    assert nonsense.translate(["la rana nera"])[0].text == chosen


def test_what_the_second_model_says_is_taken_where_it_can_be_said_back(
    nonsense: Careful, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = nonsense._second
    assert second is not None

    def answers(self: Embedded, asked: Sequence[object], options: object) -> list[list[Output]]:
        own = self._signature.model == second.signature.model
        return [[Output("The black frog.", -0.3, 4, ())] if own else [Output("The frog.", -0.2, 3, ())] for _ in asked]

    monkeypatch.setattr(Embedded, "_answers", answers)
    monkeypatch.setattr(Channel, "said_back", lambda self, some, source: [-3.0 + len(each) / 10 for each in some])
    assert nonsense.translate(["la rana nera"])[0].text == "The black frog."


@pytest.mark.parametrize(("parts", "taken"), [(-0.5, "The frog is black, and the wool is white."), (-3.0, "The frog.")])
def test_a_long_sentence_is_taken_in_two_parts_where_these_can_be_said_back(
    nonsense: Careful, monkeypatch: pytest.MonkeyPatch, parts: float, taken: str
) -> None:
    halves = {"la rana è nera,": "The frog is black.", "e la lana è bianca.": "And the wool is white."}
    monkeypatch.setattr(careful, "LONG", 8)
    monkeypatch.setattr(
        Embedded,
        "_answers",
        lambda self, asked, options: [[Output(halves.get(piece, "The frog."), -0.2, 3, ())] for _, piece in asked],
    )
    monkeypatch.setattr(Embedded, "likelihood", lambda self, rows: [-0.2 for _ in rows])
    monkeypatch.setattr(
        Channel, "said_back", lambda self, some, source: [parts if "wool" in each else -1.0 for each in some]
    )
    assert nonsense.translate(["la rana è nera, e la lana è bianca."])[0].text == taken


def test_the_signature_names_the_second_model_and_the_channel(nonsense: Careful) -> None:
    plain = str(open_model(beam=1).signature)
    assert re.fullmatch(rf"{re.escape(plain)}\|beam:3\|second:\w+\|channel:\w+", str(nonsense.signature))


def test_a_model_without_a_channel_translates_in_one_way(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    from models.catalog import CATALOG

    monkeypatch.setitem(CATALOG, "embedded", dataclasses.replace(tiny, channel=None))
    assert not isinstance(open_model(careful=True), Careful)


def test_a_model_without_a_second_chooses_among_its_own(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    from models.catalog import CATALOG

    monkeypatch.setitem(CATALOG, "embedded", dataclasses.replace(tiny, second=None))
    engine = open_model(careful=True)
    assert isinstance(engine, Careful)
    assert engine.translate(["la lana"])[0].text


def test_every_model_is_asked_what_it_leaves_out(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("rana\tfrog / toad\t3\n")
    (tiny.adapter / "renderings.tsv").write_text("rana\tfrog\n")
    monkeypatch.setattr(decoding, "RETRIES", ())
    engine = open_model(careful=True)
    assert isinstance(engine, Careful)
    models, _ = engine._said(["la rana"])
    assert len(models) == 2
    assert all(output.left_out == ("rana",) for said in models for output in said["la rana"])
