from pathlib import Path

from models import hints
from models.training import hinting
from models.training.lexicon import build, words

PAIRS = [
    ("Il giudice ha chiesto l'ergastolo.", "The judge asked for a life sentence."),
    ("Per la banda l'ergastolo è vicino.", "For the gang a life sentence is near."),
    ("Il giudice ha letto la legge.", "The judge read the law."),
    ("La banda è vicino al molo.", "The gang is near the pier."),
    ("Il molo è chiuso.", "The pier is closed."),
    ("La legge è chiusa.", "The law is closed."),
] * 4


def test_an_elided_article_is_cut_off() -> None:
    assert words("L’accusa dell'ergastolo: 1.250 euro") == ["L", "accusa", "dell", "ergastolo", "1.250", "euro"]


def test_words_that_go_together_are_found() -> None:
    best: dict[str, str] = {}
    for entry in build(PAIRS):
        best.setdefault(entry.source, entry.target)
    assert best["molo"] == "pier"
    assert best["giudice"] == "judge"
    assert best["banda"] == "gang"
    assert "sentence" in best["ergastolo"]


def test_the_file_of_hints_is_read_back(tmp_path: Path) -> None:
    rows = hinting.entries(PAIRS)
    hinting.write(rows, tmp_path / "lexicon.tsv")
    assert hints.load(tmp_path / "lexicon.tsv").entries["molo"] == ("pier", 8)
