"""Sources made worse in the ways that pasted news is: accents lost, capitals, other quotes, a label stuck on."""

from __future__ import annotations

import random
from collections.abc import Callable

_BARE = str.maketrans("àèéìíòóùúÀÈÉÌÒÙ", "aeeiioouuAEEIOU")
_STRAIGHT = str.maketrans("“”«»’‘", '""""\'\'')
_CURLY = str.maketrans("'", "’")
_LABELS = ("Leggi anche", "Foto", "Video", "Aggiornato", "Roma", "ANSA", "Esclusiva")


def _no_accents(text: str, rng: random.Random) -> str:
    return text.translate(_BARE)


def _apostrophes(text: str, rng: random.Random) -> str:
    for accented, plain in zip("àèéìòù", "aeeiou", strict=True):
        text = text.replace(f"{accented} ", f"{plain}' ")
    return text


def _capitals(text: str, rng: random.Random) -> str:
    return text.upper() if len(text) < 90 else text


def _other_quotes(text: str, rng: random.Random) -> str:
    straight = text.translate(_STRAIGHT)
    return straight if straight != text else text.translate(_CURLY)


def _label(text: str, rng: random.Random) -> str:
    return rng.choice(_LABELS) + text


_WAYS: tuple[Callable[[str, random.Random], str], ...] = (_no_accents, _apostrophes, _capitals, _other_quotes, _label)


def worsen(text: str, rng: random.Random) -> str:
    """The text after one kind of damage, chosen at random; it may come back as it was."""
    return rng.choice(_WAYS)(text, rng)
