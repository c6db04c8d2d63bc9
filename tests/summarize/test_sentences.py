import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.sentences import split


@pytest.mark.parametrize(
    "marked",
    [
        "L’on. Rossi ha negato. | Il dott. G. Bianchi, ai sensi dell’art. 5, tace.",
        "Mele, pere ecc. | Il governo nega.",
        "La Acme S.p.A. ha pagato 3.500 euro. | La Beta Srl. | Nessuno ha risposto.",
        "La Acme S.p.A. Italia respinge le accuse.",
        "“Non è vero. | Lo neghiamo.” | Così il portavoce.",
        "“Non è vero.” ha detto il portavoce.",
        "«Mai!», ribatte Rossi. | «Mai e poi mai».",
        "Il giudice... ha detto no. | E poi… | Silenzio.",
        "L’attacco del 12.05.2024 alle 10.30 colpì www.sito.it/a.B e Node.js v. 2.0. | Poi basta.",
        "L’attacco è finito.Il governo nega.",
        "L’attacco è finito. | Il governo nega.",
        "Si parla di Booking.com e di Agenzia.it come vittime.",
        "Lo dice (cfr. nota. Vedi sotto) il rapporto. | […] Mosca tace.",
        "È vero? | Sì! | No.",
        "1. Primo punto. | 2. Secondo punto.",
        "Nel 2021. | 150 aziende colpite.",
        "Il piano B. | Il governo non ne ha.",
        "Gli U.S. Marines negano.",
        "L’app. | Il telefono.",
        "Costa 5 mln. di euro, dice l’avv. Neri.",
    ],
)
def test_boundaries(marked: str) -> None:
    if "finito.Il" in marked:
        assert len(split(marked)) == 2
        return
    text = marked.replace(" | ", " ")
    assert [text[start:end] for start, end in split(text)] == marked.split(" | ")


def test_blank_lines_part_and_single_breaks_do_not() -> None:
    text = "Un titolo\n\nUna frase che va\na capo."
    assert [text[a:b] for a, b in split(text)] == ["Un titolo", "Una frase che va\na capo."]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aAbÈ è.!?…«»“”\"'’()[]\n1,;:-", max_size=120))
def test_spans_are_ordered_trimmed_and_lose_only_space(text: str) -> None:
    spans = split(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
