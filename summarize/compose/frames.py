"""The frame of a clause: who, the verb with its strength, whom; from the claim through tables alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from summarize.compose import lexicon, phrases
from summarize.compose.lexicon import DATA
from summarize.compose.nations import with_state
from summarize.document import Claim, Speaker, Strength

HEDGES = {Strength.ALLEGED: "allegedly ", Strength.REPORTED: "reportedly "}
DISPUTED = ", though the article says that this is disputed"
TEMPLATES = ("both", "alleged", "by", "to", "neither", "groups", "groups_to", "with_act")
SECONDHAND = "according to the article, "
LONGEST_QUOTE = 14
PLURAL = re.compile(
    r"(?:i|gli|le|\d+|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|venti|trenta|quaranta|cinquanta|cento|molt[ie]"
    r"|alcun[ie]|divers[ie]|numeros[ie]|tutt[ie])\s"
)
LONGEST_CUE = 4  # words
SHORT = 3  # letters of words that tell nothing about who is meant


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
class Said:
    """A frame filled in: `whole` stands by itself, `lead` goes on with the act (None where it cannot).

    `parties` says how many it names: who speaks, who is blamed; a denial needs only its speaker.
    """

    whole: str
    lead: str | None = None
    acts: tuple[re.Pattern[str], ...] = ()
    parties: int = 2


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
    passive: bool = False


@cache
def frames(kind: str) -> tuple[Frame, ...]:
    """The frames of attributions or denials, in the order in which they are tried."""
    entries = tomllib.loads((DATA / "frames.toml").read_text(encoding="utf-8"))[kind]
    return tuple(
        Frame(
            name=entry["name"],
            cue=re.compile(rf"\b(?:{entry['cue']})"),
            templates={key: entry[key] for key in TEMPLATES if key in entry},
            speakers=tuple(entry.get("speaker", ())),
            never=tuple(entry.get("never", ())),
            acts=tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry.get("act", ())),
            joint=entry.get("joint", ""),
            passive=entry.get("passive", False),
        )
        for entry in entries
    )


def frame_of(claim: Claim) -> Frame:
    """The frame that the claim's cue calls for; the last one fits any."""
    if claim.speaker is Speaker.SELF and claim.kind == "attribution":
        return frames("attribution")[0]
    # of a cue that is a whole clause ("riporta che gli hacker sostenuti da … hanno colpito") the first verb counts
    cue = " ".join((claim.cue or "").lower().replace("’", "'").split()[:LONGEST_CUE])
    return next(
        frame
        for frame in frames(claim.kind)
        if frame.cue.search(cue) and (not frame.speakers or claim.speaker in frame.speakers)
    )


def quoted(italian: str) -> Slot:
    """The Italian itself, for a phrase that the tables do not know."""
    words = italian.strip(" ,;:.").split()
    text = " ".join(words[:LONGEST_QUOTE]) + (" …" if len(words) > LONGEST_QUOTE else "")
    return Slot(f"“{text}”", bool(PLURAL.match(text.lower())))


def slot(italian: str | None, context: str = "") -> Slot | None:
    """Say an actor in English, or quote it in Italian; None where the claim names none, or no noun phrase.

    Args:
        italian: the actor.
        context: the text around, for the state behind an office that is named without it.

    """
    if not italian or not italian.strip():
        return None
    italian = balanced(italian)
    phrase = phrases.actor(italian) or phrases.leading_name(italian)
    if phrase is not None:
        phrase = with_state(phrase, context)
        return Slot(phrase.text, phrase.plural)
    return quoted(italian) if phrases.is_quotable(italian) else None


def speaker_of(claim: Claim) -> Slot | None:
    """Say who says it; a speaker found elsewhere is not believed where the sentence has an office or organ itself."""
    words = set(lexicon.words(claim.it))
    known = {word for word in lexicon.words(claim.by or "") if len(word) > SHORT}
    nouns = (lexicon.actors().get((word,)) for word in words)
    rival = any(noun is not None and noun.kind in {"organ", "office"} for noun in nouns)
    if known and not known & words and rival:
        return None
    return slot(claim.by, claim.it)


def balanced(italian: str) -> str:
    """Mend a phrase that was cut inside brackets: "NoName057(16" gets its bracket back, a stray one goes."""
    if italian.count("(") > italian.count(")"):
        return f"{italian})" if re.search(r"\w\(\d+$", italian) else italian[: italian.rindex("(")]
    return italian.replace(")", "") if italian.count(")") > italian.count("(") else italian


def unsaid(group: str, text: str) -> str:
    """Leave of a group ("Gallium (Softcell, UNSC 2814)") what a text does not name yet."""
    name, _, aliases = group.rstrip(")").partition(" (")
    said = f"{text} {name}".lower()
    left = [alias for alias in aliases.split(", ") if alias and shorthand(alias) not in said]
    return "/".join(left if name.lower() in text.lower() else [name, *left])


