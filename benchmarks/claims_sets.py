"""The sentences and short articles that the claim finder is measured on, written for it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from summarize import sentences
from summarize.document import Article, Metadata, Paragraph, Sentence

FOLDER = Path(__file__).with_name("claims")
_SMALL = frozenset(
    ("il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una", "e", "d", "di", "del", "dello", "della", "dei")
) | frozenset(("degli", "delle", "a", "al", "allo", "alla", "ai", "agli", "alle", "da", "dal"))


def words(text: str | None) -> set[str]:
    """The words of a phrase without articles and the commonest prepositions."""
    return {word for word in re.findall(r"\w+", (text or "").lower()) if word not in _SMALL}


def overlap(found: str | None, wanted: str) -> float:
    """F1 of the words of two phrases."""
    ours, theirs = words(found), words(wanted)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sentence must give: `kinds` is A, D, AD or empty, small letters in an article allow what is not asked for.

    `by` and `to` are empty where nothing is asked.
    """

    kinds: str
    by: str
    to: str
    it: str


@dataclass(frozen=True, slots=True)
class Case:
    """A short article and its marked lines."""

    name: str
    article: Article
    wanted: tuple[Wanted, ...]


def article(lines: list[str], title: str | None = None, source: str = "test") -> Article:
    """Make an article of lines, one paragraph each."""
    text = "\n".join(lines)
    paragraphs: list[Paragraph] = []
    found: list[Sentence] = []
    at = 0
    for index, line in enumerate(lines):
        paragraphs.append(Paragraph(line, at, at + len(line)))
        found += [Sentence(line[a:b], at + a, at + b, index) for a, b in sentences.split(line)]
        at += len(line) + 1
    return Article(source, text, Metadata(title=title), tuple(paragraphs), tuple(found))


def sentence_set() -> list[Wanted]:
    """Read `claims/sentences.tsv`."""
    rows = (FOLDER / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [Wanted(kinds.strip("-"), by, to, it) for kinds, by, to, it in fields]


def article_set() -> list[Case]:
    """Read `claims/articles/*.txt`: a headline after `#`, then lines that begin with `.` or `KINDS|by|to`.

    A small letter among the kinds (`a`, `d`) allows a claim that is not asked for.
    """
    return [_case(path) for path in sorted((FOLDER / "articles").glob("*.txt"))]


def _case(path: Path) -> Case:
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    wanted = []
    for row in rows:
        mark, text = _marked(row)
        kinds, by, to = [*mark.split("|"), "", ""][:3]
        wanted.append(Wanted(kinds.strip("."), by, to, text))
    return Case(path.stem, article([each.it for each in wanted], heading.lstrip("# "), path.stem), tuple(wanted))


def _marked(row: str) -> tuple[str, str]:
    """Split a row into its mark and its text; `by` and `to` may hold blanks, so the text starts after two bars."""
    if row.startswith(". "):
        return ".", row[2:]
    kinds, by, rest = row.split("|", 2)
    to, _, text = rest.partition("\t")
    return f"{kinds}|{by}|{to}", text


def digest() -> str:
    """SHA-256 over the whole set: figures are comparable only for the same one."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.t*")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
