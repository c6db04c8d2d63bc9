from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tokenizers
from hypothesis import given, settings
from hypothesis import strategies as st

from models.choosing import pieces
from models.errors import BuildFailed
from models.vocabulary import Vocabulary, merges, read_kept, tokenizer_json
from tests.conftest import PIECES, TOKENS

WHOLE = Vocabulary(tuple(TOKENS), (3,) * 4 + (4,) + (6,) * 256 + (1,) * (len(PIECES) - 257))
EVERYTHING = tokenizers.Tokenizer.from_str(tokenizer_json(WHOLE, np.arange(len(TOKENS))))


def test_each_token_is_made_by_the_last_step_of_its_own_derivation() -> None:
    tokens = ["a", "b", "ab", "aba", "ba", "<br>"]
    assert merges(tokens) == [("a", "b"), ("ab", "a"), ("b", "a")]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab", max_size=20), st.permutations(["ab", "ba", "aa", "aba", "abab", "bb", "aab"]))
def test_no_merge_that_is_left_out_would_ever_happen(text: str, order: list[str]) -> None:
    tokens = ["<unk>", "a", "b", *order]
    every = [(t[:c], t[c:]) for t in tokens[1:] for c in range(len(t) - 1, 0, -1) if {t[:c], t[c:]} <= set(tokens)]
    vocabulary = {token: i for i, token in enumerate(tokens)}
    few, all_ = (tokenizers.models.BPE(vocab=vocabulary, merges=m, unk_token="<unk>") for m in (merges(tokens), every))
    assert tokenizers.Tokenizer(few).encode(text).tokens == tokenizers.Tokenizer(all_).encode(text).tokens


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_whole(text: str) -> None:
    assert EVERYTHING.decode(EVERYTHING.encode(text).ids) == text.replace("▁", " ")


def test_a_text_that_spells_a_control_token_gets_none() -> None:
    tokens = EVERYTHING.encode("<bos> la <eos>").tokens
    assert not {"<bos>", "<eos>"} & set(tokens)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abeln .", max_size=30), st.sets(st.integers(len(TOKENS) - 4, len(TOKENS) - 1)))
def test_a_text_of_kept_tokens_is_cut_as_before(text: str, dropped: set[int]) -> None:
    ids = {token: i for i, token in enumerate(TOKENS)}
    kept = set(range(len(TOKENS) - 4))
    for i in range(len(TOKENS) - 4, len(TOKENS)):
        if i not in dropped:
            kept |= {i, *pieces(TOKENS[i], ids)}
    pruned = tokenizers.Tokenizer.from_str(tokenizer_json(WHOLE, np.array(sorted(kept))))
    before = EVERYTHING.encode(text)
    if set(before.ids) <= kept:
        assert pruned.encode(text).tokens == before.tokens


def test_pieces_of_a_token_are_all_that_merging_passes() -> None:
    ids = {token: i for i, token in enumerate(["a", "b", "c", "ab", "abc", "bc"])}
    assert pieces("abc", ids) == {0, 1, 2, 3, 4}


def test_a_list_for_another_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept-tokens.bin").write_bytes(b"\xff")
    with pytest.raises(BuildFailed, match="not for a vocabulary"):
        read_kept(tmp_path, 300)
    with pytest.raises(BuildFailed, match="cannot be read"):
        read_kept(tmp_path / "nowhere", 300)
