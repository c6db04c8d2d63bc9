"""What was verified of a model on this machine, so that it need not be verified again at every start.

A record beside the files holds the state of each (size, times of change, inode) as it was when its hash was right, and
where the model then translated its known sentence. A file that was replaced, written to, cut or copied since has
another state, and is read and hashed again. What no state shows is a medium that loses bytes by itself, or somebody
who writes to the disk below the file system: `models verify` reads every byte.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from models import whole

RECORD = "checked.json"
SETTLED = 2_000_000_000  # ns since its last change, from which on another change is sure to show in a file's time
_CPU = ("model name", "flags", "Features")  # of the first processor in /proc/cpuinfo

State = list[int]
"""Size, time of modification, time of any change (ns each), inode."""


def states(folder: Path, names: Iterable[str]) -> dict[str, State]:
    """The state of each file. Raises OSError."""
    return {name: _state(folder / name) for name in names}


def _state(path: Path) -> State:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def age(path: Path) -> None:
    """Set the time of a file just written back, so that any later change to it shows in its time. Raises OSError."""
    past = time.time_ns() - 2 * SETTLED
    os.utime(path, ns=(past, past))


def note(folder: Path, verified: Mapping[str, State]) -> None:
    """Record the files whose hashes are right, in the states that they had before they were read.

    Nothing is recorded where a file changed so lately that a further change might not show, or where the folder
    cannot be written: then the next start reads them again. What is recorded is on the disk first: a machine that
    loses power keeps states and loses bytes.
    """
    if max(modified for _, modified, _, _ in verified.values()) > time.time_ns() - SETTLED:
        return
    try:
        for name in verified:
            with (folder / name).open("r+b") as stream:
                os.fsync(stream.fileno())
    except OSError:
        return
    _write(folder, {"files": dict(verified)})


def unchanged(folder: Path, required: str) -> bool:
    """Whether the files of the record, `required` one of them, are in the states that they were verified in."""
    files = _read(folder).get("files")
    if not isinstance(files, dict) or required not in files:
        return False
    try:
        return states(folder, files) == files
    except OSError:
        return False


def note_proof(folder: Path) -> None:
    """Record that the model translated its known sentence here; lost where its files are not recorded."""
    if "files" in (record := _read(folder)):
        _write(folder, record | {"proven": circumstances()})


def proven(folder: Path, required: str) -> bool:
    """Whether these very files have translated the known sentence under the same circumstances."""
    return _read(folder).get("proven") == circumstances() and unchanged(folder, required)


def circumstances() -> dict[str, str]:
    """What the output of a model hangs on beside its files: the code that runs it, and the processor."""
    import onnxruntime
    import tokenizers

    from models.version import VERSION

    return {
        "sunto": VERSION,
        "onnxruntime": onnxruntime.__version__,
        "tokenizers": tokenizers.__version__,
        "processor": _processor(),
    }


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as stream:
            first = stream.read(1 << 13).split("\n\n")[0]
        return "\n".join(line for line in first.splitlines() if line.startswith(_CPU))
    except OSError:
        import platform

        return f"{platform.machine()} {platform.node()}"


def _read(folder: Path) -> dict[str, Any]:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write(folder: Path, record: Mapping[str, Any]) -> None:
    with suppress(OSError):
        whole.write(folder / RECORD, json.dumps(record, indent=2).encode())
