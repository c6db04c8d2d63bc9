"""HTML → the lines a reader sees, each with what the markup says of it, and what the page says of itself.

libxml2 sends its events to a plain object and builds no tree, so 100,000 nested elements cost neither recursion nor
quadratic time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CHROME = frozenset({"nav", "header", "footer", "aside", "form", "button", "menu", "dialog", "select"})
CONTENT = frozenset({"article", "main"})
UNSEEN = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "textarea",
        "canvas",
        "audio",
        "video",
        "math",
    }
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ROLES = {"figcaption": "caption", "caption": "caption", "blockquote": "quote", "li": "item", "dt": "item", "dd": "item"}
NAMES = {
    "og:title": "title",
    "twitter:title": "title",
    "og:description": "standfirst",
    "description": "standfirst",
    "og:site_name": "outlet",
    "author": "byline",
    "article:published_time": "date",
    "date": "date",
}
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff\x00"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class Visible:
    """What a reader sees of an HTML page: (text, role) of each line, and `meta` from the head of the page.

    Attributes:
        meta: `title`, `standfirst`, `outlet`, `byline`, `date`, as far as the page names them.
        elements: how many elements the page has.
        depth: how deep they nest.

    """

    lines: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    elements: int = 0
    depth: int = 0


class _Reader:
    """Receives the parser's events; see `lxml.etree.HTMLParser(target=…)`."""

    def __init__(self) -> None:
        self.seen = Visible()
        self.open: list[str] = []
        self.unseen: list[int] = []  # depths at which something unseen was opened
        self.roles: list[tuple[int, str]] = []
        self.chrome = 0  # how many of the open roles are `chrome`
        self.content = 0  # how many article and main elements are open
        self.links = 0
        self.in_title = False
        self.run: list[str] = []
        self.linked = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self.open.append(tag)
        self.seen.elements += 1
        self.seen.depth = max(self.seen.depth, len(self.open))
        if tag in UNSEEN or (attributes and _is_hidden(attributes)):
            self.unseen.append(len(self.open))
        if tag in BLOCKS:
            self._break()
            self._role(tag, attributes)
        elif tag == "a":
            self.links += 1
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "title":
            self.in_title = True

    def end(self, tag: str) -> None:
        """An element closes."""
        if not self.open:
            return
        depth = len(self.open)
        if tag in BLOCKS:
            self._break()
            self.content -= tag in CONTENT
            if self.roles and self.roles[-1][0] >= depth:
                self.chrome -= self.roles.pop()[1] == "chrome"
        elif tag == "a":
            self.links -= 1
        elif tag == "title":
            self.in_title = False
        if self.unseen and self.unseen[-1] >= depth:
            self.unseen.pop()
        self.open.pop()

    def data(self, text: str) -> None:
        if self.in_title:
            if "svg" not in self.open[-6:]:
                self.seen.meta["title tag"] = (self.seen.meta.get("title tag", "") + text)[:1000]
        elif not self.unseen:
            self.run.append(text)
            if self.links:
                self.linked += len("".join(text.split()))

    def comment(self, text: str) -> None:
        """Comments are not seen."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Processing instructions are not seen."""

    def close(self) -> Visible:
        self._break()
        return self.seen

    def _role(self, tag: str, attributes: dict[str, str]) -> None:
        role = "heading" if tag in HEADINGS else ROLES.get(tag)
        if (tag in CHROME and not (tag == "header" and self.content)) or (
            attributes and attributes.get("role") in {"navigation", "dialog"}
        ):
            role = "chrome"
        if role:
            self.roles.append((len(self.open), role))
            self.chrome += role == "chrome"
        self.content += tag in CONTENT

    def _break(self) -> None:
        if not self.run:
            return
        text = _SPACE.sub(" ", "".join(self.run).translate(_NO_WIDTH)).strip()
        if text:
            letters = len("".join(text.split()))
            role = "chrome" if self.chrome else self.roles[-1][1] if self.roles else "text"
            if role in {"text", "item"} and self.linked >= letters:
                role = "link"
            self.seen.lines.append((text, role))
        self.run.clear()
        self.linked = 0

    def _meta(self, attributes: dict[str, str]) -> None:
        name = (attributes.get("property") or attributes.get("name") or "").lower()
        content = _SPACE.sub(" ", attributes.get("content") or "").strip()
        if name in NAMES and content:
            self.seen.meta.setdefault(NAMES[name], content)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def visible(markup: str) -> Visible:
    """Read HTML of any quality; never raises on bad markup.

    Args:
        markup: the decoded page.

    """
    from lxml import etree  # noqa: PLC0415 - start-up counts

    reader = _Reader()
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    try:
        parser.feed(markup.replace("\x00", ""))
        seen: Visible = parser.close()
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        seen = reader.close()  # what was seen before the parser gave up
    if "title" not in seen.meta and seen.meta.get("title tag"):
        seen.meta["title"] = _SPACE.sub(" ", seen.meta["title tag"]).strip()
    return seen
