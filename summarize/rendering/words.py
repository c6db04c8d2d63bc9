"""Words for people that several forms share: what a warning, a claim, a strength is called."""

from __future__ import annotations

from summarize.document import Claim, Finding, Speaker, Strength

STRENGTHS = {
    Strength.CONFIRMED: "by the actor itself",
    Strength.OFFICIAL: "official statement",
    Strength.FINDING: "researchers' finding",
    Strength.REPORTED: "reported",
    Strength.ALLEGED: "alleged",
    Strength.DISPUTED: "disputed",
}
KINDS = {
    "number": "number",
    "name": "name",
    "identifier": "identifier",
    "negation": "negation",
    "hedge": "hedging",
    "quotation": "quotation",
    "length": "length",
    "repetition": "repetition",
    "dropped": "perhaps left out",
    "untranslated": "left in Italian",
    "empty": "no translation",
    "glossary": "glossary term",
    "confidence": "low confidence: compare with the Italian",
}


def warning(finding: Finding) -> str:
    """Say a warning, as in "number: “12” in the Italian, “21” in the English"."""
    kind = KINDS.get(finding.kind, finding.kind)
    if finding.it and finding.en:
        return f"{kind}: “{finding.it}” in the Italian, “{finding.en}” in the English"
    if finding.it:
        return f"{kind}: “{finding.it}” in the Italian, not in the English"
    if finding.en:
        return f"{kind}: “{finding.en}” in the English, not in the Italian"
    return kind


def label(claim: Claim) -> str:
    """Label a claim, as in "denial, partial, official statement, voice: lawyer"."""
    parts: list[str] = [claim.kind]
    if claim.scope == "partial":
        parts.append("partial")
    parts.append(STRENGTHS[claim.strength])
    if claim.speaker is not Speaker.UNKNOWN:
        parts.append(f"voice: {claim.speaker.value}")
    return ", ".join(parts)


def parties(claim: Claim) -> str:
    """Say who and whom, in the words of the article."""
    by = claim.by or "not said"
    return f"{by} → {claim.to or 'not said'}"
