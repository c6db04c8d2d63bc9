"""A MarianMT checkpoint on disk, as transformers saves it: what must be there, and what it says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from models import cache
from models.errors import UnknownModel, WeightsAltered, WrongModel

CONFIG, VOCABULARY, WEIGHTS = "config.json", "vocab.json", "model.safetensors"
SOURCE_PIECES, TARGET_PIECES = "source.spm", "target.spm"
TOKENIZER_CONFIG = "tokenizer_config.json"
NEEDED = (CONFIG, VOCABULARY, SOURCE_PIECES, TARGET_PIECES, WEIGHTS)
EOS, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
# Codes of Italian and of the groups of languages with it, and of English, as published models write them.
ITALIAN = frozenset({"it", "ita", "itc", "roa", "romance", "mul"})
ENGLISH = frozenset({"en", "eng"})
LONGEST = 160  # tokens of a source that is translated in one piece; longer ones fare worse than their parts


@dataclass(frozen=True)
class Checkpoint:
    """A folder that holds a MarianMT model from Italian to English.

    Attributes:
        folder: with the files of `NEEDED`.
        name: for the signature and the names of what is made from it.
        config: `config.json`.
        tokens: the vocabulary, in the order of the embedding's rows; both languages share it, `<pad>` is the last.
        recorded: SHA-256 of each file as it was fetched; None for a folder of the user's own.

    """

    folder: Path
    name: str
    config: Mapping[str, Any]
    tokens: Sequence[str]
    recorded: Mapping[str, str] | None = None

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file that decides what the model says: as recorded, else as it is now."""
        return {name: (self.recorded or {}).get(name) or cache.digest(self.folder / name) for name in NEEDED}

    def require_whole(self, *names: str) -> None:
        """Refuse files that are not those recorded; called before each is loaded, the large one only if it is.

        Raises:
            WeightsAltered: a file has changed since it was fetched.

        """
        for name, sha256 in (self.recorded or {}).items():
            if name in names and cache.digest(self.folder / name) != sha256:
                raise WeightsAltered(
                    f"{self.folder / name} is not the file that was fetched; "
                    f"fetch it again with: models pull {self.name}"
                )

    @property
    def positions(self) -> int:
        """The most tokens that source or target may have."""
        return int(self.config["max_position_embeddings"])

    @property
    def longest(self) -> int:
        """Tokens of a source that is translated in one piece: its output must find room, too."""
        return max(1, min(LONGEST, (self.positions - 24) // 2))


def read(folder: Path, name: str | None = None, recorded: Mapping[str, str] | None = None) -> Checkpoint:
    """Look at a folder and refuse what is no Italian-English MarianMT checkpoint, saying why.

    Args:
        folder: as `save_pretrained` of transformers writes it.
        name: what to call the model; the folder's own name unless given.
        recorded: SHA-256 of each file as it was fetched, if it was.

    Raises:
        UnknownModel: there is no such folder.
        WrongModel: it holds something else.
        WeightsAltered: a file other than the weights has changed since it was fetched.

    """
    if not folder.is_dir():
        raise UnknownModel(f"no folder is called {str(folder)!r}")
    config = _table(folder, CONFIG)
    kind = config.get("model_type")
    if kind != "marian":
        raise WrongModel(f"{folder} holds a model of the kind {kind!r}, not a MarianMT model")
    _require_files(folder)
    _require_languages(folder)
    tokens = _tokens(folder)
    _require_shape(folder, config, tokens)
    checkpoint = Checkpoint(folder, name or folder.resolve().name, config, tokens, recorded)
    checkpoint.require_whole(*(needed for needed in NEEDED if needed != WEIGHTS))
    return checkpoint


def _table(folder: Path, name: str) -> dict[str, Any]:
    try:
        table = json.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WrongModel(f"{folder} is not a MarianMT folder as transformers saves it: {name} is missing") from error
    except (OSError, ValueError) as error:
        raise WrongModel(f"{folder / name} cannot be read: {error}") from error
    if not isinstance(table, dict):
        raise WrongModel(f"{folder / name} is not a table")
    return table


def _require_files(folder: Path) -> None:
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if WEIGHTS in missing and (folder / "pytorch_model.bin").exists():
        raise WrongModel(
            f"{folder} has its weights as pytorch_model.bin only, and reading one can run code that is hidden in it; "
            "sunto reads model.safetensors: save the model again with save_pretrained of a current transformers"
        )
    if missing:
        raise WrongModel(f"{folder} is not a MarianMT folder as transformers saves it: {', '.join(missing)} missing")


def _require_languages(folder: Path) -> None:
    """Refuse another language pair at once where the tokenizer names it; else the known sentence tells."""
    if not (folder / TOKENIZER_CONFIG).exists():
        return
    said = _table(folder, TOKENIZER_CONFIG)
    source, target = said.get("source_lang"), said.get("target_lang")
    right = (not source or str(source).lower() in ITALIAN) and (not target or str(target).lower() in ENGLISH)
    if not right:
        raise WrongModel(f"{folder} translates from {source!r} to {target!r}; sunto needs Italian to English")


def _tokens(folder: Path) -> list[str]:
    table = _table(folder, VOCABULARY)
    by_id = {number: token for token, number in table.items()}
    tokens = [str(by_id.get(number, "")) for number in range(len(table))]
    if not tokens or "" in tokens or tokens[-1] != PAD or not {EOS, UNKNOWN} <= set(tokens):
        raise WrongModel(f"{folder / VOCABULARY} is not the vocabulary of a MarianMT model")
    return tokens


def _require_shape(folder: Path, config: Mapping[str, Any], tokens: Sequence[str]) -> None:
    """Refuse what neither engine here can run."""
    try:
        fits = (
            config["vocab_size"] == len(tokens)
            and config.get("share_encoder_decoder_embeddings", True)
            and config["encoder_attention_heads"] == config["decoder_attention_heads"]
            and config["encoder_layers"] > 0
            and config["decoder_layers"] > 0
            and config["d_model"] > 0
            and config["max_position_embeddings"] > 24
        )
    except (KeyError, TypeError) as error:
        raise WrongModel(f"{folder / CONFIG} is not whole: {error}") from error
    if not fits:
        raise WrongModel(
            f"{folder / CONFIG} describes a MarianMT model of a shape that sunto cannot run "
            "(both languages must share one vocabulary, which must be as large as config.json says)"
        )
