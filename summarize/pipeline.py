"""The one place where the stages meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarize import boilerplate, reading
from summarize import claims as claim_finder
from summarize.document import Article, Claims

if TYPE_CHECKING:
    from os import PathLike


def article(source: str | PathLike[str] | bytes, *, force: bool = False) -> Article:
    """Bytes → Page → Article."""
    page = reading.read(source)
    stripped = boilerplate.strip(page)
    if not force:
        reading.require_italian(stripped)
    return stripped


def claims(article: Article) -> Claims:
    """Article → Claims."""
    return claim_finder.find(article)
