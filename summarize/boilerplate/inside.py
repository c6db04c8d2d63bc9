"""Boilerplate between the paragraphs of the body, and what protects an article's own lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarize.boilerplate import protection, titles
from summarize.boilerplate.features import View
from summarize.boilerplate.rules import Rule

HEADING_WORDS = 16
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
    contents = {views[i].key for i, name in listed.items() if name == "toc-label"}
    for index in range(start, end):
        view = views[index]
        verdict: str | None = listed.get(index)
        if verdict is None:
            for rule in view.hits:
                shield = protection.of(view, rule)
                if shield is None:
                    verdict = rule.name
                    break
                saved.append((index, rule, shield))
        verdicts.append(verdict or _unlabelled(views, index, contents, index + 1 in listed))
    return verdicts, saved


def _unlabelled(views: Sequence[View], index: int, contents: set[str], listed_next: bool) -> str | None:
    """A title of another article between two paragraphs, without a label."""
    view = views[index]
    if titles.is_signed(view):
        return "related-signed"
    if view.ends or len(view.words) not in TITLE_WORDS or index + 1 >= len(views) or view.line.role == "heading":
        return None
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
