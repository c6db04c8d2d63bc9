"""The report as JSON. The schema is `sunto/1`: keys are added in later versions, never renamed or taken away."""

from __future__ import annotations

import json
from typing import Any

from summarize.document import Claim, Clause, Finding, Rendition, Report

SCHEMA = "sunto/1"
LANGUAGE = "it"


def pretty(report: Report) -> str:
    """One object over many lines."""
    return json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"


def line(report: Report) -> str:
    """One object on one line; separators that break lines in some readers are escaped."""
    text = json.dumps(document(report), ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085") + "\n"


def document(report: Report) -> dict[str, Any]:
    """The report as plain dictionaries and lists; see the README for what each key holds."""
    article = report.article
    return {
        "schema": SCHEMA,
        "source": article.source,
        "title": article.title,
        "title_en": report.title_en,
        "language": LANGUAGE,
        "summary": report.summary.text,
        "clauses": [clause(each) for each in report.summary.clauses],
        "attributions": [claim(each, report) for each in report.claims.attributions],
        "denials": [claim(each, report) for each in report.claims.denials],
        "sentences": [sentence(each) for each in report.renditions],
        "removed": [
            {"text": each.text, "rule": each.rule, "start": each.start, "end": each.end} for each in article.removed
        ],
        "warnings": list(report.warnings),
        "signature": dict(report.signature),
    }


def clause(each: Clause) -> dict[str, Any]:
    """A clause of the summary and the indices of its evidence."""
    return {"text": each.text, "kind": each.kind, "claim": each.claim, "sentences": list(each.sentences)}


def claim(each: Claim, report: Report) -> dict[str, Any]:
    """A claim with its English: the translations of the sentences it covers."""
    return {
        "it": each.it,
        "en": english(each, report),
        "start": each.start,
        "end": each.end,
        "sentences": list(each.sentences),
        "by": each.by,
        "to": each.to,
        "cue": each.cue,
        "strength": str(each.strength),
        "speaker": str(each.speaker),
        "groups": list(each.groups),
        "scope": each.scope,
        "answers": each.answers,
    }


def english(each: Claim, report: Report) -> str:
    """The translation of a claim's sentences."""
    return " ".join(report.renditions[index].en for index in each.sentences)


def sentence(each: Rendition) -> dict[str, Any]:
    """A sentence pair with its warnings."""
    return {
        "it": each.sentence.text,
        "en": each.en,
        "start": each.sentence.start,
        "end": each.sentence.end,
        "confidence": each.confidence,
        "warnings": [finding(one) for one in each.findings],
    }


def finding(each: Finding) -> dict[str, Any]:
    """What the English lost or changed."""
    return {"kind": each.kind, "it": each.it, "en": each.en, "severity": each.severity}
