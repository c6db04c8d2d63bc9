"""Names of outputs: the input's whole name plus the suffix of the format, so `a.txt` and `a.html` never meet.

The map is a pure function of the set of names: no order, no clock, no earlier run has a say.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator

SUFFIX = {"json": ".json", "markdown": ".md", "html": ".html", "text": ".txt"}
OWN = ("index.jsonl", "index.csv", "errors.jsonl", "sunto-journal.sqlite", ".partial")
LONGEST = 240  # bytes of one part of a path; file systems allow 255


def outputs(names: Collection[str], form: str) -> dict[str, str]:
    """Map each input's name to its output's, relative to the output folder.

    Names that a file system without capitals would take for one get a mark made from their exact bytes, and so
    does a file that would stand where another input needs a folder, or where sunto keeps its own files.
    """
    plain = {name: _short(name, SUFFIX[form]) for name in names}
    taken = Counter(_key(path) for path in plain.values())
    folders = {folder for path in plain.values() for folder in _folders(_key(path))}
    own = set(OWN)

    def settled(name: str, path: str) -> str:
        key = _key(path)
        if taken[key] > 1 or key in folders or key.split("/", 1)[0] in own:
            return _marked(path, SUFFIX[form], name)
        return path

    return {name: settled(name, path) for name, path in plain.items()}


def display(name: str) -> str:
    r"""The name as valid Unicode: bytes that are no UTF-8 show as `\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _key(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _folders(path: str) -> Iterator[str]:
    parts = path.split("/")[:-1]
    for end in range(1, len(parts) + 1):
        yield "/".join(parts[:end])


def _mark(name: str) -> str:
    return "~" + hashlib.sha256(os.fsencode(name)).hexdigest()[:12]


def _marked(path: str, suffix: str, name: str) -> str:
    """The mark goes on the first folder where that one clashes, else before the suffix."""
    top, _, rest = path.partition("/")
    if rest and _key(top) in OWN:
        return f"{top}{_mark(top)}/{rest}"
    return path.removesuffix(suffix) + _mark(name) + suffix


def _short(name: str, suffix: str) -> str:
    folder, slash, last = name.rpartition("/")
    raw = os.fsencode(last)
    if len(raw) + len(suffix) > LONGEST:
        last = raw[: LONGEST - 40].decode("utf-8", "ignore") + _mark(last)
    return folder + slash + last + suffix
