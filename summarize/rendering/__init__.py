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
        from summarize.rendering import text  # noqa: PLC0415 - each form only when asked for

        return text.brief(report)
    if form in {"json", "jsonl"}:
        from summarize.rendering import data  # noqa: PLC0415 - each form only when asked for

        return data.pretty(report) if form == "json" else data.line(report)
    if form == "markdown":
        from summarize.rendering import markdown  # noqa: PLC0415 - each form only when asked for

        return markdown.render(report)
    if form == "html":
        from summarize.rendering import html  # noqa: PLC0415 - each form only when asked for

        return html.render(report)
    raise ValueError(f"no such form: {form}; there are {', '.join(FORMS)}")
