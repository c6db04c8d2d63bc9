"""Forms of Italian verbs as regular-expression fragments, from the infinitive and its irregular stems.

Only what news uses is generated: third persons and first plural of the simple tenses, participles, gerunds and
infinitives with their clitics. The compound tenses are made of these in `lexicon`.
"""

from dataclasses import dataclass

CLITICS = "(?:l[oaie]|gli|ne|si|ci|mi|vi|sene)?"

_FINITE = {
    "are": "a|ano|iamo|ava|avano|avamo|ò|arono|erà|eranno|erebbe|erebbero|ino|asse|assero",
    "ere": "e|ono|o|iamo|eva|evano|evamo|é|ette|ettero|erono|erà|eranno|erebbe|erebbero|a|ano|esse|essero",
    "ire": "e|ono|o|iamo|isce|iscono|isco|iva|ivano|ivamo|ì|irono|irà|iranno|irebbe|irebbero|a|ano|isca|iscano"
    "|isse|issero",
}
_GERUND = {"are": "ando", "ere": "endo", "ire": "endo"}
_PARTICIPLE = {"are": "at", "ere": "ut", "ire": "it"}
_CONTRACTED = {
    "urre": "uc",
    "orre": "on",
    "arre": "a",
    "dire": "dic",
}  # condurre is conduc-ere in all but a few forms


@dataclass(frozen=True, slots=True)
class Verb:
    """The forms of one verb, each field a fragment of a regular expression without boundaries.

    Attributes:
        stem: the longest beginning that all forms share; a cheap test of whether a text can hold one.

    """

    finite: str
    participle: str
    gerund: str
    infinitive: str
    stem: str


def _spell(stem: str, ending: str) -> str:
    """Join a stem of the first conjugation and an ending as Italian writes it (accuso, pubblicherà, denuncerà)."""
    soft = ending[0] in "ei"
    if soft and stem[-1] in "cg":
        return f"{stem}h{ending}"
    if soft and stem[-1] == "i":
        return stem[:-1] + ending if ending[0] == "i" or stem[-2] in "cg" else stem + ending
    return stem + ending


def conjugate(infinitive: str, irregular: str = "") -> Verb:
    """Conjugate `infinitive`.

    Args:
        infinitive: the verb, as `verbs.toml` has it.
        irregular: the stems of past historic and participle, apart by a blank (`respins respint`); `-` for regular,
            further whole finite forms after them (`- - esclude`).

    """
    stem, kind = infinitive[:-3], infinitive[-3:]
    for ending, full in _CONTRACTED.items():
        if infinitive == ending or (ending.endswith("rre") and infinitive.endswith(ending)):
            stem, kind = infinitive.removesuffix(ending) + full, "ere"
    remote, participle, *forms = [*irregular.split(), "-", "-"][: max(2, len(irregular.split()))]
    finite = [_spell(stem, ending) if kind == "are" else stem + ending for ending in _FINITE[kind].split("|")]
    if remote != "-":
        finite += [remote + "e", remote + "ero"]
    finite += forms
    past = participle if participle != "-" else stem + _PARTICIPLE[kind]
    shared = _shared([*finite, past, infinitive])
    return Verb(
        finite="|".join(dict.fromkeys(finite)),
        participle=past + "[oaie]",
        gerund=stem + _GERUND[kind] + CLITICS,
        infinitive=f"{infinitive[:-1]}(?:e|{CLITICS})",
        stem=shared,
    )


def _shared(words: list[str]) -> str:
    """The longest common beginning."""
    first, last = min(words), max(words)
    length = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:length]
