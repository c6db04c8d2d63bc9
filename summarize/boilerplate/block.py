"""The body as a block: the run of lines whose scores add up to the most."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from summarize.boilerplate import titles
from summarize.boilerplate.features import ADDRESS, INTRODUCED, View, is_item

FLOOR = (
    -1.0
)  # of a line that goes anyway, by a rule or as a link: promotion between paragraphs must not tear the body apart
DOUBTFUL = -2.0  # score above which a sentence next to the block belongs to it
UNSTOPPED = -4.0  # the same of a line that introduces a list: the score takes it for a label
ADVICE = 2  # sentences of the block that address the reader make it one of advice
PASSED = 6  # headings, fields or items between the block and a sentence that belongs to it
PASSED_ABOVE = 2
SHORT = range(1, 3)  # words of a sentence that only goes along with others
LABEL = 6  # words; a shorter line that is no sentence is no title of another article
REMOVED = 8  # lines of boilerplate there
STAMPS = 2  # headings with an hour in a live report
INSIDE = frozenset({"promotion", "newsletter", "community", "paywall", "credit", "advertising", "related"})
BAR = 3  # lines of a bar inside the text
TITLES = 3  # of a box inside the text
ENOUGH = 40  # words of prose, in two lines at least, that must stand before a firm end


@cache
def weights() -> Mapping[str, float]:
    """The weights of the features; see `benchmarks/boilerplate_training.py` for where they come from."""
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))


def scores(table: Sequence[Mapping[str, float]], by: Mapping[str, float]) -> list[float]:
    """The log-odds of each line to be body."""
    return [by["bias"] + sum(by[name] * value for name, value in row.items()) for row in table]


def best(score: Sequence[float], views: Sequence[View], listed: Mapping[int, str]) -> tuple[int, int]:
    """The run [start, end) of lines with the greatest sum of scores (Kadane's algorithm).

    Members of a list of related titles or contents count nothing, nor do addresses and hashes: they neither join
    paragraphs nor part them.

    Returns:
        (0, 0) where no line scores above 0.

    """
    top = total = 0.0
    span = (0, 0)
    start = 0
    for index, raw in enumerate(score):
        light = views[index].hits or views[index].line.role == "link"
        value = 0.0 if index in listed or views[index].technical else max(raw, FLOOR) if light else raw
        if total <= 0:
            total, start = 0.0, index
        total += value
        if total > top + 1e-9:
            top, span = total, (start, index + 1)
    return span


def ending(views: Sequence[View], start: int, end: int) -> tuple[int, str | None]:
    """Where a line inside the block ends the article, and the rule that says so.

    A firm end (`end`) needs some prose before it; a soft one (`end-soft`) more prose before than after, and no text
    that goes on right under it.
    """
    mass = [len(view.words) if view.prose and not (view.hits or view.hints) else 0 for view in views[start:end]]
    before, lines, whole = 0, 0, sum(mass)
    for index, words in enumerate(mass, start):
        for rule in views[index].hits:
            if rule.effect == "end" and lines > 1 and before >= ENOUGH:
                return index, rule.name
            if rule.effect == "end-soft" and before > whole - before and not _goes_on(views, index, end):
                return index, rule.name
        before += words
        lines += words > 0
    return end, None


def _goes_on(views: Sequence[View], index: int, end: int) -> bool:
    """Whether under a bar or box inside the text, and a few titles that belong to it, the text goes on."""
    below = index
    while below < end and not _is_told(views[below]) and (views[below].hits or not is_item(views, below)):
        below += 1
    while views[index - 1].hits:
        index -= 1
    removed = sum(bool(view.hits or view.hints) for view in views[index:below])
    told = sum(_is_told(views[at]) or (not views[at].hits and is_item(views, at)) for at in range(below, end))
    return removed <= BAR and below - index - removed <= TITLES and told > 0 and 2 * told >= end - below


def _is_told(view: View) -> bool:
    return (view.prose or view.ends) and not (view.hits or view.hints)


def stretched(views: Sequence[View], score: Sequence[float], span: tuple[int, int], limit: int) -> tuple[int, int]:
    """Take in what adjoins the block and reads like its text: losing body is worse than leaving boilerplate.

    That is a sentence; over a heading, a few items of a list, or lines that a rule removes anyway, the next sentence.

    Args:
        views: the lines of the page.
        score: their log-odds.
        span: the block as it is.
        limit: the line where something ended the article, or the end of the page.

    """
    start, end = span
    advises = sum(view.prose and not view.hits and speaks_to_reader(view) for view in views[start:end]) >= ADVICE
    while (above := _next_sentence(views, score, range(start - 1, -1, -1), advises)) is not None:
        start = above
    if start and _is_stamped(views[start - 1]) and sum(map(_is_stamped, views[start:end])) >= STAMPS:
        start -= 1  # the first heading of a live report
    if (
        start
        and views[start - 1].line.text.endswith((",", ":"))
        and not (views[start - 1].hits or views[start - 1].dated)
    ):
        start -= 1  # a salutation, or what introduces the first sentence
    while (below := _next_sentence(views, score, range(end, limit), advises)) is not None:
        end = below + 1
    return start, end


def opening(views: Sequence[View], start: int) -> int:
    """Where the block starts if boilerplate parts the first sentence, under a date or byline, from the others."""
    for index in range(start - 1, max(0, start - REMOVED), -1):
        view = views[index]
        if view.prose and not (view.hits or view.hints):
            return index if titles.is_signature(views[index - 1]) else start
        if not view.hits and (view.dated or view.ends or len(view.words) >= LABEL):
            return start
    return start


def _is_stamped(view: View) -> bool:
    """`18.52 – ` and words: a heading of a live report."""
    return bool(titles.STAMP.match(view.line.text)) and len(view.words) > 1


def speaks_to_reader(view: View) -> bool:
    """Whether an unprotected line addresses the reader."""
    return not ADDRESS.isdisjoint(view.words) and not view.saved


def _next_sentence(views: Sequence[View], score: Sequence[float], way: range, advises: bool) -> int | None:
    """The next line on the way that reads on, if only what may stand inside a body lies before it."""
    passed = removed = 0
    most = PASSED if way.step > 0 else PASSED_ABOVE
    for index in way:
        view = views[index]
        if view.technical and way.step > 0:
            return index
        if _reads_on(view, score[index], advises) or (index + 1 == len(views) and way.step > 0 and _is_torn(view)):
            return index
        if not view.hits and (is_item(views, index) or (view.ends and len(view.words) in SHORT)):
            continue
        if view.hits and all(rule.effect in {"line", "list"} and rule.family in INSIDE for rule in view.hits):
            removed += 1
        elif view.hits or view.hints or view.cut or view.dated or view.prose or not view.words:
            return None
        else:
            passed += 1
        if passed > most or removed > REMOVED:
            return None
    return None


def _reads_on(view: View, score: float, advises: bool) -> bool:
    introduces = view.line.text.endswith(":") and len(view.words) >= INTRODUCED
    least = UNSTOPPED if introduces else DOUBTFUL if advises or not speaks_to_reader(view) else 0.0
    return (view.ends or introduces) and len(view.words) >= 3 and not view.hits and not view.hints and score > least


def _is_torn(view: View) -> bool:
    """The last line of a page that was cut in the middle of a sentence."""
    return view.cut and not view.hits and len(view.words) >= 3
