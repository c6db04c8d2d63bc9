"""Advice to the reader inside the text: it sounds like a call of the publication, and is the article's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.boilerplate.features import ADDRESS, INTRODUCED, PROMOTION, View
from summarize.boilerplate.rules import Rule

CALLS = frozenset({"promotion", "newsletter", "community", "share", "feedback"})
SHORTEST, LONGEST = 4, 25  # words of an item
REACH = 12  # lines
SHIELD = "an item of a list of advice"
_OWN = frozenset({"noi", "nostro", "nostra", "nostri", "nostre", "ci"})


def spare(views: Sequence[View]) -> list[View]:
    """Protect items of a list of advice from the rules for calls to the reader.

    Such an item stands below a line with a colon, with nothing but items between, has a line of the article under it,
    and names nothing that a publication offers, nor the publication.
    """
    spared = list(views)
    for index, view in enumerate(views):
        if view.hits and all(map(_may_be_told, view.hits)) and _fits(view) and _in_list(spared, index):
            saved = (*view.saved, *((rule, SHIELD) for rule in view.hits))
            spared[index] = replace(view, hits=(), hints=(), saved=saved)
    return spared


def _may_be_told(rule: Rule) -> bool:
    return rule.family in CALLS and rule.effect == "line" and not (rule.sure or rule.raw or rule.cased)


def _fits(view: View) -> bool:
    words = set(view.words)
    ours = any(word in ADDRESS and word.endswith("ci") for word in words)
    return SHORTEST <= len(view.words) <= LONGEST and not (ours or words & (PROMOTION | _OWN))


def _in_list(views: Sequence[View], index: int) -> bool:
    if index + 1 >= len(views) or (views[index + 1].hits and not _advises(views[index + 1])):
        return False
    for above in range(index - 1, max(-1, index - REACH), -1):
        view = views[above]
        if view.line.text.endswith(":") and len(view.words) >= INTRODUCED and not view.hits:
            return True
        if view.hits or not SHORTEST - 1 <= len(view.words) <= LONGEST:
            return False
    return False


def _advises(view: View) -> bool:
    return all(map(_may_be_told, view.hits)) and _fits(view)
