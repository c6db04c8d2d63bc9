"""Numerals in words become digits where a small model would misread them, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.piecewise import clean
from models.preediting.digits import in_digits

CHANGED = [
    ("Gli sfollati sono quarantamila.", "Gli sfollati sono 40.000."),
    ("Tremilacinquecento agenti presidiano il porto.", "3.500 agenti presidiano il porto."),
    ("«Trecento famiglie sono senza luce»", "«300 famiglie sono senza luce»"),
    ("La nave trasportava centottantasette migranti.", "La nave trasportava 187 migranti."),
    ("Costa 20 mila euro, 100mila per due.", "Costa 20.000 euro, 100.000 per due."),
    ("Il muro cadde nel millenovecentottantanove.", "Il muro cadde nel 1989."),
    ("Danni per un milione e duecentomila euro.", "Danni per 1.200.000 euro."),
    ("Sono 2 milioni e 300mila utenti.", "Sono 2.300.000 utenti."),
    ("Dal 12/03/2024 al 3.4.2024.", "Dal 12 marzo 2024 al 3 aprile 2024."),
    ("Una chiesa del XVIII secolo.", "Una chiesa del 18esimo secolo."),
    ("Arriva alle 17 e 30 con 20 e 30 uomini.", "Arriva alle 17.30 con 20 e 30 uomini."),
    ("Dalle sette e cinque alle nove e mezza.", "Dalle 7.05 alle nove e mezza."),
    ("Un'ottantaduenne e due ventiseienni.", "Un'82enne e due 26enni."),
    ("Il quarantatreesimo presidente.", "Il 43esimo presidente."),
]
UNCHANGED = [
    "Sono quindici anni e sei mesi, cento per cento.",
    "Nel Novecento e negli anni ottanta, l'ottocento e il settecento.",
    "La Mille Miglia è passata da Ventimiglia.",
    "Il ventesimo giorno un sedicenne e una sessantenne sono usciti.",
    "Medesimo battesimo, solenni decenni, l'ennesimo indenne.",
    "Su www.duecento.it e trecento@quattrocento.it.",
    "Il 3/11, il 31/13/2024, la versione 4.12.2023.1 e 5/3/24.",
    "Tra 10-15mila persone, 1.500mila no.",
]


@pytest.mark.parametrize(("text", "digits"), CHANGED)
def test_compound_numerals_are_written_in_digits(text: str, digits: str) -> None:
    assert in_digits(text) == digits


@pytest.mark.parametrize("text", UNCHANGED)
def test_simple_numerals_names_and_centuries_stay(text: str) -> None:
    assert in_digits(text) == text


def test_models_read_digits() -> None:
    assert clean("Sono  ottocentomila\n euro.") == "Sono 800.000 euro."


@given(st.text(max_size=60))
def test_any_text_is_read_and_what_is_in_digits_stays(text: str) -> None:
    assert in_digits(in_digits(text)) == in_digits(text)
