"""Boilerplate between the paragraphs of the body, and what protects an article's own lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarize.boilerplate import titles
from summarize.boilerplate.features import ADDRESS, PROMOTION, View
from summarize.boilerplate.rules import Rule

HEADING_WORDS = 16
FOOT = 5  # lines
TITLE_WORDS = range(6, 30)


def is_heading(view: View) -> bool:
    """A section heading: short, and no sentence."""
    return view.line.role == "heading" or (len(view.words) <= HEADING_WORDS and not view.ends and not view.cut)


def judge(
    views: Sequence[View], start: int, end: int, listed: Mapping[int, str]
) -> tuple[list[str | None], list[tuple[int, Rule, str]]]:
    """Decide on each line of the block.

    Returns:
        The name of the rule that removes it, or None; and the near-misses (index, rule, protection).

    """
    verdicts: list[str | None] = []
    saved: list[tuple[int, Rule, str]] = []
    contents = {views[i].key for i, name in listed.items() if name == "contents"}
    for index in range(start, end):
        verdict = listed.get(index)
        if verdict is None and views[index].hits:
            verdict = views[index].hits[0].name
        saved += [(index, rule, shield) for rule, shield in views[index].saved]
        verdicts.append(verdict or _unlabelled(views, index, contents, index + 1 in listed))
    _join_promotions(views, start, verdicts)
    _cut_foot(views, start, verdicts)
    return verdicts, saved


def _cut_foot(views: Sequence[View], start: int, verdicts: list[str | None]) -> None:
    """A biography or a name in the last lines of the block."""
    for place in range(len(verdicts) - 1, max(0, len(verdicts) - FOOT), -1):
        view = views[start + place]
        rule = next((rule for rule in view.hints if rule.where == "foot"), None)
        if verdicts[place] is None and (rule is None or not _is_author(views, start, start + place)):
            return
        if verdicts[place] is None and rule:
            verdicts[place] = rule.name


def _is_author(views: Sequence[View], start: int, index: int) -> bool:
    """Whether the first name in the line is that of the byline; a line that starts with no name needs none."""
    names = [word for word in views[index].line.text.split()[:2] if word[:1].isupper()]
    if len(names) < 2:
        return True
    full = " ".join(names).casefold()
    return any(full in view.key for view in (*views[:start], *views[index + 1 : index + 3]) if len(view.words) <= 12)


def _join_promotions(views: Sequence[View], start: int, verdicts: list[str | None]) -> None:
    """A line between two of promotion that speaks to the reader or of the offer goes with them."""
    for place in range(1, len(verdicts) - 1):
        around = (verdicts[place - 1] or "", verdicts[place + 1] or "")
        words = views[start + place].words
        promoted = verdicts[place] is None and all(name.startswith("promotion") for name in around)
        if promoted and any(word in ADDRESS or word in PROMOTION for word in words):
            verdicts[place] = "promotion-run"


def _unlabelled(views: Sequence[View], index: int, contents: set[str], listed_next: bool) -> str | None:
    """A title of another article between two paragraphs, without a label."""
    view = views[index]
    if titles.is_signed(view):
        return "related-signed"
    if view.ends or len(view.words) not in TITLE_WORDS or index + 1 >= len(views):
        return None
    if view.line.role == "link":
        return "related-link"
    alone = index > 0 and (views[index - 1].prose or views[index - 1].hits) and (views[index + 1].prose or listed_next)
    if (
        contents
        and alone
        and view.key not in contents
        and view.line.text[:1].isupper()
        and view.line.text[-1] not in ":;,"
    ):
        return "related-unlisted"  # the table of contents names every heading, and not this one
    if titles.is_signed(views[index + 1]):
        return "related-signed"
    return None
