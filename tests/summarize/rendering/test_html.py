import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.rendering import render
from tests.summarize.compose.written import article, claims, report
from tests.summarize.rendering.hostile import ATTACKS, hostile_report


class Outline(HTMLParser):
    """Collects tags, ids, links and the order of both."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    return found


def test_every_jump_link_lands_and_every_anchor_is_unique() -> None:
    found = outline(render(report(), "html"))
    assert {"#a1", "#d1", "#s1", "#s3"} <= set(found.links)
    assert {link[1:] for link in found.links} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_the_page_has_no_script_and_asks_for_nothing() -> None:
    page = render(report(), "html")
    found = outline(page)
    assert not {"script", "iframe", "object", "embed", "img", "link", "form", "base"} & set(found.tags)
    assert not [name for name in found.attributes if name.startswith("on") or name in {"src", "style"}]
    assert "url(" not in page and "@import" not in page


def test_the_policy_names_the_style_by_its_hash_and_forbids_the_rest() -> None:
    page = render(report(), "html")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"&#39;sha256-{digest}&#39;" in page
    assert "default-src &#39;none&#39;" in page


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_makes_no_tag_and_no_attribute(attack: str) -> None:
    tame, hostile = outline(render(hostile_report("innocuo"), "html")), outline(render(hostile_report(attack), "html"))
    assert hostile.tags == tame.tags
    assert hostile.attributes == tame.attributes
    assert hostile.ids == tame.ids
    assert hostile.links == tame.links


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x00", "\x1b"])
def test_marks_that_turn_the_reading_direction_are_gone(mark: str) -> None:
    assert mark not in render(hostile_report(f"prima {mark} dopo"), "html")


def test_warnings_can_be_reached_by_keyboard_and_are_described() -> None:
    page = render(hostile_report("innocuo"), "html")
    button = re.search(r'<button type="button" class="error" aria-describedby="(w\d+-\d+)">', page)
    assert button is not None
    assert f'role="tooltip" class="tip" id="{button[1]}"' in page


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_title_makes_a_page_of_the_same_shape(title: str) -> None:
    page = article(title=title or None)
    made = outline(render(report(article=page, claims=claims(page)), "html"))
    assert made.tags.count("h1") == 1
    assert "script" not in made.tags
