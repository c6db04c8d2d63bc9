"""The translator that takes notes: asked once, answers for ever."""

from pathlib import Path

import pytest
from batch_fakes import FakeTranslator
from hypothesis import given, settings
from hypothesis import strategies as st

from models.translator import Proposal, Translation
from summarize.batch.notes import NotedTranslator


@pytest.fixture
def fake(tmp_path: Path) -> FakeTranslator:
    return FakeTranslator(tmp_path / "log")


def asked(fake: FakeTranslator) -> list[str]:
    return fake.log.read_text(encoding="utf-8").splitlines() if fake.log.exists() else []


def test_each_sentence_is_asked_for_once_and_answered_in_order(fake: FakeTranslator) -> None:
    noted = NotedTranslator(fake)
    first = noted.translate(["uno", "due", "uno"])
    assert [each.text[:3] for each in first] == ["uno", "due", "uno"]
    assert noted.translate(["due", "tre"])[0] == first[1]
    assert asked(fake) == ["uno", "due", "tre"]


def test_notes_outlive_their_translator(fake: FakeTranslator) -> None:
    noted = NotedTranslator(fake)
    first, several = noted.translate(["uno"]), noted.candidates(["uno", "due"], 4)
    later = NotedTranslator(fake, noted.dump())
    before = asked(fake)
    assert later.translate(["uno"]) == first
    assert later.candidates(["due", "uno"], 4) == several[::-1]
    assert asked(fake) == before
    later.candidates(["uno"], 5)
    assert len(asked(fake)) == len(before) + 1, "another number of candidates is another question"


def test_candidates_that_were_made_together_are_not_asked_for(fake: FakeTranslator) -> None:
    noted = NotedTranslator(fake)
    assert noted.untried(["uno", "due", "uno"], 8) == ["uno", "due"]
    noted.learn_candidates({"uno": [Translation("one", -0.1)]}, 8)
    assert noted.untried(["uno", "due"], 8) == ["due"]
    assert noted.untried(["uno"], 4) == ["uno"]
    assert noted.candidates(["uno"], 8) == [[Translation("one", -0.1)]]
    assert asked(fake) == []


def test_a_note_holds_for_what_a_glossary_proposed(fake: FakeTranslator) -> None:
    first = NotedTranslator(fake, None, lambda it: [Proposal("riscatto", "ransom")] if "riscatto" in it else [])
    first.translate(["il riscatto", "la rete"])
    first.candidates(["il riscatto", "la rete"], 8)
    same = NotedTranslator(fake, first.dump(), lambda it: [Proposal("riscatto", "ransom")] if "riscatto" in it else [])
    assert same.unknown(["il riscatto", "la rete"]) == []
    other = NotedTranslator(
        fake, first.dump(), lambda it: [Proposal("riscatto", "redemption")] if "riscatto" in it else []
    )
    assert other.unknown(["il riscatto", "la rete"]) == ["il riscatto"]
    assert other.untried(["il riscatto", "la rete"], 8) == ["il riscatto"]


def test_progress_counts_what_was_known_too(fake: FakeTranslator) -> None:
    noted = NotedTranslator(fake)
    noted.translate(["uno"])
    counted: list[int] = []
    noted.translate(["uno", "due"], counted.append)
    assert sum(counted) == 2


words = st.lists(st.text(max_size=9), max_size=3).map(tuple)
translations = st.builds(Translation, st.text(), st.floats(-50, 0), words, words)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(), translations, max_size=5))
def test_notes_are_written_and_read_without_loss(known: dict[str, Translation]) -> None:
    noted = NotedTranslator(FakeTranslator(Path("nowhere")))
    noted.learn(known)
    assert NotedTranslator(FakeTranslator(Path("nowhere")), noted.dump()).translate(list(known)) == list(known.values())


def test_notes_without_words_left_out_are_read() -> None:
    assert Translation.of_row(["the wool", -0.5, ["repetition"]]) == Translation("the wool", -0.5, ("repetition",))
