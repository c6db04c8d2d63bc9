"""Lists that a label opens: related titles, a table of contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarize.boilerplate import titles
from summarize.boilerplate.features import View

LONGEST = 40  # lines of a list
SENTENCE = (".", ".»", ".”", '."')
NO_TITLE = 3  # words; a shorter line is no title of another article
INNER = 3  # words of a line that introduces a list inside the text, or is an item of it
SHORT = 2  # words of a short sentence
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


def announced(views: Sequence[View], listed: Mapping[int, str], end: int, limit: int) -> int:
    """Behind the last heading under the block that a table of contents announces and a sentence follows; or `end`."""
    keys = headings(views, listed)
    for index in range(limit - 2, end - 1, -1):
        below = views[index + 1]
        if index not in listed and views[index].key in keys and below.ends and not below.hits:
            return index + 1
    return end


def headings(views: Sequence[View], listed: Mapping[int, str]) -> set[str]:
    """The headings that a table of contents announces."""
    return {views[index].key for index, name in listed.items() if name == "contents" and not views[index].hits}


def _titles(views: Sequence[View], label: int) -> int:
    """The end of a list of titles: the first prose, less a heading that belongs to it."""
    end = label + 1
    while end < len(views) and end - label <= LONGEST and not _reads_on(views[end]):
        end += 1
    if end < len(views) and not views[end].hits:
        while end - label > 2 and views[end - 1].ends and not views[end - 1].hits:
            end -= 1  # short sentences, as in an interview
    last = views[end - 1]
    if (
        end < len(views)
        and (end - label > 2 or len(last.words) <= NO_TITLE)
        and len(last.words) <= HEADING_WORDS
        and not last.line.text[:1].islower()
        and not (last.hits or last.cut or titles.is_byline(last) or titles.is_date(last))
    ):
        end -= 1
    return end


def _reads_on(view: View) -> bool:
    """Prose, a short sentence, or what stands in the middle of one: a title has a capital and no full stop."""
    text = view.line.text
    if view.prose or view.hits or view.cut or len(view.words) < SHORT:
        return view.prose
    if len(view.words) < INNER:
        return view.ends and text.endswith(SENTENCE)
    inner = text[:1].islower() and not (view.dated or titles.is_byline(view))
    return inner or text.endswith((":", ";")) or text.endswith(SENTENCE)


def _contents(views: Sequence[View], label: int) -> int:
    """The end of a table of contents: where an entry comes again as a heading, or prose begins."""
    keys: set[str] = set()
    end = label + 1
    while end < len(views) and end - label <= LONGEST and not views[end].prose and views[end].key not in keys:
        keys.add(views[end].key)
        end += 1
    return end
