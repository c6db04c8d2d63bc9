"""Do summaries tell both sides? `python -m benchmarks.summaries [FOLDER] [--gate]`.

Of the labelled articles that have an attribution and a denial: the share whose summary rests on a labelled sentence of
each (both-sides recall), and of each kind alone. A summary rests on the sentences that its clauses point to. Beside it
stand the first three sentences of the same cleaned text (lead-3) and, where they are installed, the extractive
summarizers of sumy with the same three sentences.

No model is needed: which sentences a summary rests on depends on the claims alone, and each sentence stands for its
own translation here. `--gate` exits with 1 when the recall falls below the floor of `benchmarks/summaries.toml`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize import pipeline
from summarize.compose import compose
from summarize.document import Article, Rendition
from summarize.sentences import split

SHARED = Path(__file__).parents[2] / "shared" / "articles" / "dev"
FLOORS = Path(__file__).with_suffix(".toml")
SAME = 0.6  # share of words from which two sentences count as the same
LEAD = 3
PEERS = {
    "textrank": "text_rank.TextRankSummarizer",
    "lexrank": "lex_rank.LexRankSummarizer",
    "lsa": "lsa.LsaSummarizer",
}

Summarizer = Callable[[Article], list[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with its labelled sentences."""

    article: Article
    attributions: tuple[str, ...]
    denials: tuple[str, ...]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower().replace("’", "'")))


def same(one: str, other: str) -> bool:
    """Two sentences are the same when they share most of their words, or one holds the other."""
    first, second = words(one), words(other)
    if not first or not second:
        return False
    within = min(len(first), len(second)) > 4 and (first <= second or second <= first)
    return within or 2 * len(first & second) / (len(first) + len(second)) >= SAME


def labelled(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*.txt")):
        labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if labels["has_attribution"] and labels["has_denial"] and not labels.get("borderline"):
            article = pipeline.article(path)
            yield Labelled(article, tuple(labels["attribution_sentence"]), tuple(labels["denial_sentence"]))


def ours(article: Article) -> list[str]:
    renditions = [Rendition(sentence, sentence.text) for sentence in article.sentences]
    summary = compose(article, pipeline.claims(article), renditions)
    return [article.sentences[index].text for clause in summary.clauses for index in clause.sentences]


def lead(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences[:LEAD]]


class Lines:
    """A tokenizer for sumy that needs no download: the sentences of the pipeline, words of letters and digits."""

    def to_sentences(self, text: str) -> list[str]:
        """Cut a paragraph."""
        return [text[start:end] for start, end in split(text)]

    def to_words(self, sentence: str) -> list[str]:
        """Cut a sentence."""
        return re.findall(r"\w+", sentence.lower())


def peer(path: str) -> Summarizer:
    """One of sumy's summarizers, three sentences of Italian."""
    from sumy.parsers.plaintext import (  # noqa: PLC0415 - a peer that need not be there
        PlaintextParser,
    )

    module, name = path.split(".")
    summarizer = getattr(importlib.import_module(f"sumy.summarizers.{module}"), name)()

    def summarize(article: Article) -> list[str]:
        text = "\n".join(sentence.text for sentence in article.sentences)
        document = PlaintextParser.from_string(text, Lines()).document
        return [str(sentence) for sentence in summarizer(document, LEAD)]

    return summarize


def told(sentences: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(same(sentence, each) for sentence in sentences for each in wanted)


def score(name: str, summarizer: Summarizer, articles: Sequence[Labelled]) -> float:
    """Print a row of the table and give back its both-sides recall."""
    pairs = []
    for each in articles:
        sentences = summarizer(each.article)
        pairs.append((told(sentences, each.attributions), told(sentences, each.denials)))
    count = len(articles) or 1
    blame = sum(attribution for attribution, _ in pairs) / count
    denial = sum(denied for _, denied in pairs) / count
    both = sum(attribution and denied for attribution, denied in pairs) / count
    print(f"{name:10} attribution {blame:.2f}  denial {denial:.2f}  both {both:.2f}  (n={len(articles)})")
    return both


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, nargs="?", default=SHARED)
    arguments.add_argument("--gate", action="store_true")
    given = arguments.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder}: no labelled articles here; name a folder with .txt and .json files")
    articles = list(labelled(given.folder))
    both = score("sunto", ours, articles)
    score("lead-3", lead, articles)
    for name, path in PEERS.items():
        try:
            score(name, peer(path), articles)
        except ImportError:
            print(f"{name:10} not installed (pip install sumy)")
    floor = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["both"]
    if given.gate and both < floor:
        sys.exit(f"both-sides recall {both:.2f} is below the floor {floor:.2f}")


if __name__ == "__main__":
    main()
