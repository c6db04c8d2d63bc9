"""What a batch has finished, so that no run does it again.

SQLite with a write-ahead log, rather than lines of JSON with checksums: a commit is on the disk or it is not, after
`kill -9`, a power cut or a full disk, and that code has met more broken disks than ours ever will; one article is
looked up without reading all the others into memory; a changed article replaces its entry, where a log would grow and
need to be compacted; and SQLite's lock keeps a second run out of the same folder and dies with its process.
Nothing in it comes from a clock that can be set: an entry holds for a content hash and a signature, whatever the time.

Two tables. `articles`: by name, the content hash and the signature under which it was finished or failed, the hash of
its output, and its row for the index. `translations`: by name and content hash, what the translator answered; written
before the first output that rests on it. A run that was killed between the two takes the same translations up again,
so nothing is translated twice and the bytes cannot differ; a new output format or a new rule needs no translating.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.batch.errors import BatchError, JournalDamaged, OutputUnwritable
from summarize.batch.inputs import JOURNAL
from summarize.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
_TABLES = """
CREATE TABLE articles (name BLOB PRIMARY KEY, status TEXT NOT NULL, content BLOB, signature TEXT NOT NULL,
  output BLOB, output_hash BLOB, seconds REAL NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE translations (name BLOB PRIMARY KEY, content BLOB NOT NULL, translator TEXT NOT NULL,
  memo TEXT NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the journal.

    Attributes:
        status: `done`, `failed`, or `again` when it failed and this run has not come to it yet.
        content: SHA-256 of the input's bytes; None when they could not be read.
        signature: what else the output depends on.
        output: its name below the output folder; of a failed article, the report of an earlier run, set aside.
        output_hash: SHA-256 of the output's bytes.
        seconds: of work, when it was first finished.
        row: what the index and the digest say of it.

    """

    status: str
    content: bytes | None
    signature: str
    output: str | None
    output_hash: bytes | None
    seconds: float
    row: Mapping[str, Any]


class Journal:
    """The journal of one output folder, open for one run.

    Raises:
        OutputUnwritable: the disk is full or read-only, or another run holds the journal.
        JournalDamaged: the file is something else.

    """

    def __init__(self, out: Path) -> None:
        self._path = out / JOURNAL
        with self._explained():
            self._base = sqlite3.connect(self._path, isolation_level=None, timeout=0.5)
            try:
                self._open()
            except BaseException:
                self._base.close()
                raise

    def _open(self) -> None:
        # Exclusive: the log needs no shared memory then, so that the folder may lie on a network disk.
        self._base.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.execute("BEGIN IMMEDIATE")
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in _TABLES.strip().split(";\n"):
                self._base.execute(statement)
            self._base.execute(f"PRAGMA user_version={VERSION}")
        elif version != VERSION:
            raise JournalDamaged(f"{self._path} is of another version of sunto; use another folder with -o")
        self._base.execute("COMMIT")

    def entry(self, name: str) -> Entry | None:
        """What is known of an article."""
        found = self._one(
            "SELECT status, content, signature, output, output_hash, seconds, row FROM articles WHERE name=?",
            name,
        )
        if found is None:
            return None
        status, content, signature, output, output_hash, seconds, row = found
        output = None if output is None else os.fsdecode(output)
        return Entry(status, content, signature, output, output_hash, seconds, json.loads(row))

    def names(self, status: str) -> list[str]:
        """The names of all articles of that status, in the order of their bytes."""
        with self._explained():
            rows = self._base.execute("SELECT name FROM articles WHERE status=? ORDER BY name", (status,))
            return [os.fsdecode(name) for (name,) in rows]

    def record(self, name: str, entry: Entry) -> None:
        """Put an article's entry on the disk; call it after its output is there."""
        output = None if entry.output is None else os.fsencode(entry.output)
        row = json.dumps(entry.row, ensure_ascii=True)
        self._write(
            "INSERT OR REPLACE INTO articles VALUES (?,?,?,?,?,?,?,?)",
            [(os.fsencode(name), entry.status, entry.content, entry.signature, output, entry.output_hash,
              entry.seconds, row)],
        )  # fmt: skip

    def retry_failures(self) -> None:
        """Failed articles are tried again: permission may have been given, a time limit raised."""
        self._write("UPDATE articles SET status='again' WHERE status=?", [("failed",)])

    def memo(self, name: str, content: bytes, translator: str) -> str | None:
        """What the translator of that signature said of these very bytes, if it was asked."""
        found = self._one("SELECT content, translator, memo FROM translations WHERE name=?", name)
        if found is None or tuple(found[:2]) != (content, translator):
            return None
        memo: str = found[2]
        return memo

    def keep(self, translator: str, memos: Mapping[str, tuple[bytes, str]]) -> None:
        """Keep the translations of a whole batch, all or none; `memos` maps a name to (content hash, memo)."""
        rows = [(os.fsencode(name), content, translator, memo) for name, (content, memo) in memos.items()]
        self._write("INSERT OR REPLACE INTO translations VALUES (?,?,?,?)", rows)

    def close(self) -> None:
        """Fold the log into the one file."""
        self._base.close()

    def _one(self, query: str, name: str) -> tuple[Any, ...] | None:
        with self._explained():
            found: tuple[Any, ...] | None = self._base.execute(query, (os.fsencode(name),)).fetchone()
            return found

    def _write(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        with self._explained():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                self._base.executemany(statement, rows)
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _explain(self._path, error) from error


def finished(out: Path) -> Iterator[tuple[str, Entry]]:
    """Read the entries of a folder's finished articles, by name.

    Raises:
        NotFound: no batch was run there.
        BatchError: a run is writing to it, or the journal is damaged.

    """
    if not (out / JOURNAL).is_file():
        raise NotFound(f"no batch was run in {out}: name the folder that `batch` wrote with -o")
    journal = Journal(out)
    try:
        for name in journal.names("done"):
            entry = journal.entry(name)
            if entry is not None:
                yield name, entry
    finally:
        journal.close()


def _explain(path: Path, error: sqlite3.Error) -> BatchError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code
    if code == sqlite3.SQLITE_BUSY:
        return BatchError(f"another run is writing to {path.parent}; wait for it or choose another folder with -o")
    if code == sqlite3.SQLITE_FULL:
        return OutputUnwritable(
            f"cannot write to {path}: disk full; free some space and run again, finished work is kept"
        )
    if code == sqlite3.SQLITE_IOERR:
        return OutputUnwritable(
            f"cannot write to {path}: {error}; see to the disk and run again, finished work is kept"
        )
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return OutputUnwritable(f"cannot write to {path}: {error}; make it writable or choose another folder with -o")
    return JournalDamaged(f"{path} is damaged ({error}); move it away to start this folder anew")
