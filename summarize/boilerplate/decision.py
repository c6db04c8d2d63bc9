"""Which lines of a page are the body of the article, and which rule removes each of the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from summarize.boilerplate import advice, block, features, foot, inside, lists, rules, titles
from summarize.boilerplate.features import View
from summarize.boilerplate.rules import Rule, Table
from summarize.document import Page

STANDFIRST = 60  # words
FOOT = 20  # words
INNER_STOPS = (",", ";", ":")  # of a line that a sentence goes on behind
_SENTENCES = re.compile(r"[.!?][\"”»]? [A-ZÀ-Ü“«\"]")  # no title has one within
PASSES = 8
HEADINGS = 2  # in a text that may start with one, under a head that went before
SIGNED = 10  # lines above the block
CHRONICLE = 2  # dates between the paragraphs


@dataclass(frozen=True, slots=True)
class Model:
    """What the decision rests on; the default is what the package ships."""

    rules: Table = field(default_factory=rules.load)
    weights: Mapping[str, float] = field(default_factory=block.weights)


@dataclass(frozen=True, slots=True)
class Decision:
    """The lines of a page, each with the rule that removes it or None, and the near-misses (line, rule, protection)."""

    views: tuple[View, ...]
    rules: tuple[str | None, ...]
    saved: tuple[tuple[int, Rule, str], ...]


def decide(page: Page, model: Model) -> Decision:
    """Decide on every line, again and again on what is kept until nothing more goes.

    What the second look takes is the head of the page, mostly: once the menus are gone, a role or a standfirst without
    a full stop stands at the very top.
    """
    views = advice.spare(features.unstopped([features.view(line, model.rules) for line in page.lines]))
    first = _look(views, model)
    names = list(first.rules)
    for _ in range(PASSES):
        kept = [index for index, name in enumerate(names) if name is None]
        if not kept:
            break
        again = _look([views[index] for index in kept], model, views[: kept[0]]).rules
        if None not in again or all(name is None for name in again):
            break
        for index, name in zip(kept, again, strict=True):
            names[index] = name
    return Decision(first.views, tuple(names), first.saved)


def _look(views: Sequence[View], model: Model, gone: Sequence[View] = ()) -> Decision:
    """Find the block of the body, its ends, and the boilerplate inside it; `gone` went before from above it."""
    score = block.scores(features.of_page(views), model.weights)
    listed = lists.find(views)
    start, end = block.best(score, views, listed)
    cut, ended_by = block.ending(views, start, end)
    limit = cut if ended_by else len(views)
    start, end = block.stretched(views, score, (start, cut), limit)
    below = range(end, lists.announced(views, listed, end, limit))
    if below:
        start, end = block.stretched(views, score, (start, below.stop), limit)
    head = _after_head(views, start, end, gone)
    above = range(block.opening(views, start) if head == start else head, head)
    start = above.start
    end = _before_foot(views, start, end)
    verdicts, saved = inside.judge(views, range(start, end), listed, {*above, *below})
    foot.cut(views, start, verdicts)
    before = [_named(view, "before-body") for view in views[:start]]
    after = [_named(view, ended_by or "after-body") for view in views[end:]]
    return Decision(tuple(views), (*before, *verdicts, *after), tuple(saved))


def _named(view: View, position: str) -> str:
    rule = next(iter((*view.hits, *view.hints)), None)
    return rule.name if rule else position


def _after_head(views: Sequence[View], start: int, end: int, gone: Sequence[View]) -> int:
    """A title, or a standfirst with a date or byline right under it, still belongs to the head of the page."""
    if not _is_headed(views, start, end, gone) and titles.opens(views[start], views[:start]) and start + 1 < end:
        return start + 1
    index = start
    if start + 1 < end and not views[start].ends and len(views[start].words) in titles.TITLE_WORDS:
        index += views[start + 1].prose  # a title that was taken for text
    while index < min(start + 2, end) and views[index].prose and len(views[index].words) <= STANDFIRST:
        index += 1
    under = index
    while index < end and titles.is_signature(views[index]):
        index += 1
    if index in {under, end} or _is_chronicle(views[index:end]):
        return start
    above = views[max(0, start - SIGNED) : start]
    signed = any(titles.is_date(view) or titles.is_written_by(view) for view in above)
    named = not views[start].prose and not any(view.dated for view in views[under:index])  # a heading, a name
    return start if signed or named else index


def _is_headed(views: Sequence[View], start: int, end: int, gone: Sequence[View]) -> bool:
    """Whether a text that has headings starts with one; a long one under the byline is the author's role."""
    if not gone or (titles.is_signature(gone[-1]) and len(views[start].words) > lists.HEADING_WORDS):
        return False
    return sum(map(inside.is_heading, views[start + 1 : end])) >= HEADINGS


def _is_chronicle(views: Sequence[View]) -> bool:
    """Whether dates are the headings of the text."""
    return sum(titles.is_date(view) and not view.ends for view in views) >= CHRONICLE


def _before_foot(views: Sequence[View], start: int, end: int) -> int:
    """A date, or one or two titles without a full stop, under the last paragraph are the foot of the page."""
    last = end
    while last > start + 1 and last > end - 3 and not (views[last - 1].ends or views[last - 1].cut):
        if views[last - 1].line.text.endswith(INNER_STOPS) or _SENTENCES.search(views[last - 1].line.text):
            break
        last -= 1
    foot = views[last:end]
    if end < len(views) and last > start and views[last - 1].ends and all(len(view.words) <= FOOT for view in foot):
        return last
    return end
