"""The labelled pages: the project's own, and the labelled articles beside the checkout when they are there.

A `.page` file starts with `outlet: NAME`; every other line is a mark, a space and a line of the page:
`=` body, `-` boilerplate, `:` an entry of the table of contents and the heading it announces, `~` title, standfirst,
byline, date or caption (neither body nor boilerplate). Blank lines stay.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from summarize import reading
from summarize.document import Page

OWN = Path(__file__).parent / "pages"
SHARED = Path(__file__).parent.parent.parent / "shared" / "articles" / "dev"
BODY, BOILERPLATE, NEITHER = 1, 0, -1
MARKS = {"=": BODY, "-": BOILERPLATE, "~": NEITHER, ":": BOILERPLATE}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and one label (`BODY`, `BOILERPLATE`, `NEITHER`) for each of its lines that is not blank."""

    name: str
    outlet: str
    page: Page
    labels: tuple[int, ...]


def own() -> list[Labelled]:
    """The project's own pages."""
    return [_own(path) for path in sorted(OWN.glob("*.page"))]


def digest() -> str:
    """SHA-256 over the names and contents of the project's own pages."""
    total = hashlib.sha256()
    for path in sorted(OWN.iterdir()):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def shared(folder: Path = SHARED) -> list[Labelled]:
    """The labelled articles beside the checkout; empty where there are none."""
    return [_shared(path) for path in sorted(folder.glob("*.txt"))] if folder.is_dir() else []


def _own(path: Path) -> Labelled:
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    text, labels, listed = [], [], set()
    for row in rows:
        mark, _, line = row.partition(" ")
        text.append(line)
        if line.strip():
            label = MARKS[mark]
            if mark == ":" and line in listed:
                label = BODY  # the second time it is a heading
            listed.add(line)
            labels.append(label)
    page = reading.read("\n".join(text).encode(), name=path.name)
    return Labelled(path.stem, head.removeprefix("outlet: "), page, tuple(labels))


def squash(text: str) -> str:
    """Straight quotation marks and single spaces, as in the labels of the shared articles."""
    text = re.sub("[’‘]", "'", re.sub("[“”«»]", '"', text))
    return re.sub(r"\s+", " ", text).strip()


def _shared(path: Path) -> Labelled:
    label = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    page = reading.read(path)
    gone, contents, meta = (
        {squash(line) for key in keys for line in label.get(key) or []}
        for keys in (("boilerplate_lines", "boilerplate_probe"), ("toc_lines",), ("meta_lines",))
    )
    flat = squash(page.text)
    start = flat.find(squash(label["body_start"]))
    end = flat.rfind(squash(label["body_end"])) + len(squash(label["body_end"]))
    labels: list[int] = []
    listed: set[str] = set()
    position = 0
    for line in page.lines:
        text = squash(line.text)
        at = flat.find(text, position)
        position = at + len(text)
        inside = start <= at < end
        if text in contents:
            labels.append(BODY if inside and text in listed else BOILERPLATE)
            listed.add(text)
        elif text in meta:
            labels.append(NEITHER)
        elif text in gone:
            labels.append(BOILERPLATE)
        else:
            labels.append(BODY if inside else NEITHER)
    return Labelled(path.stem, label["source"], page, tuple(labels))
