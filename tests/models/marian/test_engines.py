"""Two engines on one checkpoint, made and trained by the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import cache, marian
from models.catalog import open_model
from models.checkpoint import read
from models.marian import FastMarian, Marian, converted
from models.marian_torch import TorchMarian
from tests.models.marian.school import LESSONS, POSITIONS

ROOT = Path(__file__).parent.parent.parent.parent
UNSEEN = ["La rana ha smentito il giudice.", "Il lupo!", "la banca, la banca, la rana", "Xyz 42 ha visto?", "è"]


def texts(engine: Marian, sentences: list[str]) -> list[str]:
    return [translation.text for translation in engine.translate(sentences)]


def test_it_learned_its_lessons(slow: TorchMarian) -> None:
    assert texts(slow, list(LESSONS)) == list(LESSONS.values())


def test_both_engines_say_the_same(slow: TorchMarian, fast: FastMarian) -> None:
    sentences = [*LESSONS, *UNSEEN]
    one, other = slow.translate(sentences), fast.translate(sentences)
    assert [t.text for t in one] == [t.text for t in other]
    assert [t.flags for t in one] == [t.flags for t in other]
    known = len(LESSONS)
    assert [t.score for t in one[:known]] == pytest.approx([t.score for t in other[:known]], abs=1e-3)


def test_int8_says_the_same_of_what_was_learned(slow: TorchMarian, folder: Path) -> None:
    small = FastMarian.load(read(folder))
    assert small.signature.quantization == "int8"
    assert texts(small, list(LESSONS)) == texts(slow, list(LESSONS))


def test_beams_agree(slow: TorchMarian, fast: FastMarian) -> None:
    for sentence in list(LESSONS)[:4]:
        one, other = slow.candidates([sentence], 3)[0], fast.candidates([sentence], 3)[0]
        assert one[0].text == other[0].text == LESSONS[sentence]
        assert len({c.text for c in one}) > 1
        assert [c.score for c in other] == sorted((c.score for c in other), reverse=True)


@pytest.mark.parametrize("name", ["slow", "fast"])
def test_what_comes_does_not_hang_on_the_batch(name: str, request: pytest.FixtureRequest) -> None:
    engine: Marian = request.getfixturevalue(name)
    mixed = [*UNSEEN[:2], "", *list(LESSONS)[:6], "  ", UNSEEN[2]]
    together = texts(engine, mixed)
    assert together == [texts(engine, [sentence])[0] for sentence in mixed]
    assert [bool(t) for t in together] == [bool(s.strip()) for s in mixed]


@pytest.mark.parametrize("name", ["slow", "fast"])
def test_what_is_too_long_is_cut_at_clauses_and_all_of_it_translated(name: str, request: pytest.FixtureRequest) -> None:
    engine: Marian = request.getfixturevalue(name)
    parts = list(LESSONS)[:8]
    english = texts(engine, [" ".join(parts)])[0]
    assert engine._size(" ".join(parts)) > POSITIONS
    assert [english.count(LESSONS[part]) for part in parts] == [1] * len(parts)


def test_progress_counts_every_sentence_once(fast: FastMarian) -> None:
    told: list[int] = []
    fast.translate([*LESSONS, "", "x"], told.append)
    assert sum(told) == len(LESSONS) + 2


def test_a_loop_is_decoded_again_and_flagged_if_it_stays(fast: FastMarian, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[dict[str, object]] = []
    sentence = next(iter(LESSONS))

    class Loop:
        def translate_batch(self, sources: list[list[str]], **options: object) -> list[object]:
            tried.append(options)
            said = ["▁the", "▁wolf"] * 10
            result = type("Result", (), {"hypotheses": [said], "scores": [-0.1]})
            return [result for _ in sources]

    monkeypatch.setattr(fast, "_engine", Loop())
    assert fast.translate([sentence])[0].flags == ("repetition",)
    assert len(tried) == 4
    monkeypatch.undo()
    assert fast.translate([sentence])[0].flags == ()


def test_the_signature_names_model_weights_engine_and_beam(fast: FastMarian, slow: TorchMarian, folder: Path) -> None:
    assert slow.signature.parts["engine"] == "torch"
    assert slow.signature.adapter == fast.signature.adapter
    assert str(open_model(str(folder), beam=3).signature).startswith("model:tiny-it-en|adapter:")
    assert str(open_model(str(folder), beam=3).signature).endswith("quantization:int8|beam:3")


def test_converted_once_then_found_and_anew_when_damaged(folder: Path) -> None:
    stages: list[str] = []
    checkpoint = read(folder)
    made = converted(checkpoint, "int8", lambda stage, _: stages.append(stage))
    assert stages[-1] == "done"
    stages.clear()
    assert converted(checkpoint, "int8", lambda stage, _: stages.append(stage)) == made
    assert stages == []
    (made / "model.bin").write_bytes(b"damaged")
    converted(checkpoint, "int8")
    assert cache.broken_file(made) is None
    assert [p.name for p in cache.models().iterdir() if p != made] == [cache.LOCK]


def test_other_weights_have_another_place(folder: Path) -> None:
    before = marian.location(read(folder), "int8")
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert marian.location(read(folder), "int8") != before


def test_a_run_needs_neither_torch_nor_transformers(folder: Path) -> None:
    converted(read(folder), "int8")
    code = (
        "import sys; from models.catalog import open_model; open_model(sys.argv[1]).translate(['La rana.']);"
        "sys.exit(bool({'torch', 'transformers', 'huggingface_hub'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False)
    assert run.returncode == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_is_taken(fast: FastMarian, sentences: list[str]) -> None:
    assert len(fast.translate(sentences)) == len(sentences)


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_the_tokens_are_those_of_transformers(slow: TorchMarian, schooled: Path) -> None:
    from transformers import MarianTokenizer

    tokenizer = MarianTokenizer.from_pretrained(schooled)
    for sentence in [*LESSONS, *UNSEEN]:
        ids = tokenizer(sentence)["input_ids"]
        assert [slow._ids.get(token, slow._ids["<unk>"]) for token in slow._tokens(sentence)] == ids
    english = next(iter(LESSONS.values()))
    ids = tokenizer(text_target=english)["input_ids"]
    assert slow._output("la", slow._said([0, *ids]), 0.0).text == tokenizer.decode(ids, skip_special_tokens=True)
