"""Who speaks: `secondo X`, reported speech, quotations and their speakers, also across a line break."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from summarize.claims import phrases
from summarize.claims.lexicon import load, phrase, rule
from summarize.claims.text import Span, fold, inside, quotations
from summarize.document import Article, Speaker

FRAGMENT = 160  # characters: what is longer than this says more than who spoke


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a sentence.

    Attributes:
        name: as the Italian has it.
        start: where the words that name the act of speaking stand in the sentence.

    """

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence with what the rules need of its surroundings.

    Attributes:
        folded, plain: its folded text, and the same with bracketed asides blanked.
        quotes: spans of quotations inside the sentence.
        voices: who speaks in it, in order; the speaker of a quotation may come from a neighbour.
        joined: index of the neighbouring fragment that names the speaker (`Ha affermato il ministro.`), if any.
        answers: whom the rest of the article blames.
        blames: whether the sentence itself firmly blames somebody.

    """

    index: int
    text: str
    folded: str
    plain: str
    quotes: tuple[Span, ...]
    voices: tuple[Voice, ...]
    heading: bool
    joined: int | None = None
    answers: tuple[str, ...] = ()
    blames: bool = False

    @property
    def speaker(self) -> str | None:
        """Who speaks, when the sentence says."""
        return self.voices[0].name if self.voices else None


def _cut(text: str, span: Span | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) if span else None


def _local(text: str, folded: str, plain: str, quotes: list[Span]) -> list[Voice]:
    """The speakers that a sentence names itself: sources first, then subjects of verbs of saying."""
    found = _sources(text, folded, quotes)
    for match in rule("speakers", "speech").finditer(folded):
        if inside(match.start(), quotes) or rule("speakers", "noun").search(folded, 0, match.start()):
            continue
        if rule("speakers", "own_view").search(folded, max(0, match.start() - 8), match.end()):
            continue
        if name := _speaking(text, plain, match, quotes):
            found.append(Voice(name, match.start()))
    return found


def _sources(text: str, folded: str, quotes: list[Span]) -> list[Voice]:
    """`Secondo X` outside quotations, and `Per X` at the beginning where X is somebody who speaks."""
    found = []
    for match in rule("speakers", "source").finditer(folded):
        if inside(match.start(), quotes) or rule("speakers", "ordinal").search(folded[: match.start()]):
            continue
        name = _cut(text, phrases.complement(folded, match.end()))
        if name and not rule("speakers", "no_source").match(fold(name)):
            found.append(Voice(name, match.start()))
    found += _documents(text, folded, quotes)
    opening = rule("speakers", "opening").match(folded)
    name = _cut(text, phrases.complement(folded, opening.end())) if opening else None
    if name and kind_of(name) is not Speaker.UNKNOWN:
        found.append(Voice(name, 0))
    return found


def _documents(text: str, folded: str, quotes: list[Span]) -> list[Voice]:
    """`Si legge nel rapporto di X`, `si legge nell'ordinanza`: who wrote it speaks, or a document that has a voice."""
    found = []
    for match in rule("speakers", "document").finditer(folded):
        if inside(match.start(), quotes):
            continue
        author = _cut(text, phrases.complement(folded, match.end())) if match["of"] else None
        what = text[slice(*match.span("what"))]
        if author or kind_of(what) is not Speaker.UNKNOWN:
            found.append(Voice(author or what, match.start()))
    return found


def _speaking(text: str, folded: str, verb: re.Match[str], quotes: list[Span]) -> str | None:
    """The subject of a verb of saying: after it when it follows a quotation, before it otherwise."""
    before = folded[: verb.start()].rstrip()
    inverted = not before or before[-1] in '",-' or re.search(r"(?:così|lo)$", before)
    if inverted and not rule("speakers", "no_speaker").match(folded, verb.end()):
        span = phrases.complement(folded, verb.end())
        # A comma alone may close an apposition: then who speaks stands before the verb, and no name ends right after.
        plainly = before[-1:] != "," or before[-2:-1] in "\"'" or (span and folded[span[1] : span[1] + 1] in '.,;:"')
        name = _cut(text, span)
        if plainly or (kind_of(name) is not Speaker.UNKNOWN and rule("speakers", "set_off").match(folded, verb.end())):
            return name
    floor = max((end for _, end in quotes if end <= verb.start()), default=0)
    own = phrases.subject(folded, verb.start(), floor)
    if own is None and floor == 0 and rule("speakers", "goes_on").search(before):
        own = phrases.subject_or_earlier(folded, verb.start())
    return _cut(text, own)


def contexts(article: Article) -> list[Context]:
    """Every sentence of an article with its quotations and speakers."""
    sentences = article.sentences
    spans = {i: quotations(p.text) for i, p in enumerate(article.paragraphs)}
    rough: list[Context] = []
    for index, sentence in enumerate(sentences):
        paragraph = article.paragraphs[sentence.paragraph]
        offset = sentence.start - paragraph.start
        size = len(sentence.text)
        quotes = [
            (max(0, start - offset), min(size, end - offset))
            for start, end in spans[sentence.paragraph]
            if start - offset < size and end - offset > 0
        ]
        quotes = [(-1 if start == 0 and sentence.text[:1] not in '"“„«' else start, end) for start, end in quotes]
        folded = fold(sentence.text)
        plain = phrases.without_asides(folded)
        voices = tuple(_local(sentence.text, folded, plain, quotes)) if len(folded) > 8 else ()
        rough.append(Context(index, sentence.text, folded, plain, tuple(quotes), voices, paragraph.heading))
    named: list[Context] = []
    for index, here in enumerate(rough):
        found = _with_neighbours(rough, article, index)
        goes_on = bool(here.quotes) and here.quotes[0][0] < 0
        if not found.voices and goes_on and named and named[-1].voices:
            found = _voiced(here, named[-1])
        if not found.voices and (name := _unnamed(here, named[-1] if named else None)):
            found = replace(here, voices=(Voice(name, 0),))
        named.append(found)
    return named


def _with_neighbours(rough: list[Context], article: Article, index: int) -> Context:
    """Give a quotation without a speaker the one that a neighbour names."""
    here = rough[index]
    if not here.quotes or here.voices:
        return here
    following = rough[index + 1] if index + 1 < len(rough) else None
    if following and not following.quotes and len(following.folded) < FRAGMENT and _names_speaker(following):
        return _voiced(here, following, joined=index + 1)
    neighbour = _in_paragraph(rough, article, here) or _before(rough, index) or _fragment_after(rough, index)
    if neighbour is None:
        return here
    apart = not neighbour.quotes and neighbour.index == index + 1
    return _voiced(here, neighbour, joined=neighbour.index if apart else None)


def _unnamed(here: Context, previous: Context | None) -> str | None:
    """Who speaks in a quotation that no verb of saying gives a speaker.

    The subject before a colon (`Il sindaco perde la pazienza: «…»`), or the speaker or subject of the sentence before
    where a verb of saying has none (`«…», ha aggiunto.`).
    """
    opened = here.quotes[0][0] if here.quotes else 0
    if opened > 0 and here.folded[:opened].rstrip().endswith(":"):
        return _first_subject(here)
    goes_on = rule("speakers", "elided" if here.quotes else "own_view").search(here.folded)
    if previous and goes_on:
        return previous.speaker or _first_subject(previous)
    return None


def _first_subject(context: Context) -> str | None:
    """The subject of the first verb that is known for one, else the noun phrase that opens the sentence."""
    verb = phrases.first_verb(context.plain, 0, len(context.plain))
    name = _cut(context.text, phrases.subject(context.plain, verb)) if verb else None
    opens = rule("speakers", "names_first").match(context.folded)
    name = name or (context.text[slice(*opens.span("who"))] if opens else None)
    return name if name and (kind_of(name) is not Speaker.UNKNOWN or rule("speakers", "telling").search(name)) else None


def _in_paragraph(rough: list[Context], article: Article, here: Context) -> Context | None:
    """The sentence of the same paragraph that names who speaks in its quotation."""
    paragraph = article.sentences[here.index].paragraph
    same = [c for c in rough if article.sentences[c.index].paragraph == paragraph and c.voices and c.quotes]
    before = [c for c in same if c.index < here.index]
    after = [c for c in same if c.index > here.index]
    begun_earlier = here.quotes[0][0] < 0
    if before and (begun_earlier or not after):
        return before[-1]
    return after[0] if after else None


def _before(rough: list[Context], index: int) -> Context | None:
    """The sentence before, when it introduces the quotation."""
    previous = rough[index - 1] if index else None
    if not previous or not previous.voices:
        return None
    introduces = previous.folded.rstrip().endswith(":") or rough[index].quotes[0][0] <= 0
    return previous if introduces else None


def _fragment_after(rough: list[Context], index: int) -> Context | None:
    """The sentence after the end of the quotation, when it does nothing but name the speaker."""
    for candidate in rough[index + 1 : index + 4]:
        if not candidate.quotes or candidate.voices:
            return candidate if _names_speaker(candidate) else None
    return None


def _names_speaker(context: Context) -> bool:
    """Whether a sentence begins by naming who has just spoken (`Ha affermato il ministro.`)."""
    leads = rule("speakers", "lead").match(context.folded) or rule("speakers", "so").match(context.folded)
    return bool(leads and context.voices)


def _voiced(here: Context, other: Context, joined: int | None = None) -> Context:
    return replace(here, voices=(Voice(other.voices[0].name, 0),), joined=joined)


@lru_cache(maxsize=1)
def _kinds() -> list[tuple[Speaker, re.Pattern[str]]]:
    return [(Speaker(name), phrase("|".join(words))) for name, words in load("speakers.toml").items()]


def kind_of(name: str | None) -> Speaker:
    """What kind of voice a name is: the list of `speakers.toml` with the earliest hit."""
    if not name:
        return Speaker.UNKNOWN
    folded = fold(name)
    hits = [
        (match.start(), rank, kind)
        for rank, (kind, pattern) in enumerate(_kinds())
        if (match := pattern.search(folded))
    ]
    return min(hits)[2] if hits else Speaker.UNKNOWN
