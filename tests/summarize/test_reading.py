import io
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import html, language, reading
from summarize.errors import (
    BinaryInput,
    EmptyInput,
    InputError,
    NotFound,
    NotItalian,
    TooLarge,
    UndecodableInput,
)

TEXT = "Perché il ministro è così sicuro? L'autorità dirà di più lunedì, ha spiegato il portavoce.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    page = reading.read((TEXT * 4).encode(encoding))
    assert page.text.lstrip("\ufeff") == TEXT * 4
    assert page.lines[0].text == TEXT.strip()


def test_html_declares_its_encoding() -> None:
    page = reading.read(f'<html><head><meta charset="iso-8859-1"></head><p>{TEXT}</p></html>'.encode("cp1252"))
    assert page.lines[0].text == TEXT.strip()
    assert page.encoding == "cp1252"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyInput, "empty"),
        (b" \n\t\r\n", EmptyInput, "empty"),
        ("\u200b\n".encode(), EmptyInput, "empty"),
        (b"<html><script>var a = 1</script></html>", EmptyInput, "script"),
        (b"%PDF-1.7\nciao", BinaryInput, "PDF"),
        (b"\x89PNG\r\n", BinaryInput, "picture"),
        (b"il governo\x00 nega", BinaryInput, "NUL"),
        (bytes(range(1, 32)) * 20, BinaryInput, "control"),
        ("è più così ".encode() * 9 + b"\xc3\x28", UndecodableInput, "offset 126"),
        (b"a" * reading.MAX_BYTES, TooLarge, "20 MB"),
        (b"a\n" * (reading.MAX_LINES + 1), TooLarge, "lines"),
    ],
)
def test_bad_bytes_are_refused(data: bytes, error: type[InputError], words: str) -> None:
    with pytest.raises(error, match=words):
        reading.read(data)


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        reading.read(tmp_path)
    with pytest.raises(NotFound, match="no such file"):
        reading.read(tmp_path / "no.txt")
    with pytest.raises(NotFound):
        reading.read("a\0b")


def test_a_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(reading.MAX_BYTES * 500)
    start = time.perf_counter()
    with pytest.raises(TooLarge):
        reading.read(path)
    assert time.perf_counter() - start < 1


def test_stdin_is_read_and_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert reading.read("-").lines[0].text == TEXT.strip()
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(NotFound, match="stdin"):
        reading.read("-")


def test_lines_know_where_they_stand() -> None:
    page = reading.read("\n  Primo.\u00a0\r\n\r\n\tSecondo è qui.\n".encode())
    assert [line.text for line in page.lines] == ["Primo.", "Secondo è qui."]
    assert all(page.text[line.start : line.end] == line.text for line in page.lines)


def test_html_is_read_as_it_is_seen() -> None:
    seen = html.visible(
        "<title>T</title><nav><a href=#>Menu</a></nav><article><h2>Pechino&nbsp;nega</h2><p>Uno<br>due &egrave;"
        " <b>tre</b>.</p><ul><li>punto</li></ul><blockquote>«Mai»</blockquote><figure><figcaption>Foto</figcaption>"
        "</figure><p><a href=#>Leggi altro</a></p><p style='display: none'>mai visto</p></article>"
    )
    assert seen.lines == [
        ("Menu", "chrome"),
        ("Pechino nega", "heading"),
        ("Uno", "text"),
        ("due è tre.", "text"),
        ("punto", "item"),
        ("«Mai»", "quote"),
        ("Foto", "caption"),
        ("Leggi altro", "link"),
    ]
    assert seen.meta["title"] == "T"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + TEXT,
        "<b><p>" * 50_000 + TEXT,
        "<!--" * 100_000,
        "<" * 200_000,
        '<a href="' * 100_000,
        "<table>" * 50_000 + TEXT,
        "<p a=b " * 50_000,
    ],
    ids=["nested", "unclosed", "comments", "brackets", "quotes", "tables", "attributes"],
)
def test_hostile_html_ends_soon(markup: str) -> None:
    start = time.perf_counter()
    html.visible("<html>" + markup)
    assert time.perf_counter() - start < 10


def test_the_classifier_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    language._classifier.cache_clear()
    language.other_language("sunto " * language.SHORT)
    monkeypatch.setattr("py3langid.langid.LanguageIdentifier.from_model_file", lambda file: pytest.fail("again"))
    assert language.other_language("The committee said that nobody will lose a seat. " * 3) == "English"


def test_other_languages_are_named_and_italian_is_not() -> None:
    french = (
        "Le gouvernement a annoncé jeudi que les travaux commenceront au printemps, selon le ministre des Transports. "
    )
    with pytest.raises(NotItalian, match=r"French.*--force"):
        language.require_italian(french * 3)
    assert language.other_language(TEXT * 2) is None
    assert language.other_language("Hacker, attacco a Poste") is None
    quoted = (
        'Il ministro ha detto: "We have no evidence whatsoever of any breach of our systems". Poi ha smentito tutto.'
    )
    assert language.other_language(quoted) is None


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        page = reading.read(data)
    except InputError:
        return
    assert all(page.text[line.start : line.end] == line.text for line in page.lines)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/!-aàp\"'=& \n\x00divbr", max_size=300))
def test_arbitrary_markup_is_read_or_refused(markup: str) -> None:
    try:
        page = reading.read(f"<html>{markup}".encode())
    except InputError:
        return
    assert all(page.text[line.start : line.end] == line.text for line in page.lines)
