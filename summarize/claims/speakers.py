"""Who speaks: `secondo X`, reported speech, quotations and their speakers, also across a line break."""

import re
from dataclasses import dataclass
from functools import lru_cache

from summarize.claims import phrases
from summarize.claims.lexicon import load, phrase, speech_verbs
from summarize.claims.text import Span, fold, inside, quotations
from summarize.document import Article, Speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a sentence.

    Attributes:
        name: as the Italian has it.
        start: where the words that name the act of speaking stand in the sentence.
        how: `source` (secondo X), `reported` (X afferma che), `quote` (the speaker of a quotation) .

    """

    name: str
    start: int
    how: str


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence with what the rules need of its surroundings.

    Attributes:
        folded, plain: its folded text, and the same with bracketed asides blanked.
        quotes: spans of quotations inside the sentence.
        voices: who speaks in it, in order; the speaker of a quotation may come from a neighbour.
        joined: index of the neighbouring fragment that names the speaker (`Ha affermato il ministro.`), if any.

    """

    index: int
    text: str
    folded: str
    plain: str
    quotes: tuple[Span, ...]
    voices: tuple[Voice, ...]
    heading: bool
    joined: int | None = None

    @property
    def speaker(self) -> str | None:
        """Who speaks, when the sentence says."""
        return self.voices[0].name if self.voices else None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of this module, compiled on first use."""
    verbs = speech_verbs()
    source = (
        r"(?:secondo|stando a(?:l|lla|ll'|i|gli|lle)?|a detta d(?:i|el|ella|ell'|egli|ei|elle)|a dire d(?:i|el|ella|ell'|egli|ei|elle)|ad avviso d(?:i|el|ella|ell'|egli|ei|elle)"
        r"|a giudizio d(?:i|el|ella|ell'|egli|ei|elle)|per (?:voce|bocca) d(?:i|el|ella|ell'|egli|ei|elle)|come (?:nota|riporta|riportano|riferisce|riferiscono|scrive|scrivono|afferma|spiega|sostiene)|sempre secondo)"
    )
    said = r"quanto (?:\w+ ){0,2}?(?:riporta\w*|riferi\w*|scri\w*|sostien\w*|sostenut\w*|affermat\w*|dichiarat\w*|emers\w*|rivelat\w*|ricostruit\w*|comunicat\w*|appres\w*|pubblicat\w*)(?: (?:da|dal|dalla|dall'|dallo|dai|dagli|dalle))?"
    return {
        "source": phrase(rf"{source}(?: {said})?"),
        "speech": re.compile(rf"(?<!\w)(?:{verbs})(?!\w)"),
        "fragment": re.compile(
            rf"[\s\"-]*(?:(?:così|parola di|a (?:dirlo|affermarlo|dichiararlo|sostenerlo|riferirlo|parlare) (?:è|sono|è stato|è stata|sono stati)|è quanto|lo|queste le parole d\w+'?|sono (?:le )?parole d\w+'?|questo)\s+)?(?:(?:ha|hanno)\s+)?(?:{verbs})?(?!\w)"
        ),
        "lead": re.compile(rf"[\s\"-]*(?:lo |li |così |questo )?(?:{verbs})(?!\w)"),
        "so": re.compile(
            r"[\s\"-]*(?:così|parola di|a (?:dirlo|affermarlo|dichiararlo|sostenerlo) (?:è|sono|è stato|è stata|sono stati)|lo)\s"
        ),
    }


def _cut(text: str, span: Span | None) -> str | None:
    return " ".join(text[span[0] : span[1]].split()) if span else None


def _local(text: str, folded: str, plain: str, quotes: list[Span]) -> list[Voice]:
    """The speakers that a sentence names itself."""
    found: list[Voice] = []
    for match in _patterns()["source"].finditer(folded):
        if inside(match.start(), quotes) or re.search(
            r"(?<![\w'])(?:il|del|al|nel|un|ogni|dal|sul)\s+$", folded[: match.start()]
        ):
            continue
        span = phrases.complement(folded, match.end())
        name = _cut(text, span)
        if name and not re.match(
            r"(?:errore|trimestre|semestre|posto|tempo|caso|livello|turno|quanto|grado|me\b|cui\b)",
            fold(name),
        ):
            found.append(Voice(name, match.start(), "source"))
    opening = re.match(r"[\s\"]*per (?=(?:il|lo|la|l'|i|gli|le)(?![\w]))", folded)
    if opening:
        name = _cut(text, phrases.complement(folded, opening.end()))
        if kind_of(name) is not Speaker.UNKNOWN:
            found.append(Voice(name or "", 0, "source"))
    for match in _patterns()["speech"].finditer(folded):
        if inside(match.start(), quotes):
            continue
        name = _speaking(text, plain, match, quotes)
        if name:
            touching = any(abs(match.start() - end) < 12 or abs(start - match.end()) < 25 for start, end in quotes)
            found.append(Voice(name, match.start(), "quote" if touching else "reported"))
    return found


def _speaking(text: str, folded: str, verb: re.Match[str], quotes: list[Span]) -> str | None:
    """The subject of a verb of saying: after it when it follows a quotation, before it otherwise."""
    before = folded[: verb.start()].rstrip()
    inverted = not before or before[-1] in '",-' or re.search(r"(?:così|lo)$", before)
    if inverted:
        after = _cut(text, phrases.complement(folded, verb.end()))
        if after and re.match(r"(?:di|a|in|su|da|con)\s", fold(after)) is None:
            return after
    floor = max((end for _, end in quotes if end <= verb.start()), default=0)
    return _cut(text, phrases.subject(folded, verb.start(), floor))


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
    return [_with_neighbours(rough, article, index) for index in range(len(rough))]


def _with_neighbours(rough: list[Context], article: Article, index: int) -> Context:
    """Give a quotation without a speaker the one that a neighbour names."""
    here = rough[index]
    if not here.quotes or here.voices:
        return here
    paragraph = article.sentences[index].paragraph
    following = rough[index + 1] if index + 1 < len(rough) else None
    if (
        following
        and not following.quotes
        and len(following.folded) < 160
        and following.voices
        and (_patterns()["lead"].match(following.folded) or _patterns()["so"].match(following.folded))
    ):
        return _voiced(here, following, joined=index + 1)
    same = [c for c in rough if article.sentences[c.index].paragraph == paragraph and c.voices and c.quotes]
    after = [c for c in same if c.index > index]
    before = [c for c in same if c.index < index]
    if before and here.quotes[0][0] < 0:
        return _voiced(here, before[-1])
    if after:
        return _voiced(here, after[0])
    if before:
        return _voiced(here, before[-1])
    previous = rough[index - 1] if index else None
    if previous and previous.voices and (previous.folded.rstrip().endswith(":") or here.quotes[0][0] <= 0):
        return _voiced(here, previous)
    fragment = _fragment_after(rough, article, index)
    return _voiced(here, fragment, joined=fragment.index if fragment.index == index + 1 else None) if fragment else here


def _fragment_after(rough: list[Context], article: Article, index: int) -> Context | None:
    """The sentence after the end of the quotation, when it does nothing but name the speaker."""
    for candidate in rough[index + 1 : index + 4]:
        if candidate.quotes and not candidate.voices:
            continue
        leads = _patterns()["lead"].match(candidate.folded) or _patterns()["so"].match(candidate.folded)
        return candidate if leads and candidate.voices else None
    return None


def _voiced(here: Context, other: Context, joined: int | None = None) -> Context:
    voice = Voice(other.voices[0].name, 0, "quote")
    return Context(here.index, here.text, here.folded, here.plain, here.quotes, (voice,), here.heading, joined)


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
