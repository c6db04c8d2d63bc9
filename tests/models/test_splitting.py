from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.splitting import halves, join, split


def words(text: str) -> int:
    return len(text.split())


SENTENCE = (
    "Il ministero ha detto che l'attacco, rivendicato da un gruppo filorusso, ha colpito tre porti; "
    "secondo gli esperti, però, i servizi non sono stati interrotti e le indagini continuano."
)


def test_a_short_sentence_stays_whole() -> None:
    assert split(SENTENCE, words, 100) == [SENTENCE]


def test_halves_meet_at_a_comma_before_a_clause_or_at_another_one() -> None:
    assert halves("Il gruppo nega, dice il ministro, ma le prove sono molte.") == [
        "Il gruppo nega, dice il ministro,",
        "ma le prove sono molte.",
    ]
    assert halves("Hanno colpito, si legge, tre porti.") == ["Hanno colpito,", "si legge, tre porti."]
    assert halves("Sì, ma le prove raccolte finora sono molte.") == ["Sì, ma le prove raccolte finora sono molte."]


def test_the_strongest_boundary_is_cut_first() -> None:
    left, right = split(SENTENCE, words, 20)
    assert left.endswith("porti;")
    assert right.startswith("secondo")


def test_a_sentence_is_cut_early_only_where_it_nearly_ends() -> None:
    assert len(split(SENTENCE, words, 100, wish=20)) == 2
    assert split(SENTENCE, words, 100, wish=30) == [SENTENCE]
    assert len(split(SENTENCE.replace(";", " –"), words, 100, wish=20)) == 2
    aside = SENTENCE.replace(";", " –") + " – oggi"
    assert split(aside, words, 100, wish=20) == [aside]
    comma = SENTENCE.replace(";", ",")
    assert split(comma, words, 100, wish=20) == [comma]
    assert len(split(comma, words, 20, wish=10)) == 2


def test_without_a_clause_it_is_cut_at_a_space() -> None:
    sentence = "uno due tre quattro cinque sei sette otto"
    pieces = split(sentence, words, 3)
    assert " ".join(pieces) == sentence
    assert max(map(words, pieces)) <= 3


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="abc,;: .", max_size=200).map(lambda text: " ".join(text.split())),
    st.integers(min_value=1, max_value=30),
)
def test_nothing_is_lost_and_nothing_is_too_long(sentence: str, limit: int) -> None:
    pieces = split(sentence, len, limit)
    assert "".join("".join(pieces).split()) == "".join(sentence.split())
    assert all(len(piece) <= limit for piece in pieces) or not sentence


@pytest.mark.parametrize(
    ("sources", "targets", "joined"),
    [
        (["Ha detto di no;", "poi è partito."], ["He said no.", "Then he left."], "He said no; then he left."),
        (["Roma, ieri,", "e Milano."], ["Rome, yesterday.", "And Milan."], "Rome, yesterday, and Milan."),
        (["Era in ritardo:", "Mosca tace."], ["It was late:", "Moscow is silent."], "It was late: Moscow is silent."),
        (["Prima. ", "Poi."], ["First.", "Then."], "First. Then."),
        (["Uno", "due"], ["One", ""], "One"),
    ],
)
def test_pieces_read_as_one_sentence(sources: list[str], targets: list[str], joined: str) -> None:
    assert join(sources, targets) == joined
