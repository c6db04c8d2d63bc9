"""The functions behind the public face; each opens its input and calls the stages of `pipeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarize import pipeline

if TYPE_CHECKING:
    from collections.abc import Collection
    from os import PathLike

    from models.translator import Translator
    from summarize.document import Article, Claims, Finding, Rendition, Report

    Source = str | PathLike[str] | bytes


def clean(source: Source, *, force: bool = False, keep: Collection[str] = (), only: Collection[str] = ()) -> Article:
    """Strip what is not the article.

    Args:
        source: a path, `-` for stdin, or the bytes of a page.
        force: go on when the text does not look Italian.
        keep: names of rules, or of families of rules, whose lines stay in the body.
        only: names of rules or families; where there are any, no other removes a line.

    Raises:
        InputError: the input cannot be read, is no text, is not Italian, or is nothing but boilerplate.
    """
    return pipeline.article(source, force=force, keep=keep, only=only)


def claims(source: Source, *, force: bool = False) -> Claims:
    """Find who blames whom for what, and who denies it; arguments and errors as for `clean`."""
    return pipeline.claims(pipeline.article(source, force=force))


def summarize(source: Source, translator: Translator | None = None, *, force: bool = False) -> Report:
    """Clean, translate and summarize an article; arguments and errors as for `clean`.

    Args:
        translator: the engine; None opens the embedded one, which is built on first use.

    Raises:
        ModelError: the translator cannot be found, built or used.
    """
    return pipeline.report(pipeline.article(source, force=force), translator or pipeline.default_translator())


def translate(text: str, translator: Translator | None = None) -> list[Rendition]:
    """Translate Italian prose, one rendition a sentence, with what the translation may have lost."""
    return pipeline.translate(text, translator or pipeline.default_translator())


def check(italian: str, english: str) -> list[Finding]:
    """Name what an English sentence lost or changed of the Italian one; empty when all is well."""
    from summarize import fidelity

    return list(fidelity.check(italian, english))
