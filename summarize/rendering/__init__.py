"""Report in, text, JSON, Markdown or HTML out."""

from __future__ import annotations

from summarize.document import Report

FORMS = ("text", "json", "jsonl", "markdown", "html")

__all__ = ["FORMS", "render"]


def render(report: Report, form: str) -> str:
    """Write a report in one of `FORMS`; the result ends with one line break.

    Raises:
        ValueError: no such form.

    """
    if form == "text":
        from summarize.rendering import text

        return text.brief(report)
    if form in {"json", "jsonl"}:
        from summarize.rendering import data

        return data.pretty(report) if form == "json" else data.line(report)
    if form == "markdown":
        from summarize.rendering import markdown

        return markdown.render(report)
    if form == "html":
        from summarize.rendering import html

        return html.render(report)
    raise ValueError(f"no such form: {form}; there are {', '.join(FORMS)}")
