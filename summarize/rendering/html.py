"""The report as one self-contained page: no script, nothing loaded, everything from the article inert.

The template is `page/page.html.jinja`, the style `page/style.css`; the content security policy names the style by its
hash and forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.document import Report
from summarize.rendering.view import Page

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER = Path(__file__).parent / "page"
# Marks that turn the reading direction, and control characters: they would change what stands beside them.
UNSHOWN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
)


def render(report: Report) -> str:
    """Write the page."""
    style = stylesheet()
    return template().render(page=Page.of(report), style=style, policy=policy(style))


def policy(style: str) -> str:
    """A policy that allows this one style and nothing else: no script, no picture, no frame, no request."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def shown(text: str) -> str:
    """Leave out what a reader must not be fooled by; escaping is the template's."""
    return UNSHOWN.sub("", text)


@cache
def stylesheet() -> str:
    """The style, marked safe: it is ours, and escaping would change its hash."""
    from markupsafe import Markup  # noqa: PLC0415 — only this form needs it

    return Markup((FOLDER / "style.css").read_text(encoding="utf-8"))


@cache
def template() -> Template:
    """The template of a report."""
    return environment(FOLDER).overlay(keep_trailing_newline=True).get_template("page.html.jinja")


def environment(folder: Path) -> Environment:
    """Templates of a folder, with autoescape on and undefined names refused."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 — only this form needs it

    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["shown"] = shown
    return found
