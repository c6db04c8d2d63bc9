from collections import Counter

import pytest

from benchmarks import glossary as measure
from summarize import glossary as glossaries
from tests.benchmarks.fakes import Saying


def test_each_sentence_has_its_term_once_and_so_has_its_reference() -> None:
    these = measure.cases()
    terms = measure.glossary(these)
    assert len(these) == 60
    assert min(Counter(case.kind for case in these).values()) >= 20
    for case in these:
        assert [term for term, _ in glossaries.occurring(case.it, terms)] == [case.term], case.it
        assert case.term.right(case.en), case.en


def test_a_placeholder_is_put_back_in_the_number_of_the_italian() -> None:
    case = next(case for case in measure.cases() if case.it.startswith("Gli attaccanti"))
    italian = measure.replaced(case.it, [case.term], lambda _: measure.NONCE)
    assert italian == "Gli Xanor hanno cancellato i registri prima di uscire."
    assert measure.put_back(case, "The Xanor deleted the logs.") == "The threat actors deleted the logs."
    assert measure.put_back(case, "They deleted the logs.") == "They deleted the logs."


def test_every_way_is_measured(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    said = {case.it: ("Something else.", case.en) for case in measure.cases()}
    measure.main(["--cache", f"{tmp_path}/decoded.jsonl"], lambda: Saying(said))
    shown = {line[:18].strip(): line for line in capsys.readouterr().out.splitlines()[1:]}
    assert list(shown) == list(measure.WAYS)
    assert "terms 0/60" in shown["none"]
    assert "terms 60/60" in shown["candidates"]
