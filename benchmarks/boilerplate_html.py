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
    if semantic:
        content = f"<header>{_lists(head)}</header><main><article>{_lists(body)}</article></main><footer>{_lists(foot)}</footer>"
    else:
        content = f'<div class="w1">{_lists(head)}</div><div class="w2">{_lists(body)}</div><div class="w3">{_lists(foot)}</div>'
    title = escape(next((t for t, label in zip(lines, page.labels, strict=True) if label < 0), page.outlet))
    return f'<!doctype html><html lang="it"><head><meta charset="utf-8"><title>{title}</title></head><body>{content}</body></html>'


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
        parts.append(f"<ul>{''.join(run)}</ul>" if item else "\n".join(run))
    return "\n".join(parts)
