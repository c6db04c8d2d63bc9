"""What the index and the digest say of one report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarize.compose import frames

if TYPE_CHECKING:
    from summarize.document import Claim, Report


def row(report: Report) -> dict[str, Any]:
    """The facts of a report, ready for JSON; `text` is the cleaned article, by which the digest finds copies."""
    metadata = report.article.metadata
    first = report.claims.attributions[0] if report.claims.attributions else None
    return {
        "title": metadata.title,
        "title_en": report.title_en,
        "date": metadata.date,
        "outlet": metadata.outlet,
        "attribution": _clause(report, "attribution"),
        "denial": _clause(report, "denial"),
        "strength": str(first.strength) if first else None,
        "warnings": len(report.warnings),
        "claims": [_claim(report, claim) for claim in (*report.claims.attributions, *report.claims.denials)],
        "text": "\n".join(report.article.body),
    }


def _clause(report: Report, kind: str) -> str | None:
    return next((clause.text for clause in report.summary.clauses if clause.kind == kind), None)


def _claim(report: Report, claim: Claim) -> dict[str, Any]:
    english = " ".join(report.renditions[index].en for index in claim.sentences if index < len(report.renditions))
    return {
        "kind": claim.kind,
        "by": claim.by,
        "to": claim.to,
        "by_en": _named(claim.by),
        "to_en": _named(claim.to),
        "strength": str(claim.strength),
        "speaker": str(claim.speaker),
        "groups": list(claim.groups),
        "scope": claim.scope,
        "answers": claim.answers,
        "it": claim.it,
        "en": english,
    }


def _named(italian: str | None) -> str | None:
    """An actor as the summary calls it: in English, or quoted where no table knows it."""
    slot = frames.slot(italian)
    return None if slot is None else slot.text.rstrip(" ,")  # an apposition ends with a comma
