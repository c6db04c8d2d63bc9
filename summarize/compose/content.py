"""What a clause says beyond its frame: the act or the argument, from the translation where it can be relied on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.compose.frames import Said
from summarize.document import Claim, Finding, Rendition

LEAST_KEPT = 0.5  # share of a sentence that a cut of it keeps
SHORTEST = 4  # words of a quotation worth having
ITALIAN_WORDS = 28
SPLIT = re.compile(r"(?<=[,;:–—])\s+")
OTHER_CLAUSE = re.compile(
    r"(, (?:but|while|although|though|whereas)\b|; |"
    r",? and (?:accus|add|announc|ask|call|claim|demand|den|reject|said|say|threaten)\w*\b)"
)
YEAR = re.compile(
    r"(?<![\w'’])(?:nel|del|dal|dell[’']anno|dell[’']estate|all[’']inizio del|alla fine del|a fine|a inizio"
    r"|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
    r"|primavera|estate|autunno|inverno)(?: del)? ((?:19|20)\d\d)(?!\w)",
    re.IGNORECASE,
)
# A quotation with no more after it than who speaks: the frame says that already.
SPOKEN = re.compile(r"""["“«](?P<speech>[^"“”«»]{30,})["”»],?\s*[^"“”«».]{0,60}\.?$""")
# A quotation is never cut before these: what they say may turn it around.
TURNS = re.compile(
    r"\b(?:not|n't|no|never|but|however|although|though|unless|without|except|allegedly|reportedly|according|"
    r"den(?:y|ies|ied)|reject\w*|if|would|could|may|might)\b",
    re.IGNORECASE,
)


def year_of(italian: str) -> str | None:
    """The one year in which a sentence sets its case (`nel 2021`, `a luglio 2021`); None where it has none or several.

    A year that only names a deadline or a law (`entro il 2030`, `legge 90/2024`) is not one.
    """
    years = {match[1] for match in YEAR.finditer(italian)}
    return years.pop() if len(years) == 1 else None


def reliable(rendition: Rendition) -> bool:
    """Whether a translation may be quoted: no fact in it known to differ, and not marked for its low confidence."""
    return bool(rendition.en.strip()) and not any(map(forbids, rendition.findings))


def forbids(finding: Finding) -> bool:
    """Whether a finding keeps a translation out of the summary: a fact differs, a "not" is gone, or it is doubtful."""
    return finding.severity == "error" or finding.kind in {"negation", "hedge", "confidence"}


def variants(said: Said, claim: Claim, renditions: Sequence[Rendition]) -> list[str]:
    """The clause from the fullest wording to the frame alone, each a whole sentence."""
    wordings: list[str] = []
    for rendition in evidence(claim, renditions):
        act = act_of(rendition.en, said.acts) if said.lead else None
        if act:
            wordings += [f"{said.lead} “{text}”" for text in shortened(act)]
        wordings += [f"{said.whole}: “{text}”" for text in shortened(rendition.en)]
    if not wordings:
        wordings.append(f"{said.whole} (in Italian: “{excerpt(claim)}”).")
    return [tidy(wording) for wording in [*wordings, f"{said.whole}."]]


def evidence(claim: Claim, renditions: Sequence[Rendition]) -> list[Rendition]:
    """The sentences of a claim that can be relied on: of a denial the quotation first, else the one with the cue."""
    sentences = [renditions[index] for index in claim.sentences if index < len(renditions)]
    first = is_quotation if claim.kind == "denial" else (lambda each: (claim.cue or "") in each.sentence.text)
    return sorted(filter(reliable, sentences), key=lambda rendition: not first(rendition))


def is_quotation(rendition: Rendition) -> bool:
    """Whether the sentence itself is somebody's words."""
    return rendition.sentence.text.lstrip()[:1] in {"“", "«", '"', "‘"}


def act_of(english: str, patterns: Sequence[re.Pattern[str]]) -> str | None:
    """The act alone, where the translated sentence has the shape that the frame knows."""
    for pattern in patterns:
        found = pattern.search(english.strip(' ."“”«»'))
        if found:
            act = outside(found["act"])
            if len(act.split()) >= SHORTEST - 1:
                return act
    return None


def outside(act: str) -> str:
    """Stop an act before the bracket that closes around it, and before a clause that says something else."""
    depth = 0
    for position, char in enumerate(act):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return act[:position].strip()
    kept, turn, _ = OTHER_CLAUSE.split(act, maxsplit=1) if OTHER_CLAUSE.search(act) else (act, "", "")
    return f"{kept.strip()} …" if turn else act.strip()


def shortened(english: str) -> list[str]:
    """A sentence for quotation, then shorter cuts of it at its commas that leave no turn of sense behind."""
    text = nested(english)
    pieces = SPLIT.split(text)
    cuts = [text]
    for count in range(len(pieces) - 1, 0, -1):
        kept, left = " ".join(pieces[:count]), " ".join(pieces[count:])
        if len(kept.split()) >= max(SHORTEST * 2, LEAST_KEPT * len(text.split())) and not TURNS.search(left):
            cuts.append(kept.rstrip(" ,;:–—") + " …")
    return cuts


def nested(english: str) -> str:
    """Strip outer quotation marks and turn inner ones into single ones, for use inside a quotation."""
    text = re.sub(r"\s+", " ", english).strip()
    inner = SPOKEN.match(text)
    if inner:
        text = inner["speech"]
    if text[:1] in '“"«' and not re.search(r"[“”\"«»]", text[1:].rstrip('.”"» ')):
        text = text.strip('“”"«» ')
    text = text.replace("“", "‘").replace("”", "’").replace("«", "‘").replace("»", "’")
    return re.sub(r'"([^"]*)"', r"‘\1’", text).replace('"', "")


def excerpt(claim: Claim) -> str:
    """The Italian around the cue, whole where it is short."""
    words = claim.it.replace("“", "‘").replace("”", "’").replace('"', "").split()
    if len(words) <= ITALIAN_WORDS:
        return " ".join(words).rstrip(".")
    before = claim.it[: max(claim.it.find(claim.cue or ""), 0)].split()
    start = max(0, min(len(before) - ITALIAN_WORDS // 3, len(words) - ITALIAN_WORDS))
    kept = " ".join(words[start : start + ITALIAN_WORDS]).rstrip(".")
    return f"{'… ' if start else ''}{kept}{' …' if start + ITALIAN_WORDS < len(words) else ''}"


def tidy(text: str) -> str:
    """End a quotation with one mark, whichever side it stood on."""
    text = re.sub(r"[.,;:]*\s*”\.?$", "”", text) if text.endswith(("”", "”.")) else text
    if text.endswith("”"):
        inner = text[:-1].rstrip()
        return f"{inner}”" if inner.endswith(("!", "?", "…")) else f"{inner}.”"
    return text
