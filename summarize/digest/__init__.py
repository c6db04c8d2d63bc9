"""One page over a run: who accuses whom, who denies it, in how many stories."""

from __future__ import annotations

from pathlib import Path

from summarize.digest import entries, parties, stories
from summarize.digest.document import Digest
from summarize.digest.links import from_folder

FORMS = ("markdown", "html")

__all__ = ["FORMS", "Digest", "digest", "render"]


def digest(out: Path) -> Digest:
    """Read what a batch wrote to `out` and put it together.

    Raises:
        NotFound: no batch was run there.
        BatchError: a run is writing to it, or its journal or index cannot be read.

    """
    merged = stories.merge(entries.read(out))
    return Digest(
        stories=tuple(merged),
        pairs=tuple(parties.pairs(merged)),
        accusers=tuple(parties.accusers(merged)),
        accused=tuple(parties.accused(merged)),
        groups=tuple(parties.groups(merged)),
        claimants=tuple(parties.claimants(merged)),
        deniers=tuple(parties.deniers(merged)),
    )


def render(found: Digest, form: str, out: Path, page: Path | None = None) -> str:
    """Write the page in one of `FORMS`.

    Args:
        found: what `digest` put together.
        form: `markdown` or `html`.
        out: the folder of the run, for the links.
        page: where the page will stand; None for stdout.

    Raises:
        ValueError: no such form.

    """
    link = from_folder(out, page)
    if form == "markdown":
        from summarize.digest import markdown  # noqa: PLC0415 — one of the two

        return markdown.render(found, link)
    if form == "html":
        from summarize.digest import html  # noqa: PLC0415

        return html.render(found, link)
    raise ValueError(f"no such form: {form}; there are {', '.join(FORMS)}")
