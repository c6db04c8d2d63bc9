"""The one place where the stages meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from models.translator import advised
from models.version import VERSION
from summarize import boilerplate, language, reading
from summarize import claims as claim_finder
from summarize import glossary as glossaries
from summarize.document import Article, Claims, Finding, Rendition, Report, Sentence
from summarize.errors import NothingLeft
from summarize.sentences import split

if TYPE_CHECKING:
    from os import PathLike

    from models.translator import Signature, Translation, Translator
    from summarize.confidence import Model
    from summarize.glossary import Term

Progress = Callable[[int], None]


def article(
    source: str | PathLike[str] | bytes,
    *,
    force: bool = False,
    name: str | None = None,
    keep: Collection[str] = (),
    only: Collection[str] = (),
) -> Article:
    """Bytes → Page → Article; `name` is what to call bytes, `keep` and `only` are as for `boilerplate.strip`."""
    page = reading.read(source, name=name)
    try:
        stripped = boilerplate.strip(page, keep=keep, only=only)
    except NothingLeft:
        if not force:  # what it lacks may be Italian, not an article
            language.require_italian(page.text)
        raise
    if not force:
        reading.require_italian(stripped)
    return stripped


def claims(article: Article) -> Claims:
    """Article → Claims."""
    return claim_finder.find(article)


def report(
    article: Article,
    translator: Translator,
    progress: Progress | None = None,
    found: Claims | None = None,
    glossary: str | Sequence[Term] | None = None,
) -> Report:
    """Article → Report: claims, one batch of translation, what it lost, the summary.

    Args:
        found: the claims, where they were found before.
        progress: called with the number of sentences translated since its last call.
        glossary: path of the user's own terms, or the terms; they go before ours.

    Raises:
        GlossaryError: the glossary cannot be used.

    """
    from summarize.compose import compose  # noqa: PLC0415 - `clean` and `claims` start without it

    found = claims(article) if found is None else found
    titles = [Sentence(article.title, 0, 0, -1)] if article.title else []
    terms = glossaries.combined(glossary)
    rendered = renditions([*article.sentences, *titles], translator, progress, terms)
    body, title = rendered[: len(article.sentences)], rendered[len(article.sentences) :]
    return Report(
        article=article,
        claims=found,
        renditions=tuple(body),
        summary=compose(article, found, body),
        title_en=title[0].en if title else None,
        warnings=warnings_of(body),
        signature=signature(translator.signature) | ({"glossary": glossaries.digest(terms)} if glossary else {}),
    )


def sources(article: Article) -> list[str]:
    """List what a report of the article asks the translator for, so that several articles can share a batch."""
    return [*(sentence.text for sentence in article.sentences), *([article.title] if article.title else [])]


def translate(
    text: str, translator: Translator, progress: Progress | None = None, glossary: str | None = None
) -> list[Rendition]:
    """Italian prose → sentence pairs with what the translation may have lost; arguments as for `report`."""
    return renditions(prose(text), translator, progress, glossaries.combined(glossary))


def prose(text: str) -> list[Sentence]:
    """Sentences of a plain text. Blank lines part its paragraphs; where it has none, every line is one."""
    blank = re.compile(r"\n[ \t\r]*\n\s*" if re.search(r"\S[ \t\r]*\n[ \t\r]*\n\s*\S", text) else r"\n\s*")
    sentences: list[Sentence] = []
    start = 0
    for number, gap in enumerate([*blank.finditer(text), None]):
        stop = gap.start() if gap else len(text)
        for first, last in split(text[start:stop]):
            words = " ".join(text[start + first : start + last].split())
            sentences.append(Sentence(words, start + first, start + last, number))
        start = gap.end() if gap else stop
    return sentences


def renditions(
    sentences: Sequence[Sentence],
    translator: Translator,
    progress: Progress | None = None,
    terms: Sequence[Term] = (),
) -> list[Rendition]:
    """Sentences → sentence pairs, translated in one batch, checked, and decoded again where a fact was lost."""
    from summarize import confidence  # noqa: PLC0415 - likewise

    translations = translated([sentence.text for sentence in sentences], translator, progress, terms)
    made = [rendition(*pair, terms) for pair in zip(sentences, translations, strict=True)]
    model = confidence.known(translator.signature)
    return [judged(*pair, model) for pair in zip(made, translations, strict=True)] if model else made


def translated(
    texts: Sequence[str], translator: Translator, progress: Progress | None, terms: Sequence[Term]
) -> list[Translation]:
    """Sentences → what the translator says when it knows the terms, at a second try where a fact was lost."""
    from summarize import repair  # noqa: PLC0415 - likewise

    told = informed(translator, terms)
    return repair.repair(texts, told.translate(texts, progress), told, terms)


def informed(translator: Translator, terms: Sequence[Term]) -> Translator:
    """The translator with the terms at hand, where it reads hints; told twice, it knows the last."""
    return advised(translator, glossaries.proposals(terms))


def rendition(sentence: Sentence, translation: Translation, terms: Sequence[Term]) -> Rendition:
    """A sentence pair with its names and terms put right where that is safe, and all that is still wrong with it."""
    from summarize import copying, fidelity  # noqa: PLC0415 - likewise

    english = copying.copied(sentence.text, translation.text)
    english = glossaries.mend(sentence.text, english, terms)
    findings = (*fidelity.check(sentence.text, english), *glossaries.check(sentence.text, english, terms))
    return Rendition(sentence, english, (*findings, *flagged(translation)))


def judged(made: Rendition, translation: Translation, model: Model) -> Rendition:
    """A sentence pair with its confidence, and marked for review where that is low."""
    from summarize import confidence  # noqa: PLC0415 - likewise

    sure = confidence.confidence(model, made.sentence.text, made.en, translation, made.findings)
    return replace(made, confidence=sure, findings=(*made.findings, *confidence.marked(sure)))


def flagged(translation: Translation) -> tuple[Finding, ...]:
    """What went wrong in decoding, as findings; `too-long` is one of length, and what may be missing is no more."""
    kinds = {"too-long": "length"}
    wrong = [Finding(kinds.get(flag, flag), None, None, "error") for flag in translation.flags]
    missing = [Finding("dropped", ", ".join(translation.left_out), None, "warning")] if translation.misses else []
    return (*wrong, *missing)


def warnings_of(rendered: Sequence[Rendition]) -> tuple[str, ...]:
    """What a reader of the whole report should know before relying on it."""
    doubtful = sum(any(finding.severity == "error" for finding in each.findings) for each in rendered)
    if not doubtful:
        return ()
    verb = "differs" if doubtful == 1 else "differ"
    return (f"{doubtful} of {len(rendered)} translated sentences {verb} from the Italian in a fact: see the marks",)


def signature(engine: Signature) -> dict[str, str]:
    """What must be the same for a report to come out the same."""
    fields = {
        "sunto": VERSION,
        "model": engine.model,
        "adapter": engine.adapter,
        "quantization": engine.quantization,
    }
    return {name: value for name, value in {**fields, **engine.parts}.items() if value}


def default_translator() -> Translator:
    """The embedded translator, built on first use.

    Raises:
        ModelError: it cannot be found, built or used.

    """
    from models.catalog import open_model  # noqa: PLC0415 - the one place that picks an engine

    return open_model(careful=True)
