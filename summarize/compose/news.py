"""An article without attribution: the two or three sentences that carry its news."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from summarize.compose.content import nested, reliable
from summarize.document import Article, Clause, Rendition

SHORTEST = 8  # words: less is a heading or a caption
COUNT = 3
EARLY = 12  # sentences over which position counts


def content_words(text: str) -> set[str]:
    """Words long enough to carry a subject, cut to a stem of six letters so that inflection does not matter."""
    return {word[:6] for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


def ranked(article: Article, renditions: Sequence[Rendition]) -> list[int]:
    """Sentences by how much of the title they share and how early they stand, best first."""
    subject = content_words(article.title or (article.sentences[0].text if article.sentences else ""))
    scores: dict[int, float] = {}
    for index, sentence in enumerate(article.sentences):
        heading = article.paragraphs[sentence.paragraph].heading if article.paragraphs else False
        if heading or len(sentence.text.split()) < SHORTEST or not reliable(renditions[index]):
            continue
        words = content_words(sentence.text)
        overlap = len(words & subject) / (len(subject) or 1)
        scores[index] = overlap + max(0.0, 1 - index / EARLY) + (0.5 if index == 0 else 0.0)
    return sorted(scores, key=lambda index: -scores[index])


def news(article: Article, renditions: Sequence[Rendition], budget: int, used: Collection[int] = ()) -> list[Clause]:
    """Clauses for the best sentences that fit into `budget` words and are not `used` yet, in the article's order."""
    chosen: list[int] = []
    left = budget - 3  # "The article reports:"
    for index in ranked(article, renditions):
        if index in used:
            continue
        length = len(renditions[index].en.split())
        if length <= left:
            chosen.append(index)
            left -= length
        if len(chosen) == COUNT:
            break
    clauses = []
    for position, index in enumerate(sorted(chosen)):
        lead = "The article reports: " if position == 0 else ""
        clauses.append(Clause(f"{lead}“{nested(renditions[index].en)}”", "news", sentences=(index,)))
    return clauses
