"""The lexicon: cues as data, compiled once, on first use.

Patterns are regular expressions over folded text (`text.fold`) with macros in angle brackets: `<accusare:act>` for the
forms of a verb, `<ACT>` for a list of `words.toml`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from summarize.claims.inflection import Verb, conjugate
from summarize.document import Strength

DATA = Path(__file__).parent / "data"
Kind = Literal["attribution", "denial"]

_MACRO = re.compile(r"(?<!P)<(\w+)(?::(\w+))?>")


@dataclass(frozen=True, slots=True)
class Cue:
    """A family of wordings that blame or deny; the fields are described in `data/attribution.toml`."""

    kind: Kind
    name: str
    pattern: re.Pattern[str]
    frame: str
    strength: Strength
    weight: float
    stems: tuple[str, ...]
    not_before: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    needs: str | None = None

    def matches(self, folded: str) -> Iterator[re.Match[str]]:
        """Every place of a folded sentence where the cue stands in a context that allows it."""
        if self.stems and not any(stem in folded for stem in self.stems):
            return
        for match in self.pattern.finditer(folded):
            if self.not_before and self.not_before.search(folded, max(0, match.start() - 60), match.start()):
                continue
            if self.not_after and self.not_after.match(folded, match.end()):
                continue
            yield match


@cache
def load(name: str) -> dict[str, Any]:
    """Read one of the TOML files of the lexicon."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def verbs() -> Mapping[str, Verb]:
    """Every verb of the lexicon by its infinitive."""
    return {
        verb: conjugate(verb, irregular)
        for name, group in load("verbs.toml").items()
        if name != "saying"
        for verb, irregular in group.items()
    }


@lru_cache(maxsize=1)
def word_lists() -> Mapping[str, str]:
    """Every list of `words.toml` as one alternation."""
    return {name: "|".join(words) for name, words in load("words.toml")["lists"].items()}


@lru_cache(maxsize=1)
def _speech() -> str:
    """Every form in which a verb of saying reports what somebody says."""
    names = [
        *load("verbs.toml")["speech"],
        *["dire", "dichiarare", "sostenere", "replicare", "ribattere", "rispondere"],
    ]
    return "|".join([*(_verb_forms(name, "act") for name in names), *load("verbs.toml")["saying"]["phrases"]])


def _verb_forms(name: str, part: str) -> str:
    """A fragment for the forms of a verb: `act`, `pas`, `pp`, `ger`, `inf`, `fin`."""
    verb, lists = verbs()[name], word_lists()
    adverb = f"(?:(?:{lists['ADV']}) ){{0,2}}"
    perfect = f"(?:{lists['AVERE']}) {adverb}{verb.participle}"
    passive = f"(?:(?:{lists['ESSERE']}) {adverb}(?:stat[oaie] {adverb})?)?{verb.participle}"
    return {
        "act": f"(?:{perfect}|{verb.finite}|{verb.gerund}|{verb.infinitive})",
        "pas": f"(?:{passive})",
        "pp": f"(?:{verb.participle})",
        "ger": f"(?:{verb.gerund})",
        "inf": f"(?:{verb.infinitive})",
        "fin": f"(?:{verb.finite})",
    }[part]


def expand(pattern: str) -> str:
    """Write the macros of a pattern out."""

    def macro(match: re.Match[str]) -> str:
        name, part = match[1], match[2]
        if name == "SPEECH":
            return f"(?:{_speech()})"
        return _verb_forms(name, part) if part else f"(?:{word_lists()[name]})"

    return re.sub(r" (\??)", lambda blank: " *" if blank[1] else " +", _MACRO.sub(macro, pattern))


@cache
def rule(group: str, name: str) -> re.Pattern[str]:
    """Compile a pattern of `data/patterns.toml`, once."""
    return re.compile(expand(load("patterns.toml")[group][name]))


def phrase(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with macros between word boundaries; an elided article ends at its apostrophe."""
    return re.compile(rf"(?<!\w)(?:{expand(pattern)})(?:(?<=')|(?!\w))")


def _stems(pattern: str) -> tuple[str, ...]:
    """Beginnings of which a text must hold one for the pattern to match; empty when none can be told.

    Told only for patterns that are nothing but alternatives of verb macros.
    """
    parts = [_MACRO.fullmatch(part.strip()) for part in re.sub(r"\(\?[=!].*", "", pattern).split("|")]
    if not all(part and part[2] for part in parts):
        return ()
    return tuple({verbs()[part[1]].stem for part in parts if part})


@lru_cache(maxsize=2)
def cues(kind: Kind) -> tuple[Cue, ...]:
    """The cues of attribution or of denial, compiled."""
    return tuple(
        Cue(
            kind=kind,
            name=entry["name"],
            pattern=phrase(entry["pattern"]),
            frame=entry["frame"],
            strength=Strength(entry["strength"]),
            weight=float(entry["weight"]),
            stems=tuple(entry.get("stems", ())) or _stems(entry["pattern"]),
            not_before=re.compile(expand(entry["not_before"])) if "not_before" in entry else None,
            not_after=re.compile(expand(entry["not_after"])) if "not_after" in entry else None,
            needs=entry.get("needs"),
        )
        for entry in load(f"{kind}.toml")["cue"]
    )
