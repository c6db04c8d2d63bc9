"""Boilerplate between the paragraphs of the body, and what protects an article's own lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from summarize.boilerplate import lists, titles
from summarize.boilerplate.features import ADDRESS, PROMOTION, View
from summarize.boilerplate.rules import Rule

HEADING_WORDS = 16
BOX = 5  # lines from the label to the call
TITLE_WORDS = range(6, 30)
READER = frozenset({"promotion", "newsletter", "community", "paywall", "advertising", "share", "feedback"})


def is_heading(view: View) -> bool:
    """A section heading: short, and no sentence."""
    return view.line.role == "heading" or (len(view.words) <= HEADING_WORDS and not view.ends and not view.cut)


def judge(
    views: Sequence[View], block: range, listed: Mapping[int, str], parted: Set[int]
) -> tuple[list[str | None], list[tuple[int, Rule, str]]]:
    """Decide on each line of the block.

    Args:
        views: the lines of the page.
        block: those of the block.
        listed: lines of lists, each with the name of the rule that opens it.
        parted: lines between the block and what was added to it; only sentences and announced headings among them stay.

    Returns:
        The name of the rule that removes it, or None; and the near-misses (index, rule, protection).

    """
    verdicts: list[str | None] = []
    saved: list[tuple[int, Rule, str]] = []
    contents = lists.headings(views, listed)
    for index in block:
        verdict = listed.get(index)
        if verdict is None and views[index].hits:
            verdict = views[index].hits[0].name
        saved += [(index, rule, shield) for rule, shield in views[index].saved]
        if index in parted and not views[index].ends and views[index].key not in contents:
            verdict = verdict or "between-body"
        verdicts.append(verdict or _unlabelled(views, index, contents, index + 1 in listed))
    _join_promotions(views, block.start, verdicts)
    _join_boxes(views, block.start, verdicts)
    return verdicts, saved


def _join_promotions(views: Sequence[View], start: int, verdicts: list[str | None]) -> None:
    """A line that speaks to the reader or of the offer goes with what stands before and after it, or on one side."""
    for place in range(len(verdicts)):
        if verdicts[place] is not None:
            continue
        view = views[start + place]
        beside = [_reader(verdicts[at]) for at in (place - 1, place + 1) if 0 <= at < len(verdicts)]
        edge = next((rule for rule in view.hints if rule.where == "edge"), None)
        if edge and (all(beside) or (any(beside) and not PROMOTION.isdisjoint(view.words))):
            verdicts[place] = edge.name
        elif len(beside) > 1 and all(beside) and _speaks(view):
            verdicts[place] = "promotion-run"
        elif 0 < place < len(verdicts) - 1 and verdicts[place - 1] and verdicts[place + 1]:
            verdicts[place] = "related-between" if _is_gap(view, verdicts, place) else None


def _join_boxes(views: Sequence[View], start: int, verdicts: list[str | None]) -> None:
    """The lines of a box: a few that are no sentences, between a label of what is offered and a call or consent."""
    for place, name in enumerate(verdicts):
        if not _reader(name):
            continue
        end = place + 1
        while end < len(verdicts) and not _closes(verdicts[end]) and (verdicts[end] or _is_short(views[start + end])):
            end += 1
        if place + 1 < end <= place + BOX and end < len(verdicts) and _closes(verdicts[end]):
            verdicts[place + 1 : end] = [verdict or "promotion-run" for verdict in verdicts[place + 1 : end]]


def _is_short(view: View) -> bool:
    return not (view.ends or view.cut or view.line.text.endswith((":", ";", ","))) and len(view.words) <= HEADING_WORDS


def _closes(name: str | None) -> bool:
    return _reader(name) or name == "cookie"


def _reader(name: str | None) -> bool:
    return name is not None and name.split("-")[0] in READER


def _speaks(view: View) -> bool:
    return any(word in ADDRESS or word in PROMOTION for word in view.words)


def _is_gap(view: View, verdicts: Sequence[str | None], place: int) -> bool:
    """No sentence, between removed lines: a title, or with two such lines on one side a label."""
    around = (verdicts[max(0, place - 2) : place], verdicts[place + 1 : place + 3])
    beside = len(view.words) in TITLE_WORDS or any(len(side) == 2 and None not in side for side in around)
    return beside and not (view.ends or view.cut) and view.line.text[-1] not in ":;,"


def _unlabelled(views: Sequence[View], index: int, contents: set[str], listed_next: bool) -> str | None:
    """A title of another article between two paragraphs, without a label; or a post in another language."""
    view, above = views[index], views[index - 1] if index else views[index]
    below = views[index + 1] if index + 1 < len(views) else None
    title = below is not None and not view.ends and len(view.words) in TITLE_WORDS
    if _is_signature(view, above) or (title and below and _starts_as_title(view) and _is_signature(below, view)):
        return "related-signed"
    if below and any(rule.name == "embed" for rule in below.hits) and view.foreign:
        return "credit-foreign"
    if title and view.line.role == "link":
        return "related-link"
    parting = below and (above.prose or above.hits) and (below.prose or below.hits or listed_next)
    parting = parting or (below and above.ends and below.key in contents)
    if title and contents and parting and view.key not in contents and _starts_as_title(view):
        return "related-unlisted"  # the table of contents names every heading, and not this one
    return None


def _is_signature(view: View, above: View) -> bool:
    """`di Nome Cognome`, with a date or with the date under it."""
    dated = titles.is_date(view) and not view.ends and titles.is_written_by(above)
    return titles.is_signed(view) or titles.is_written_by(view) or dated


def _starts_as_title(view: View) -> bool:
    return view.line.text[:1].isupper() and view.line.text[-1] not in ":;,"
