"""The frame of a clause: who, the verb with its strength, whom; from the claim through tables alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from summarize.compose import phrases
from summarize.compose.lexicon import DATA
from summarize.document import Claim, Strength

HEDGES = {Strength.ALLEGED: "allegedly ", Strength.REPORTED: "reportedly "}
DISPUTED = ", though the article says that this is disputed"
SECONDHAND = "according to the article, "
LONGEST_QUOTE = 14


@dataclass(frozen=True, slots=True)
class Slot:
    """A phrase in a template: `{by}` is its text, `{by:says/say}` the form that agrees with it."""

    text: str
    plural: bool = False

    def __format__(self, forms: str) -> str:
        if not forms:
            return self.text
        singular, plural = forms.split("/")
        return plural if self.plural else singular


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of `frames.toml`."""

    name: str
    cue: re.Pattern[str]
    templates: dict[str, str]
    speakers: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    acts: tuple[re.Pattern[str], ...] = ()
    joint: str = ""


@cache
def frames(kind: str) -> tuple[Frame, ...]:
    """The frames of attributions or denials, in the order in which they are tried."""
    entries = tomllib.loads((DATA / "frames.toml").read_text(encoding="utf-8"))[kind]
    return tuple(
        Frame(
            name=entry["name"],
            cue=re.compile(entry["cue"]),
            templates={key: entry[key] for key in ("both", "alleged", "by", "to", "neither") if key in entry},
            speakers=tuple(entry.get("speaker", ())),
            never=tuple(entry.get("never", ())),
            acts=tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry.get("act", ())),
            joint=entry.get("joint", ""),
        )
        for entry in entries
    )


def frame_of(claim: Claim) -> Frame:
    """The frame that the claim's cue calls for; the last one fits any."""
    cue = (claim.cue or "").lower().replace("’", "'")
    return next(
        frame
        for frame in frames(claim.kind)
        if frame.cue.search(cue) and (not frame.speakers or claim.speaker in frame.speakers)
    )


def quoted(italian: str) -> Slot:
    """The Italian itself, for a phrase that the tables do not know."""
    words = italian.strip(" ,;:.").split()
    text = " ".join(words[:LONGEST_QUOTE]) + (" …" if len(words) > LONGEST_QUOTE else "")
    return Slot(f"“{text}”")


def slot(italian: str | None) -> Slot | None:
    """Say an actor in English, or quote it in Italian; None where the claim names none, or no noun phrase."""
    if not italian or not italian.strip():
        return None
    phrase = phrases.actor(italian)
    if phrase is not None:
        return Slot(phrase.text, phrase.plural)
    return quoted(italian) if phrases.has_head(italian) else None


def target(claim: Claim, groups: tuple[str, ...]) -> Slot | None:
    """Whom an attribution blames, with the groups named for it in brackets."""
    found = slot(claim.to)
    unnamed = tuple(group for group in groups if found is None or group.lower() not in found.text.lower())
    if not unnamed:
        return found
    if found is None:
        return Slot(
            " and ".join([", ".join(unnamed[:-1]), unnamed[-1]]) if len(unnamed) > 1 else unnamed[0],
            len(unnamed) > 1,
        )
    bare = re.sub(r" \((?:APT|APTs)\)$", "", found.text)
    return Slot(f"{bare} ({', '.join(unnamed)})", found.plural)


def attribution(claim: Claim, groups: tuple[str, ...] = ()) -> str:
    """Say who blames whom, as in "The US government accuses Chinese APT groups (APT27, APT30)"; no full stop."""
    frame = frame_of(claim)
    by, to = slot(claim.by), target(claim, groups or claim.groups)
    if frame.name == "claims" and by is None:
        by, to = to, None
    elif frame.name == "claims" and claim.by == claim.to:
        to = None
    elif claim.by == claim.to or claim.speaker in frame.never:
        by = None
    which = "both" if by and to else "by" if by else "to" if to else "neither"
    if which == "both" and claim.strength is Strength.ALLEGED:
        which = "alleged" if "alleged" in frame.templates else which
    text = frame.templates[which].format(by=by, to=to, hedge=HEDGES.get(claim.strength, ""))
    if by is None and claim.strength not in HEDGES:
        text = SECONDHAND + text
    return polish(text + (DISPUTED if claim.strength is Strength.DISPUTED else ""))


def denial(claim: Claim, *, answers: bool) -> str:
    """Say who denies what, as in "The Chinese embassy in Belgium denies it"; no full stop.

    Args:
        claim: the denial.
        answers: what it denies has just been told, so that "it" is clear.

    """
    frame = frame_of(claim)
    by, what = slot(claim.by), denied(claim) or Slot("it" if answers else "the accusation")
    partly = "partly " if claim.scope == "partial" else ""
    text = frame.templates["by" if by else "neither"].format(by=by, what=what, partly=partly)
    return polish(text if by else SECONDHAND + text)


def denied(claim: Claim) -> Slot | None:
    """Say what a denial rejects, where the claim has it in words that the tables know."""
    phrase = phrases.matter(claim.to) if claim.to else None
    return Slot(phrase.text, phrase.plural) if phrase is not None else None


def polish(text: str) -> str:
    """A capital first, no comma left hanging, one space at a time."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(",").strip()
    text = re.sub(r",(?=[,:;.])", "", text)
    text = re.sub(r"\b(rules?) out it\b", r"\1 it out", text)
    return text[:1].upper() + text[1:]
