import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.document import Finding, Removed
from summarize.rendering import render
from summarize.rendering.data import SCHEMA, document
from tests.summarize.compose.written import article, claims, renditions, report

KEYS = [
    "schema", "source", "title", "title_en", "language", "summary", "clauses", "attributions", "denials",
    "sentences", "removed", "warnings", "signature",
]  # fmt: skip
CLAIM_KEYS = {
    "it", "en", "start", "end", "sentences", "by", "to", "cue", "strength", "speaker", "groups", "scope", "answers",
}  # fmt: skip


def test_the_schema_has_its_version_and_its_keys() -> None:
    made = document(report())
    assert made["schema"] == SCHEMA == "sunto/1"
    assert list(made) == KEYS
    assert set(made["attributions"][0]) == set(made["denials"][0]) == CLAIM_KEYS
    assert set(made["sentences"][0]) == {"it", "en", "start", "end", "confidence", "warnings"}


def test_offsets_point_into_the_text_of_the_page() -> None:
    page = article()
    made = document(report())
    for each in (*made["sentences"], *made["attributions"], *made["denials"]):
        assert page.text[each["start"] : each["end"]] == each["it"]


def test_a_claim_has_the_english_of_its_sentences() -> None:
    assert document(report())["denials"][0]["en"].startswith("The Russian embassy in Norway denies")


def test_the_summary_is_its_clauses() -> None:
    made = document(report())
    assert made["summary"] == " ".join(clause["text"] for clause in made["clauses"])


def test_warnings_and_removed_lines_are_in_it() -> None:
    page = replace(article(), removed=(Removed("Seguici", "social", 3, 10),))
    finding = Finding("number", "14", "41", "error")
    made = document(report(article=page, renditions=tuple(renditions(page, findings={3: (finding,)}))))
    assert made["removed"] == [{"text": "Seguici", "rule": "social", "start": 3, "end": 10}]
    assert made["sentences"][3]["warnings"] == [{"kind": "number", "it": "14", "en": "41", "severity": "error"}]


def test_pretty_json_and_a_line_say_the_same() -> None:
    assert json.loads(render(report(), "json")) == json.loads(render(report(), "jsonl"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_one_object_is_one_line_whatever_the_title_holds(title: str) -> None:
    page = article(title=title)
    text = render(report(article=page, claims=claims(page)), "jsonl")
    assert len(text.splitlines()) == 1 or "\u001c" in title or "\u001d" in title or "\u001e" in title
    assert json.loads(text)["title"] == title
