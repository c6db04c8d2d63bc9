"""Lists that a label opens: related titles, a table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from summarize.boilerplate import titles
from summarize.boilerplate.features import View

LONGEST = 40  # lines of a list
HEADING_WORDS = 6  # a last entry so short, with prose after it, is the heading of that prose


def find(views: Sequence[View]) -> dict[int, str]:
    """Index → name of the rule, for each label and each line of the list under it."""
    found: dict[int, str] = {}
    index = 0
    while index < len(views):
        rule = next((rule for rule in views[index].hits if rule.effect in {"list", "toc"}), None)
        if rule is None:
            index += 1
            continue
        end = _contents(views, index) if rule.effect == "toc" else _titles(views, index)
        found.update(dict.fromkeys(range(index, end), rule.name))
        index = max(end, index + 1)
    return found


def _titles(views: Sequence[View], label: int) -> int:
    """The end of a list of titles: the first prose, less a heading that belongs to it."""
    end = label + 1
    while end < len(views) and end - label <= LONGEST and not views[end].prose:
        end += 1
    last = views[end - 1]
    if (
        end < len(views)
        and end - label > 2
        and len(last.words) <= HEADING_WORDS
        and not (last.hits or last.cut or titles.is_byline(last) or titles.is_date(last))
    ):
        end -= 1
    return end


def _contents(views: Sequence[View], label: int) -> int:
    """The end of a table of contents: where an entry comes again as a heading, or prose begins."""
    keys: set[str] = set()
    end = label + 1
    while end < len(views) and end - label <= LONGEST and not views[end].prose and views[end].key not in keys:
        keys.add(views[end].key)
        end += 1
    return end
