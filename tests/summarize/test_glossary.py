from pathlib import Path

import pytest

from summarize import glossary
from summarize.errors import GlossaryError
from summarize.glossary import Term, check, mend, parse

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
