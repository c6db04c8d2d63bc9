"""How well `clean` strips boilerplate; the gate refuses figures below the last ones.

    python -m benchmarks.boilerplate                      measure and compare with the gate
    python -m benchmarks.boilerplate --update             put the figures measured on file
    python -m benchmarks.boilerplate --folds              learned and listed without the outlet that is measured
    python -m benchmarks.boilerplate --show               name every miss

"removed" is the share of the boilerplate lines that are not in the body, "kept" the share of the body's characters.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import floors
from benchmarks.boilerplate_html import as_html
from benchmarks.boilerplate_pages import BODY, BOILERPLATE, Labelled, digest, own, shared
from summarize import boilerplate, reading
from summarize.boilerplate import Model
from summarize.errors import NothingLeft

GATE = Path(__file__).with_suffix(".json")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff"))


@dataclass(slots=True)
class Figures:
    """Counts of lines of boilerplate and characters of body."""

    junk: int = 0
    gone: int = 0
    body: int = 0
    kept: int = 0

    @property
    def removed(self) -> float:
        """Share of the boilerplate lines that went."""
        return self.gone / max(self.junk, 1)

    @property
    def held(self) -> float:
        """Share of the body's characters that stayed."""
        return self.kept / max(self.body, 1)

    def __str__(self) -> str:
        return (
            f"removed {self.removed:.4f} ({self.gone}/{self.junk} lines)"
            f"  kept {self.held:.4f} ({self.kept}/{self.body} characters)"
        )


def count(figures: Figures, page: Labelled, body: Sequence[str], show: bool = False) -> None:
    """Add one page: each labelled line is looked for among the lines that were kept."""
    kept = [_seen(line) for line in body]
    whole, flat = set(kept), "\n".join(kept)
    texts = [_seen(line.text) for line in page.page.lines]
    wanted = {text for text, label in zip(texts, page.labels, strict=True) if label == BODY}
    for text, label in zip(texts, page.labels, strict=True):
        if label == BOILERPLATE and text not in wanted:  # a heading of the text is listed in its contents too
            left = text in whole or (len(text) >= 25 and text in flat)
            figures.junk += 1
            figures.gone += not left
            if show and left:
                print(f"LEFT  {page.name}: {text[:110]}")
        elif label == BODY:
            held = text in whole or text in flat
            figures.body += len(text)
            figures.kept += len(text) * held
            if show and not held:
                print(f"LOST  {page.name}: {text[:110]}")


def _seen(text: str) -> str:
    """A line as a reader sees it."""
    return " ".join(text.translate(_NO_WIDTH).split())


def stripped(page: Labelled, model: Model | None = None, html: bool = False) -> list[str]:
    """What sunto keeps of a page."""
    source = reading.read(as_html(page).encode()) if html else page.page
    try:
        return boilerplate.strip(source, model).body
    except NothingLeft:
        return []


def measure(pages: Sequence[Labelled], html: bool = False, show: bool = False) -> Figures:
    figures = Figures()
    for page in pages:
        count(figures, page, stripped(page, html=html), show)
    return figures


def folded(pages: Sequence[Labelled], others: Sequence[Labelled], show: bool = False) -> Figures:
    """Five folds by outlet; weights and phrases that rest on the outlets of a fold are left out for it."""
    from benchmarks import boilerplate_folds  # noqa: PLC0415 - it needs numpy

    figures = Figures()
    for group, model in boilerplate_folds.models(pages, others):
        for page in pages:
            if page.outlet in group:
                count(figures, page, stripped(page, model), show)
    return figures


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--folds", action="store_true", help="five folds by outlet, too")
    arguments.add_argument("--show", action="store_true", help="name every miss")
    floors.options(arguments)
    chosen = arguments.parse_args()
    ours, theirs = own(), shared()
    found = {"text": measure(ours, show=chosen.show), "html": measure(ours, html=True, show=chosen.show)}
    print(f"own pages, {len(ours)}, SHA-256 {digest()[:16]}")
    for name, figures in found.items():
        print(f"  {name:22} {figures}")
    if theirs:
        print(
            f"labelled articles beside the checkout, {len(theirs)}\n  {'text':22} {measure(theirs, show=chosen.show)}"
        )
    if chosen.folds:
        print(f"  {'own, five folds':22} {folded(ours, theirs, chosen.show)}")
        if theirs:
            print(f"  {'theirs, five folds':22} {folded(theirs, ours, chosen.show)}")
    now = {f"{name} removed": round(each.removed, 4) for name, each in found.items()}
    now |= {f"{name} kept": round(each.held, 4) for name, each in found.items()}
    floors.gate(GATE, digest(), now, chosen)


if __name__ == "__main__":
    main()
