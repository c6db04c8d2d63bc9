"""What stands under the last sentence of the article inside the block that was taken for its body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summarize.boilerplate.features import ADDRESS, FUNCTION, PLATFORMS, PROMOTION, View

LABEL_WORDS = 20  # a line under the article that is no sentence is no longer
PASSED = 3  # such lines between two that are known to be boilerplate
NAMING = frozenset({"community", "promotion", "newsletter", "paywall", "footer", "privacy", "advertising", "share"})
NAMED = 2  # lines of boilerplate that name the publication
_CAPITALISED = re.compile(r"[A-ZÀ-Ü][\wÀ-ü]{2,}")


def cut(views: Sequence[View], start: int, verdicts: list[str | None]) -> None:
    """Give a rule to the lines at the foot of the block.

    From the last line upwards: what is known to be boilerplate, a biography, a line that speaks to the reader or names
    the publication, and the labels between such lines; the first other sentence is the article's.

    Args:
        views: the lines of the page.
        start: the first line of the block.
        verdicts: for each line of the block the rule that removes it; changed in place.

    """
    names = house(views)
    first, passed = len(verdicts), 0
    for place in range(len(verdicts) - 1, 0, -1):
        if verdicts[place] or _evidence(views, start, start + place, names, verdicts[place - 1]):
            first, passed = place, 0
        elif _is_label(views[start + place]) and passed < PASSED and first < len(verdicts):
            passed += 1
        else:
            break
    for place in range(first, len(verdicts)):
        hint = next(iter(views[start + place].hints), None)
        verdicts[place] = verdicts[place] or (hint.name if hint else "after-body")


def house(views: Sequence[View]) -> frozenset[str]:
    """The name of the publication: words with a capital that its boilerplate repeats, and the article hardly says."""
    says: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for view in {view.key: view for view in views}.values():
        words = _capitalised(view)
        if any(rule.family in NAMING for rule in (*view.hits, *view.hints)):
            says.update(words)
        elif view.prose:
            told.update(words)
    common = PLATFORMS | FUNCTION | ADDRESS | PROMOTION
    return frozenset(word for word, lines in says.items() if NAMED <= lines > told[word] and word not in common)


def _evidence(views: Sequence[View], start: int, index: int, names: frozenset[str], above: str | None) -> bool:
    """Whether a line, under which nothing but boilerplate stands, is boilerplate too."""
    view = views[index]
    if index + 1 == len(views) and view.cut:
        return False  # the page was cut off here
    if any(rule.where == "foot" for rule in view.hints):
        return _is_author(views, start, index)
    if view.hints and not view.saved:
        return True
    parted = above is not None or not (views[index - 1].prose or views[index - 1].ends)
    return bool(names & _capitalised(view)) and (parted or not view.ends)


def _capitalised(view: View) -> set[str]:
    return {word.lower() for word in _CAPITALISED.findall(view.line.text)}


def _is_label(view: View) -> bool:
    return not (view.ends or view.cut or view.prose) and len(view.words) <= LABEL_WORDS


def _is_author(views: Sequence[View], start: int, index: int) -> bool:
    """Whether the first name in the line is that of the byline; a line that starts with no name needs none."""
    names = [word for word in views[index].line.text.split()[:2] if word[:1].isupper()]
    if len(names) < 2:
        return True
    full = " ".join(names).casefold()
    return any(full in view.key for view in (*views[:start], *views[index + 1 : index + 3]) if len(view.words) <= 12)
