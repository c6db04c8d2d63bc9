"""Bytes → Page: where the input comes from, its encoding, HTML or plain text, its lines."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from summarize import decoding, language
from summarize.document import Line, Metadata, Page
from summarize.errors import EmptyInput, InputError, NotFound, TooLarge

if TYPE_CHECKING:
    from summarize.document import Article

MAX_BYTES = 20_000_000  # of a file, markup included
MAX_CHARACTERS = 1_000_000  # of what a reader sees: a long book
MAX_LINES = 20_000
_BLANK = " \t\u00a0\u200b\u200c\u200d\u2060\ufeff\x00"
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_BLOCK_END = re.compile(r"</(?:p|div|article|section|body|ul|table|h[1-6])>", re.I)


def read(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Page:
    """Read a page.

    Args:
        source: a path, `-` for stdin, or the bytes of a page.
        name: what to call bytes; its suffix may say that they are HTML.

    Raises:
        InputError: see its subclasses; the message names what is wrong, not the source.

    """
    if isinstance(source, bytes):
        name, data = name or "<bytes>", source
    else:
        name = os.fspath(source)
        data = _stdin() if name == "-" else _file(name)
    if len(data) >= MAX_BYTES:
        raise TooLarge(_too_large(len(data)))
    text, encoding = decoding.decode(data)
    if not text.strip(_BLANK + "\r\n\f\v"):
        raise EmptyInput("it is empty: there is no text in it")
    if _is_html(name, text):
        return _checked(_html_page(name, text, encoding))
    return _checked(Page(name, text, _lines(text), encoding))


def require_italian(article: Article) -> None:
    """Refuse an article in another language; what is too short to tell passes.

    Raises:
        NotItalian: names the language that it looks like.

    """
    language.require_italian("\n".join(article.body))


def _too_large(size: int) -> str:
    return f"{size / 1e6:.1f} MB: sunto reads less than {MAX_BYTES / 1e6:.0f} MB; split it into articles"


def _file(name: str) -> bytes:
    try:
        path = Path(name)
        if path.is_dir():
            raise InputError("this is a folder where a file is meant; name the files in it")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size >= MAX_BYTES:
                raise TooLarge(_too_large(size))
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise NotFound("no such file") from error
    except PermissionError as error:
        raise NotFound("no permission to read it") from error
    except (OSError, ValueError) as error:
        raise NotFound(f"it cannot be read ({getattr(error, 'strerror', None) or error})") from error


def _stdin() -> bytes:
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except (AttributeError, OSError, ValueError) as error:  # no stdin, a closed one, one that is no file
        raise NotFound("stdin is closed") from error


def _is_html(name: str, text: str) -> bool:
    head = text[:100_000]
    if _HTML.match(text[:5000]):
        return True
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return "<" in head and bool(re.search(r"<[a-zA-Z!/]", head))
    return len(_BLOCK_END.findall(head)) >= 3


def _lines(text: str) -> tuple[Line, ...]:
    """The lines that are not blank, without the space around them, with their offsets."""
    lines: list[Line] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029" + _BLANK)
        left = len(stripped) - len(stripped.lstrip(_BLANK))
        if left < len(stripped):
            lines.append(Line(stripped[left:], start + left, start + len(stripped)))
        start += len(raw)
    return tuple(lines)


def _checked(page: Page) -> Page:
    """Refuse a page that shows more than sunto reads."""
    if len(page.text) > MAX_CHARACTERS or len(page.lines) > MAX_LINES:
        raise TooLarge(
            f"{len(page.lines)} lines with {len(page.text)} characters: sunto reads at most {MAX_LINES} and"
            f" {MAX_CHARACTERS}; split it into articles"
        )
    return page


def _html_page(name: str, markup: str, encoding: str) -> Page:
    from summarize import html  # noqa: PLC0415 - start-up counts

    seen = html.visible(markup)
    if not seen.lines:
        raise EmptyInput("this HTML page shows no text (is it built by a script?)")
    lines: list[Line] = []
    start = 0
    for text, role in seen.lines:
        lines.append(Line(text, start, start + len(text), role))
        start += len(text) + 1
    meta = {key: seen.meta.get(key) for key in ("title", "standfirst", "byline", "date", "outlet")}
    return Page(name, "\n".join(text for text, _ in seen.lines), tuple(lines), encoding, "html", Metadata(**meta))
