"""Italian noun phrases, read by recursive descent: determiner, adjectives, noun or name, complements."""

from __future__ import annotations

from summarize.compose import lexicon
from summarize.compose.cursor import Cursor, is_name
from summarize.compose.english import Parts, Phrase, english_preposition, joined, realise
from summarize.compose.grammar import AND, DEFINITE, INDEFINITE, OR, POSSESSIVES, QUANTIFIERS, SINGLE, preposition
from summarize.compose.lexicon import Kind, Noun

LINKS = AND | OR
LISTS = LINKS | {","}


class Reader(Cursor):
    """Reads noun phrases off a row of tokens; None where it meets a word that no table knows."""

    def coordination(self, article: str = "") -> Phrase | None:
        """Noun phrases joined by "e", with commas before; after a lone comma only what a name stands for is taken."""
        first = self.phrase(article)
        if first is None:
            return None
        found, links, end = [first], [], self.at
        while self.peek() in LISTS:
            links.append(self.peek())
            self.at += 2 if self.peek() == "," and self.peek(1) in LINKS else 1
            if self.low[self.at - 1] in LINKS:
                links[-1] = self.low[self.at - 1]
            following = self.phrase()
            if following is None:
                links.pop()
                break
            found.append(following)
            end = self.at
        self.at = end
        return joined(found, links)

    def phrase(self, article: str = "", *, nested: bool = False) -> Phrase | None:
        """One noun phrase; `article` is the one inside the preposition before it, `nested` in a complement."""
        parts = Parts(nested=nested)
        self.determiner(parts, article)
        if not self.starts_noun():
            self.adjectives(parts.before, parts.nations)
        if not self.head(parts) and not self.national(parts):
            return None
        if parts.noun is not None and parts.noun.kind == "party" and not parts.article and not parts.count:
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
        elif (
            self.peek().isdigit()
            and not self.starts_noun()
            and not is_name(self.raw[self.at].strip("0123456789"))
            and self.peek(1)
        ):
            parts.count, parts.plural, self.at = self.peek(), True, self.at + 1
        if self.peek() in POSSESSIVES:
            self.at += 1

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

    def national(self, parts: Parts) -> bool:
        """An adjective of nation that is itself the noun: "gli ucraini", "il tunisino Karim B."."""
        if len(parts.nations) != 1 or parts.before:
            return False
        plural = parts.plural is not False and self.low[self.at - 1].endswith(("i", "e")) and parts.plural is not None
        nation = parts.nations.pop()
        people = f"{nation}s" if nation.endswith(("n", "i")) else nation
        kind: Kind = "group" if plural else "person"
        parts.noun = Noun(f"{nation} national", people, kind, "of", singular=True, plural=True)
        parts.plural = plural
        return True

    def number(self, parts: Parts) -> None:
        """Singular or plural by the noun's form, the article, or the ending of the adjective that follows."""
        noun = parts.noun
        if noun is not None and noun.singular != noun.plural:
            parts.plural = noun.plural
        elif parts.plural is None:
            after = (self.peek(),)
            known = lexicon.nationality(after) or lexicon.adjectives().get(after)
            parts.plural = bool(known) and after[0].endswith("i")

    def complement(self, parts: Parts) -> bool:
        """Take one thing that follows the head; False when nothing more belongs to it."""
        word = self.peek()
        if not word or word in LISTS:
            return False
        if word == "(":
            return self.aside(parts)
        if self.age(parts):
            return True
        if parts.noun is None:
            return self.after_name(parts, word)
        return self.quality(parts) or self.after_noun(parts, parts.noun, word)

    def quality(self, parts: Parts) -> bool:
        """Take an adjective, or a noun that qualifies ("gruppo ransomware")."""
        if self.adjectives(parts.after, parts.nations):
            return True
        modifier = self.longest(lexicon.modifiers())
        if modifier is not None:
            parts.after.append(modifier)
        return modifier is not None

    def after_noun(self, parts: Parts, noun: Noun, word: str) -> bool:
        """Take a participle, a complement with a preposition, or the name of whom the noun stands for."""
        if word in lexicon.participles():
            return self.participle(parts)
        if (found := preposition(word)) is not None:
            return self.prepositional(parts, *found)
        if noun.kind not in {"organ", "thing"} and not parts.name:
            parts.name = self.names_after()
            return bool(parts.name)
        return False

    def age(self, parts: Parts) -> bool:
        """Take an age: "di 39 anni" after a noun, "42 anni" after a name."""
        lead = int(self.peek() == "di")
        if not self.peek(lead).isdigit() or self.peek(lead + 1) != "anni" or (lead and parts.noun is None):
            return False
        years = self.peek(lead)
        self.at += lead + 2
        if parts.noun is None:
            parts.tail.append(f"(aged {years})")
        else:
            parts.before.append(f"{years}-year-old")
        return True

    def after_name(self, parts: Parts, word: str) -> bool:
        """After a name: a participle, a place ("Nokia Italia"), an adjective ("Google cinese")."""
        if word in lexicon.participles():
            return self.participle(parts)
        found = preposition(word)
        if found is not None and found[0] in {"di", "in"}:
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

    def place_name(self) -> Phrase | None:
        """A capital after a bare preposition is a name, also where a noun is spelled like it ("di Potenza")."""
        if not self.capital_at(self.at) or tuple(self.low[self.at : self.at + 1]) in lexicon.names():
            return None
        start = self.at
        if self.longest(lexicon.names()) is not None:
            self.at = start
            return None
        name = self.run_of_capitals()
        return Phrase(name, named=True) if name else None

    def known_place(self, start: int) -> bool:
        """Whether the name that was read from `start` is in the tables."""
        return tuple(self.low[start : self.at]) in lexicon.names()

    def participle(self, parts: Parts) -> bool:
        """Take a participle and whom it ties to: "sostenuti dallo Stato cinese", "noto come X"."""
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
        inner = self.place_name() if not article else None
        inner = inner or self.phrase(article, nested=True)
        if noun is not None and noun.of == "field" and kind == "di" and inner is not None and not inner.named:
            inner = None  # a portfolio that the table does not know
        if inner is None:
            self.at = start
            return False
        if kind == "di" and noun is not None and noun.of == "pre" and inner.named and not parts.tail:
            parts.places.append(inner.text.removeprefix("the "))
            return True
        if kind == "di" and noun is not None and noun.of == "own" and inner.named and not parts.tail:
            known = self.known_place(start + 1)
            parts.places.append(inner.text.removeprefix("the ") if known else f"{inner.text}'s")
            parts.owned = not known
            return True
        parts.tail.append(f"{english_preposition(kind, noun, inner)} {inner.text}")
        return True
