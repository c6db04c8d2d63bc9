"""What saves a line of the article from a rule that it happens to match."""

from __future__ import annotations

import re

from summarize.boilerplate.features import View
from summarize.boilerplate.rules import Rule, fold

LONG = 45  # words; a call to the reader is shorter
_QUOTED = re.compile(r"[\"“«][^\"”»]{3,}[\"”»]")
_REPORTED = re.compile(
    r"\b(?:ha|hanno|aveva|avevano|avrebbe|avrebbero) (?:\w+ )?(?:detto|dichiarato|spiegato|scritto|affermato|aggiunto|"
    r"riferito|raccontato|sottolineato|annunciato|precisato|smentito|negato|ammesso|confermato|sostenuto|invitato|chiesto|"
    r"accusato|denunciato|pubblicato|rivendicato|segnalato|osservato|ricordato|risposto|replicato|commentato)\b"
    r"|\b(?:afferma|dichiara|spiega|sostiene|riferisce|scrive|racconta|aggiunge|nega|smentisce|accusa|secondo|si legge|"
    r"stando a|a detta di|recitava|recita|diceva)\b"
)
_NARRATED = re.compile(
    r"\b(?:ha|hanno|aveva|avevano|è|sono|era|erano) (?:\w+ )?(?:stat[oaie] )?\w{3,}(?:at|ut|it|es|rs|tt|st)[oaie]\b"
)
_ADDRESSED = re.compile(
    r"\b(?:ti|vi|tuo|tua|tuoi|tue|vuoi|puoi|vostr\w|nostr\w|ci (?:trovi|trovate)|\w+(?:ci|ti)|iscriviti|scopri|clicca)\b"
)
PROSE_FAMILIES = frozenset(
    {"community", "newsletter", "promotion", "legal", "ending", "credit", "related", "menu", "share"}
)


def of(view: View, rule: Rule) -> str | None:
    """Name what protects the line from the rule; None when nothing does."""
    if rule.weak:
        return "the rule is too weak inside the body"
    if not view.prose or rule.family not in PROSE_FAMILIES:
        return None
    text = fold(view.line.text)
    match = rule.match.search(text)
    outside = _QUOTED.sub(" ", text)
    if len(outside) < len(text) and len(outside.split()) >= 4 and not rule.match.search(outside.strip(' .,;:"')):
        return "the words stand in a quotation"
    late = match is not None and match.start() > 0.4 * len(text)
    addressed = bool(_ADDRESSED.search(outside))
    if _REPORTED.search(outside) and not text.startswith(("ti ", "vuoi ", "se ")) and not (addressed and not late):
        return "a report of what somebody said or did"
    if not addressed and _NARRATED.search(outside):
        return "a narrated sentence without address to the reader"
    if len(view.words) >= LONG and late and not addressed:
        return "a long paragraph of the article"
    return None
