"""Italian noun phrases for actors in English, word by word through the tables: known whole, or not at all.

A small recursive descent over determiner, adjectives, noun, name, complements. It never guesses: a phrase with one
word that no table knows gives None, and the caller quotes the Italian instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from summarize.compose import lexicon
from summarize.compose.lexicon import Noun, Words

Entry = TypeVar("Entry")
LONGEST = 6
DEFINITE = {"il": "s", "lo": "s", "la": "s", "l'": "?", "i": "p", "gli": "p", "le": "p"}
INDEFINITE = frozenset({"un", "uno", "una", "un'"})
CONTRACTED = {
    "del": "il",
    "dello": "lo",
    "della": "la",
    "dell'": "l'",
    "dei": "i",
    "degli": "gli",
    "delle": "le",
}
PREPOSITIONS = {"di": "of", "d'": "of", "a": "to", "ad": "to", "in": "in", "da": "from", "con": "with", "per": "for",
                "contro": "against", "presso": "at", "su": "on", "come": "as"}  # fmt: skip
STEMS = {"d": "di", "a": "a", "da": "da", "ne": "in", "su": "su"}
ENDINGS = {"el": "il", "l": "il", "llo": "lo", "lla": "la", "ll'": "l'", "i": "i", "gli": "gli", "lle": "le",
           "ello": "lo", "ella": "la", "ell'": "l'", "ei": "i", "egli": "gli", "elle": "le"}  # fmt: skip
QUANTIFIERS = {"alcuni": "some", "alcune": "some", "diversi": "several", "diverse": "several", "vari": "various",
               "varie": "various", "molti": "many", "molte": "many", "numerosi": "numerous", "numerose": "numerous",
               "due": "two", "tre": "three", "quattro": "four", "cinque": "five", "sei": "six", "dieci": "ten",
               "questo": "this", "questa": "this", "quest'": "this", "questi": "these", "queste": "these",
               "tutti": "all", "tutte": "all", "ogni": "any", "qualsiasi": "any", "qualunque": "any",
               "alcun": "any", "alcuna": "any", "nessun": "no", "nessuna": "no"}  # fmt: skip
SINGLE = frozenset({"this", "any", "no"})
POSSESSIVES = frozenset({"suo", "sua", "suoi", "sue", "proprio", "propria", "propri", "proprie"})
PARTICLES = frozenset({"de", "van", "von", "der", "den", "al", "bin", "ibn", "du", "of", "the", "and"})
QUOTES = {"“": "”", '"': '"', "«": "»", "‘": "’", "'": "'"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """English for a noun phrase. `plural` sets the verb after it; `named` marks a proper name, `thing` what is no actor."""

    text: str
    plural: bool = False
    named: bool = False
    thing: bool = False


@dataclass(slots=True)
class Parts:
    """A noun phrase while it is read: English pieces in the order in which English wants them."""

    article: str = ""
    count: str = ""
    plural: bool | None = None
    before: list[str] = field(default_factory=list)
    nations: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    noun: Noun | None = None
    name: str = ""
    tail: list[str] = field(default_factory=list)


def preposition(word: str) -> tuple[str, str] | None:
    """Split a preposition from the article inside it: "dell'" is ("di", "l'"), "con" is ("con", "")."""
    if word in PREPOSITIONS:
        return ("di" if word == "d'" else "a" if word == "ad" else word), ""
    for stem in ("da", "ne", "su", "d", "a"):
        if word.startswith(stem) and word[len(stem) :] in ENDINGS and (stem != "d" or word[1] == "e"):
            return STEMS[stem], ENDINGS[word[len(stem) :]]
    return None


def is_name(token: str) -> bool:
    """Tell a token of a proper name: a capital or digit somewhere in it."""
    return any(char.isupper() or char.isdigit() for char in token)


class Reader:
    """Reads noun phrases off a row of tokens; each method starts at `at` and leaves it after what it took."""

    def __init__(self, text: str, nouns: dict[Words, Noun]) -> None:
        self.raw = lexicon.tokens(text)
        self.low = [token.lower() for token in self.raw]
        self.nouns = nouns
        self.at = 0

    def peek(self, offset: int = 0) -> str:
        """The lower-case token ahead, empty at the end."""
        index = self.at + offset
        return self.low[index] if index < len(self.low) else ""

    def longest(self, table: Mapping[Words, Entry]) -> Entry | None:
        """Take the longest entry of a table that starts here."""
        for length in range(min(LONGEST, len(self.low) - self.at), 0, -1):
            entry = table.get(tuple(self.low[self.at : self.at + length]))
            if entry is not None:
                self.at += length
                return entry
        return None

    def coordination(self) -> Phrase | None:
        """Noun phrases joined by commas and "e"; two with a comma alone are a name and what it is."""
        found: list[Phrase] = []
        links: list[str] = []
        while (phrase := self.phrase()) is not None:
            found.append(phrase)
            link = self.peek()
            if link not in {",", "e", "ed", "o", "nonché"}:
                break
            links.append(link)
            self.at += 2 if link == "," and self.peek(1) in {"e", "ed", "o"} else 1
        if not found or len(found) == len(links):
            return None
        if len(found) == 1:
            return found[0]
        if links == [","] and found[0].named != found[1].named:
            return replace(found[0], text=f"{found[0].text}, {found[1].text},")
        joint = " or " if "o" in links else " and "
        return Phrase(", ".join(p.text for p in found[:-1]) + joint + found[-1].text, plural=True)

    def phrase(self, article: str = "") -> Phrase | None:
        """One noun phrase; `article` is the one inside the preposition before it."""
        parts = Parts()
        self.determiner(parts, article)
        if not self.starts_noun():
            self.adjectives(parts.before, parts.nations)
        if not self.head(parts):
            return None
        while self.complement(parts):
            pass
        return realise(parts)

    def determiner(self, parts: Parts, article: str) -> None:
        """Articles, counts, demonstratives and possessives."""
        if not article and (self.peek() in DEFINITE or self.peek() in INDEFINITE):
            article = self.peek()
            self.at += 1
        if article in DEFINITE:
            parts.article = "the"
            parts.plural = {"s": False, "p": True}.get(DEFINITE[article])
        elif article in INDEFINITE:
            parts.article, parts.plural = "a", False
        if self.peek() in {"oltre", "circa"} and self.peek(1).isdigit():
            parts.count = f"{'over' if self.peek() == 'oltre' else 'about'} {self.peek(1)}"
            parts.plural, self.at = True, self.at + 2
        elif self.peek() in QUANTIFIERS:
            parts.count = QUANTIFIERS[self.peek()]
            parts.plural, self.at = parts.count not in SINGLE, self.at + 1
        elif self.peek().isdigit() and not is_name(self.raw[self.at].strip("0123456789")) and self.peek(1):
            parts.count, parts.plural, self.at = self.peek(), True, self.at + 1
        if self.peek() in POSSESSIVES:
            self.at += 1

    def adjectives(self, plain: list[str], nations: list[str]) -> bool:
        """Take the adjectives that stand here, joined by "e" or not."""
        taken = False
        while self.at < len(self.low):
            start = self.at
            if taken and self.peek() in {"e", "ed"}:
                self.at += 1
            nation = lexicon.nationality((self.peek(),))
            if nation and not self.starts_name():
                nations.append(nation)
                self.at += 1
            elif (other := self.longest(lexicon.adjectives())) is not None:
                plain.append(other)
            else:
                self.at = start
                break
            taken = True
        return taken

    def starts_noun(self) -> bool:
        """Whether a common noun starts here: "il generale Rossi" has no adjective."""
        start = self.at
        found = self.longest(self.nouns)
        self.at = start
        return found is not None

    def starts_name(self) -> bool:
        """A capitalised word that a table of names knows is a name, whatever else it may be."""
        return self.raw[self.at][0].isupper() and any(
            tuple(self.low[self.at : self.at + n]) in lexicon.names() for n in range(1, LONGEST)
        )

    def head(self, parts: Parts) -> bool:
        """The noun or the name that the phrase is about."""
        start = self.at
        if start >= len(self.low):
            return False
        if self.raw[start][0].isupper() and (known := self.longest(lexicon.names())) is not None:
            reach, self.at = self.at, start
            noun = self.longest(self.nouns)
            if noun is None or reach >= self.at:
                self.at, parts.name = reach, known
                return True
            self.at = start
        noun = self.longest(self.nouns)
        if noun is not None:
            parts.noun = noun
            self.number(parts)
            return True
        parts.name = self.quoted() or self.run_of_capitals()
        return bool(parts.name)

    def number(self, parts: Parts) -> None:
        """Singular or plural by the noun's form, the article, or the ending of the adjective that follows."""
        noun = parts.noun
        if noun is not None and noun.singular != noun.plural:
            parts.plural = noun.plural
        elif parts.plural is None:
            after = (self.peek(),)
            known = lexicon.nationality(after) or lexicon.adjectives().get(after)
            parts.plural = bool(known) and after[0].endswith("i")

    def run_of_capitals(self) -> str:
        """A proper name that no table knows, copied as it stands."""
        start = self.at
        while self.at < len(self.raw) and (
            is_name(self.raw[self.at])
            or (self.at > start and self.low[self.at] in PARTICLES and self.capital_at(self.at + 1))
            or (self.at > start and self.low[self.at] == "d'" and self.capital_at(self.at + 1))
        ):
            self.at += 1
        run = " ".join(self.raw[start : self.at]).replace("' ", "'")
        if self.at - start == 1 and start == 0 and is_common(self.low[0]) and self.at < len(self.raw):
            self.at = start
            return ""
        return run

    def capital_at(self, index: int) -> bool:
        """Whether the token there is part of a proper name."""
        return index < len(self.raw) and is_name(self.raw[index])

    def quoted(self) -> str:
        """A name in quotation marks, the marks kept only where it has small letters."""
        opening = self.peek()
        closing = QUOTES.get(opening)
        if closing is None or closing not in self.raw[self.at + 1 :]:
            return ""
        end = self.raw.index(closing, self.at + 1)
        inner = self.raw[self.at + 1 : end]
        self.at = end + 1
        name = " ".join(inner)
        return name if inner and all(is_name(token) for token in inner) else f"“{name}”"

    def complement(self, parts: Parts) -> bool:
        """Take one thing that follows the head; False when nothing more belongs to it."""
        word = self.peek()
        if not word or word in {",", "e", "ed", "o"}:
            return False
        if word == "(":
            return self.aside(parts)
        if parts.noun is None:
            return self.after_name(parts, word)
        if self.adjectives(parts.after, parts.nations):
            return True
        modifier = self.longest(lexicon.modifiers())
        if modifier is not None:
            parts.after.append(modifier)
            return True
        if word in lexicon.participles():
            return self.participle(parts)
        if (found := preposition(word)) is not None:
            return self.prepositional(parts, *found)
        if parts.noun.kind not in {"organ", "thing"} and not parts.name:
            parts.name = self.names_after()
            return bool(parts.name)
        return False

    def names_after(self) -> str:
        """The name or names beside a noun: "i ministri Rossi e Bianchi"."""
        start = self.at
        known = self.longest(lexicon.names()) if self.raw[start][0].isupper() else None
        name = known or self.quoted() or self.run_of_capitals()
        while name and self.peek() in {"e", "ed"} and self.capital_at(self.at + 1):
            self.at += 1
            name += f" and {self.run_of_capitals()}"
        return name

    def after_name(self, parts: Parts, word: str) -> bool:
        """After a name: a participle, a place ("Nokia Italia"), an adjective ("Google cinese")."""
        if word in lexicon.participles():
            return self.participle(parts)
        found = preposition(word)
        if found is not None and found[0] in {"di", "a", "in"}:
            start = self.at
            if self.prepositional(parts, *found):
                return True
            self.at = start
        return False

    def aside(self, parts: Parts) -> bool:
        """Brackets: names and acronyms in them are copied, anything else ends the reading."""
        if ")" not in self.raw[self.at :]:
            return False
        end = self.raw.index(")", self.at)
        inner = self.raw[self.at + 1 : end]
        if not inner or not all(is_name(token) or token in {",", "/", "-", "e"} for token in inner):
            return False
        text = " ".join("and" if token == "e" else token for token in inner)
        parts.tail.append(f"({text.replace(' ,', ',').replace(' / ', '/')})")
        self.at = end + 1
        return True

    def participle(self, parts: Parts) -> bool:
        """ "sostenuti dallo Stato cinese", "noto come X"."""
        start, word = self.at, self.peek()
        self.at += 1
        for wanted, english in lexicon.participles()[word]:
            here = self.at
            found = preposition(self.peek())
            if (found[0] if found else "") == wanted:
                self.at += bool(wanted)
                inner = self.phrase(found[1] if found else "")
                if inner is not None:
                    parts.tail.append(f"{english} {inner.text}")
                    return True
            self.at = here
        self.at = start
        return False

    def prepositional(self, parts: Parts, kind: str, article: str) -> bool:
        """A complement with a preposition, said as the noun before it wants it."""
        start = self.at
        self.at += 1
        noun = parts.noun
        if kind == "di" and noun is not None and noun.of == "field":
            field_of = self.longest(lexicon.fields())
            if field_of is not None:
                parts.after.append(field_of)
                return True
        if kind == "di" and not article and noun is not None:
            modifier = self.longest(lexicon.modifiers())
            if modifier is not None:
                parts.after.append(modifier)
                return True
        inner = self.phrase(article)
        if inner is None:
            self.at = start
            return False
        if kind == "di" and noun is not None and noun.of == "pre" and inner.named and not parts.tail:
            parts.places.append(inner.text.removeprefix("the "))
            return True
        parts.tail.append(f"{english_preposition(kind, noun, inner)} {inner.text}")
        return True


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
    if article == "a":
        article = (
            "an"
            if text[0].lower() in "aeio"
            or (text.startswith(("u", "Uk"))
            and not text.startswith(("US", "uni")))
            else "a"
        )
    text = f"{article} {text}{tail}".strip()
    return Phrase(text, plural or noun.kind == "group", thing=noun.kind == "thing")


