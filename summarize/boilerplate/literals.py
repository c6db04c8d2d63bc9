"""The letters that a match must contain, so that a line without them costs no search.

The idea is that of FilteredRE2 (Cox, 2010): a pattern that cannot match without one of a few strings is tried only on
lines that have one. Here a string stands for itself by one run of four letters, and a line is cut into all of its own.
"""

from __future__ import annotations

LENGTH = 4
_COMMON = frozenset("aeiostnrl ")
_ZERO_WIDTH = frozenset("^$")
_CLASSES = frozenset("wWdDsS")


def of_text(text: str) -> frozenset[str]:
    """All runs of four characters."""
    return frozenset([text[index : index + LENGTH] for index in range(len(text) - LENGTH + 1)])


def of_pattern(pattern: str) -> frozenset[str] | None:
    """Runs of four characters, one of which every match of a regular expression contains; None when none is sure.

    Understands what the rules are written in: groups, classes, look-around, the usual quantifiers; no flags.
    """
    found, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"not understood from character {end} on: {pattern}")
    return None if found is None else frozenset(map(_rarest, found))


def _rarest(string: str) -> str:
    runs = [string[index : index + LENGTH] for index in range(len(string) - LENGTH + 1)]
    return max(runs, key=lambda run: len(set(run) - _COMMON))


def _alternatives(pattern: str, at: int) -> tuple[set[str] | None, int]:
    """Strings, one of which is in every match of `a|b|…`, and where it ends."""
    found: set[str] | None = set()
    while True:
        one, at = _sequence(pattern, at)
        found = None if found is None or one is None else found | one
        if pattern[at : at + 1] != "|":
            return found, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[set[str] | None, int]:
    """The same for a sequence: the part of it with the longest strings."""
    candidates: list[set[str]] = []
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        strings, literal, after = _atom(pattern, at)
        needed, end = _quantifier(pattern, after)
        if literal is not None and end == after:
            run += literal
        else:
            candidates.append({run + (literal or "") if needed else run})
            run = (literal or "") if needed else ""
            if strings and needed:
                candidates.append(strings)
        at = end
    candidates.append({run})
    best = max(candidates, key=lambda strings: min(map(len, strings)))
    return (best if min(map(len, best)) >= LENGTH else None), at


def _atom(pattern: str, at: int) -> tuple[set[str] | None, str | None, int]:
    """What stands at a place: the strings of a group, or a literal ("" where it has no width); and its end."""
    sign = pattern[at]
    if sign == "(":
        head = next((head for head in ("(?:", "(?=", "(?!", "(?<=", "(?<!") if pattern.startswith(head, at)), "(")
        strings, end = _alternatives(pattern, at + len(head))
        return (strings, None, end + 1) if head in {"(", "(?:"} else (None, "", end + 1)
    if sign == "[":
        end = at + 2 + (pattern[at + 1] == "^")
        while pattern[end] != "]":
            end += 1 + (pattern[end] == "\\")
        return None, None, end + 1
    if sign == "\\":
        escaped = pattern[at + 1]
        return None, ("" if escaped in "bB" else None if escaped in _CLASSES else escaped), at + 2
    return None, (None if sign == "." else "" if sign in _ZERO_WIDTH else sign), at + 1


def _quantifier(pattern: str, at: int) -> tuple[bool, int]:
    """Whether what stands before is needed at least once, and where its quantifier ends."""
    sign = pattern[at : at + 1]
    if not sign or sign not in "?*+{":
        return True, at
    end = pattern.index("}", at) + 1 if sign == "{" else at + 1
    least = pattern[at + 1 : end - 1].partition(",")[0] if sign == "{" else "1" * (sign == "+")
    return least not in {"", "0"}, end + (pattern[end : end + 1] in {"?", "+"} and end < len(pattern))
