"""Boilerplate between the paragraphs of the body, and what protects an article's own lines."""

from __future__ import annotations

from collections.abc import Sequence

from summarize.boilerplate.features import View

HEADING_WORDS = 16


def is_heading(view: View) -> bool:
    """A section heading: short, and no sentence."""
    return view.line.role == "heading" or (len(view.words) <= HEADING_WORDS and not view.ends and not view.cut)


def judge(views: Sequence[View], score: Sequence[float], start: int, end: int) -> list[str | None]:
    """For each line of the block the name of the rule that removes it, or None."""
    verdicts: list[str | None] = [None] * (end - start)
    listing: str | None = None
    contents: set[str] = set()
    for index in range(start, end):
        view = views[index]
        rule = next((rule for rule in view.hits if not rule.weak), None)
        if rule and rule.effect in {"list", "toc"}:
            listing, contents = rule.name, set()
        elif listing and not view.prose:
            if listing == "toc-label" and view.key in contents:
                listing = None  # the first heading of the text, listed before
            contents.add(view.key)
        else:
            listing = None
        verdicts[index - start] = rule.name if rule else listing
    return verdicts
