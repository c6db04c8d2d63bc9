"""Several articles in one batch: two calls to the engine, whatever their number, and the bytes of one by one."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from batch_fakes import article

from models.translator import Proposal, Proposals, Signature, Translation, Translator
from summarize.batch import work
from summarize.batch.work import Finished, Prepared, Reading
from summarize.glossary import Term


@dataclass
class Forgetful:
    """Loses every number, unless it is asked for candidates; counts its calls."""

    calls: list[tuple[str, int]] = field(default_factory=list)
    signature: Signature = field(default_factory=lambda: Signature("forgetful", "none"))

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        self.calls.append(("translate", len(sentences)))
        return [Translation("Nobody said it.", -0.5) for _ in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        self.calls.append(("candidates", len(sentences)))
        return [[Translation(f"He said: {it}", -0.4)] for it in sentences]


def prepared(number: int, notes: str | None = None) -> Prepared:
    found = work.read(Reading(f"{number}.txt", "", None, force=False, data=article(number).encode()))
    assert isinstance(found, Prepared)
    return Prepared(found.name, found.content, found.article, found.claims, found.seconds, notes)


def finished(results: Sequence[object]) -> list[Finished]:
    assert all(isinstance(result, Finished) for result in results), results
    return [result for result in results if isinstance(result, Finished)]


def test_a_batch_is_translated_in_one_call_and_decoded_again_in_another() -> None:
    engine = Forgetful()
    results = finished(work.finish([prepared(number) for number in range(5)], engine, "json"))
    assert [call for call, _ in engine.calls] == ["translate", "candidates"]
    assert b"He said: Secondo il rapporto" in results[0].data
    assert all(result.seconds > 0 for result in results)


def test_the_bytes_are_those_of_one_by_one() -> None:
    together = finished(work.finish([prepared(1), prepared(2)], Forgetful(), "json"))
    alone = [finished(work.finish([prepared(number)], Forgetful(), "json"))[0] for number in (1, 2)]
    assert [result.data for result in together] == [result.data for result in alone]


def test_notes_leave_nothing_to_ask() -> None:
    (first,) = finished(work.finish([prepared(1)], Forgetful(), "json"))
    engine = Forgetful()
    (again,) = finished(work.finish([prepared(1, first.notes)], engine, "json"))
    assert engine.calls == []
    assert again.data == first.data


def test_the_glossary_is_in_the_report_and_its_signature() -> None:
    terms = (Term("agenzia", ("agency of ours",), own=True),)
    (without,) = finished(work.finish([prepared(1)], Forgetful(), "json"))
    (with_terms,) = finished(work.finish([prepared(1)], Forgetful(), "json", terms))
    assert "glossary" not in json.loads(without.data)["signature"]
    assert json.loads(with_terms.data)["signature"]["glossary"]
    assert b'"agenzia"' in with_terms.data
    assert b'"agenzia"' not in without.data


def test_the_engine_is_told_the_glossary() -> None:
    told: list[Proposal] = []

    class Listening(Forgetful):
        def advised(self, proposals: Proposals) -> Translator:
            told.extend(proposals("L'agenzia tace."))
            return self

    work.finish([prepared(1)], Listening(), "json", (Term("agenzia", ("watchdog",), own=True),))
    assert Proposal("agenzia", "watchdog", firm=True) in told
