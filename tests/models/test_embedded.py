from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import cache, checked, decoding, embedded
from models.building import identity, ready
from models.catalog import Entry, open_model
from models.embedded import Embedded
from models.errors import WrongModel
from models.piecewise import MOST_THREADS, Output, clean, threads
from models.prompt import Prompt
from models.translator import Proposal, Translator, advised

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def nonsense(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> Embedded:
    """A translator of random weights: what it says means nothing, how it handles sentences does."""
    monkeypatch.setattr(decoding, "RETRIES", decoding.RETRIES[:1])  # it runs away all the time
    engine = open_model()
    assert isinstance(engine, Embedded)
    return engine


def test_same_number_same_order_blank_stays_blank(nonsense: Embedded) -> None:
    sentences = ["la lana", "", "una rana nera", "  ", "la lana"]
    alone = [nonsense.translate([s])[0].text for s in sentences]
    together = nonsense.translate(sentences)
    assert [t.text for t in together] == alone
    assert [bool(t.text) for t in together] == [True, False, True, False, True]
    assert all(t.score <= 0 for t in together)


def test_progress_counts_every_sentence_once(nonsense: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nonsense, "most_sentences", 24)
    told: list[int] = []
    nonsense.translate([f"la lana {n}" for n in range(35)] + [""], told.append)
    assert sum(told) == 36
    assert len(told) > 1


def test_equal_sentences_are_decoded_once(nonsense: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    generate = Embedded._generate
    monkeypatch.setattr(
        Embedded, "_generate", lambda self, pieces, options: seen.extend(pieces) or generate(self, pieces, options)
    )
    nonsense.translate(["la lana"] * 5)
    assert len(set(seen)) == 1


def test_a_long_sentence_is_cut_at_clauses_and_nothing_of_it_is_left_out(
    nonsense: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = ", ".join(f"la rana numero {n} canta" for n in range(60))
    seen: list[str] = []
    generate = Embedded._generate
    monkeypatch.setattr(
        Embedded, "_generate", lambda self, pieces, options: seen.extend(pieces) or generate(self, pieces, options)
    )
    nonsense.translate([sentence])
    pieces = sorted(set(seen), key=sentence.index)
    assert " ".join(pieces) == sentence
    assert all(len(nonsense.tokens(piece)) <= embedded.LONGEST for piece in pieces)


def test_output_that_runs_away_is_decoded_again_and_flagged_if_it_stays_bad(
    nonsense: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = decoding.faults
    monkeypatch.setattr(decoding, "faults", lambda *_, **__: ("repetition",))
    assert nonsense.translate(["la lana"])[0].flags == ("repetition",)
    ways: list[object] = []
    generate = Embedded._generate
    monkeypatch.setattr(
        Embedded, "_generate", lambda self, pieces, options: ways.append(options) or generate(self, pieces, options)
    )
    monkeypatch.setattr(decoding, "faults", lambda *a, **k: () if len(ways) > 1 else faults(*a, **k) or ("empty",))
    assert nonsense.translate(["la lana"])[0].flags == ()
    assert ways == [{"beam_size": 2, "num_hypotheses": 2}, decoding.RETRIES[0]]


def test_words_that_are_left_out_are_named(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("lana\twool\t3\nrana\tfrog\t3\n")
    (tiny.adapter / "renderings.tsv").write_text("lana\twool\nrana\tfrog\n")
    monkeypatch.setattr(decoding, "faults", lambda *_, **__: ())
    engine = open_model()
    sentences = ["la rana e la lana", "la rana"]
    assert [each.left_out for each in engine.translate(sentences)] == [("rana", "lana"), ("rana",)]
    assert [each.misses for each in engine.translate(sentences)] == [True, False]
    assert advised(engine, None).translate(sentences)[0].left_out == ("rana", "lana")
    assert all(each.left_out == ("rana", "lana") for each in engine.candidates(sentences[:1], 4)[0])
    ordered = advised(engine, lambda _: [Proposal("rana", "frog", firm=True)])
    assert ordered.translate(sentences)[0].left_out == ("lana",)


def test_candidates_differ_and_come_best_first(nonsense: Embedded) -> None:
    found = nonsense.candidates(["la lana", ""], 4)
    texts = [c.text for c in found[0]]
    assert 1 < len(texts) <= 4
    assert len(set(texts)) == len(texts)
    assert [c.score for c in found[0]] == sorted((c.score for c in found[0]), reverse=True)
    assert [c.text for c in found[1]] == [""]


def test_the_signature_names_what_made_the_output(tiny: Entry) -> None:
    first, beam = open_model(beam=1).signature, open_model(beam=3).signature
    assert first.quantization == "float32"
    assert first.adapter
    assert str(beam) == f"{first}|beam:3"


def test_a_model_that_is_no_model_is_told_by_its_folder(tiny: Entry) -> None:
    built = ready(tiny, "float32")
    (built.folder / "model.onnx").write_bytes(b"no graph")
    for name in (cache.MANIFEST, checked.RECORD):
        (built.folder / name).unlink()
    cache.seal(built.folder, identity(tiny, "float32"))
    with pytest.raises(WrongModel, match="cannot be loaded"):
        open_model().translate(["la lana"])


def test_a_prompt_that_a_glossary_makes_too_long_goes_without_it(nonsense: Embedded) -> None:
    told = nonsense._prompted(proposals=lambda _: [Proposal("lana", "w" * 40, firm=True)])
    assert "w" * 40 in told._tokenizer.decode(told._fitting("la lana", 1000))
    short = told._tokenizer.decode(told._fitting("la lana", 60))
    assert "w" * 40 not in short
    assert short.endswith("English:")


def test_clean_gives_one_line_of_what_can_be_seen() -> None:
    assert clean("  Il\ngoverno\u00a0ha\u200b detto\t\x00no ") == "Il governo ha detto no"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_taken(nonsense: Embedded, sentences: list[str]) -> None:
    assert len(nonsense.translate(sentences)) == len(sentences)


def test_threads_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert threads() == 3
    monkeypatch.setenv("OMP_NUM_THREADS", "zero")
    assert 1 <= threads() <= MOST_THREADS


@pytest.mark.model
def test_facts_survive(translator: Translator) -> None:
    english = [
        t.text
        for t in translator.translate(
            [
                "Il Belgio ha accusato il gruppo cinese APT31 di aver violato il ministero degli Esteri.",
                "Secondo gli inquirenti, il gruppo avrebbe rubato 2,5 milioni di euro.",
                "L'ambasciata ha respinto le accuse.",
            ]
        )
    ]
    assert "Belgium" in english[0]
    assert "APT31" in english[0]
    assert "2.5 million" in english[1]
    assert any(word in english[1] for word in ("allegedly", "reportedly", "is said", "is alleged"))
    assert any(word in english[2] for word in ("rejected", "denied", "dismissed"))


@pytest.mark.model
def test_a_run_needs_neither_torch_nor_transformers(translator: Translator) -> None:
    code = (
        "import sys; from models.catalog import open_model; open_model().translate(['Il governo nega.']);"
        "sys.exit(bool({'torch', 'transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_hints_stand_where_the_prompt_has_a_place_for_them(tiny: Entry) -> None:
    assert Prompt.read(tiny.adapter).around("la rana").endswith("Italian: la rana\nEnglish:")
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("rana\tfrog\t3\n")
    hinted = Prompt.read(ready(tiny, "float32").folder)
    assert hinted.around("la rana").endswith("Italian: la rana\nHints: rana = frog\nEnglish:")
    assert hinted.around("la lana").endswith("Italian: la lana\nEnglish:")


def test_proposals_of_a_glossary_go_into_the_prompt_of_the_advised_translator_alone(
    tiny: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("rana\tfrog\t3\n")
    monkeypatch.setattr(decoding, "RETRIES", ())
    engine = open_model()
    seen: list[str] = []
    tokens = Embedded.tokens
    monkeypatch.setattr(Embedded, "tokens", lambda self, text: seen.append(text) or tokens(self, text))
    told = advised(engine, lambda text: [Proposal("lana", "wool")] if "lana" in text else [])
    told.translate(["la lana e la rana"])
    assert any("\nHints: lana = wool; rana = frog\n" in text for text in seen)
    seen.clear()
    advised(engine, lambda _: [Proposal("lana", "\\wool", firm=True)]).translate(["la lana e la lanapura"])
    assert any("Italian: la \\wool e la lanapura\n" in text for text in seen)
    seen.clear()
    engine.translate(["la lana e la rana"])
    assert any("\nHints: rana = frog\n" in text for text in seen)
    seen.clear()
    advised(engine, None).translate(["la lana e la rana"])
    assert not any("Hints" in text for text in seen)


def test_half_of_the_candidates_are_made_without_hints(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("rana\tfrog\t3\n")
    engine = open_model()
    seen: list[str] = []
    tokens = Embedded.tokens
    monkeypatch.setattr(Embedded, "tokens", lambda self, text: seen.append(text) or tokens(self, text))
    (offered,) = engine.candidates(["la rana"], 4)
    assert any("rana\nHints: rana = frog\n" in text for text in seen)
    assert any("rana\nEnglish" in text for text in seen)
    texts = [each.text for each in offered]
    assert 1 <= len(texts) == len(set(texts)) <= 4
    assert [each.score for each in offered] == sorted((each.score for each in offered), reverse=True)


def test_a_translator_that_takes_no_advice_stays_as_it_is() -> None:
    plain = cast("Translator", object())
    assert advised(plain, lambda _: []) is plain


def test_of_a_beam_the_hypothesis_that_follows_its_hints_is_taken(tiny: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    prompt = tiny.adapter / "prompt.toml"
    prompt.write_text(prompt.read_text().replace("{source}", "{source}{hints}"))
    (tiny.adapter / "lexicon.tsv").write_text("rana\tfrog\t3\n")
    said = [Output("The wool.", -0.20, 3, ()), Output("The frog.", -0.24, 3, ())]
    monkeypatch.setattr(Embedded, "_generate", lambda self, pieces, options: [said for _ in pieces])
    engine = open_model()
    assert [each.text for each in engine.translate(["la rana", "la lana"])] == ["The frog.", "The wool."]