def choose_article(parts: Parts, noun: Noun, plural: bool) -> str:
    """English leaves out "the" before people in general and gives it to organs of state."""
    if parts.count:
        return (
            "the"
            if parts.article == "the" and parts.count not in {"any", "no", "this", "these", "all"}
            else ""
        )
    if parts.name and noun.kind == "office" and not parts.tail:
        return ""
    if plural:
        return (
            "the"
            if parts.article == "the" and (parts.name or noun.kind == "thing")
            else "the"
            if noun.kind == "group"
            else ""
        )
    if parts.article:
        return parts.article
    if noun.kind in {"organ", "group", "office"} or parts.name:
        return "the"
    return "a" if noun.kind != "thing" else "the"


def is_common(word: str) -> bool:
    """Tell an Italian word that is no name, for a capital that only starts the sentence."""
    import simplemma

    return bool(simplemma.is_known(word, lang="it"))


def actor(italian: str) -> Phrase | None:
    """English for an actor ("l'ambasciata cinese in Belgio"); None when any word of it is unknown."""
    phrase = read(italian, lexicon.actors())
    return None if phrase is None or phrase.thing else phrase


def matter(italian: str) -> Phrase | None:
    """English for what is denied or claimed ("le accuse di spionaggio"); None when any word of it is unknown."""
    return read(italian, lexicon.matters())


def read(italian: str, nouns: dict[Words, Noun]) -> Phrase | None:
    """Read a whole phrase, or nothing."""
    reader = Reader(italian, nouns)
    phrase = reader.coordination()
    return phrase if phrase is not None and reader.at == len(reader.low) else None
