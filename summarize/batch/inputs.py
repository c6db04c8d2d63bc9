"""Find the articles of a run: every name that was asked for ends as an input, a refusal or a counted pass-over."""

from __future__ import annotations

import fnmatch
import glob
import os
import stat
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarize.batch import failures
from summarize.batch.errors import BrokenLink, CannotRead, SpecialFile
from summarize.batch.failures import Failure
from summarize.errors import InputError, NotFound

SUFFIXES = (".txt", ".html", ".htm", ".md")
COMPRESSED = (".gz", ".zst")
DEFAULT_PATTERNS = tuple(f"*{suffix}{packed}" for suffix in SUFFIXES for packed in ("", *COMPRESSED))
JOURNAL = "sunto-journal.sqlite"


@dataclass(frozen=True, slots=True)
class Input:
    """One article to read.

    Attributes:
        name: where it stands in the mirrored tree, `/` between folders; bytes that are no UTF-8 as surrogates.
        path: what to open.

    """

    name: str
    path: str


@dataclass(slots=True)
class Found:
    """What a search came to: `refused` failed, `passed` is covered elsewhere, `ignored` counts other files."""

    inputs: dict[str, Input] = field(default_factory=dict)
    refused: dict[str, Failure] = field(default_factory=dict)
    passed: dict[str, Failure] = field(default_factory=dict)
    ignored: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Walk:
    """What one walk over the folders must remember."""

    found: Found
    patterns: Sequence[str]
    out: tuple[int, int] | None
    read: dict[tuple[int, int], str] = field(default_factory=dict)  # folder → the name it was read under
    linked: deque[tuple[str, str]] = field(default_factory=deque)  # links to folders, after all real folders


def find(arguments: Iterable[str], out: Path, patterns: Sequence[str] = DEFAULT_PATTERNS) -> Found:
    """Find the inputs behind folders, files and glob patterns.

    A single folder is mirrored from its top. Several arguments are mirrored from the working folder; what lies
    outside it keeps its whole path, so that a name never depends on what else was asked for.

    Args:
        arguments: paths or globs; files named outright are taken whatever their suffix.
        out: the output folder, never read as input.
        patterns: which files of a folder are articles; with a `/` matched on the path below the folder.

    """
    paths = [path for argument in arguments for path in _expand(argument)]
    alone = len(paths) == 1 and Path(paths[0]).is_dir()
    walk = _Walk(Found(), patterns, _identity(out))
    for path in paths:
        prefix = "" if alone else _mirrored(path)
        if Path(path).is_dir():
            _folder(walk, path, prefix)
        else:
            _named(walk.found, path, prefix, out)
    while walk.linked:
        path, name = walk.linked.popleft()
        _folder(walk, path, name)
    return walk.found


def overlap(arguments: Iterable[str], out: Path) -> str | None:
    """Say why `out` cannot be the output folder of these inputs, if one of them lies in it or is it."""
    target = out.resolve()
    for argument in arguments:
        if Path(argument).is_dir() and Path(argument).resolve().is_relative_to(target):
            return f"{argument} lies in the output folder {out}: its reports would be read as articles next time"
    return None


def split_list(data: bytes) -> list[str]:
    """The names of a list: separated by NUL where there is one (`find -print0`), else one a line."""
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(part) for part in parts if part.strip()]


def _expand(argument: str) -> list[str]:
    if glob.has_magic(argument) and not os.path.lexists(argument):
        return sorted(glob.glob(argument, recursive=True)) or [argument]  # noqa: PTH207 — keeps odd bytes
    return [argument]


def _mirrored(path: str) -> str:
    full = Path(path).absolute()
    full = Path(os.path.normpath(full))
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full.relative_to(full.anchor)).as_posix()


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _named(found: Found, path: str, name: str, out: Path) -> None:
    """Take a file that was named outright."""
    if Path(path).absolute().is_relative_to(out.absolute()):
        found.passed[name] = Failure("output", "stands in the output folder, which is never read as input")
        return
    _settle(found, path, name)


def _settle(found: Found, path: str, name: str) -> None:
    """Sort a path that is no folder into inputs and refusals, without opening it."""
    try:
        require_regular(path, os.stat(path).st_mode)  # noqa: PTH116 — paths stay strings for odd bytes
    except (OSError, InputError) as error:
        found.refused[name] = failures.of(explain(error, path))
        return
    found.inputs[name] = Input(name, path)


def require_regular(path: str, mode: int) -> None:
    """Raise `SpecialFile` unless `mode` is that of a regular file."""
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket", stat.S_IFDIR: "a folder"}
        kind = kinds.get(stat.S_IFMT(mode), "a device")
        raise SpecialFile(f"is {kind}, not a file")


def explain(error: Exception, path: str) -> Exception:
    """The error of the input that stands behind a refusal of the system."""
    if not isinstance(error, OSError):
        return error
    link = os.path.islink(path)  # noqa: PTH114
    if link and isinstance(error, FileNotFoundError):
        return BrokenLink("is a link to something that does not exist")
    if link and not isinstance(error, PermissionError):
        return BrokenLink(f"is a link that cannot be followed: {error.strerror}")
    if isinstance(error, FileNotFoundError):
        return NotFound("no such file or folder")
    return CannotRead(f"cannot be opened: {error.strerror}")


def _folder(walk: _Walk, path: str, name: str) -> None:
    """Read a folder and those below it; a folder is read once, whatever links lead to it."""
    pending = [(path, name)]
    while pending:
        path, name = pending.pop()
        identity = _identity(Path(path))
        if identity is not None and identity == walk.out:
            walk.found.passed[name or "."] = Failure("output", "is the output folder, which is never read as input")
            continue
        if identity is not None and identity in walk.read:
            first = walk.read[identity] or "."
            walk.found.passed[name or "."] = Failure("read-already", failures.one_line(f"leads to {first}, read there"))
            continue
        if identity is not None:
            walk.read[identity] = name
        try:
            with os.scandir(path) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            walk.found.refused[name or "."] = failures.of(explain(error, path))
            continue
        if name and any(entry.name == JOURNAL for entry in listed):
            walk.found.passed[name] = Failure("output", "is the output folder of another run")
            continue
        pending.extend(reversed(_entries(walk, listed, name)))


def _entries(walk: _Walk, listed: Sequence[os.DirEntry[str]], name: str) -> list[tuple[str, str]]:
    """Sort the entries of one folder; returns the real folders among them."""
    folders = []
    for entry in listed:
        below = f"{name}/{entry.name}" if name else entry.name
        if entry.name.startswith("."):
            walk.found.ignored["hidden"] += 1
        elif entry.is_dir(follow_symlinks=False):
            folders.append((entry.path, below))
        elif _is_folder(entry):
            walk.linked.append((entry.path, below))
        elif matches(below, walk.patterns):
            _settle(walk.found, entry.path, below)
        else:
            walk.found.ignored[Path(entry.name).suffix.lower() or "no suffix"] += 1
    return folders


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether a name is one of the patterns', capitals or not; a pattern with `/` is held against the whole path."""
    folded = name.lower()
    last = folded.rsplit("/", 1)[-1]
    return any(fnmatch.fnmatchcase(folded if "/" in p else last, p.lower()) for p in patterns)
