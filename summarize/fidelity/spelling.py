"""Whether two spellings are one name in two transliterations, or one name with a letter gone wrong."""

import re
from functools import lru_cache

# Each rule takes a spelling habit of either language to a common form.
HABITS = (
    (r"^gi(?=[aou])|^j|^y", "i"),
    (r"sch|sh|sc(?=[ei])|sci(?=[aou])|cz|ch|tch|c(?=[ei])|ci(?=[aou])|[çčć]", "s"),
    (r"kh|gh|ck|q|k|c|x", "k"),
    (r"ph|v|w|ff", "f"),
    (r"th", "t"),
    (r"y|j|ij|ii|ie", "i"),
    (r"ts|tz|z", "s"),
    (r"dj|dzh", "g"),
    (r"h", ""),
    (r"ou|oo|u", "o"),
    (r"ee|ae|oe|ea", "e"),
    (r"(.)\1", r"\1"),
    (r"[aeiou]+$", ""),
)
RULES = tuple((re.compile(pattern), form) for pattern, form in HABITS)


@lru_cache(maxsize=16384)
def skeleton(name: str) -> str:
    """A folded name as both languages might have written it."""
    for rule, form in RULES:
        name = rule.sub(form, name)
    return name


def same(first: str, second: str) -> bool:
    """Whether two folded names are one in two spellings: equal skeletons, or alike but for a few letters."""
    if first[:1] != second[:1] and skeleton(first)[:1] != skeleton(second)[:1]:
        return False
    a, b = skeleton(first), skeleton(second)
    if min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)):
        return True
    return a == b or distance(a, b, len(a) // 2) <= max(len(a), len(b)) * 0.4


def altered(first: str, second: str) -> bool:
    """Whether a folded name differs from another by one letter that no spelling habit explains."""
    if abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 4 or first == second:
        return False
    if skeleton(first) == skeleton(second) or stem(first) == stem(second):
        return False
    return swapped(first, second) or distance(first, second, 1) <= 1


def stem(name: str) -> str:
    """A name without the ending of its language: Sikh and Sikhs, Melanesiani and Melanesians are one."""
    return re.sub(r"(?:[aeiou]?s|[aeiou]{1,2}|n)$", "", name)


def swapped(first: str, second: str) -> bool:
    """Whether two neighbouring letters changed places."""
    if len(first) != len(second):
        return False
    places = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and first[places[0]] == second[places[1]]
        and first[places[1]] == second[places[0]]
    )


def distance(first: str, second: str, limit: int) -> int:
    """Levenshtein's distance, or `limit` + 1 when it is larger."""
    if abs(len(first) - len(second)) > limit:
        return limit + 1
    previous = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        row = [i]
        for j, b in enumerate(second, 1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = row
        if min(row) > limit:
            return limit + 1
    return previous[-1]
