"""The report as a page shows it: anchors, marked passages, notes; plain data for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from summarize.document import Claim, Clause, Finding, Rendition, Report
from summarize.rendering import data, words

Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the classes it is marked with, space between them."""

    text: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A warning at a sentence."""

    text: str
    severity: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause of the summary and the anchor of its claim, empty where it has none."""

    text: str
    kind: str
    anchor: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its evidence; `answers` is the anchor of the attribution it answers, or empty."""

    kind: str
    anchor: str
    label: str
    parties: str
    en: str
    it: tuple[Piece, ...]
    sentences: tuple[int, ...]
    answers: str


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence pair; `kind` is attribution, denial, both or empty, `opens` says that a paragraph starts."""

    number: int
    kind: str
    opens: bool
    it: tuple[Piece, ...]
    en: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class RemovedView:
    """A removed line and the name of its rule."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template shows."""

    source: str
    title: str | None
    title_en: str | None
    about: tuple[str, ...]
    clauses: tuple[ClauseView, ...]
    warnings: tuple[str, ...]
    evidence: tuple[tuple[str, tuple[ClaimView, ...]], ...]
    rows: tuple[Row, ...]
    removed: tuple[RemovedView, ...]
    signature: str

    @classmethod
    def of(cls, report: Report) -> Page:
        """Build the view of a report."""
        meta, claims = report.article.metadata, report.claims
        lists = (("Attributions", claims.attributions), ("Denials", claims.denials))
        return cls(
            source=report.article.source,
            title=report.article.title,
            title_en=report.title_en,
            about=tuple(fact for fact in (meta.outlet, meta.byline, meta.date, report.article.source) if fact),
            clauses=tuple(clause_view(clause) for clause in report.summary.clauses),
            warnings=report.warnings,
            evidence=tuple(
                (heading, tuple(claim_view(claim, number, report) for number, claim in enumerate(found, 1)))
                for heading, found in lists
                if found
            ),
            rows=tuple(rows(report)),
            removed=tuple(RemovedView(line.rule, line.text) for line in report.article.removed),
            signature="|".join(f"{name}:{value}" for name, value in report.signature.items()),
        )


def anchor(kind: str, number: int) -> str:
    """Name a claim's place: a1 for the first attribution, d1 for the first denial."""
    return f"{kind[0]}{number}"


def clause_view(clause: Clause) -> ClauseView:
    """Link a clause to its claim, or to its sentence where it has no claim."""
    if clause.claim is not None:
        target = anchor(clause.kind, clause.claim + 1)
    else:
        target = f"s{clause.sentences[0] + 1}" if clause.sentences else ""
    return ClauseView(clause.text, clause.kind, target, clause.sentences)


def claim_view(claim: Claim, number: int, report: Report) -> ClaimView:
    """Mark the cue in the Italian of a claim and gather the rest."""
    return ClaimView(
        kind=claim.kind,
        anchor=anchor(claim.kind, number),
        label=f"{number}. {words.label(claim)}",
        parties=words.parties(claim),
        en=data.english(claim, report),
        it=pieces(claim.it, cue_marks(claim.it, [claim])),
        sentences=claim.sentences,
        answers="" if claim.answers is None else anchor("attribution", claim.answers + 1),
    )


def rows(report: Report) -> Iterable[Row]:
    """Pair every sentence with its English, marked with claims and warnings."""
    paragraph = -1
    for index, rendition in enumerate(report.renditions):
        attributions = [claim for claim in report.claims.attributions if index in claim.sentences]
        denials = [claim for claim in report.claims.denials if index in claim.sentences]
        kind = "both" if attributions and denials else "attribution" if attributions else "denial" if denials else ""
        opens, paragraph = rendition.sentence.paragraph != paragraph, rendition.sentence.paragraph
        yield row(index + 1, rendition, kind, opens, [*attributions, *denials])


def row(number: int, rendition: Rendition, kind: str, opens: bool, claims: list[Claim]) -> Row:
    """Build one row."""
    italian = rendition.sentence.text
    found = rendition.findings
    return Row(
        number=number,
        kind=kind,
        opens=opens,
        it=pieces(italian, [*cue_marks(italian, claims), *span_marks(found, italian=True)]),
        en=pieces(rendition.en, span_marks(found, italian=False)),
        notes=tuple(Note(words.warning(finding), finding.severity) for finding in found),
    )


def cue_marks(text: str, claims: list[Claim]) -> list[Mark]:
    """Where the cues of claims stand in a text; a cue that was written out differently is left unmarked."""
    marks: list[Mark] = []
    for claim in claims:
        start = text.find(claim.cue) if claim.cue else -1
        if claim.cue and start >= 0:
            marks.append((start, start + len(claim.cue), "cue"))
    return marks


def span_marks(findings: tuple[Finding, ...], *, italian: bool) -> list[Mark]:
    """Where warnings stand on one side."""
    spans = [(finding.it_span if italian else finding.en_span, finding.severity) for finding in findings]
    return [(span[0], span[1], severity) for span, severity in spans if span is not None]


def pieces(text: str, marks: list[Mark]) -> tuple[Piece, ...]:
    """Cut a text at the edges of its marks; where marks overlap, a piece has both."""
    edges = sorted({0, len(text), *(edge for start, end, _ in marks for edge in (start, end) if 0 < edge < len(text))})
    cut = []
    for start, end in pairwise(edges):
        over = sorted({name for first, last, name in marks if first <= start and end <= last})
        cut.append(Piece(text[start:end], " ".join(over)))
    return tuple(cut)
