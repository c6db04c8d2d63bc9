"""What a clause says beyond its frame: the act or the argument, from the translation where it can be relied on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.compose.frames import Frame
from summarize.document import Claim, Finding, Rendition

LEAST_CONFIDENCE = 0.35  # below it a translation is not quoted
SHORTEST = 4  # words of a quotation worth having
ITALIAN_WORDS = 28
SPLIT = re.compile(r"(?<=[,;:–—])\s+")
# A quotation with no more after it than who speaks: the frame says that already.
SPOKEN = re.compile(r"""["“«](?P<speech>[^"“”«»]{30,})["”»],?\s*[^"“”«».]{0,60}\.?$""")
# A quotation is never cut before these: what they say may turn it around.
TURNS = re.compile(
    r"\b(?:not|n't|no|never|but|however|although|though|unless|without|except|allegedly|reportedly|according|"
    r"den(?:y|ies|ied)|reject\w*|if|would|could|may|might)\b",
    re.IGNORECASE,
)


def reliable(rendition: Rendition) -> bool:
    """Whether a translation may be quoted: no fact in it known to differ, and no low confidence."""
    if not rendition.en.strip() or any(map(forbids, rendition.findings)):
        return False
    return rendition.confidence is None or rendition.confidence >= LEAST_CONFIDENCE


def forbids(finding: Finding) -> bool:
    """Whether a finding keeps a translation out of the summary: a fact differs, or a "not" or "allegedly" is gone."""
    return finding.severity == "error" or finding.kind in {"negation", "hedge"}


def variants(frame_text: str, frame: Frame, claim: Claim, renditions: Sequence[Rendition]) -> list[str]:
    """The clause from the fullest wording to the frame alone, each a whole sentence."""
    evidence = [renditions[index] for index in claim.sentences if index < len(renditions)]
    ordered = sorted(evidence, key=lambda rendition: not is_quotation(rendition))
    wordings: list[str] = []
    for rendition in ordered:
        if not reliable(rendition):
            continue
        act = act_of(rendition.en, frame)
        if act:
            wordings.append(f"{frame_text}{frame.joint} “{act}”.")
        wordings += [f"{frame_text}: “{text}”" for text in shortened(rendition.en)]
    if not wordings:
        wordings.append(f"{frame_text} (in Italian: “{excerpt(claim)}”).")
    return [tidy(wording) for wording in [*wordings, f"{frame_text}."]]


def is_quotation(rendition: Rendition) -> bool:
    """Whether the sentence itself is somebody's words."""
    return rendition.sentence.text.lstrip()[:1] in {"“", "«", '"', "‘"}


def act_of(english: str, frame: Frame) -> str | None:
    """The act alone, where the translated sentence has the shape that the frame knows."""
    for pattern in frame.acts:
        found = pattern.search(english.strip().rstrip("."))
        if found and len(found["act"].split()) >= SHORTEST:
            return found["act"].strip()
    return None


def shortened(english: str) -> list[str]:
    """A sentence for quotation, then shorter cuts of it at its commas that leave no turn of sense behind."""
    text = nested(english)
    pieces = SPLIT.split(text)
    cuts = [text]
    for count in range(len(pieces) - 1, 0, -1):
        kept, left = " ".join(pieces[:count]), " ".join(pieces[count:])
        if len(kept.split()) >= SHORTEST * 2 and not TURNS.search(left):
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
