"""A sentence of low confidence is marked for review in every form of the report."""

import pytest

from summarize.compose.content import reliable
from summarize.confidence import KIND
from summarize.document import Finding
from summarize.rendering import render, text, words
from tests.summarize.compose.written import article, renditions, report

MARK = Finding(KIND, None, None, "warning")


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_it_is_marked(form: str) -> None:
    assert words.warning(MARK) not in render(report(), form)
    assert words.warning(MARK) in render(report(renditions=tuple(renditions(article(), findings={0: (MARK,)}))), form)


def test_it_is_marked_in_the_text_and_in_json() -> None:
    doubtful = report(renditions=tuple(renditions(article(), findings={0: (MARK,)})))
    assert words.warning(MARK) in text.brief(doubtful)
    assert words.warning(MARK) in text.full(doubtful)
    assert '"kind": "confidence"' in render(doubtful, "json")


def test_it_is_not_quoted_in_the_summary() -> None:
    first, *_ = renditions(article())
    marked, *_ = renditions(article(), findings={0: (MARK,)})
    assert reliable(first)
    assert not reliable(marked)
