import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from models.training import corpus, noise
from models.training.corpus import Pair
from models.training.recipe import Source
from tests.models.training import small


def write(folder: Path) -> None:
    rows = ["italian\tenglish\tsource", *(f"Frase {i}\tSentence {i}\tpress" for i in range(20)), "vuota\t", ""]
    (folder / "news.tsv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "prose.tsv").write_text("\n".join(f"Testo {i}\tText {i}" for i in range(10)), encoding="utf-8")


def test_pairs_are_read_with_or_without_compression(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    write(tmp_path)
    plain = tmp_path / "news.tsv"
    packed = tmp_path / "news.tsv.zst"
    packed.write_bytes(zstandard.compress(plain.read_bytes()))
    pairs = list(corpus.read_pairs(plain))
    assert pairs[0] == Pair("Frase 0", "Sentence 0")
    assert len(pairs) == 20
    assert list(corpus.read_pairs(packed)) == pairs


def test_test_sentences_and_held_out_pairs_are_not_trained_on(tmp_path: Path) -> None:
    write(tmp_path)
    test = tmp_path / "test.it"
    test.write_text("frase  3\nTesto 4\n", encoding="utf-8")
    loaded = corpus.load(tmp_path, small.recipe(), corpus.read_excluded([test]), small.corpus().lexicon)
    news, prose = loaded.sources["news"], loaded.sources["prose"]
    assert (len(news), len(prose), len(loaded.held_out)) == (17, 9, 2)
    assert not {"Frase 3", "Testo 4"} & {pair.source for pair in (*news, *prose, *loaded.held_out)}
    assert not set(news) & set(loaded.held_out)


def test_a_pass_is_the_same_every_time_and_another_one_is_not() -> None:
    some, recipe = small.corpus(), small.recipe()
    first = corpus.order(some, recipe, 0)
    assert first == corpus.order(some, recipe, 0)
    assert first != corpus.order(some, recipe, 1)
    assert first != corpus.order(some, replace(recipe, seed=8), 0)


def test_a_pass_takes_each_source_by_its_share_and_by_its_part_of_the_pass() -> None:
    recipe = small.recipe()
    some = replace(small.corpus(), sources={"news": small.pairs("a", 400), "prose": small.pairs("b", 400)})
    kinds = [pair.target[0] for pair in corpus.order(some, recipe, 0)]
    assert Counter(kinds) == {"a": 400, "b": 200}
    last = len(kinds) - kinds[::-1].index("b")
    assert 360 <= last <= 440  # all 200 of the one, and half of the 400 of the other


def test_a_share_above_one_takes_pairs_again_once_all_were_taken() -> None:
    source = Source("news", "news.tsv", share=2.5, by=1.0, after=0.5)
    recipe = replace(small.recipe(), sources=(source, Source("prose", "prose.tsv", 1.0, 0.5)))
    some = replace(small.corpus(), sources={"news": small.pairs("a", 40), "prose": small.pairs("b", 100)})
    order = [pair.target for pair in corpus.order(some, recipe, 0)]
    assert {target[0] for target in order[:100]} == {"b"}  # the news come after
    assert Counter(Counter(order[100:]).values()) == {3: 20, 2: 20}
    assert set(order[100:140]) == {pair.target for pair in small.pairs("a", 40)}


def test_some_sources_get_hints() -> None:
    pairs = corpus.order(small.corpus(), small.recipe(), 0)
    hinted = [pair for pair in pairs if "\nHints: " in pair.source]
    assert 0 < len(hinted) < len(pairs)
    assert corpus.with_hints(Pair("uno", "one"), small.corpus().lexicon).source == "uno\nHints: uno = one"


def test_noise_leaves_words_recognisable() -> None:
    rng = random.Random(0)
    made = {noise.worsen("È già «così»", rng) for _ in range(60)}
    assert {"E gia «cosi»", "È GIÀ «COSÌ»", 'È già "così"', "È gia' «così»"} <= made
    assert any(text.endswith("È già «così»") and text != "È già «così»" for text in made)


def test_a_source_may_be_several_files_of_the_folder_or_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "news.tsv").write_text("Uno due tre\tOne two three\n" * 3, encoding="utf-8")
    (tmp_path / "more").mkdir()
    for name in "ab":
        (tmp_path / "more" / f"{name}.tsv").write_text(f"Testo {name}\tText {name}\n", encoding="utf-8")
    news, _ = small.recipe().sources
    ours = Source("ours", "written/*.tsv", 1.0, 1.0)
    recipe = replace(small.recipe(), sources=(news, Source("more", "more/*.tsv", 1.0, 1.0), ours))
    loaded = corpus.load(tmp_path, recipe, frozenset(), small.corpus().lexicon).sources
    assert loaded["more"] == (Pair("Testo a", "Text a"), Pair("Testo b", "Text b"))
    assert len(loaded["ours"]) > 1_000


def test_a_source_without_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"news\.tsv: no such file"):
        corpus.load(tmp_path, small.recipe(), frozenset(), small.corpus().lexicon)


def test_a_backward_recipe_turns_the_pairs_round_and_leaves_out_the_same_tests(tmp_path: Path) -> None:
    (tmp_path / "news.tsv").write_text("Frase a\tText a\nFrase b\tText b\nFrase c\tText c\n")
    (tmp_path / "prose.tsv").write_text("Testo a\tProse a\n")
    backward = replace(small.recipe(), backward=True)
    loaded = corpus.load(tmp_path, backward, frozenset({"testo a"}), small.corpus().lexicon)
    assert {pair.target for pair in (*loaded.sources["news"], *loaded.held_out)} == {"Frase a", "Frase b", "Frase c"}
    assert not loaded.sources["prose"]
