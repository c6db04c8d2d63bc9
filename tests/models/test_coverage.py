import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.coverage import Known, Table, fault
from models.hints import LONGEST, Hint, Lexicon

LEXICON = Lexicon(
    {
        "sabotaggio": ("sabotage", 9),
        "interruzione": ("disruption / outage", 9),
        "banda": ("gang / band", 30),
        "banda larga": ("broadband", 12),
        "farla franca": ("get away with it", 5),
    },
    LONGEST,
)
SAID = {
    "bambini": ("child", "children", "kid"),
    "interruzione": ("interrupt", "break"),
    "larga": ("broad", "wide"),
    "davvero": (),
    "farla": ("make", "do"),
    "franca": ("free",),
    "dalla": ("from",),
    "via": ("street",),
}
KNOWN = Known(SAID, LEXICON)


@pytest.mark.parametrize(
    ("italian", "english", "missing"),
    [
        ("a rischio di sabotaggio o di interruzione", "at risk", ("sabotaggio", "interruzione")),
        ("a rischio di sabotaggio o di interruzione", "at risk of sabotage or an outage", ()),
        ("l'interruzione", "what was interrupted", ()),  # the table has it
        ("l'interruzione", "the disruptive event", ()),  # akin to a rendering
        ("il sabotaggio", "the saboteurs", ()),  # begins alike in both languages
        ("Bambini davvero bravi", "nobody", ("Bambini",)),  # "davvero" is often left out; of "bravi" nothing is known
        ("la banda larga", "fast broadband", ()),
        ("farla franca", "get away with it", ()),
        ("dalla via", "nothing", ()),  # a preposition, and a short word
        ("", "nothing", ()),
    ],
)
def test_words_that_nothing_in_the_english_accounts_for_are_left_out(
    italian: str, english: str, missing: tuple[str, ...]
) -> None:
    assert KNOWN.coverage(italian).left_out(english) == missing


def test_what_a_glossary_or_a_hint_says_accounts_for_the_words() -> None:
    assert KNOWN.coverage("la banda larga").left_out("the internet") == ("banda", "larga")
    assert KNOWN.coverage("la banda larga", [Hint("banda larga", "internet")]).left_out("the internet") == ()


def test_a_table_on_file_is_looked_up(tmp_path: Path) -> None:
    path = tmp_path / "renderings.tsv"
    path.write_text("".join(f"{form}\t{' '.join(said)}\n" for form, said in sorted(SAID.items())), encoding="utf-8")
    table = Table.load(path)
    assert dict(table) == SAID
    assert len(table) == len(SAID)
    assert table.get("lana") is None


@given(st.text(alphabet=string.ascii_letters + " ,.'", max_size=60), st.text(max_size=60))
def test_what_is_left_out_stands_in_the_source(italian: str, english: str) -> None:
    coverage = KNOWN.coverage(f"{italian} sabotaggio bambini {italian}")
    assert all(word in f"{italian} sabotaggio bambini {italian}" for word in coverage.left_out(english))
    assert coverage.left_out("sabotage of children") == KNOWN.coverage(f"{italian} {italian}").left_out(
        "sabotage of children"
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("a\tb\nc\t\n", None), ("", None), ("c\td\na\tb\n", "line 2 is out"), ("a\tb\nc d\n", "line 2 is not a form")],
)
def test_a_file_that_is_no_table_is_refused(text: str, wrong: str | None, tmp_path: Path) -> None:
    path = tmp_path / "renderings.tsv"
    path.write_text(text, encoding="utf-8")
    found = fault(path)
    assert found == wrong or (found and wrong and found.startswith(wrong))
