"""Abbreviations become words where it is sure what they stand for, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.piecewise import clean
from models.preediting.abbreviations import PLACES, TABLES, spelled_out

CHANGED = [
    ("L'avv. Rossi, legale del sig. Bianchi.", "L'avvocato Rossi, legale del signor Bianchi."),
    ("Prof. G. Neri e la dott.ssa Verdi.", "Professor G. Neri e la dottoressa Verdi."),
    (
        "Il cap. Ferri e il col.Bassi leggono il cap. 4.",
        "Il capitano Ferri e il colonnello Bassi leggono il capitolo 4.",
    ),
    ("Si veda art.7 a pag. 3, sez. II.", "Si veda articolo 7 a pagina 3, sezione II."),
    ("Ricavi di 3,5 mld, utili di 240mln.", "Ricavi di 3,5 miliardi, utili di 240 milioni."),
    ("Riscatto da 3 mln", "Riscatto da 3 milioni"),
    ("Ne costa 3 mln. Poi altri.", "Ne costa 3 milioni. Poi altri."),
    ("Sono caduti 92 mm. di pioggia.", "Sono caduti 92 millimetri di pioggia."),
    ("Il 12 gen. 2024 e il 3 mar 2025.", "Il 12 gennaio 2024 e il 3 marzo 2025."),
    ("La Vetri S.p.A. ha ceduto la Luci S.r.l.", "La Vetri Spa ha ceduto la Luci Srl."),
    ("Slitta al 15 settembre p.v.", "Slitta al 15 settembre prossimo."),
]
UNCHANGED = [
    "Vada su www.art.it o scriva a prof.rossi@esempio.it.",
    "La U.S. Army è in Italia, on line.",
    "Si esce col. mare mosso, 12 marche.",
    "Il file art.pdf e la versione 3.ott non contano.",
]


@pytest.mark.parametrize(("text", "words"), CHANGED)
def test_sure_abbreviations_are_spelled_out(text: str, words: str) -> None:
    assert spelled_out(text) == words


@pytest.mark.parametrize("text", UNCHANGED)
def test_what_is_none_stays(text: str) -> None:
    assert spelled_out(text) == text


AROUND = {
    "before_a_name": "Parla {}. Rossi oggi.",
    "before_a_number": "Si veda {}. 12 oggi.",
    "after_a_number": "Sono 12 {}, oggi.",
    "anywhere": "Ecco {}. oggi.",
    "in_small_letters": "Il 12 {}. oggi.",
}


@pytest.mark.parametrize("table", AROUND)
def test_every_abbreviation_of_the_tables_is_spelled_out_in_its_place(table: str) -> None:
    for short, words in TABLES[table].items():
        assert words in spelled_out(AROUND[table].format(short)), short
    assert [*AROUND] == [*PLACES] == [*TABLES]


def test_models_read_words() -> None:
    assert clean("Il sig. Neri  ha perso 3 mln.") == "Il signor Neri ha perso 3 milioni."


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(spelled_out(text), str)
