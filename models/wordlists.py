"""Whether a language has a word: the dictionaries of the lemmatizer simplemma, as sorted lists that open at once.

As they come, two of them take half a second and 60 MB to unpack. Their forms are written once, in order, into the
user's cache, below a line with their hash; where that cannot be written they are unpacked each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from models import whole
from models.lines import END, SortedLines

if TYPE_CHECKING:
    from simplemma.strategies import DictionaryLookupStrategy


class Forms(Mapping[str, str]):
    """The forms of a dictionary, each for itself: enough to say whether there is one."""

    def __init__(self, lines: SortedLines) -> None:
        self._lines = lines

    def __getitem__(self, form: str) -> str:
        if "\n" in form or self._lines.first(form.encode() + END) is None:
            raise KeyError(form)
        return form

    def __iter__(self) -> Iterator[str]:
        return (line.decode() for line in self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@lru_cache(maxsize=32768)
def known(word: str, language: str) -> bool:
    """Whether the dictionary of a language ("it", "en") has a word, in lower case or with a capital."""
    from simplemma.utils import normalize_token

    return _lookup().get_lemma(normalize_token(word), language) is not None


@cache
def _lookup() -> DictionaryLookupStrategy:
    from simplemma.strategies import DictionaryLookupStrategy

    return DictionaryLookupStrategy(Lists())


class Lists:
    """The word lists in the place of simplemma's own dictionaries (its protocol `DictionaryFactory`)."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        """All forms of a language."""
        return forms(lang)


@cache
def forms(language: str) -> Mapping[str, str]:
    """All forms of a language, from the cache; the first time from simplemma, whole entries then."""
    path = _place(language)
    found = _read(path)
    if found is not None:
        return Forms(found)
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    entries: Mapping[str, str] = DefaultDictionaryFactory().get_dictionary(language)
    _write(path, entries)
    return entries


def _place(language: str) -> Path:
    import simplemma

    from models import cache as folders

    return folders.root() / "words" / f"{language}-simplemma-{simplemma.__version__}.txt"


def _read(path: Path) -> SortedLines | None:
    """The list, unless there is none or its bytes are not those that were written."""
    try:
        digest, _, data = path.read_bytes().partition(END)
    except OSError:
        return None
    return SortedLines(data) if digest == _digest(data) else None


def _write(path: Path, words: Mapping[str, str]) -> None:
    data = "".join(f"{word}\n" for word in sorted(words)).encode()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        whole.write(path, _digest(data) + END + data)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
