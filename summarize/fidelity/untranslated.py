"""Text left in Italian."""

from models import wordlists
from summarize.document import Finding
from summarize.fidelity.identifiers import identifiers
from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Pair, Word

FUNCTION = frozenset(table("italian")["words"])
WEAK = frozenset(table("italian")["weak"])
CONTENT = 5  # letters of a word that is no function word in any language
KNOWN_FROM = 6  # letters from which a single word is looked up


def check(pair: Pair) -> list[Finding]:
    """Find runs of the English side that are the Italian's own words, function words among them.

    A name keeps its Italian ("la Gazzetta dello Sport"), so words with a capital count for nothing.
    """
    source = {word.text.lower() for word in pair.it_words}
    findings = []
    run: list[Word] = []
    named = tuple(identifiers(pair.en).values())
    for word in (*pair.en_words, None):
        if named and word and any(start <= word.start < end for start, end in named):
            continue
        if word and word.text.lower() in source:
            run.append(word)
            continue
        if italian(run):
            findings.append(pair.finding("untranslated", en=(run[0].start, run[-1].end)))
        else:
            name = any(w.capitalised for w in run)
            findings += [pair.finding("untranslated", en=w.span) for w in run if not name and left_over(w, pair)]
        run = []
    return findings


def italian(run: list[Word]) -> bool:
    """Whether words that both sides share, in a row, are Italian prose and not a name."""
    if len(run) < 2:
        return False
    small = [w.text for w in run if not w.capitalised]
    points = sum(0.5 if w in WEAK else 1 for w in small if w in FUNCTION)
    content = [w for w in small if w not in FUNCTION and len(w) >= CONTENT]
    return (points >= 2 and len(small) > points and len(small) > len(run) / 3) or (points >= 1 and len(content) >= 2)


def left_over(word: Word, pair: Pair) -> bool:
    """Whether a single word in lower case, not quoted, is Italian and not English."""
    if word.capitalised or len(word.text) < KNOWN_FROM or not word.text.isascii() or word.text in FUNCTION:
        return False
    if word.text[-1] not in "aeio" or pair.en[word.start - 1 : word.start] in (
        "'",
        '"',
        "“",
        "«",
        "‘",
        "(",
        "/",
        ".",
        "@",
    ):
        return False
    if pair.en[word.end : word.end + 1] in ("@", "/"):
        return False
    return only_italian(word.text)


def only_italian(word: str) -> bool:
    """Whether the dictionaries know a word as Italian and not as English."""
    return wordlists.known(word, "it") and not wordlists.known(word, "en")
