"""The pages: everything there, everything from an article inert."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.digest import Digest, matrix, parties, render, timeline
from summarize.digest.document import Accusation, Denial, Item, Story
from summarize.digest.links import from_folder
from summarize.document import Strength

EVIL = "<script>alert(1)</script> & \"'> ](javascript:alert(1)) ![x](http://x.example/y) | `"


def digest_of(*stories: Story) -> Digest:
    return Digest(
        stories=stories,
        pairs=tuple(parties.pairs(stories)),
        accusers=tuple(parties.accusers(stories)),
        accused=tuple(parties.accused(stories)),
        groups=tuple(parties.groups(stories)),
        claimants=tuple(parties.claimants(stories)),
        deniers=tuple(parties.deniers(stories)),
    )


def story(name: str = "Il Belgio", number: int = 0, output: str = "a.txt.json") -> Story:
    item = Item(
        f"{name}.txt", output, name, "testo", date(2026, 3, 1 + number % 28),
        f"{name} accuses China.", f"{name} denies.",
        (Accusation(name, "China", Strength.OFFICIAL, (name,)),), (Denial(name, 0),),
    )  # fmt: skip
    return Story((item, item))


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_the_page_says_who_accuses_whom_and_who_denies(form: str, tmp_path: Path) -> None:
    page = render(digest_of(story("Belgium")), form, tmp_path, tmp_path / "digest")
    for words in (
        "Belgium accuses China",
        "Belgium denies",
        "official statement",
        "2026-03-01",
        "./a.txt.json",
        "<svg",
    ):
        assert words in page


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_page_over_nothing_says_so(form: str, tmp_path: Path) -> None:
    assert "No article accuses anybody." in render(digest_of(), form, tmp_path)


def test_html_of_an_article_is_inert(tmp_path: Path) -> None:
    page = render(digest_of(story(EVIL, output=f"{EVIL}.json")), "html", tmp_path)
    assert "<script" not in page
    assert "javascript:alert" not in "".join(re.findall(r'href="([^"]*)"', page))
    assert "default-src 'none'" in unescape(page)


def test_markdown_of_an_article_is_inert(tmp_path: Path) -> None:
    page = render(digest_of(story(EVIL, output=f"{EVIL}.json")), "markdown", tmp_path)
    prose = re.sub(r"^<svg.*$", "", page, flags=re.MULTILINE)
    assert not re.search(r"(?<!\\)<script", prose)
    assert not re.search(r"(?<!\\)\]\((?:javascript|http)", prose)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=15))
def test_the_drawings_are_well_formed_whatever_the_names(names: list[str]) -> None:
    stories = [story(name, number) for number, name in enumerate(names)]
    for drawing in (matrix.draw(parties.pairs(stories)), timeline.draw(stories)):
        root = ElementTree.fromstring(drawing)
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "text", "rect", "line", "title"}
        assert "\n" not in drawing


def test_the_matrix_has_a_row_an_accuser_and_counts_in_its_cells() -> None:
    drawing = matrix.draw(parties.pairs([story("Belgium"), story("Belgium"), story("France")]))
    assert drawing.count('text-anchor="end"') == 2
    assert ">2*</text>" in drawing
    assert "Belgium accuses China: 2 stories, denied by Belgium" in drawing


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ((date(2026, 3, 1), date(2026, 3, 9)), "2026-03-01", "2026-03-09"),
        ((date(2025, 1, 31), date(2026, 3, 9)), "2025-01", "2026-03"),
        ((date(2001, 1, 31), date(2026, 3, 9)), "2001", "2026"),
    ],
)
def test_the_timeline_goes_by_days_months_or_years(days: tuple[date, date], first: str, last: str) -> None:
    stories = [
        Story((Item("a", "a", "a", "", day, accusations=(Accusation(None, None, Strength.ALLEGED),)),)) for day in days
    ]
    drawing = timeline.draw(stories)
    assert f">{first}</text>" in drawing
    assert f">{last}</text>" in drawing


def test_links_lead_from_the_page_to_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out"
    assert from_folder(out, out / "digest.html")("a b.txt.json") == "./a%20b.txt.json"
    assert from_folder(out, None)("a.txt.json") == "./out/a.txt.json"
    assert from_folder(out, tmp_path / "pages" / "d.html")("a.txt.json") == "../out/a.txt.json"
    assert from_folder(out, out / "d.html")("javascript:x.json").startswith("./javascript%3A")
    assert from_folder(out, out / "d.html")("caff\udce8.json") == "./caff%E8.json"
