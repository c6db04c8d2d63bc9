"""Text left in Italian."""

from summarize.document import Finding
from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Pair, Word

FUNCTION = frozenset(table("italian")["words"])
WEAK = frozenset(table("italian")["weak"])
ENOUGH = 2  # points that make a run Italian: a function word is one, one that other languages share a half


def check(pair: Pair) -> list[Finding]:
    """Find runs of the English side that are the Italian's own words, function words among them.

    A name keeps its Italian ("la Gazzetta dello Sport"), so words with a capital count for nothing.
    """
    source = {word.text.lower() for word in pair.it_words}
    findings = []
    run: list[Word] = []
    for word in (*pair.en_words, None):
        if word and word.text.lower() in source:
            run.append(word)
            continue
        if italian(run):
            findings.append(pair.finding("untranslated", en=(run[0].start, run[-1].end)))
        run = []
    return findings


def italian(run: list[Word]) -> bool:
    """Whether words that both sides share, in a row, are Italian prose and not a name."""
    if len(run) < 2:
        return False
    small = [w.text for w in run if not w.capitalised]
    points = sum(0.5 if w in WEAK else 1 for w in small if w in FUNCTION)
    return points >= ENOUGH and len(small) > len(run) / 3 and len(small) > points
