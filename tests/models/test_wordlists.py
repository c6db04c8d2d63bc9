from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import simplemma
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simplemma.strategies.dictionaries import dictionary_factory

from models import wordlists
from models.wordlists import forms, known

SMALL = {"cane": "cane", "Roma": "Roma", "città": "città", "ecc.": "ecc.", "d'accordo": "d'accordo"}
TEXT = st.text(st.sampled_from("acdeginorRtà.'’ \n-x"), max_size=8) | st.sampled_from([*SMALL, "roma", "Cane", "CANE"])


@pytest.fixture
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An empty cache, a dictionary of five words, and the languages that were unpacked."""
    languages: list[str] = []

    def load(language: str) -> dict[bytes, bytes]:
        languages.append(language)
        return {word.encode(): lemma.encode() for word, lemma in SMALL.items()}

    monkeypatch.setenv("SUNTO_CACHE", str(tmp_path))
    monkeypatch.setattr(dictionary_factory, "_load_dictionary_from_disk", load)
    forget()
    yield languages
    forget()


def forget() -> None:
    for cached in (forms, known, wordlists._lookup):
        cached.cache_clear()


def test_a_dictionary_is_unpacked_once(unpacked: list[str], tmp_path: Path) -> None:
    for _ in range(3):
        forget()
        assert [word for word in ("cane", "roma", "gatto") if known(word, "it")] == ["cane", "roma"]
    assert unpacked == ["it"]
    assert sorted(forms("it")) == sorted(SMALL)
    assert [path.name for path in (tmp_path / "words").iterdir()] == [f"it-simplemma-{simplemma.__version__}.txt"]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data.replace(b"cane", b"rane"), lambda _: b""])
def test_a_list_that_is_not_whole_is_written_anew(
    unpacked: list[str], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    assert known("cane", "it")
    (path,) = (tmp_path / "words").iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    forget()
    assert known("cane", "it")
    assert not known("rane", "it")
    assert unpacked == ["it", "it"]
    assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_only_time(unpacked: list[str], tmp_path: Path) -> None:
    (tmp_path / "words").write_text("a file where the folder should be")
    assert known("città", "it")
    assert not known("gatto", "it")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
def test_it_says_what_simplemma_says(unpacked: list[str], word: str) -> None:
    known("cane", "it")  # writes the list
    forms.cache_clear()
    whole = dictionary_factory.DefaultDictionaryFactory()
    expected = word.strip() != "" and simplemma.strategies.DictionaryLookupStrategy(whole).get_lemma(word, "it")
    assert known(word, "it") == bool(expected)


def test_both_languages_are_there() -> None:
    forget()
    assert known("accusato", "it")
    assert known("rejected", "en")
    assert not known("rejected", "it")
