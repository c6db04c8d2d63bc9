"""Who keeps both sides? `python -m benchmarks.both_sides FOLDER`, on the labelled articles that have both.

For each way of cutting an article short: the share of these articles where what is left holds a labelled attribution
and a labelled denial, and each alone. All get the same cleaned sentences. Ours is the evidence of the first
attribution and the first denial, two sentences; lead-3 and sumy's summarizers give three, lede its default length.
sumy and lede are peers, no dependencies: `pip install sumy lede`; without them their lines say so.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.claims_labelled import articles, same
from summarize.claims import find
from summarize.document import Article

Cut = Callable[[Article], list[str]]
SENTENCES = 3


def ours(article: Article) -> list[str]:
    """The evidence of the first attribution and of the first denial."""
    found = find(article)
    return [claim.it for claim in (*found.attributions[:1], *found.denials[:1])]


def lead(article: Article) -> list[str]:
    """The first three sentences."""
    return [sentence.text for sentence in article.sentences[:SENTENCES]]


class Words:
    """Stands in for sumy's tokenizer, which would fetch data: our sentences, plain words."""

    def to_words(self, text: str) -> list[str]:
        """Split into words."""
        return re.findall(r"\w+", text.lower())


def sumy(module: str, name: str) -> Cut:
    """One of sumy's summarizers with its Italian stemmer and stop words."""
    dom = import_module("sumy.models.dom")
    stemmer = import_module("sumy.nlp.stemmers").Stemmer("italian")
    summarizer: Any = getattr(import_module(f"sumy.summarizers.{module}"), name)(stemmer)
    summarizer.stop_words = import_module("sumy.utils").get_stop_words("italian")

    def cut(article: Article) -> list[str]:
        sentences = [dom.Sentence(sentence.text, Words()) for sentence in article.sentences]
        document = dom.ObjectDocumentModel([dom.Paragraph(sentences)])
        return [str(sentence) for sentence in summarizer(document, SENTENCES)]

    return cut


def lede() -> Cut:
    """The deterministic summarizer lede at its default length."""
    module = import_module("lede")
    return lambda article: [str(module.summarize("\n\n".join(article.body)))]


def peers() -> dict[str, Cut | str]:
    """Every way to cut by name; a reason where the package is not there."""
    wanted: dict[str, Callable[[], Cut]] = {
        "sumy TextRank": lambda: sumy("text_rank", "TextRankSummarizer"),
        "sumy LexRank": lambda: sumy("lex_rank", "LexRankSummarizer"),
        "sumy LSA": lambda: sumy("lsa", "LsaSummarizer"),
        "lede": lede,
    }
    ready: dict[str, Cut | str] = {"sunto": ours, "lead-3": lead}
    for name, make in wanted.items():
        try:
            ready[name] = make()
        except ImportError as missing:
            ready[name] = f"not measured: {missing}"
    return ready


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    cases = [
        (article, label)
        for article, label in articles(parser.parse_args().folder)
        if label["attribution_sentence"] and label["denial_sentence"]
    ]
    print(f"{'':16s}both sides  attribution  denial   words   (of {len(cases)} articles)")
    for name, cut in peers().items():
        if isinstance(cut, str):
            print(f"{name:16s}{cut}")
            continue
        both = blamed = denied = words = 0
        for article, label in cases:
            left = cut(article)
            words += sum(len(text.split()) for text in left)
            has_blame = any(same(text, each) for text in left for each in label["attribution_sentence"])
            has_denial = any(same(text, each) for text in left for each in label["denial_sentence"])
            both += has_blame and has_denial
            blamed += has_blame
            denied += has_denial
        count = len(cases)
        print(f"{name:16s}{both / count:10.3f}{blamed / count:13.3f}{denied / count:8.3f}{words / count:8.0f}")


if __name__ == "__main__":
    main()
