"""Small SVG drawings in text: everything from an article escaped, colours from the page around them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from summarize.rendering.html import shown

LONGEST = 30  # characters of a label
INK, ATTRIBUTION, DENIAL = "currentColor", "#b26a00", "#1f7a45"


def text(x: float, y: float, words: str, *, anchor: str = "start", turned: bool = False) -> str:
    """A label, cut where it is long and then whole in its tooltip."""
    words = _flat(words)
    cut = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    turn = f' transform="rotate(-40 {x:g} {y:g})"' if turned else ""
    tip = f"<title>{escape(words)}</title>" if cut != words else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{INK}"{turn}>{escape(cut)}{tip}</text>'


def box(corner: tuple[float, float], size: tuple[float, float], fill: str, tip: str, strength: float) -> str:
    """A rectangle with a tooltip; `strength` is its opacity, 0 to 1."""
    (x, y), (width, height) = corner, size
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}" '
        f'fill-opacity="{strength:.2f}"><title>{escape(_flat(tip))}</title></rect>'
    )


def _flat(words: str) -> str:
    return shown(" ".join(words.split()))


def line(x: float, y: float, to: tuple[float, float]) -> str:
    """A thin line."""
    return f'<line x1="{x:g}" y1="{y:g}" x2="{to[0]:g}" y2="{to[1]:g}" stroke="{INK}" stroke-opacity="0.35"/>'


def drawing(title: str, size: tuple[float, float], parts: Sequence[str]) -> str:
    """The whole drawing on one line, so that Markdown takes it for one block of HTML."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" width="{width:g}" '
        f'height="{height:g}" viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="12">'
        f"{''.join(parts)}</svg>"
    )
