"""Page → Article: what is not the article goes, each line with the name of the rule that removed it."""

from __future__ import annotations

from summarize import sentences
from summarize.boilerplate import block, features, inside, titles
from summarize.document import Article, Page, Paragraph, Protected, Removed, Sentence
from summarize.errors import NothingLeft
from summarize.mojibake import repair

__all__ = ["strip"]


def strip(page: Page) -> Article:
    """Strip what is not the article.

    Raises:
        NothingLeft: no line of the page looks like an article.
    """
    views = [features.view(line) for line in page.lines]
    score = block.scores(features.of_page(views))
    start, end = block.best(score)
    end, ended_by = block.ending(views, start, end)
    start = _after_head(views, start, end)
    verdicts = inside.judge(views, score, start, end)
    kept = [index for index in range(start, end) if verdicts[index - start] is None]
    if not kept:
        raise NothingLeft("only boilerplate: no line of it looks like part of an article")
    metadata, head = titles.find(page, views, kept[0])
    removed, protected = [], []
    for index, view in enumerate(views):
        if index in head or (start <= index < end and verdicts[index - start] is None):
            continue
        if start <= index < end:
            rule = verdicts[index - start] or ""
        else:
            rule = view.hits[0].name if view.hits else "before-body" if index < start else ended_by or "after-body"
        removed.append(Removed(view.line.text, rule, view.line.start, view.line.end))
    paragraphs = tuple(
        Paragraph(views[i].line.text, views[i].line.start, views[i].line.end, inside.is_heading(views[i])) for i in kept
    )
    protected = [
        Protected(views[i].line.text, views[i].hits[0].name, "a sentence of the article") for i in kept if views[i].hits
    ]
    return Article(
        source=page.source,
        text=page.text,
        metadata=metadata,
        paragraphs=paragraphs,
        sentences=tuple(_sentences(paragraphs)),
        removed=tuple(removed),
        protected=tuple(protected),
    )


def _after_head(views: list[features.View], start: int, end: int) -> int:
    """A byline or date in the first lines of the block still belongs to the head of the page."""
    last = start
    for index in range(start, min(start + 4, end)):
        if titles.is_date(views[index]) or titles.is_byline(views[index]):
            last = index + 1
    return last


def _sentences(paragraphs: tuple[Paragraph, ...]) -> list[Sentence]:
    found = []
    for number, paragraph in enumerate(paragraphs):
        for start, end in sentences.split(paragraph.text):
            text = repair(paragraph.text[start:end])
            found.append(Sentence(text, paragraph.start + start, paragraph.start + end, number))
    return found
