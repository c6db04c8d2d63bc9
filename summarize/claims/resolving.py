"""Names for `l'azienda`, `quest'ultimo` and elided subjects, where the article leaves little doubt whom they mean."""

import re
from collections import Counter
from functools import lru_cache

from summarize.claims import groups, speakers
from summarize.claims.lexicon import load, phrase, word_lists
from summarize.claims.text import fold
from summarize.document import Article, Speaker

_NAME = re.compile(r"(?<![\w’'])[A-Z][\w&-]+(?: (?:[A-Z][\w&-]*|\d{1,3}(?:\.\d)?))*(?:\(\d+\))?")
_GANG = re.compile(
    r"(?<!\w)(?:[Cc]yber ?gang|[Gg]ang|[Gg]ruppo|[Cc]ollettivo|[Bb]anda)"
    r"(?: (?:hacker|ransomware|criminale|hacktivista|filo\w+|di (?:hacker|criminali|hacktivisti)))* "
    r"[“\"«]?([A-Z][\w.-]*\w(?: [A-Z0-9][\w.-]*\w){0,2})"
)
# Words that open a headline and are no names.
_CAPITALISED = frozenset(
    ("Il", "Lo", "La", "I", "Gli", "Le", "Un", "Una", "Ecco", "Nel", "Nella", "A", "Da", "Di", "In", "Con", "Per")
) | frozenset(("Come", "Cosa", "Chi", "Che", "Non", "Anche", "Ma", "E", "Se", "Dopo", "Attacco", "Cyber", "Hacker"))
_INSTITUTIONS = frozenset({Speaker.STATE, Speaker.COURT, Speaker.MEDIA})


@lru_cache(maxsize=1)
def _generic() -> re.Pattern[str]:
    """Words that stand for a name given before."""
    return re.compile(f"(?:{'|'.join(load('phrases.toml')['generic'])})$")


@lru_cache(maxsize=1)
def _latter() -> re.Pattern[str]:
    return phrase("quest'ultim[oaie]")


def names(text: str) -> list[str]:
    """The proper names of a text, in order; the first word of a sentence counts only when another follows it."""
    found = []
    for match in _NAME.finditer(text):
        opens = match.start() == 0 or text[: match.start()].rstrip()[-1:] in '.!?:“"«'
        if not opens or " " in match[0] or text.count(match[0]) > 1:
            found.append(match[0])
    return found


def main_name(article: Article) -> str | None:
    """Whom the article is about: the proper name of the headline that the body repeats most, no institution.

    None where there is no headline, or where two names are equally frequent.
    """
    body = " ".join(article.body)
    counts = Counter(
        {
            name: len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", body))
            for name in dict.fromkeys(match[0] for match in _NAME.finditer(article.title or ""))
            if speakers.kind_of(name) not in _INSTITUTIONS and name not in _CAPITALISED
        }
    )
    ranked = [(name, count) for name, count in counts.most_common(2) if count >= (1 if " " in name else 2)]
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def resolve(name: str | None, article: Article, index: int, blamed: str | None = None) -> str | None:
    """Give the name that a pronoun, a generic noun or an elided subject stands for; else `name` as it is.

    Args:
        name: as the sentence has it.
        article: where it stands.
        index: the sentence in which it stands.
        blamed: whom the same sentence blames, for `quest'ultimo`.

    """
    folded = fold(name or "")
    if name and not _generic().match(folded):
        return name
    if name and _latter().match(folded):
        previous = names(article.sentences[index - 1].text) if index else []
        return blamed or (previous[-1] if previous else name)
    return main_name(article) or name


def main_groups(article: Article) -> str | None:
    """The named groups of the headline, else the one that the body names most, when it does so twice."""
    titled = groups.mentions(article.title or "")
    if titled:
        return " e ".join(titled)
    body = " ".join(article.body)
    counts = Counter({name: body.count(name) for name in groups.mentions(body)})
    top = counts.most_common(2)
    clear = top and top[0][1] >= 2 and (len(top) == 1 or top[0][1] > top[1][1])
    return top[0][0] if clear else _introduced(f"{article.title or ''} . {body}")


def _introduced(text: str) -> str | None:
    """The one name that the text itself gives a gang or group (`la cybergang Vesper`); None where it gives several."""
    found = {match[1] for match in _GANG.finditer(text)}
    return found.pop() if len(found) == 1 else None


def resolve_attacker(name: str | None, article: Article) -> str | None:
    """Give the group that `gli hacker` or an elided subject of a claim of responsibility stands for."""
    if name and not _attackers().fullmatch(fold(name)):
        return name
    return main_groups(article) or name


@lru_cache(maxsize=1)
def _attackers() -> re.Pattern[str]:
    return re.compile(
        r"(?:gli|i|il|la|un|una|lo|due|questi|questo|quest[oaie])? ?(?:stess[oi] )?(?:<H>)".replace(
            "<H>", word_lists()["HOSTILE"]
        )
    )
