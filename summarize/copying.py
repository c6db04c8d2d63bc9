"""Names that nobody translates, such as malware's, are copied from the Italian where a letter or two came out wrong."""

import re

from summarize.fidelity.spelling import distance

# Five letters or more, all of them capitals, or with a digit or a capital inside: MISTCLOAK, NoName057, LockBit.
CODE_NAME = re.compile(r"(?<![\w-])(?=[\w-]{5})(?:[A-Z]{5,}|[A-Z]\w*[A-Z\d]\w*)(?![\w-])")
PART = 4  # a name may have one letter wrong for so many


def copied(italian: str, english: str) -> str:
    """The English with each such name as the Italian writes it, where one there is like no other.

    A sentence in capitals has none: its names cannot be told from its words.
    """
    if italian.isupper():
        return english
    mine, theirs = (list(dict.fromkeys(CODE_NAME.findall(text))) for text in (italian, english))
    lost = [name for name in mine if name not in english]
    strange = [name for name in theirs if name not in italian]
    for name in lost:
        close = [other for other in strange if alike(name, other)]
        if len(close) == 1:
            english = re.sub(rf"(?<!\w){re.escape(close[0])}(?!\w)", name, english)
    return english


def alike(name: str, other: str) -> bool:
    """Whether two code names are one but for a few letters; their digits must be the same."""
    digits = re.sub(r"\D", "", name) == re.sub(r"\D", "", other)
    most = len(name) // PART
    return digits and distance(name.lower(), other.lower(), most) <= most
