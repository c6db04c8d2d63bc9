"""The journal: what it took stays, whatever happens to the process that wrote it."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from summarize.batch.errors import BatchError, JournalDamaged
from summarize.batch.inputs import JOURNAL
from summarize.batch.journal import Entry, Journal

DONE = Entry("done", b"c", "firma", "a.txt.json", b"h", 1.5, {"title": "Città"})
FAILED = Entry("failed", None, "firma", None, None, 0.0, {"kind": "timeout", "reason": "…"})
WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
from summarize.batch.journal import Entry, Journal
journal = Journal(Path(sys.argv[1]))
for number in range(20):
    journal.record(f"{number}.txt", Entry("done", b"c", "s", "o", b"h", 0.0, {}))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path)
    yield journal
    journal.close()


def test_entries_come_back_as_they_went_in(journal: Journal) -> None:
    name = os.fsdecode(b"caff\xe8\n.txt")
    journal.record(name, DONE)
    journal.record("b.txt", FAILED)
    assert journal.entry(name) == DONE
    assert journal.entry("b.txt") == FAILED
    assert journal.entry("c.txt") is None


def test_a_later_entry_takes_the_place_of_the_earlier(journal: Journal) -> None:
    journal.record("a.txt", FAILED)
    journal.record("a.txt", DONE)
    assert journal.entry("a.txt") == DONE


def test_failures_are_tried_again_and_their_earlier_reports_stay_known(journal: Journal) -> None:
    journal.record("a.txt", DONE)
    journal.record("b.txt", replace(FAILED, output="b.txt.json.stale"))
    journal.retry_failures()
    assert journal.entry("a.txt") == DONE
    assert journal.entry("b.txt") == replace(FAILED, status="again", output="b.txt.json.stale")
    assert journal.names("failed") == []


def test_a_memo_holds_for_its_content_and_translator_alone(journal: Journal) -> None:
    journal.keep("motore", {"a.txt": (b"c", "note")})
    assert journal.memo("a.txt", b"c", "motore") == "note"
    assert journal.memo("a.txt", b"d", "motore") is None
    assert journal.memo("a.txt", b"c", "altro") is None
    assert journal.memo("b.txt", b"c", "motore") is None


def test_what_was_recorded_survives_kill(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    journal = Journal(tmp_path)
    assert all(journal.entry(f"{number}.txt") for number in range(20))
    journal.close()


def test_a_second_run_is_kept_out(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="another run"):
        Journal(tmp_path)


@pytest.mark.parametrize("cut", [10, 500, 3000])
def test_a_log_that_was_cut_anywhere_opens_with_what_was_whole(tmp_path: Path, cut: int) -> None:
    subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(tmp_path)], check=False)
    log = tmp_path / f"{JOURNAL}-wal"
    whole = log.read_bytes()
    log.write_bytes(whole[:-cut])
    journal = Journal(tmp_path)
    found = [journal.entry(f"{number}.txt") is not None for number in range(20)]
    journal.close()
    assert found == sorted(found, reverse=True), "later entries without earlier ones"
    assert found[:15] == [True] * 15


def test_something_else_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(b"This is no database.\n" * 100)
    with pytest.raises(JournalDamaged, match="move it away"):
        Journal(tmp_path)


def test_a_journal_of_another_version_is_said(tmp_path: Path) -> None:
    import sqlite3

    base = sqlite3.connect(tmp_path / JOURNAL)
    base.execute("PRAGMA user_version=99")
    base.close()
    with pytest.raises(JournalDamaged, match="another version"):
        Journal(tmp_path)
