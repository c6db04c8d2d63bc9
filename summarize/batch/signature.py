"""What an output depends on beside its input; when it changes, the article is done again."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import summarize
from summarize import glossary

if TYPE_CHECKING:
    from summarize.batch.options import Options

# Code and data that make a report; the batch and the digest only carry it.
_RULES = {".py", ".toml", ".tsv", ".txt", ".json", ".html", ".j2", ".css"}
_CARRIERS = {"batch", "digest"}


@functools.cache
def rules() -> str:
    """A hash over the rules, lexicons, templates and code of sunto's stages."""
    root = Path(summarize.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix in _RULES and inside.parts[0] not in _CARRIERS:
            digest.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def of(translator: str, options: Options) -> str:
    """The signature of a run, in the manner of sacrebleu's; `translator` is that of its translator."""
    fields = {
        "sunto": rules(),
        "format": options.form,
        "force": "yes" if options.force else "no",
        "glossary": glossary.digest(options.glossary) if options.glossary else "",
    }
    return "|".join([*(f"{name}:{value}" for name, value in fields.items() if value), translator])
