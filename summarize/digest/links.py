"""From the page to the reports."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

Link = Callable[[str], str]


def from_folder(out: Path, page: Path | None) -> Link:
    """Make links to the reports in `out` that hold on a page at that path; on stdout, in the working folder."""
    start = Path.cwd() if page is None else page.parent.absolute()
    prefix = Path(os.path.relpath(out.absolute(), start)).as_posix()

    def link(output: str) -> str:
        # "./" first: a name like "javascript:x.html" stays a name.
        path = output if prefix == "." else f"{prefix}/{output}"
        return quote(os.fsencode(path if path.startswith("../") else f"./{path}"))

    return link
