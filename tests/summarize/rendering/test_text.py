from dataclasses import replace

import pytest

from summarize.document import Claims, Finding
from summarize.rendering import render, text
from tests.summarize.compose.written import article, renditions, report


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def test_title_summary_then_each_claim_in_both_languages() -> None:
    lines = render(report(), "text").splitlines()
    assert lines[:2] == ["Norway accuses Russia", "La Norvegia accusa la Russia"]
    assert lines[3].startswith("The Norwegian government accuses Russian hackers")
    shown = "\n".join(lines)
    assert shown.index("Attributions") < shown.index("Denials")
    assert "EN  The Russian embassy in Norway denies any involvement" in shown
    assert "IT  L'ambasciata russa in Norvegia nega ogni coinvolgimento" in shown
    assert "denial, reported, answers attribution 1" in shown


def test_the_translation_is_only_in_the_full_text() -> None:
    assert "Monday 14 September" not in render(report(), "text")
    assert "Monday 14 September" in text.full(report())


def test_warnings_stand_at_their_sentence() -> None:
    page = article()
    finding = Finding("number", "14", "41", "error")
    shown = text.full(report(renditions=tuple(renditions(page, findings={3: (finding,)}))))
    assert "!!  number: “14” in the Italian, “41” in the English" in shown


def test_control_characters_never_reach_the_terminal() -> None:
    page = article(title="Attacco \x1b[31mrosso\x07")
    assert "\x1b" not in render(report(article=page), "text")
    assert "\x07" not in render(report(article=page), "text")


def test_an_article_without_claims_or_title_is_shown_all_the_same() -> None:
    page = replace(article(title=None))
    shown = render(report(article=page, claims=Claims(), title_en=None), "text")
    assert "Attributions" not in shown
    assert shown.strip()


@pytest.mark.parametrize("columns", ["20", "72", "200"])
def test_lines_fit_the_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    widest = max(len(line) for line in text.full(report()).splitlines())
    assert widest <= max(40, min(100, int(columns)))
