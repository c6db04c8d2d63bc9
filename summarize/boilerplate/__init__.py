"""Page → Article: what is not the article goes, each line with the name of the rule that removed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarize import sentences
from summarize.boilerplate import block, features, inside, lists, rules, titles
from summarize.boilerplate.rules import Rule
from summarize.document import Article, Page, Paragraph, Protected, Removed, Sentence
from summarize.errors import NothingLeft
from summarize.mojibake import repair

STANDFIRST = 60  # words
FOOT = 20  # words

__all__ = ["Model", "strip"]


@dataclass(frozen=True, slots=True)
class Model:
    """What the decision rests on; the default is what the package ships."""

    rules: tuple[Rule, ...] = field(default_factory=rules.load)
    weights: Mapping[str, float] = field(default_factory=block.weights)


def strip(page: Page, model: Model | None = None) -> Article:
    """Strip what is not the article.

    Args:
        model: other rules or weights than the package's own, to measure them.

    Raises:
        NothingLeft: no line of the page looks like an article.
    """
    model = model or Model()
    views = [features.view(line, model.rules) for line in page.lines]
    score = block.scores(features.of_page(views), model.weights)
    listed = lists.find(views)
    start, end = block.best(score, views, listed)
    end, ended_by = block.ending(views, start, end)
    start = _after_head(views, start, end)
    end = _before_foot(views, start, end)
    verdicts, saved = inside.judge(views, start, end, listed)
    kept = [index for index in range(start, end) if verdicts[index - start] is None]
    if not kept:
        raise NothingLeft("only boilerplate: no line of it looks like part of an article")
    metadata, head = titles.find(page, views, kept[0])
    removed = []
    for index, view in enumerate(views):
        if index in head or index in kept:
            continue
        if start <= index < end:
            name = verdicts[index - start] or ""
        else:
            name = view.hits[0].name if view.hits else "before-body" if index < start else ended_by or "after-body"
        removed.append(Removed(view.line.text, name, view.line.start, view.line.end))
    paragraphs = tuple(
        Paragraph(views[i].line.text, views[i].line.start, views[i].line.end, inside.is_heading(views[i])) for i in kept
    )
    return Article(
        source=page.source,
        text=page.text,
        metadata=metadata,
        paragraphs=paragraphs,
        sentences=tuple(_sentences(paragraphs)),
        removed=tuple(removed),
        protected=tuple(Protected(views[i].line.text, rule.name, shield) for i, rule, shield in saved if i in kept),
    )


def _after_head(views: list[features.View], start: int, end: int) -> int:
    """A standfirst with a date or byline right under it still belongs to the head of the page."""
    index = start
    while index < min(start + 2, end) and views[index].prose and len(views[index].words) <= STANDFIRST:
        index += 1
    under = index
    while index < end and titles.is_signature(views[index]):
        index += 1
    return index if under < index < end else start


def _before_foot(views: list[features.View], start: int, end: int) -> int:
    """A date, or one or two titles without a full stop, under the last paragraph are the foot of the page."""
    last = end
    while last > start + 1 and last > end - 3 and not views[last - 1].ends and not views[last - 1].cut:
        last -= 1
    foot = views[last:end]
    if end < len(views) and views[last - 1].ends and all(len(view.words) <= FOOT for view in foot):
        return last
    return end


def _sentences(paragraphs: tuple[Paragraph, ...]) -> list[Sentence]:
    found = []
    for number, paragraph in enumerate(paragraphs):
        for start, end in sentences.split(paragraph.text):
            text = repair(paragraph.text[start:end])
            found.append(Sentence(text, paragraph.start + start, paragraph.start + end, number))
    return found
