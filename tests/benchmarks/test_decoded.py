from pathlib import Path

from benchmarks.decoded import AT_ONCE, Decoded, read
from models.translator import Proposals, Translator
from tests.benchmarks.fakes import Saying

TABLE = {"a": ("A", "AA"), "b": ("B", "BB")}


def test_what_was_decoded_is_not_decoded_again(tmp_path: Path) -> None:
    path = tmp_path / "some" / "decoded.jsonl"
    first, second = Saying(TABLE), Saying(TABLE)
    texts = [t.text for t in Decoded(first, path).translate(["a", "b", "a"])]
    assert texts == ["A", "B", "A"]
    assert first.decoded == ["a", "b"]
    assert [t.text for t in Decoded(second, path).translate(["b", "c"])] == ["B", "c"]
    assert second.decoded == ["c"]


def test_candidates_are_kept_by_their_number(tmp_path: Path) -> None:
    engine = Saying(TABLE)
    kept = Decoded(engine, tmp_path / "decoded.jsonl")
    assert [t.text for t in kept.candidates(["a"], 2)[0]] == ["A", "AA"]
    assert [t.text for t in kept.candidates(["a"], 1)[0]] == ["A"]
    assert kept.candidates(["a"], 2) == kept.candidates(["a"], 2)
    assert engine.decoded == ["a", "a"]


def test_another_model_and_other_proposals_are_asked_anew(tmp_path: Path) -> None:
    path = tmp_path / "decoded.jsonl"

    class Advised(Saying):
        def advised(self, proposals: Proposals) -> Translator:
            return Advised({"a": (f"told {proposals('a')}",)})

    kept = Decoded(Advised(TABLE), path)
    assert kept.translate(["a"])[0].text == "A"
    told = kept.advised(lambda text: [("a", "x")] if text == "a" else [])
    assert told.translate(["a"])[0].text == "told [('a', 'x')]"
    assert kept.translate(["a"])[0].text == "A"
    assert Decoded(Saying({"a": ("other",)}, "opus-mt"), path).translate(["a"])[0].text == "other"


def test_a_run_that_was_cut_short_is_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "decoded.jsonl"
    sentences = [str(n) for n in range(AT_ONCE + 5)]
    Decoded(Saying({}), path).translate(sentences)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) - 20], encoding="utf-8")
    engine = Saying({})
    assert [t.text for t in Decoded(engine, path).translate(sentences)] == sentences
    assert engine.decoded == sentences[-1:]
    assert len(dict(read(path))) == len(sentences)
