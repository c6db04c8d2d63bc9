"""Choose which tokens of the base vocabulary to keep: `python -m models.choosing CORPUS.tsv.zst... -o FOLDER`.

Kept are the tokens that Italian or English text was seen to use, those that spell a word of either language's
dictionary, capitalised ones that the base merged early (the base learned its merges in the order of their frequency:
these are the names of the world), every single character of a living script that names are quoted in, bytes for all
other characters, and every piece that leads to a kept token by merging.
"""

from __future__ import annotations

import argparse
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from models.vocabulary import KEPT, Vocabulary, base_vocabulary, derivation, tokenizer_json

if TYPE_CHECKING:
    import tokenizers

NAMES_END = 120_000  # ids; more of the names cost speed, less cuts more of them into pieces
PROMPT_WORDS = ("Translate Italian to English.\n\nItalian:", "\nHints: parola = word; altra = other", "\nEnglish:")
NAME = re.compile(r"▁?[A-ZÀ-Þ][a-zß-ÿ]+|▁[A-Z]{2,5}")
NORMAL, CONTROL, USER_DEFINED, BYTE = 1, 3, 4, 6
CONTROLS = ("<pad>", "<eos>", "<bos>", "<unk>")
UNWANTED = ("[multimodal]",)
# Scripts with thousands of characters, or none alive: their characters are spelled in bytes.
SPELLED = ("CJK", "HANGUL", "CUNEIFORM", "VAI", "COPTIC", "TIFINAGH", "EGYPTIAN", "ANATOLIAN", "MATHEMATICAL")


def choose(vocabulary: Vocabulary, used: Counter[int], words: Iterable[str]) -> set[int]:
    """Ids of the tokens to keep.

    Args:
        vocabulary: of the base.
        used: how often each id was seen.
        words: dictionary words of the languages, as they are spelled in a text.

    """
    ids = {token: i for i, token in enumerate(vocabulary.tokens)}
    wanted = set(used) | set(_always(vocabulary))
    wanted.update(i for token, i in ids.items() if len(token) == 2 and token[0] == "▁" and not token[1].isalpha())
    for word in words:
        wanted.update(ids[t] for t in (f"▁{word}", f"▁{word.capitalize()}") if t in ids)
    wanted.update(
        i
        for i in range(min(NAMES_END, len(ids)))
        if vocabulary.types[i] == NORMAL and NAME.fullmatch(vocabulary.tokens[i])
    )
    return _with_pieces(wanted, vocabulary, ids)


def _always(vocabulary: Vocabulary) -> Iterator[int]:
    for i, (token, kind) in enumerate(zip(vocabulary.tokens, vocabulary.types, strict=True)):
        special = token in CONTROLS if kind == CONTROL else kind in (USER_DEFINED, BYTE) and token not in UNWANTED
        living = kind == NORMAL and len(token) == 1 and not unicodedata.name(token, "").startswith(SPELLED)
        if special or living:
            yield i


def _with_pieces(wanted: set[int], vocabulary: Vocabulary, ids: dict[str, int]) -> set[int]:
    """The tokens and every piece that byte-pair encoding passes on the way to one of them."""
    kept: set[int] = set()
    for i in wanted:
        kept.add(i)
        if vocabulary.types[i] == NORMAL:
            kept |= pieces(vocabulary.tokens[i], ids)
    return kept


def pieces(token: str, ids: dict[str, int]) -> set[int]:
    """Ids of all tokens that appear while the characters of `token` are merged into it."""
    steps = derivation(token, ids)
    return {ids[p] for p in (*token, *(left + right for left, right in steps)) if p in ids}


def count(paths: Iterable[Path], tokenizer: tokenizers.Tokenizer) -> Counter[int]:
    """How often each token occurs in the first two columns of these tab-separated files (zstd)."""
    import zstandard

    used: Counter[int] = Counter()
    for text in PROMPT_WORDS:
        used.update(tokenizer.encode(text, add_special_tokens=False).ids)
    for path in paths:
        with path.open("rb") as raw:
            reader = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8", newline="\n")
            for line in reader:
                for text in line.rstrip("\n").split("\t")[:2]:
                    used.update(tokenizer.encode(f" {text}", add_special_tokens=False).ids)
    return used


def dictionary() -> set[str]:
    """Italian and English word forms (of the lemmatizer simplemma) and CLDR's names of places and languages."""
    import babel
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    words: set[str] = set()
    for code in ("it", "en"):
        forms = DefaultDictionaryFactory().get_dictionary(code)
        words.update(f.decode() if isinstance(f, bytes) else f for f in forms)
        locale = babel.Locale(code)
        names = [*locale.territories.values(), *locale.languages.values()]
        words.update(word for name in names for word in name.split())
    return words


def main() -> None:
    """Count, choose, and write the bitmap."""
    import numpy as np
    import tokenizers

    from models.catalog import BASE
    from models.weights import read_base

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", nargs="+", type=Path, help="Italian<TAB>English, zstd")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder of the adapter")
    arguments = parser.parse_args()
    vocabulary = base_vocabulary(read_base(BASE))
    everything = np.arange(len(vocabulary.tokens))
    tokenizer = tokenizers.Tokenizer.from_str(tokenizer_json(vocabulary, everything))
    kept = choose(vocabulary, count(arguments.corpus, tokenizer), dictionary())
    bits = np.zeros(len(vocabulary.tokens), np.uint8)
    bits[sorted(kept)] = 1
    np.packbits(bits).tofile(arguments.out / KEPT)
    print(f"kept {len(kept)} of {len(vocabulary.tokens)} tokens")


if __name__ == "__main__":
    main()