def shorthand(alias: str) -> str:
    """The form in which an alias is compared: "Advanced Persistent Threat 27" is no other name than "APT27"."""
    return re.sub(r"advanced persistent threat\s*", "apt", alias.lower())


def target(claim: Claim, groups: tuple[str, ...]) -> Slot | None:
    """Whom an attribution blames. Groups stand in brackets after hackers or gangs in general, not after a name."""
    phrase = phrases.actor(claim.to) if claim.to else None
    found = slot(claim.to)
    if found is None:
        return listed(tuple(group for group in groups if group.partition(" (")[0] in (claim.to or "")))
    if phrase is None or phrase.named:
        own = [group for group in groups if group.partition(" (")[0].lower() in found.text.lower()]
    else:
        own = list(groups)
    unnamed = list(filter(None, (unsaid(group, found.text) for group in own)))
    if not unnamed:
        return found
    bare = re.sub(r" \(APTs?\)$", "", found.text)
    return Slot(f"{bare} ({', '.join(unnamed)})", found.plural)


def listed(groups: tuple[str, ...]) -> Slot | None:
    """Groups as a phrase of their own."""
    if not groups:
        return None
    said = [unsaid(group, "") for group in groups]
    text = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return Slot(text, len(said) > 1)


def linked(claim: Claim, to: Slot | None, groups: tuple[str, ...]) -> Slot | None:
    """The groups that are tied to whom a claim names, where that is somebody else."""
    phrase = phrases.actor(claim.to) if claim.to else None
    if to is None or phrase is None or not (phrase.named or phrase.text.endswith(("government", "state"))):
        return None
    return listed(tuple(group for group in groups if group.partition(" (")[0].lower() not in to.text.lower()))


def attribution(claim: Claim, groups: tuple[str, ...] | None = None) -> Said:
    """Say who blames whom, as in "The US government accuses Chinese APT groups (APT27, APT30)"; no full stop."""
    frame = frame_of(claim)
    by, to = speaker_of(claim), target(claim, claim.groups if groups is None else groups)
    if to is None and claim.to and claim.speaker is Speaker.UNKNOWN:
        by = None  # whom it blames could not be read, so that who speaks is doubtful too
    if frame.name == "claims" and by is None:
        by, to = to, None
    elif frame.name == "claims" and claim.by == claim.to:
        to = None
    elif claim.by == claim.to or claim.speaker in frame.never:
        by = None
    which = "both" if by and to else "by" if by else "to" if to else "neither"
    if which == "both" and claim.strength is Strength.ALLEGED:
        which = "alleged" if "alleged" in frame.templates else which
    tied = linked(claim, to, claim.groups if groups is None else groups) if "groups" in frame.templates else None
    if tied is not None:
        which = "groups" if by else "groups_to"
    hedge = HEDGES.get(claim.strength, "")
    if by is not None and hedge == HEDGES[Strength.REPORTED]:
        hedge = ""
    text = frame.templates[which].format(by=by, to=to, groups=tied, hedge=hedge)
    if by is None and claim.strength not in HEDGES:
        text = SECONDHAND + text
    parties = (by is not None) + (to is not None)
    if claim.strength is Strength.DISPUTED:
        return Said(polish(text + DISPUTED), parties=parties)
    leads = frame.acts and which != "alleged" and (by is not None or frame.passive)
    return Said(polish(text), polish(text + frame.joint) if leads else None, frame.acts, parties)


def denial(claim: Claim, *, answers: bool) -> Said:
    """Say who denies what, as in "The Chinese embassy in Belgium denies it"; no full stop.

    Args:
        claim: the denial.
        answers: what it denies has just been told, so that "it" is clear.

    """
    frame = frame_of(claim)
    by, named = speaker_of(claim), denied(claim)
    what = Slot(named.text, named.plural) if named else Slot("it" if answers else "the accusation")
    partly = "partly " if claim.scope == "partial" else ""
    whole = frame.templates["by" if by else "neither"].format(by=by, what=what, partly=partly)
    if by is None:
        return Said(polish(SECONDHAND + whole), parties=0)
    lead = frame.templates["with_act"].format(by=by, partly=partly) if "with_act" in frame.templates else None
    return Said(polish(whole), polish(lead) if lead and (named is None or named.open) else None, frame.acts)


def denied(claim: Claim) -> phrases.Phrase | None:
    """Say what a denial rejects, where the claim has it in words that the tables know."""
    return phrases.matter(claim.to) if claim.to else None


def polish(text: str) -> str:
    """A capital first, no comma left hanging, one space at a time."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(",").strip()
    text = re.sub(r",(?=[,:;.])", "", text)
    text = re.sub(r"\b(rules?) out it\b", r"\1 it out", text)
    return text[:1].upper() + text[1:]
