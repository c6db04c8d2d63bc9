"""The sentences of a folder of articles, translated and repaired as `summarize` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarize import glossary, pipeline, repair
from summarize.document import Sentence

if TYPE_CHECKING:
    from models.translator import Translation, Translator
    from summarize.glossary import Term


@dataclass(frozen=True, slots=True)
class Said:
    """What became of the sentences of some articles: as many first tries, and what was taken after second ones."""

    articles: int
    sources: Sequence[str]
    first: Sequence[Translation]
    taken: Sequence[Translation]
    terms: Sequence[Term]

    def shown(self) -> list[str]:
        """What a reader sees of those taken: their names and terms put right."""
        pairs = zip(self.sources, self.taken, strict=True)
        return [pipeline.rendition(Sentence(it, 0, len(it), -1), en, self.terms).en for it, en in pairs]


def translated(folder: Path, translator: Translator, most: int | None = None) -> Said:
    """Translate the first articles of a folder, all unless told how many."""
    terms = glossary.combined()
    paths = sorted(folder.glob("*.txt"))[:most]
    sources = [sentence.text for path in paths for sentence in pipeline.article(path).sentences]
    told = pipeline.informed(translator, terms)
    first = told.translate(sources)
    return Said(len(paths), sources, first, repair.repair(sources, first, told, terms), terms)
