"""The head of a page: title, standfirst, byline, date, outlet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from summarize.boilerplate.features import View
from summarize.document import Metadata, Page

_BYLINE = re.compile(
    r"^(?:di|by|a cura di|autore|scritto da|pubblicato da|redazione)\b[ :]*[\w.'’ -]{0,60}(?:[:,|].{0,60})?$", re.I
)
_PART = r"(?:[A-ZÀ-Ü][a-zà-ü]+(?:['’-][A-ZÀ-Ü][a-zà-ü]+)?|[DO]['’][A-ZÀ-Ü][a-zà-ü]+|[A-Z]\.)"
_NAME = re.compile(
    rf"^(?!(?:Il|La|Le|Lo|I|Gli|Un|Una|Nel|Nella|Dal|Dalla|Per|Con|In|Chi|Come|Cosa|Che|Non) ){_PART}"
    rf"(?: (?:{_PART}|de|di|del|della|dal|von|van))* {_PART}$"
)
_OUTLET = re.compile(r"^(.{8,}?) [-–—|] ([\w.()' ]{3,40})$")
TITLE_WORDS = range(4, 32)
STAMP = re.compile(r"\d{1,2}[.:]\d{2}\b")  # of a heading in a live report
HEAD = 9  # lines before the body that may belong to its head


def is_date(view: View) -> bool:
    """A line that is little more than a date."""
    return view.dated and len(view.words) <= 12


def is_byline(view: View) -> bool:
    """A line that names who wrote it."""
    return bool(_BYLINE.match(view.line.text)) or bool(_NAME.match(view.line.text))


def is_signature(view: View) -> bool:
    """A date, a byline or both, and no sentence."""
    return (is_date(view) and not (view.ends and not view.hits and not view.hints)) or (
        is_byline(view) and not view.ends
    )


def is_signed(view: View) -> bool:
    """`di Nome Cognome 20 novembre 2024`: the line under the title of another article."""
    return view.dated and len(view.words) <= 10 and bool(re.match(r"(?:di|by|a cura di)\b", view.key))


def is_written_by(view: View) -> bool:
    """`di Nome Cognome`, and no more."""
    start = re.match(r"(?:di|by)\s+", view.line.text, re.I)
    return bool(start and _NAME.match(view.line.text[start.end() :]))


def opens(view: View, above: Sequence[View]) -> bool:
    """Whether the first line of the block is the title of a page that shows none above it."""
    text = view.line.text
    if view.ends or view.cut or STAMP.match(text) or text[-1] in ":;," or len(view.words) not in TITLE_WORDS:
        return False
    return all(len(before.words) not in TITLE_WORDS or before.hits for before in above)


def find(page: Page, views: Sequence[View], start: int) -> tuple[Metadata, set[int]]:
    """The metadata of a page and the lines it stands in, given the line where the block of the body starts."""
    title = _title(page, views, start)
    found = page.metadata
    lines: set[int] = set()
    if title is not None:
        wanted = views[title].key
        lines |= {index for index, view in enumerate(views[: start + 2]) if view.key == wanted}
        lines.add(title)
        found = replace(found, title=views[title].line.text)
    elif found.title:
        match = _OUTLET.match(found.title)
        found = replace(found, title=match[1] if match else found.title, outlet=found.outlet or (match and match[2]))
    head = range(max(lines & set(range(start)) or {start - HEAD}) + 1 if lines else max(0, start - HEAD), start)
    return _details(views, head, found, lines)


def _title(page: Page, views: Sequence[View], start: int) -> int | None:
    counts = Counter(view.key for view in views)
    body = {word for view in views[start : start + 6] for word in view.words if len(word) > 4}
    declared = set(re.findall(r"\w{5,}", (page.metadata.title or "").lower()))
    best: tuple[float, int] | None = None
    for index, view in enumerate(views[:start]):
        if len(view.words) not in TITLE_WORDS or view.hits or is_date(view) or view.line.role in {"caption", "chrome"}:
            continue
        content = {word for word in view.words if len(word) > 4}
        shared = len(content & body) / max(len(content), 1)
        score = 2 * shared + 1.5 * (counts[view.key] > 1) + 1.0 * (index == 0) - 1.0 * view.ends
        score += 1.5 * (view.line.role == "heading") + 2 * len(content & declared) / max(len(content), 1)
        score += 0.8 * (start - index <= 5) + 0.5 * (len(view.words) >= 6)
        if best is None or score >= best[0]:
            best = (score, index)
    return best[1] if best and (best[0] >= 1.6 or best[1] == 0 == start - 1) else None


def _details(views: Sequence[View], head: range, found: Metadata, lines: set[int]) -> tuple[Metadata, set[int]]:
    for index in head:
        view = views[index]
        if is_date(view):
            found = found if found.date else replace(found, date=view.line.text)
        elif view.hits:
            continue
        elif is_byline(view):
            found = found if found.byline else replace(found, byline=view.line.text)
        elif len(view.words) >= 8 and not found.standfirst:
            found = replace(found, standfirst=view.line.text)
        else:
            continue
        lines.add(index)
    return found, lines
