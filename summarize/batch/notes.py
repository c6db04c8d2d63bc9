"""A translator that takes notes for one article, and answers from them when it is asked again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from models.translator import Translation

if TYPE_CHECKING:
    from models.translator import Proposal, Proposals, Signature, Translator


def _none(text: str) -> Sequence[Proposal]:
    return ()


class NotedTranslator:
    """The protocol `Translator` over another one, with the answers kept.

    What is not in the notes goes to the translator in one call, so that an answer never depends on what other runs
    asked for: float arithmetic may round a sentence differently in other company. A note holds for a sentence and
    what a glossary proposed for it, so that a changed glossary costs the sentences with a changed term and no others.

    Args:
        translator: to be asked; it knows the proposals.
        notes: what `dump` gave earlier; None to begin with an empty page.
        proposals: of the glossary.

    """

    def __init__(self, translator: Translator, notes: str | None = None, proposals: Proposals = _none) -> None:
        self._translator = translator
        self._proposals = proposals
        kept: Mapping[str, Any] = json.loads(notes) if notes else {}
        self._translations = {key: Translation.of_row(noted) for key, noted in kept.get("translations", {}).items()}
        self._candidates = {
            (int(count), key): [Translation.of_row(noted) for noted in several]
            for count, sentences in kept.get("candidates", {}).items()
            for key, several in sentences.items()
        }

    @property
    def signature(self) -> Signature:
        """That of the translator behind the notes."""
        return self._translator.signature

    def unknown(self, sentences: Iterable[str]) -> list[str]:
        """The sentences that are not in the notes, each once."""
        return [it for it in dict.fromkeys(sentences) if self._key(it) not in self._translations]

    def untried(self, sentences: Iterable[str], count: int) -> list[str]:
        """The sentences without so many candidates in the notes, each once."""
        return [it for it in dict.fromkeys(sentences) if (count, self._key(it)) not in self._candidates]

    def learn(self, translations: Mapping[str, Translation]) -> None:
        """Note translations that were made together with those of other articles."""
        self._translations.update({self._key(it): each for it, each in translations.items()})

    def learn_candidates(self, candidates: Mapping[str, list[Translation]], count: int) -> None:
        """Note candidates likewise."""
        self._candidates.update({(count, self._key(it)): several for it, several in candidates.items()})

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        """As `Translator.translate`."""
        if missing := self.unknown(sentences):
            self.learn(dict(zip(missing, self._translator.translate(missing), strict=True)))
        if progress is not None:
            progress(len(sentences))
        return [self._translations[self._key(it)] for it in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        """As `Translator.candidates`."""
        if missing := self.untried(sentences, count):
            found = self._translator.candidates(missing, count)
            self.learn_candidates(dict(zip(missing, found, strict=True)), count)
        return [self._candidates[count, self._key(it)] for it in sentences]

    def dump(self) -> str:
        """The notes as JSON."""
        candidates: dict[str, dict[str, list[Any]]] = {}
        for (count, key), several in self._candidates.items():
            candidates.setdefault(str(count), {})[key] = [each.row() for each in several]
        translations = {key: each.row() for key, each in self._translations.items()}
        return json.dumps({"translations": translations, "candidates": candidates})

    def _key(self, it: str) -> str:
        return "\n".join([it, *(f"{each.source} = {each.target}" for each in self._proposals(it))])
