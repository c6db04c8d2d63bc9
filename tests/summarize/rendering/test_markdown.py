import pytest

from summarize.document import Finding
from summarize.rendering import render
from summarize.rendering.markdown import escaped
from tests.summarize.compose.written import article, renditions, report


def test_summary_links_to_its_sentences_and_both_languages_stand_side_by_side() -> None:
    shown = render(report(), "markdown")
    assert shown.startswith("# Norway accuses Russia\n")
    assert "[1](#s1)" in shown
    assert '<a id="s1"></a>' in shown
    assert (
        "| **I gruppi indicati da Oslo sono APT28 e APT29.** | **The groups named by Oslo are APT28 and APT29.** |"
        in shown
    )


def test_warnings_are_marked_in_the_cell() -> None:
    page = article()
    finding = Finding("name", "Oslo", "Olso", "error")
    shown = render(report(renditions=tuple(renditions(page, findings={1: (finding,)}))), "markdown")
    assert "<br>⚠ name: “Oslo” in the Italian, “Olso” in the English" in shown


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[qui](javascript:alert(1))", r"\[qui\](javascript:alert(1))"),
        ("a | b", r"a \| b"),
        ("![x](https://esempio.it/p.png)", r"!\[x\](https\://esempio.it/p.png)"),
        ("riga\n# titolo", r"riga \# titolo"),
        ("testo\u202eotsevor", "testootsevor"),
        ("`codice`", r"\`codice\`"),
        ("- voce", r"\- voce"),
    ],
)
def test_article_text_is_never_markup(hostile: str, harmless: str) -> None:
    assert escaped(hostile) == harmless
