from hypothesis import given
from hypothesis import strategies as st

from models.piecewise import clean
from models.preediting.mojibake import repair


def test_mojibake_is_repaired_where_it_is_certain() -> None:
    assert repair("perchÃ© la cittÃ\u00a0 di â€œRomaâ€\x9d Ã¨ cosÃ¬") == "perché la città di “Roma” è così"
    for intact in ("È già così, perché no?", "NÃO e Â da soli", "10 °C", "naïve – “così”"):
        assert repair(intact) == intact


def test_what_is_translated_is_repaired_too() -> None:
    assert clean("La novitÃ\u00a0 Ã¨ che \u200bnessuno rispondeâ€\x9d") == "La novità è che nessuno risponde”"
    assert clean("L'attivitÃ europea perÃ² Ã¨ ferma") == "L'attività europea però è ferma"


@given(st.text(alphabet="àèéìòùÀÈ’“”–aeio z"))
def test_what_was_misread_once_comes_back(text: str) -> None:
    misread = text.encode("utf-8").decode("latin-1")
    assert repair(misread) == text or "à " in text
