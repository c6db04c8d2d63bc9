"""The report for a terminal: title, summary, then each claim with its English and its Italian."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

from summarize.document import Claim, Finding, Report
from summarize.rendering import data, words

WIDEST = 100
INDENT = "    "


def brief(report: Report) -> str:
    """Title, summary and evidence."""
    return "\n".join([*head(report), "", *evidence(report)]).rstrip() + "\n"


def full(report: Report) -> str:
    """The same, and the whole translation under it."""
    return "\n".join([*head(report), "", *evidence(report), *translation(report)]).rstrip() + "\n"


def head(report: Report) -> Iterator[str]:
    """Title in both languages, the summary, what to beware of."""
    if report.title_en:
        yield from wrapped(report.title_en)
    if report.article.title:
        yield from wrapped(report.article.title)
    if report.title_en or report.article.title:
        yield ""
    yield from wrapped(report.summary.text)
    for warning in report.warnings:
        yield from wrapped(f"! {warning}")


def evidence(report: Report) -> Iterator[str]:
    """Attributions, then denials, numbered; the ones that the summary uses first, as they are ranked."""
    for heading, claims in (("Attributions", report.claims.attributions), ("Denials", report.claims.denials)):
        if not claims:
            continue
        yield heading
        for number, claim in enumerate(claims, 1):
            yield from one_claim(number, claim, report)
        yield ""


def one_claim(number: int, claim: Claim, report: Report) -> Iterator[str]:
    """A claim: who and how firmly, English, Italian, warnings."""
    answer = f", answers attribution {claim.answers + 1}" if claim.answers is not None else ""
    yield from wrapped(f"{number}. {words.label(claim)}{answer}: {words.parties(claim)}", "  ", INDENT)
    yield from wrapped(f"EN  {data.english(claim, report)}", INDENT, INDENT * 2)
    yield from wrapped(f"IT  {claim.it}", INDENT, INDENT * 2)
    for index in claim.sentences:
        yield from warnings(report.renditions[index].findings)


def translation(report: Report) -> Iterator[str]:
    """The whole article in English, a paragraph each, warnings under the sentence they belong to."""
    yield from ("", "Translation", "")
    paragraphs: dict[int, list[int]] = {}
    for index, rendition in enumerate(report.renditions):
        paragraphs.setdefault(rendition.sentence.paragraph, []).append(index)
    for indices in paragraphs.values():
        yield from wrapped(" ".join(report.renditions[index].en for index in indices))
        for index in indices:
            yield from warnings(report.renditions[index].findings)
        yield ""


def warnings(findings: tuple[Finding, ...]) -> Iterator[str]:
    """One line a warning."""
    for finding in findings:
        mark = "!!" if finding.severity == "error" else "! "
        yield from wrapped(f"{mark}  {words.warning(finding)}", INDENT, INDENT * 2)


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Lines no wider than the terminal; control characters of the article do not reach it."""
    width = max(40, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
    clean = "".join(char if char.isprintable() else " " for char in text)
    return textwrap.wrap(
        clean,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
