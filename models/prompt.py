"""The words around a source sentence, as the adapter was trained with them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from models import hints
from models.building import LEXICON, PROMPT, RENDERINGS
from models.coverage import Known, Table

if TYPE_CHECKING:
    from models.translator import Proposals


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words around a source sentence, as in training.

    Attributes:
        before: the same for all; the model's state after it is kept in memory.
        after: what follows the source, and the hints where it was trained with them.
        stop: ends the translation.
        known_source, known_start: a sentence and how its translation begins.
        lexicon: proposes the hints; None without them.
        proposals: of a glossary, which go before those of the lexicon.
        known: tells what a translation leaves out; None where nothing is known.

    """

    before: str
    after: str
    stop: str
    known_source: str
    known_start: str
    lexicon: hints.Lexicon | None = None
    proposals: Proposals | None = None
    known: Known | None = None

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read `prompt.toml`, and the lexicon and what else is known of words if the prompt has a place for hints."""
        table = tomllib.loads((folder / PROMPT).read_text(encoding="utf-8"))
        before, _, rest = table["template"].partition("{source}")
        answer = table["known_answer"]
        lexicon = hints.load(folder / LEXICON) if "{hints}" in rest else None
        renderings = folder / RENDERINGS
        known = Known(Table.load(renderings), lexicon) if lexicon and renderings.exists() else None
        after = rest.replace("{hints}", "")
        return cls(before, after, table["stop"], answer["source"], answer["starts"], lexicon, known=known)

    def around(self, sentence: str) -> str:
        """All that the model reads, but for its mark of a beginning."""
        told, proposed = self.told(sentence)
        return f"{self.before}{told}{hints.line(proposed)}{self.after}"

    def told(self, sentence: str) -> tuple[str, tuple[hints.Hint, ...]]:
        """The sentence with the firm terms of a glossary in it, and what else the glossary and the lexicon propose."""
        proposed = self.proposals(sentence) if self.proposals else ()
        for each in proposed:
            if each.firm:
                words = rf"(?<!\w){re.escape(each.source)}(?!\w)"
                sentence = re.sub(words, each.target.replace("\\", r"\\"), sentence)
        if not self.lexicon:  # the prompt has no place for hints
            return sentence, ()
        first = [hints.Hint(each.source, each.target) for each in proposed if not each.firm]
        return sentence, hints.merged(first, self.lexicon.hints(sentence), sentence)
