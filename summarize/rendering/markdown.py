"""The report as Markdown: summary with links, claims, then Italian and English side by side in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.document import Claim, Clause, Rendition, Report
from summarize.rendering import data, words

# What Markdown, or the HTML inside it, could read as markup; of ":", "." and "-" only where they make a link or a list.
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$&@]|:(?=//)|(?<=www)\.|^[-+](?=\s)|(?<=^\d)\.)", re.IGNORECASE)
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def render(report: Report) -> str:
    """Write the whole document."""
    lines = [*head(report), *claims(report), *table(report), *removed(report), *foot(report)]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line; marks that turn the reading direction are left out."""
    flat = " ".join(BIDI.sub("", text).split())
    return SPECIAL.sub(r"\\\1", flat)


def head(report: Report) -> Iterator[str]:
    """Title and summary, each clause linked to its evidence."""
    yield f"# {escaped(report.title_en or report.article.title or report.article.source)}"
    if report.title_en and report.article.title:
        yield from ("", f"*{escaped(report.article.title)}*")
    yield from ("", " ".join(linked(clause) for clause in report.summary.clauses), "")
    for warning in report.warnings:
        yield f"> ⚠ {escaped(warning)}"


def linked(clause: Clause) -> str:
    """A clause with the numbers of the sentences it rests on."""
    marks = " ".join(f"[{index + 1}](#s{index + 1})" for index in clause.sentences)
    return f"{escaped(clause.text)}{' ' + marks if marks else ''}"


def claims(report: Report) -> Iterator[str]:
    """Attributions and denials with their evidence."""
    for heading, found in (("Attributions", report.claims.attributions), ("Denials", report.claims.denials)):
        if found:
            yield from ("", f"## {heading}", "")
            for number, claim in enumerate(found, 1):
                yield from one_claim(number, claim, report)


def one_claim(number: int, claim: Claim, report: Report) -> Iterator[str]:
    """A claim as a list item: English, Italian, where it stands."""
    places = " ".join(f"[{index + 1}](#s{index + 1})" for index in claim.sentences)
    yield f"{number}. **{escaped(words.label(claim))}**: {escaped(words.parties(claim))} {places}"
    yield f"   - EN: {escaped(data.english(claim, report))}"
    yield f"   - IT: {escaped(claim.it)}"


def table(report: Report) -> Iterator[str]:
    """Italian and English side by side; sentences of claims are bold, warnings stand under the English."""
    evidence = {i for claim in (*report.claims.attributions, *report.claims.denials) for i in claim.sentences}
    yield from ("", "## Translation", "", "| | Italian | English |", "| --- | --- | --- |")
    for index, rendition in enumerate(report.renditions):
        bold = "**" if index in evidence else ""
        italian = f"{bold}{escaped(rendition.sentence.text)}{bold}"
        english = f"{bold}{escaped(rendition.en)}{bold}{marks(rendition)}"
        yield f'| <a id="s{index + 1}"></a>{index + 1} | {italian} | {english} |'


def marks(rendition: Rendition) -> str:
    """The warnings of a sentence, each on its own line of the cell."""
    return "".join(f"<br>⚠ {escaped(words.warning(finding))}" for finding in rendition.findings)


def removed(report: Report) -> Iterator[str]:
    """What was stripped, and by which rule."""
    if report.article.removed:
        yield from ("", "## Removed", "")
        for each in report.article.removed:
            yield f"- `{each.rule}` {escaped(each.text)}"


def foot(report: Report) -> Iterator[str]:
    """What made this document."""
    if report.signature:
        yield from (
            "",
            "---",
            "",
            escaped("|".join(f"{key}:{value}" for key, value in report.signature.items())),
        )
