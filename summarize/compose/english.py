"""English for a noun phrase that has been read: the order of its pieces and the article in front."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from summarize.compose.grammar import OR, PREPOSITIONS
from summarize.compose.lexicon import Noun

# Vowels as they sound, and the letters of an abbreviation whose names begin with one.
AN = re.compile(r"(?![Ee]u(?:ro|g)|[Uu](?:ni|k|s|z|r|t)|US\b|UK\b|UN\b|[Oo]ne)[AEIOUaeiou]|[FHLMNRSX][A-Z0-9]{1,5}\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """English for a noun phrase.

    Attributes:
        plural: sets the form of the verb after it.
        named: it is a proper name.
        thing: it is no actor.
        open: the Italian goes on with a clause that belongs to it ("l'accusa di aver spiato").
        stateless: an office of a state that is not named.

    """

    text: str
    plural: bool = False
    named: bool = False
    thing: bool = False
    open: bool = False
    stateless: bool = False


@dataclass(slots=True)
class Parts:
    """A noun phrase while it is read: English pieces in the order in which English wants them."""

    article: str = ""
    nested: bool = False
    owned: bool = False
    count: str = ""
    plural: bool | None = None
    before: list[str] = field(default_factory=list)
    nations: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    noun: Noun | None = None
    name: str = ""
    tail: list[str] = field(default_factory=list)


def joined(found: list[Phrase], links: list[str]) -> Phrase:
    """Join phrases as English does; after commas alone only a name keeps what follows, which says what it is."""
    if len(found) == 1:
        return found[0]
    if set(links) == {","}:
        first, second = found[:2]
        described = first.named and not second.named
        return replace(first, text=f"{first.text}, {second.text},") if described else first
    joint = " or " if links[-1] in OR else " and "
    text = ", ".join(phrase.text for phrase in found[:-1]) + joint + found[-1].text
    return Phrase(text, plural=True, thing=any(phrase.thing for phrase in found))


def english_preposition(kind: str, noun: Noun | None, inner: Phrase) -> str:
    """English for a preposition between a noun and its complement."""
    if kind == "di" and noun is not None and noun.of not in {"pre", "field"}:
        return "of" if noun.of == "by" and inner.thing else noun.of
    if kind == "a":
        return "in" if inner.named and (noun is None or noun.kind != "thing") else "to"
    return PREPOSITIONS[kind]


def realise(parts: Parts) -> Phrase:
    """Put the pieces in English order, with the article that English wants."""
    tail = "".join(f" {piece}" for piece in parts.tail)
    if parts.noun is None:
        qualities = [*parts.before, *parts.nations, *parts.after]
        bare = parts.name.removeprefix("the ") if qualities else parts.name
        article = "the " if bare != parts.name or "former" in qualities else ""
        return Phrase(article + " ".join([*qualities, bare]) + tail, named=True)
    plural = bool(parts.plural)
    noun = parts.noun
    word = noun.plural_english if plural else noun.english
    core = [*parts.before, *parts.nations, *parts.places, *parts.after, word]
    article = choose_article(parts, noun, plural)
    if parts.count:
        core.insert(0, parts.count)
    text = " ".join(core)
    if parts.name:
        if noun.kind == "office" and noun.of != "for" and not plural and not (parts.nations or parts.after):
            text = text.replace(word, word.title())
        text = f"{text}{tail}, {parts.name}" if tail else f"{text} {parts.name}"
        tail = ""
    if article == "a" and AN.match(text):
        article = "an"
    text = f"{article} {text}{tail}".strip()
    told = parts.nations or parts.places or parts.tail or parts.name or article != "the"
    stateless = noun.of in {"field", "own"} and not told
    return Phrase(text, plural or noun.kind == "group", thing=noun.kind == "thing", stateless=stateless)


def choose_article(parts: Parts, noun: Noun, plural: bool) -> str:
    """English leaves out "the" before people in general and gives it to organs of state."""
    known = parts.article == "the"
    if parts.owned:
        return ""
    if parts.count:
        return "the" if known and parts.count not in {"any", "no", "this", "these", "all", "both"} else ""
    if parts.name and noun.kind == "office" and not parts.tail:
        return ""
    if plural:
        needed = noun.kind in {"group", "thing"} or (known and (parts.name or parts.nested))
        return "the" if needed else ""
    if parts.article:
        return parts.article
    return "a" if noun.kind in {"person", "party", "body"} and not parts.name else "the"
