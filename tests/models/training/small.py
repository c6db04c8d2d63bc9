"""A Gemma of a few thousand weights, and a tokenizer of single characters."""

import string

import tokenizers
import torch
from tokenizers import Regex, models, pre_tokenizers

from models.hints import Lexicon
from models.training.base import GAINS, Base
from models.training.corpus import Corpus, Pair
from models.training.gemma import GROUPS, Gemma
from models.training.hinted import Hinting
from models.training.recipe import Adapter, Batching, HeldOut, Optimizer, Recipe, Source

WIDTH, HEADS, HIDDEN, INNER, RANK = 8, 2, 12, 20, 3
CHARACTERS = string.ascii_letters + string.digits + string.punctuation + " \n"
SHAPES = {
    "self_attn.q_proj": (HEADS * WIDTH, HIDDEN),
    "self_attn.k_proj": (WIDTH, HIDDEN),
    "self_attn.v_proj": (WIDTH, HIDDEN),
    "self_attn.o_proj": (HIDDEN, HEADS * WIDTH),
    "mlp.gate_proj": (INNER, HIDDEN),
    "mlp.up_proj": (INNER, HIDDEN),
    "mlp.down_proj": (HIDDEN, INNER),
}


def base(kind: torch.dtype = torch.float32, layers: int = 2) -> Base:
    generator = torch.Generator().manual_seed(1)

    def random(*shape: int) -> torch.Tensor:
        return (torch.randn(*shape, generator=generator) * 0.4).to(kind)

    tensors = {"embedding": random(len(CHARACTERS) + 1, HIDDEN), "norm": 1 + random(HIDDEN)}
    for layer in range(layers):
        for name in (name for names in GROUPS for name in names):
            tensors[f"layers.{layer}.{name}"] = random(*SHAPES[name])
        for name in GAINS.values():
            size = WIDTH if name.startswith("self_attn") else HIDDEN
            tensors[f"layers.{layer}.{name}"] = 1 + random(size)
    thetas = tuple(10_000.0 if layer % 2 == 0 else 1_000_000.0 for layer in range(layers))
    return Base(tensors, HEADS, WIDTH, 1e-6, WIDTH**-0.5, thetas)


def gemma(kind: torch.dtype = torch.float32) -> Gemma:
    """With an adapter that changes something."""
    model = Gemma(base(kind), RANK, 2.0 * RANK, seed=3)
    generator = torch.Generator().manual_seed(4)
    changed = {n: torch.randn(t.shape, generator=generator) * 0.2 for n, t in model.adapter().items()}
    model.load_adapter(changed)
    return model


def tokenizer() -> tokenizers.Tokenizer:
    ids = {"<bos>": 0} | {character: i for i, character in enumerate(CHARACTERS, 1)}
    made = tokenizers.Tokenizer(models.WordLevel(ids, unk_token="<bos>"))
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    return made


def recipe() -> Recipe:
    return Recipe(
        seed=7,
        template="Say: {source}\nNow:",
        backward=False,
        adapter=Adapter(RANK, 2.0 * RANK),
        optimizer=Optimizer(peak=0.01, warm_up=2, beta1=0.9, beta2=0.98, weight_decay=0.0, clip=1.0),
        batch=Batching(rows=60, parts=2, longest=60, noise=0.2),
        held_out=HeldOut("news", seed=7, pairs=2, check=1),
        hints=Hinting(share=0.5, lost=0.1, wrong=0.1),
        sources=(Source("news", "news.tsv", 1.0, 1.0), Source("prose", "prose.tsv", 0.5, 0.5)),
    )


def pairs(kind: str, number: int) -> tuple[Pair, ...]:
    return tuple(Pair(f"{kind} uno {i}", f"{kind} one {i}") for i in range(number))


def corpus() -> Corpus:
    lexicon = Lexicon({"uno": ("one", 3)})
    return Corpus({"news": pairs("a", 12), "prose": pairs("b", 8)}, pairs("c", 2), lexicon)
