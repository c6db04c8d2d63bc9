from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.compose import lexicon, phrases

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("italian", "english"), ROWS, ids=[row[0] for row in ROWS])
def test_actors(italian: str, english: str) -> None:
    phrase = phrases.actor(italian)
    if english == "-":
        assert phrase is None
    else:
        assert phrase is not None
        assert phrase.text.rstrip(",") == english


@pytest.mark.parametrize(
    ("italian", "plural"),
    [
        ("gli Stati Uniti", False),
        ("le autorità iraniane", True),
        ("la polizia", True),
        ("Francia e Germania", True),
        ("il governo italiano", False),
        ("hacker cinesi", True),
    ],
)
def test_the_number_that_the_verb_agrees_with(italian: str, plural: bool) -> None:
    phrase = phrases.actor(italian)
    assert phrase is not None
    assert phrase.plural is plural


@pytest.mark.parametrize(
    ("italian", "english"),
    [
        ("le accuse", "the accusations"),
        ("qualsiasi collegamento a Salt Typhoon", "any link to Salt Typhoon"),
        ("ogni coinvolgimento nell'attacco", "any involvement in the attack"),
        ("le accuse degli Stati Uniti", "the accusations by the United States"),
        ("le accuse di spionaggio", "the espionage accusations"),
        ("le accuse e sottolineando la mancanza di prove", "the accusations"),
        ("l'accusa di aver spiato i rivali", "the accusation"),
    ],
)
def test_what_is_denied(italian: str, english: str) -> None:
    phrase = phrases.matter(italian)
    assert phrase is not None
    assert phrase.text == english


@pytest.mark.parametrize("italian", ["ogni ipotesi di cornamusa", "le accuse più gravi", "di aver rubato", "Pechino"])
def test_a_denial_is_never_made_wider_than_it_is(italian: str) -> None:
    assert phrases.matter(italian) is None


WORDS = sorted({word for key in lexicon.actors() for word in key} | {"il", "di", "dell'", "e", ",", "(", "“", "Rossi"})


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_any_row_of_words_is_read_or_refused(italian: str) -> None:
    phrase = phrases.actor(italian)
    assert phrase is None or phrase.text.strip()
    phrases.matter(italian)
    phrases.is_quotable(italian)
    phrases.leading_name(italian)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(italian: str) -> None:
    phrases.actor(italian)
    phrases.is_quotable(italian)
    phrases.leading_name(italian)


@pytest.mark.parametrize("name", ["nouns", "things", "modifiers", "adjectives", "nationalities", "fields", "names"])
def test_every_row_of_a_table_has_its_columns(name: str) -> None:
    widths = {len(row) for row in lexicon.rows(name)}
    assert len(widths) == 1
    assert all(cell.strip() == cell and cell for row in lexicon.rows(name) for cell in row)
