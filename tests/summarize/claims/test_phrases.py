import pytest

from summarize.claims import phrases


def left_of(sentence: str, verb: str) -> str | None:
    folded = phrases.without_asides(sentence.lower())
    span = phrases.subject(folded, folded.index(verb))
    return sentence[span[0] : span[1]] if span else None


@pytest.mark.parametrize(
    ("sentence", "verb", "subject"),
    [
        ("Ieri il ministro ha accusato Mosca.", "ha accusato", "il ministro"),
        ("Di fronte alle accuse, il governo ha negato.", "ha negato", "il governo"),
        ("Anna Rossi, portavoce del ministero, ha negato.", "ha negato", "Anna Rossi, portavoce del ministero"),
        ("La gang (nata nel 2019) ha negato.", "ha negato", "La gang"),
        ("Pechino però ha negato.", "ha negato", "Pechino"),
        ("Anna Rossi, accusata di frode, ha negato.", "ha negato", "Anna Rossi"),
        ("Un hacker che si firma Zero ha negato.", "ha negato", "Un hacker"),
        ("Lo scorso gennaio la Casa Bianca ha accusato Teheran.", "ha accusato", "la Casa Bianca"),
    ],
)
def test_subject(sentence: str, verb: str, subject: str) -> None:
    assert left_of(sentence, verb) == subject


def test_an_elided_subject_is_none_here_and_found_in_the_clause_before() -> None:
    folded = "la società ammette l'errore ma ha negato il resto"
    at = folded.index("ha negato")
    assert phrases.subject(folded, at) is None
    span = phrases.subject_or_earlier("la società ha ammesso l'errore ma ha negato", 34)
    assert span is None or span[0] == 0


def test_a_complement_ends_before_the_charge() -> None:
    folded = "ha accusato il rivale di aver comprato voti"
    span = phrases.complement(folded, len("ha accusato"), until_charge=True)
    assert span and folded[span[0] : span[1]] == "il rivale"


def test_a_complement_ends_where_another_noun_phrase_begins() -> None:
    folded = "secondo la procura il medico avrebbe venduto i dati"
    span = phrases.complement(folded, len("secondo"))
    assert span and folded[span[0] : span[1]] == "la procura"


def test_trimming_nothing_but_connectives_leaves_none() -> None:
    assert phrases.trim("e poi, ieri", (0, 11)) is None
