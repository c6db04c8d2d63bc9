"""The labelled pages as HTML, in two hands: semantic elements, and nothing but `div` and `p`."""

from __future__ import annotations

from html import escape
from itertools import groupby

from benchmarks.boilerplate_pages import BODY, BOILERPLATE, Labelled

SENTENCE = 60  # characters; what is shorter and boilerplate is written as a link in a list


def as_html(page: Labelled) -> str:
    """Write a page as its publishing system might; every second page in the semantic hand."""
    semantic = sum(map(ord, page.name)) % 2 == 0
    lines = [line.text for line in page.page.lines]
    first = page.labels.index(BODY)
    last = len(lines) - 1 - page.labels[::-1].index(BODY)
    head, body, foot = (
        "\n".join(_element(lines[index], page.labels[index], semantic) for index in part)
        for part in (range(first), range(first, last + 1), range(last + 1, len(lines)))
    )
    parts = [_lists(part) for part in (head, body, foot)]
    shapes = (
        ("<header>{}</header>", "<main><article>{}</article></main>", "<footer>{}</footer>")
        if semantic
        else ('<div class="w1">{}</div>', '<div class="w2">{}</div>', '<div class="w3">{}</div>')
    )
    content = "".join(shape.format(part) for shape, part in zip(shapes, parts, strict=True))
    title = escape(next((t for t, label in zip(lines, page.labels, strict=True) if label < 0), page.outlet))
    top = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f'<!doctype html><html lang="it">{top}<body>{content}</body></html>'


def _element(text: str, label: int, semantic: bool) -> str:
    words = escape(text)
    if label == BOILERPLATE and len(text) < SENTENCE:
        return f'<li><a href="#">{words}</a></li>'
    if label == BOILERPLATE:
        return f"<div>{words}</div>"
    if label == BODY and len(text) < 40 and not text.endswith((".", "?", "!", ";", "»", '"', "”")):
        return f"<h2>{words}</h2>" if semantic else f"<p><b>{words}</b></p>"
    if label != BODY and text.startswith("di "):
        return f"<span>{words}</span>"
    return f"<p>{words}</p>"


def _lists(elements: str) -> str:
    """Put runs of list items into lists."""
    parts = []
    for item, run in groupby(elements.splitlines(), key=lambda element: element.startswith("<li>")):
        whole = "\n".join(run)
        parts.append(f"<ul>{whole}</ul>" if item else whole)
    return "\n".join(parts)
