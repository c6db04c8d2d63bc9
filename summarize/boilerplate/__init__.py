"""Page → Article: what is not the article goes, each line with the name of the rule that removed it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from models.preediting.mojibake import repair
from summarize import sentences
from summarize.boilerplate import decision, inside, rules, titles
from summarize.boilerplate.decision import Model
from summarize.document import Article, Page, Paragraph, Protected, Removed, Sentence
from summarize.errors import NothingLeft

__all__ = ["Model", "strip"]


def strip(page: Page, model: Model | None = None, *, keep: Collection[str] = (), only: Collection[str] = ()) -> Article:
    """Strip what is not the article.

    Args:
        page: what `reading.read` made of the input.
        model: other rules or weights than the package's own, to measure them.
        keep: names of rules, or of families of rules, whose lines stay in the body.
        only: names of rules or families; where there are any, no other removes a line.

    Raises:
        NothingLeft: no line of the page looks like an article.

    """
    decided = decision.decide(page, model or Model())
    body = [index for index, rule in enumerate(decided.rules) if rule is None]
    if not body:
        raise NothingLeft("only boilerplate: no line of it looks like part of an article")
    metadata, head = titles.find(page, decided.views, body[0])
    gone = _switched(decided.rules, keep, only)
    kept = [i for i, rule in enumerate(gone) if rule is None and (i not in head or decided.rules[i] is None)]
    lines = page.lines
    paragraphs = tuple(
        Paragraph(lines[i].text, lines[i].start, lines[i].end, inside.is_heading(decided.views[i])) for i in kept
    )
    return Article(
        source=page.source,
        text=page.text,
        metadata=metadata,
        paragraphs=paragraphs,
        sentences=tuple(_sentences(paragraphs)),
        removed=tuple(
            Removed(lines[i].text, rule, lines[i].start, lines[i].end)
            for i, rule in enumerate(gone)
            if rule is not None and i not in head
        ),
        protected=tuple(
            Protected(lines[i].text, rule.name, shield) for i, rule, shield in decided.saved if gone[i] is None
        ),
    )


def _switched(names: Sequence[str | None], keep: Collection[str], only: Collection[str]) -> list[str | None]:
    """Switch rules off; a line whose rule is off stays."""
    if not keep and not only:
        return list(names)
    family = {name: family for name, (family, _) in rules.reasons().items()}
    return [
        None
        if name is None or {name, family[name]} & set(keep) or (only and not {name, family[name]} & set(only))
        else name
        for name in names
    ]


def _sentences(paragraphs: Sequence[Paragraph]) -> list[Sentence]:
    return [
        Sentence(repair(paragraph.text[start:end]), paragraph.start + start, paragraph.start + end, number)
        for number, paragraph in enumerate(paragraphs)
        for start, end in sentences.split(paragraph.text)
    ]
