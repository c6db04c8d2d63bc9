"""Named groups (`APT27`, `Gallium/Softcell`, `NoName057(16)`): a list as data and the shapes such names take."""

import re
from functools import lru_cache

from summarize.claims.lexicon import DATA

_SHAPES = re.compile(
    r"(?<!\w)(?:APT[\s-]?(?:C-)?\d{1,3}|UNC[\s-]?\d{2,5}|UNSC[\s-]?\d{3,4}|TA[\s-]?\d{3,4}|FIN\d{1,2}|DEV-\d{4}|Storm-\d{4}|TAG-\d+|UTA\d{4}"
    r"|UAC-\d{4}|CL-(?:STA|CRI)-\d+|TEMP\.\w+"
    r"|Advanced Persistent Threat \d{1,3}"
    r"|[A-Z][a-z]+ (?:Typhoon|Blizzard|Sandstorm|Sleet|Tempest|Tsunami|Panda|Bear|Kitten|Chollima|Spider"
    r"|Leopard|Jackal|Wolf|Werewolf|Taurus|Ursa|Scorpius|Libra|Draco)"
    r"|NoName\d+(?:\(\d+\))?)(?!\w)",
)
_AMBIGUOUS = frozenset(
    {
        "play",
        "hive",
        "royal",
        "snake",
        "reaper",
        "medusa",
        "everest",
        "agenda",
        "anonymous",
        "snatch",
        "conti",
        "monti",
        "akira",
        "zinc",
        "armageddon",
        "elfin",
        "leviathan",
        "barium",
    }
)


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Every listed name and alias, in lower case, with the group's name."""
    table: dict[str, str] = {}
    for line in (DATA / "groups.tsv").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            names = [name for name in line.split("\t") if name.strip()]
            table |= {name.lower(): names[0] for name in names}
    return table


@lru_cache(maxsize=1)
def _listed() -> re.Pattern[str]:
    names = sorted(known(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w-])", re.IGNORECASE)


def mentions(text: str) -> list[str]:
    """The named groups of a text as they stand, in order, each once.

    Names that are everyday words count only with a capital.
    """
    hits = [*_SHAPES.finditer(text), *_listed().finditer(text)]
    hits.sort(key=lambda hit: (hit.start(), -hit.end()))
    found: dict[str, str] = {}
    end = -1
    for hit in hits:
        if hit.start() < end or (hit[0].lower() in _AMBIGUOUS and not hit[0][0].isupper()):
            continue
        end = hit.end()
        found.setdefault(hit[0].lower(), hit[0])
    return list(found.values())


def canonical(name: str) -> str:
    """The name under which aliases meet: `Softcell` and `UNSC 2814` are `Gallium`."""
    number = re.fullmatch(r"(?:advanced persistent threat|apt)[\s-]?(\d+)", name.lower())
    key = f"apt{number[1]}" if number else name.lower()
    return known().get(key, key.upper() if number else name)


def merge(names: list[str], everywhere: list[str]) -> tuple[str, ...]:
    """The groups behind `names`, each followed in brackets by the other names that the article gives it."""
    merged: dict[str, list[str]] = {}
    for name in names:
        merged.setdefault(canonical(name).lower(), []).append(name)
    out = []
    for key, forms in merged.items():
        forms += [other for other in everywhere if canonical(other).lower() == key]
        distinct = list({form.lower().replace(" ", ""): form for form in reversed(forms)}.values())[::-1]
        out.append(distinct[0] if len(distinct) == 1 else f"{distinct[0]} ({', '.join(distinct[1:])})")
    return tuple(out)
