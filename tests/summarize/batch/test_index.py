"""The tables over a run: every input has its row, every failure its reason."""

import csv
import json
from pathlib import Path

import pytest

from summarize.batch import index, outputs
from summarize.batch.failures import Failure
from summarize.batch.journal import Entry, Journal

ROW = {"title": '=HYPERLINK("http://x.example")', "title_en": "-1", "text": "long", "claims": [], "strength": "alleged"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    outputs.prepare(tmp_path)
    journal = Journal(tmp_path)
    journal.record("b.txt", Entry("done", b"c", "now", "b.txt.json", b"h", 1.23456, ROW))
    journal.record("a.txt", Entry("failed", None, "now", None, None, 0.0, {"kind": "timeout", "reason": "too slow"}))
    row = {"kind": "not-italian", "reason": "English"}
    journal.record("d.txt", Entry("failed", b"c", "now", "d.txt.json.stale", None, 0.0, row))
    journal.record("c.txt", Entry("done", b"c", "before", "c.txt.json", b"h", 1.0, ROW))
    journal.record("z.txt", Entry("done", b"c", "now", "z.txt.json", b"h", 1.0, ROW))
    names = ["c.txt", "b.txt", "a.txt", "caff\udce8.txt", "d.txt"]
    index.write(tmp_path, journal, names, "now", {"giro": Failure("read-already", "leads to .")})
    journal.close()
    return tmp_path


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_input_of_the_run_has_its_row_in_order(out: Path) -> None:
    found = rows(out / "index.jsonl")
    assert [(row["source"], row["status"], row["output"]) for row in found] == [
        ("a.txt", "failed", None),
        ("b.txt", "done", "b.txt.json"),
        ("c.txt", "pending", None),
        ("caff\\xe8.txt", "pending", None),
        ("d.txt", "failed", None),
    ]
    assert found[0]["reason"] == "too slow"
    assert found[1]["seconds"] == 1.235
    assert set(found[1]) == set(index.COLUMNS), "the text stays in the journal"


def test_the_table_says_the_same_and_no_cell_is_a_formula(out: Path) -> None:
    with (out / "index.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["status"] for row in found] == ["failed", "done", "pending", "pending", "failed"]
    assert found[1]["title"] == f"'{ROW['title']}"
    assert found[1]["title_en"] == "'-1"


def test_reasons_tell_failures_from_what_was_passed_over(out: Path) -> None:
    assert rows(out / "errors.jsonl") == [
        {"source": "a.txt", "status": "failed", "kind": "timeout", "reason": "too slow"},
        {
            "source": "d.txt",
            "status": "failed",
            "kind": "not-italian",
            "reason": "English",
            "earlier_report": "d.txt.json.stale",
        },
        {"source": "giro", "status": "passed over", "kind": "read-already", "reason": "leads to ."},
    ]
