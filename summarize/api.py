"""The functions behind the public face; each opens its input and calls the stages of `pipeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarize import pipeline

if TYPE_CHECKING:
    from collections.abc import Collection
    from os import PathLike

    from models.translator import Translator
    from summarize.document import Article, Claims, Finding, Rendition, Report
    from summarize.pipeline import Progress

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


def summarize(
    source: Source,
    translator: Translator | None = None,
    *,
    force: bool = False,
    glossary: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Clean, translate and summarize an article; arguments and errors as for `clean`.

    Args:
        translator: the engine; None opens the embedded one, which is built on first use.
        glossary: path of your own terms (TSV: source, target, case rule, note), which go before sunto's.
        progress: called with the number of sentences translated since its last call.

    Raises:
        ModelError: the translator cannot be found, built or used.
        GlossaryError: the glossary has a line that cannot be used.
    """
    article = pipeline.article(source, force=force)
    return pipeline.report(article, translator or pipeline.default_translator(), progress, glossary=glossary)


def translate(
    text: str,
    translator: Translator | None = None,
    *,
    glossary: str | None = None,
    progress: Progress | None = None,
) -> list[Rendition]:
    """Translate Italian prose, one rendition a sentence, with what it may have lost; arguments as for `summarize`."""
    return pipeline.translate(text, translator or pipeline.default_translator(), progress, glossary)


def check(italian: str, english: str) -> list[Finding]:
    """Name what an English sentence lost or changed of the Italian one; empty when all is well."""
    from summarize import fidelity  # noqa: PLC0415 - its lexicons are read where they are needed

    return list(fidelity.check(italian, english))
