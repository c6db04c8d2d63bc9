import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.boilerplate_pages import own
from summarize.boilerplate import literals, rules
from summarize.boilerplate.rules import Table


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("newsletter", {"newsletter"}),
        ("(?:forum|canale) (?:nostro)?", {"forum", "canale"}),
        (r"\bleggi (?:anche|pure)\b.{0,9}$", {"leggi "}),
        ("e-?mails?", {"mail"}),
        ("(?:cookie)?", None),
        ("ab", None),
        ("[abcd]{4}", None),
        ("(?!forum)x", None),
    ],
)
def test_what_a_pattern_needs(pattern: str, strings: set[str] | None) -> None:
    needs = literals.of_pattern(pattern)
    if strings is None:
        assert needs is None
    else:
        assert needs is not None
        assert len(needs) == len(strings)
        assert all(any(letters in string for string in strings) for letters in needs)


def test_what_is_not_understood_is_said() -> None:
    with pytest.raises(ValueError, match="not understood"):
        literals.of_pattern("forum)")


def test_the_index_changes_nothing_on_our_own_pages() -> None:
    table = rules.load()
    plain = Table([_without_index(rule) for rule in table.rules])
    for line in [line.text for page in own()[::3] for line in page.page.lines]:
        assert [rule.name for rule in table.hits(line)] == [rule.name for rule in plain.hits(line)], line


def _without_index(rule: rules.Rule) -> rules.Rule:
    fields = {name: getattr(rule, name) for name in rule.__slots__}
    phrases = tuple(rules.Phrase(phrase.find, None) for phrase in rule.phrases)
    return rules.Rule(**(fields | {"phrases": phrases}))


WORDS = st.sampled_from(["forum", "leggi anche", "canale", "newsletter", "e-mail", "x", " ", "!"])
PATTERN = re.compile(r"(?:leggi (?:anche)?|e-?mail)? ?(?:forum|canale)s?\b|newsletter+")


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=6).map("".join))
def test_no_match_without_one_of_the_runs(text: str) -> None:
    needs = literals.of_pattern(PATTERN.pattern)
    assert needs is not None
    if PATTERN.search(text):
        assert needs & literals.of_text(text)
