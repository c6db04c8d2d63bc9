"""A real MarianMT checkpoint, small enough to be trained by the tests: it knows a few dozen sentences by heart."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from models.marian import KNOWN

WHO = {"Il ministro": "The minister", "La banca": "The bank", "Il giudice": "The judge", "La rana": "The frog"}
WHAT = {
    "ha smentito": "denied",
    "ha visto": "saw",
    "ha respinto": "rejected",
}
WHOM = {"la notizia": "the news", "le accuse": "the charges", "il lupo": "the wolf"}
SIMPLE = {
    f"{who} {what} {whom}.": f"{WHO[who]} {WHAT[what]} {WHOM[whom]}."
    for who, what, whom in itertools.product(WHO, WHAT, WHOM)
}
KNOWN_ENGLISH = ("The president arrived in Rome on Monday.", "The police arrested two people.")
LESSONS = {**SIMPLE, **{answer["source"]: english for answer, english in zip(KNOWN, KNOWN_ENGLISH, strict=True)}}
POSITIONS = 42  # room for a source of nine tokens, which each lesson fits, and its output


def train_pieces(folder: Path, name: str, sentences: list[str]) -> list[str]:
    """Train a SentencePiece model on the sentences, write it, and give its pieces."""
    import sentencepiece

    text = folder / f"{name}.txt"
    text.write_text("\n".join(sentences), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(text),
        model_prefix=str(folder / name),
        model_type="bpe",
        vocab_size=160,
        hard_vocab_limit=False,
        character_coverage=1.0,
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{name}.model"))
    (folder / f"{name}.model").rename(folder / f"{name}.spm")
    for left in (text, folder / f"{name}.vocab"):
        left.unlink()
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


def make(folder: Path, lessons: dict[str, str] = LESSONS, steps: int = 70) -> Path:
    """Train and save a checkpoint as transformers does; `source.spm`, `target.spm` and `vocab.json` beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = train_pieces(folder, "source", list(lessons)) + train_pieces(folder, "target", list(lessons.values()))
    tokens = [*dict.fromkeys(["</s>", "<unk>", *pieces]), "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"source_lang": "it", "target_lang": "en", "tokenizer_class": "MarianTokenizer"})
    )
    network = fresh(len(tokens))
    learn(network, folder, tokens, lessons, steps)
    network.save_pretrained(folder)
    return folder


def fresh(size: int) -> Any:  # noqa: ANN401 - transformers has no types
    """A MarianMT of two layers each side, 64 wide, with nothing learned."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(0)
    return MarianMTModel(
        MarianConfig(
            vocab_size=size,
            d_model=64,
            encoder_layers=2,
            decoder_layers=2,
            encoder_attention_heads=4,
            decoder_attention_heads=4,
            encoder_ffn_dim=128,
            decoder_ffn_dim=128,
            activation_function="swish",
            max_position_embeddings=POSITIONS,
            scale_embedding=True,
            init_std=0.1,  # large, for so small a model: it then learns in few steps
            pad_token_id=size - 1,
            decoder_start_token_id=size - 1,
            eos_token_id=0,
            forced_eos_token_id=None,
            dropout=0.0,
            attention_dropout=0.0,
            activation_dropout=0.0,
        )
    )


def learn(network: Any, folder: Path, tokens: list[str], lessons: dict[str, str], steps: int) -> None:  # noqa: ANN401
    """Teach it the sentences: all of them in every step."""
    import torch

    sources = rows(folder / "source.spm", tokens, list(lessons))
    targets = rows(folder / "target.spm", tokens, list(lessons.values()))
    pad = len(tokens) - 1
    optimizer = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4e-3, total_steps=steps)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # matrices this small only wait for each other
    network.train()
    for _ in range(steps):
        labels = targets.masked_fill(targets == pad, -100)
        loss = network(input_ids=sources, attention_mask=(sources != pad).long(), labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    network.eval()
    torch.set_num_threads(threads)


def rows(pieces: Path, tokens: list[str], sentences: list[str]) -> Any:  # noqa: ANN401
    """Sentences as rows of token numbers, each with the mark of its end, padded."""
    import sentencepiece
    import torch

    processor = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    number = {token: i for i, token in enumerate(tokens)}
    coded = [[number[p] for p in processor.encode(s, out_type=str)] + [number["</s>"]] for s in sentences]
    longest = max(map(len, coded))
    return torch.tensor([row + [number["<pad>"]] * (longest - len(row)) for row in coded])
