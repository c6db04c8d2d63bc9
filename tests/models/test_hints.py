from pathlib import Path

import pytest

from models.hints import COMMON, MOST, Hint, Lexicon, fault, line, load, merged

LEXICON = Lexicon(
    {
        "ergastolo": ("life sentence", 12),
        "querela": ("complaint / criminal complaint", 9),
        "governo": ("government", COMMON + 1),
        "lituania": ("Lithuania", 5),
        "tributo": ("tax", 4),
        "molo": ("pier", 3),
        "furto di identità": ("identity theft", 2),
        "furto": ("theft", 7),
        "di fatto": ("in effect", 6),
    },
    longest=3,
)


def test_the_rarer_words_are_hinted_as_they_stand() -> None:
    assert LEXICON.hints("Il governo della Lituania chiede l'ergastolo.") == (
        Hint("Lituania", "Lithuania"),
        Hint("ergastolo", "life sentence"),
    )


def test_the_rarest_come_first_when_there_are_too_many() -> None:
    words = [f"parol{'a' * n}" for n in range(1, MOST + 2)]
    lexicon = Lexicon({word: (f"word {n}", 50 - n) for n, word in enumerate(words)})
    assert [hint.source for hint in lexicon.hints(", ".join(words))] == words[1:]


def test_a_name_is_no_word() -> None:
    assert LEXICON.hints("Molo: Anna Molo e la Lituania.") == (Hint("Molo", "pier"), Hint("Lituania", "Lithuania"))


def test_a_phrase_goes_before_its_words() -> None:
    assert LEXICON.hints("Il furto d’identità e un furto.") == (
        Hint("furto d’identità", "identity theft"),
        Hint("furto", "theft"),
    )
    assert LEXICON.hints("I reati: furto dell'identità.") == (Hint("furto dell'identità", "identity theft"),)
    assert LEXICON.hints("Il furto di 30 identità.") == (Hint("furto", "theft"),)
    assert LEXICON.hints("Il furto, d'identità.") == (Hint("furto", "theft"),)


def test_an_article_where_a_phrase_begins_makes_another_one() -> None:
    assert LEXICON.hints("Una fuga di fatto.") == (Hint("di fatto", "in effect"),)
    assert LEXICON.hints("La prova del fatto.") == ()


def test_the_line_of_the_prompt() -> None:
    assert line(LEXICON.hints("Una querela al molo.")) == (
        "\nHints: querela = complaint / criminal complaint; molo = pier"
    )
    assert line(()) == ""


def test_a_lexicon_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("di fronte a\tfacing\t7\nmolo\tpier\t3\n", encoding="utf-8")
    lexicon = load(path)
    assert lexicon.entries == {"di fronte a": ("facing", 7), "molo": ("pier", 3)}
    assert lexicon.hints("Il molo di fronte al porto.") == (Hint("molo", "pier"), Hint("di fronte al", "facing"))
    assert fault(path) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("molo\tpier\t3\nfaro\tlighthouse\t2\n", "line 2 is out of order"),
        ("molo\tpier\t3", "no end"),
        ("faro\tlighthouse\t2\nmolo\tpier\n", "line 2 is not"),
        ("molo\tpier\tthree\n", "line 1 is not"),
        ("a b c d e f g h i\tletters\t0\n", "line 1 is not"),
    ],
)
def test_what_is_no_lexicon_is_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text(text, encoding="utf-8")
    assert said in (fault(path) or "")


def test_a_glossary_goes_first_and_covers_the_words_of_its_terms() -> None:
    sentence = "Una querela al molo della Procura di Lituania."
    first = [Hint("Procura di Lituania", "Lithuanian prosecutors")]
    assert merged(first, LEXICON.hints(sentence), sentence) == (
        Hint("querela", "complaint / criminal complaint"),
        Hint("molo", "pier"),
        Hint("Procura di Lituania", "Lithuanian prosecutors"),
    )


def test_no_more_hints_than_the_prompt_was_trained_with() -> None:
    words = [f"parol{'a' * n}" for n in range(1, MOST + 1)]
    proposed = [Hint(word, "word") for word in words]
    found = merged([Hint("Ergastolo", "life imprisonment")], proposed, f"Ergastolo, {', '.join(words)}.")
    assert found == (Hint("Ergastolo", "life imprisonment"), *proposed[:-1])
