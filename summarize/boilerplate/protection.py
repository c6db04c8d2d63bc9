"""What saves a line of the article from a rule that it happens to match."""

from __future__ import annotations

import re

from summarize.boilerplate.rules import Rule, fold, key

LONG = 45  # words; a call to the reader is shorter
_QUOTED = re.compile(r"[\"“«][^\"”»]{3,}(?:[\"”»]|$)")
_REPORTED = re.compile(
    r"\b(?:ha|hanno|aveva|avevano|avrebbe|avrebbero) (?:\w+ )?(?:detto|dichiarato|spiegato|scritto|affermato|aggiunto|"
    r"riferito|raccontato|sottolineato|annunciato|precisato|smentito|negato|ammesso|confermato|sostenuto|invitato|chiesto|"
    r"accusato|denunciato|pubblicato|rivendicato|segnalato|osservato|ricordato|risposto|replicato|commentato)\b"
    r"|\b(?:afferma|dichiara|spiega|sostiene|riferisce|scrive|racconta|aggiunge|nega|smentisce|accusa|secondo|si legge|"
    r"stando a|a detta di|recitava|recita|diceva|disse|dissero|rispose|risposero|gridava|gridavano|ripeteva)\b"
)
_TAG = re.compile(  # «…», ci disse; …? chiese il finanziere
    r"[,?!»\"”…] ?(?:[–—-] ?)?(?:così )?(?:(?:mi|ci|gli|le|si|vi) )?(?:"
    r"disse|dissero|dice|dicono|diceva|dicevano|scrisse|scrissero|scrive|scriveva|chiese|chiesero|chiede|chiedeva|"
    r"ordinò|intimò|rispose|risposero|risponde|replicò|replica|gridò|gridarono|grida|gridava|gridavano|urlò|urlava|"
    r"ripeté|ripete|ripeteva|aggiunse|aggiunge|spiegò|spiega|raccontò|racconta|domandò|domanda|mormorò|sussurrò|"
    r"esclamò|scherzò|scherza|ironizza|ammise|promise|annunciò|(?:ha|hanno|aveva|avevano) (?:\w+ )?"
    r"(?:detto|scritto|chiesto|risposto|ordinato|gridato|urlato|ripetuto|aggiunto|spiegato|raccontato))\b"
)
_NARRATED = re.compile(
    r"\b(?:ha|hanno|aveva|avevano|è|sono|era|erano) (?:\w+ )?(?:stat[oaie] )?\w{3,}(?:at|ut|it|es|rs|tt|st)[oaie]\b"
)
_ADDRESSED = re.compile(
    r"\b(?:ti|vi|tuo|tua|tuoi|tue|vuoi|puoi|sei|hai|vostr\w|nostr\w|iscriviti|iscrivetevi|seguici|scopri|clicca|unisciti"
    r"|contattaci|scrivici|registrati|abbonati|condividi|condividilo|scaricalo|prenota|leggi|guarda|dacci|aiutaci)\b"
)


def of(line: str, rule: Rule) -> str | None:
    """Name what protects a line of prose from a rule that it matches; None when nothing does."""
    if rule.sure or rule.raw or rule.cased:
        return None
    text = fold(line)
    start = rule.start(key(line))
    outside = _QUOTED.sub(" ", text).strip(' .,;:"')
    quoted = len(outside) < len(text) - 2 and (rule.where == "edge" or len(outside.split()) >= 4)
    late = start is not None and start > 0.4 * len(text)
    addressed = bool(_ADDRESSED.search(outside))
    opens = text.startswith(("ti ", "vuoi ", "se "))
    shields = {
        "the words stand in a quotation": quoted and rule.start(outside) is None,
        "somebody's words, and who said them": bool(_TAG.search(text)),
        "a report of what somebody said or did": not opens and (late or not addressed) and _REPORTED.search(outside),
        "a narrated sentence without address to the reader": not addressed and _NARRATED.search(outside),
        "a long paragraph of the article": late and not addressed and len(text.split()) >= LONG,
    }
    return next((name for name, holds in shields.items() if holds), None)
