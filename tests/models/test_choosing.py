from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import zstandard

from models.choosing import choose, count
from models.vocabulary import Vocabulary, read_kept, tokenizer_json

BYTES = [f"<0x{i:02X}>" for i in range(256)]
PLAIN = [*"▁abcdefgh=中", "ab", "abc", "▁=", "▁Ab", "▁ab", "gh", "fgh"]
TOKENS = ["<pad>", "<eos>", "<bos>", "<unk>", "<unused0>", "\n", "[multimodal]", *BYTES, *PLAIN]
WHOLE = Vocabulary(tuple(TOKENS), (3,) * 5 + (4,) * 2 + (6,) * 256 + (1,) * len(PLAIN))


def names(kept: set[int]) -> set[str]:
    return {TOKENS[i] for i in kept}


def test_what_is_kept_without_any_text() -> None:
    kept = names(choose(WHOLE, Counter(), []))
    assert kept >= {"<pad>", "<eos>", "<bos>", "<unk>", "\n", "a", "▁=", "▁Ab", *BYTES}
    assert not kept & {"<unused0>", "[multimodal]", "中", "fgh"}


def test_a_token_that_was_seen_brings_its_pieces() -> None:
    kept = names(choose(WHOLE, Counter([TOKENS.index("fgh")]), []))
    assert {"fgh", "gh"} <= kept


def test_a_dictionary_word_is_kept_as_it_stands_in_a_text() -> None:
    assert "▁ab" in names(choose(WHOLE, Counter(), ["ab"]))
    assert "▁ab" not in names(choose(WHOLE, Counter(), []))


def test_both_columns_are_counted(tmp_path: Path) -> None:
    import numpy as np
    import tokenizers

    file = tmp_path / "pairs.tsv.zst"
    file.write_bytes(zstandard.compress(b"fgh\tab\tsource\n"))
    tokenizer = tokenizers.Tokenizer.from_str(tokenizer_json(WHOLE, np.arange(len(TOKENS))))
    used = count([file], tokenizer)
    assert used[TOKENS.index("fgh")] == 1
    assert used[TOKENS.index("▁ab")] == 1


@pytest.mark.model
def test_the_list_that_comes_with_the_adapter_keeps_the_words_of_the_prompt() -> None:
    from models.catalog import BASE, CATALOG
    from models.vocabulary import base_vocabulary
    from models.weights import read_base

    vocabulary = base_vocabulary(read_base(BASE))
    kept = {vocabulary.tokens[i] for i in read_kept(CATALOG["embedded"].adapter, len(vocabulary.tokens))}
    assert kept >= {"Translate", "▁Italian", "English", "Hints", "▁=", "▁governo", "▁Belgium", "\n", "<bos>", "<0xE2>"}
