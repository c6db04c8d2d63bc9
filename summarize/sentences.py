"""Italian sentence boundaries: a full stop, and what stands on either side of it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

LONGEST_BRACKET = 400  # characters; a bracket that stays open longer was never closed
_STOP = re.compile(r"[.!?…]+")
_CLOSERS = "»”’'\")]"
_OPENERS = "«“‘'\"([–—-•*"
_TOKEN = re.compile(r"[^\s«»“”\"(\[]+$")
_WORD = re.compile(r"[^\W_]+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_NUMBERING = re.compile(r"\s*[(\[]?(?:\d{1,3}|[ivxlIVXL]{1,4}|[a-zA-Z])$")


@cache
def _data() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def split(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text, in order, as (start, end) without the space around them.

    A closing quotation mark or bracket belongs to the sentence that it closes. A quotation of several sentences is
    split; one that goes on in lower case ("…vero”, ha detto") is not. Blank lines are boundaries.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for block in [*_BLANK_LINE.finditer(text), None]:
        stop = block.start() if block else len(text)
        spans += _block(text, start, stop)
        start = block.end() if block else stop
    return spans


def _block(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, stop):
        if match.end() <= begin:
            continue
        end = _after_closers(text, match.end(), stop, begin)
        if end < stop and _is_boundary(text, begin, match, end, stop):
            spans.append(_trim(text, begin, end))
            begin = end
    spans.append(_trim(text, begin, stop))
    return [span for span in spans if span[0] < span[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _after_closers(text: str, position: int, stop: int, begin: int) -> int:
    """Take closing marks with the stop; a straight mark closes only what was opened in this sentence or before it."""
    while position < stop and text[position] in _CLOSERS:
        mark = text[position]
        glued = position + 1 < stop and text[position + 1].isalnum()
        if mark in "\"'’" and glued:
            break
        position += 1
        # `….` and `”.` end with a second stop that belongs to the same sentence
        while position < stop and text[position] in ".!?…":
            position += 1
    return position


def _is_boundary(text: str, begin: int, stop: re.Match[str], end: int, limit: int) -> bool:
    spaced = text[end].isspace()
    following = _WORD.search(text, end, min(limit, end + 60))
    between = text[end : following.start()] if following else text[end:limit]
    if not following:
        return spaced and not set(between.strip()) <= set(_CLOSERS + ",;:.!?…")
    marks = between.strip()
    if marks[:1] in {",", ";", ":", ")", "]", "»", "”"} or (
        following[0][0].islower() and not _names_a_thing(following[0])
    ):
        return False
    if _in_bracket(text, begin, stop.start(), limit):
        return False
    if stop[0] in {"…", "..."} and text[stop.start() - 1 : stop.start()] in {"[", "("}:
        return False
    if not spaced:
        return _is_glued(text, begin, stop, end, following)
    return stop[0] != "." or _full_stop_ends(text, begin, stop.start(), end, following[0])


def _names_a_thing(word: str) -> bool:
    """`iPhone`, `eBay`: names that begin in lower case and may begin a sentence."""
    return len(word) > 2 and word[1].isupper()


def _in_bracket(text: str, begin: int, position: int, limit: int) -> bool:
    for opening, closing in (("(", ")"), ("[", "]")):
        near = max(begin, position - LONGEST_BRACKET)
        opened = text.rfind(opening, near, position)
        if opened > text.rfind(closing, near, position):
            close = text.find(closing, position, min(limit, opened + LONGEST_BRACKET))
            if close >= 0 and close > position + 1:
                return True
    return False


def _full_stop_ends(text: str, begin: int, position: int, end: int, following: str) -> bool:
    token = _TOKEN.search(text, max(begin, position - 40), position)
    if not token:
        return True
    if end > position + 1:  # something was closed after the stop
        return True
    if position - begin < 12 and _NUMBERING.fullmatch(text[begin:position]):
        return False
    data = _data()
    word = re.split(r"[’'/]", token[0])[-1].lower().strip("’'")
    names = {word, word.replace(".", "")}
    initials = (len(word) == 1 and word.isalpha()) or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word)
    if initials or names & data["final"]:
        return following.lower() in data["starters"]
    return not names & data["abbreviations"]


def _is_glued(text: str, begin: int, stop: re.Match[str], end: int, following: re.Match[str]) -> bool:
    """`…attacco.Il governo`: the space was lost, as it is after links."""
    before = _TOKEN.search(text, max(begin, stop.start() - 40), stop.start())
    word = following[0]
    if not before or not word[0].isupper() or (word.isupper() and len(word) > 1) or following.start() - end > 1:
        return False
    if following.start() > end and text[end] in "“«":
        return True
    data = _data()
    token = before[0]
    if len(token) < 2 or not token[-1].islower() or any(c in token for c in "/@\\_=") or "." in token:
        return bool(token[-1:].isdigit() and word.lower() in data["starters"] and len(word) > 1)
    if word.lower() in data["domains"] and word.lower() not in data["starters"]:
        return False
    if re.match(r"[.@/_]\w", text[following.end() : following.end() + 2]):
        return False
    return word.lower() in data["starters"] or token[0].islower()
