"""The digest as one self-contained page, in the style of the reports and under the same policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.digest import matrix, timeline
from summarize.digest.document import Digest
from summarize.digest.links import Link
from summarize.rendering.html import environment, policy, stylesheet
from summarize.rendering.words import STRENGTHS

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent / "page"


def render(digest: Digest, link: Link) -> str:
    """Write the page."""
    from markupsafe import Markup  # noqa: PLC0415 — only this form needs it

    style = stylesheet() + Markup((FOLDER / "digest.css").read_text(encoding="utf-8"))
    return _template().render(
        digest=digest,
        link=link,
        strengths=STRENGTHS,
        matrix=Markup(matrix.draw(digest.pairs)),  # escaped where they are drawn
        timeline=Markup(timeline.draw(digest.stories)),
        style=style,
        policy=policy(style),
    )


@cache
def _template() -> Template:
    return environment(FOLDER).get_template("digest.html.jinja")
