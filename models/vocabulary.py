"""The part of the base vocabulary that Italian and English need, and a tokenizer that knows only that part.

The kept tokens are a bitmap over the 262,144 ids of the base, eight to a byte. The tokenizer is the base's own
byte-fallback BPE with the merges between kept tokens: as long as every piece that leads to a kept token is kept
(`models.choosing` sees to that), a text whose tokens are all kept is cut exactly as the base cuts it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.errors import BuildFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from models.weights import BaseWeights

KEPT = "kept-tokens.bin"
BOS, EOS, PAD, UNKNOWN = "<bos>", "<eos>", "<pad>", "<unk>"
USER_DEFINED = 4  # a GGUF token type: runs of newlines, HTML tags, matched before any merge; runs of spaces, merged


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The base's tokens and their GGUF types, in the order of their ids, which is the order of their merging."""

    tokens: tuple[str, ...]
    types: tuple[int, ...]


def base_vocabulary(base: BaseWeights) -> Vocabulary:
    """The vocabulary in the header of the base weights; a leading space is `▁`, as in the merges."""
    field = base.metadata
    types = tuple(field["tokenizer.ggml.token_type"])
    tokens = tuple(t.replace(" ", "▁") for t in field["tokenizer.ggml.tokens"])
    return Vocabulary(tokens, types)


def read_kept(folder: Path, size: int) -> NDArray[np.int64]:
    """Ids of the kept tokens, ascending.

    Raises:
        BuildFailed: the list is missing or was made for another base vocabulary.

    """
    import numpy as np

    try:
        bits = np.fromfile(folder / KEPT, np.uint8)
    except OSError as error:
        raise BuildFailed(f"the list of kept tokens cannot be read: {error}") from error
    if len(bits) != -(-size // 8):
        raise BuildFailed(f"{folder / KEPT} is not for a vocabulary of {size} tokens")
    kept: NDArray[np.int64] = np.flatnonzero(np.unpackbits(bits))
    return kept


def derivation(token: str, ids: Mapping[str, int]) -> list[tuple[str, str]]:
    """The merges that lead from the characters of a token to it, in order: always the pair of the lowest id.

    Ends early where the pieces at hand merge no further, as for a token that is only ever matched whole.
    """
    parts = list(token)
    steps: list[tuple[str, str]] = []
    while len(parts) > 1:
        rank, k = min((ids.get(parts[k] + parts[k + 1], len(ids)), k) for k in range(len(parts) - 1))
        if rank == len(ids):
            break
        steps.append((parts[k], parts[k + 1]))
        parts[k : k + 2] = [parts[k] + parts[k + 1]]
    return steps


def merges(tokens: Sequence[str]) -> list[tuple[str, str]]:
    """The merges that ever happen between these tokens (in the order of their ids), first applied first.

    In a SentencePiece vocabulary any two pieces that make a third may merge, the third's place being the priority.
    But nothing outside a token changes how its characters come together, so only the last step of its own
    derivation ever makes it, and half of what might merge need not be listed.
    """
    ids = {token: i for i, token in enumerate(tokens)}
    return [steps[-1] for token in tokens if (steps := derivation(token, ids)) and "".join(steps[-1]) == token]


def tokenizer_json(vocabulary: Vocabulary, kept: NDArray[np.int64]) -> str:
    """A tokenizer of the kept tokens, numbered from 0 in the order of `kept`, for the library `tokenizers`.

    `<bos>` and its kin are no added tokens here: a text that spells them out gets no power over the model.
    """
    tokens = [vocabulary.tokens[i] for i in kept]
    pieces = merges(tokens)
    added = [
        {
            "id": new,
            "content": tokens[new],
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": False,
        }
        for new, old in enumerate(kept)
        if vocabulary.types[old] == USER_DEFINED and "▁" not in tokens[new]
    ]
    space: dict[str, Any] = {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}
    whole: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": space,
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {
            "type": "Sequence",
            "decoders": [
                {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
                {"type": "ByteFallback"},
                {"type": "Fuse"},
            ],
        },
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": UNKNOWN,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": True,
            "byte_fallback": True,
            "ignore_merges": False,
            "vocab": {token: new for new, token in enumerate(tokens)},
            "merges": pieces,
        },
    }
    return json.dumps(whole, ensure_ascii=False)
