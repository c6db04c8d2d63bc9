from pathlib import Path

import pytest

from models.translator import Proposal
from summarize import glossary
from summarize.errors import GlossaryError
from summarize.glossary import Term, check, mend, parse, plural, proposals

TERMS = parse("riscatto\transom\tany\tnot: redemption\nACN\t=\texact\nClop\tClop|Cl0p\tcapital\n", "own.tsv")


def test_a_wrong_form_is_an_error_with_its_place() -> None:
    (finding,) = check("Il riscatto è alto.", "The redemption is high.", TERMS)
    assert (finding.kind, finding.it, finding.en, finding.severity) == ("glossary", "riscatto", "redemption", "error")
    assert finding.it_span == (3, 11)


def test_a_right_form_and_a_term_inside_a_word_are_quiet() -> None:
    assert check("Il riscatto è alto.", "The ransom is high.", TERMS) == ()
    assert check("I riscattori e gli ACNE tacciono.", "They are silent.", TERMS) == ()


def test_case_rules() -> None:
    assert check("acn tace", "silence", TERMS) == ()
    assert check("clop clop del cavallo", "the horse trotted", TERMS) == ()
    assert check("Il gruppo Clop tace.", "The group is silent.", TERMS) != ()


def test_mending_fits_article_and_capital() -> None:
    term = (Term("esperto", ("expert",), wrong=("wizard",)),)
    assert mend("Un esperto.", "A wizard spoke.", term) == "An expert spoke."
    assert mend("Esperto.", "Wizard spoke.", term) == "Expert spoke."
    assert mend("Esperto.", "A wizard and a wizard.", term) == "A wizard and a wizard."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\tb\nc\n", 2),
        ("a\tb\tloud\n", 1),
        ("\tb\n", 1),
        ("a\t\n", 1),
        ("a\tb\n\na\tc\n", 3),
        ("a\tb\tany\tn\tx\n", 1),
    ],
)
def test_a_bad_line_is_named(text: str, line: int) -> None:
    with pytest.raises(GlossaryError, match=f"line {line}"):
        parse(text, "own.tsv")


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(b"a\tb\nperch\xe9\tbecause\n")
    with pytest.raises(GlossaryError, match="line 2"):
        glossary.load(str(path))
    with pytest.raises(GlossaryError, match="cannot be read"):
        glossary.load(str(tmp_path / "none.tsv"))


def test_own_terms_replace_ours(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("riscatto\tpayment\n", encoding="utf-8")
    (term,) = [t for t in glossary.combined(str(path)) if t.source == "riscatto"]
    assert term.own
    assert term.targets == ("payment",)
    assert len(glossary.builtin()) > 50


NOUNS = parse("attore della minaccia\tthreat actor\nfalla critica\tcritical flaw\nbuco\thole\n", "own.tsv")


@pytest.mark.parametrize(
    ("italian", "english"),
    [
        ("Gli attori della minaccia tacciono.", "The threat actors are silent."),
        ("L'attore della minaccia tace.", "The threat actor is silent."),
        ("Due falle critiche.", "Two critical flaws."),
        ("I buchi restano.", "The holes remain."),
    ],
)
def test_a_common_noun_is_found_in_its_plural_too(italian: str, english: str) -> None:
    assert check(italian, english, NOUNS) == ()
    assert len(check(italian, "Silence.", NOUNS)) == 1


def test_a_name_has_no_plural() -> None:
    assert check("Le case bianche.", "The white houses.", parse("Casa Bianca\tWhite House\n", "own.tsv")) == ()


def test_proposals_are_the_terms_of_a_text_as_they_stand_in_it() -> None:
    terms = (*NOUNS, Term("Clop", ("Clop",)), Term("Exim", ("Exim",), own=True), TERMS[0])
    propose = proposals(terms)
    assert propose("Due falle critiche per un riscatto.") == [
        Proposal("falle critiche", "critical flaws", firm=True),
        Proposal("riscatto", "ransom", firm=True),
    ]
    assert propose("Clop sfrutta Exim.") == [Proposal("Exim", "Exim", firm=True)]
    assert propose("Piove.") == []


def test_a_term_is_proposed_for_a_sentence_that_was_edited_for_translation_too() -> None:
    propose = proposals(parse("Vetri S.p.A.\tVetri plc\n", "own.tsv"))
    assert propose("La Vetri S.p.A. tace.") == [Proposal("Vetri S.p.A.", "Vetri plc", firm=True)]
    assert propose("La Vetri Spa tace.") == [Proposal("Vetri Spa", "Vetri plc", firm=True)]


def test_plurals() -> None:
    words = ("threat actor", "breach", "agency", "key", "Falls")
    assert [plural(word) for word in words] == ["threat actors", "breaches", "agencies", "keys", "Falls"]
