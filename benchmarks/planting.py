"""Plants one error in a faithful translation, for the benchmark of the checks; deterministic by its seed."""

import random
import re
from collections.abc import Callable

Pair = tuple[str, str]
Plant = Callable[[str, str, random.Random], str | None]

COUNTRIES = (
    "Italy",
    "France",
    "Germany",
    "Spain",
    "China",
    "Russia",
    "Japan",
    "India",
    "Brazil",
    "Canada",
    "Mexico",
    "Turkey",
    "Egypt",
    "Iran",
    "Iraq",
    "Israel",
    "Poland",
    "Ukraine",
    "Greece",
    "Sweden",
    "Norway",
    "Kenya",
    "Nigeria",
    "Argentina",
    "Chile",
    "Belgium",
    "Austria",
    "Switzerland",
    "Australia",
    "Indonesia",
    "Vietnam",
    "Pakistan",
    "Syria",
    "Lebanon",
    "Cuba",
    "Portugal",
    "Denmark",
    "Finland",
    "Hungary",
    "Romania",
    "Thailand",
    "Singapore",
    "Georgia",
    "Scotland",
    "England",
    "Ireland",
    "Libya",
    "Morocco",
    "Peru",
)
CITIES = (
    "Rome",
    "Paris",
    "London",
    "Berlin",
    "Madrid",
    "Moscow",
    "Beijing",
    "Tokyo",
    "Washington",
    "New York",
    "Brussels",
    "Vienna",
    "Athens",
    "Cairo",
    "Naples",
    "Milan",
    "Turin",
    "Florence",
    "Venice",
    "Geneva",
    "Zurich",
    "Munich",
    "Hamburg",
    "Barcelona",
    "Lisbon",
    "Warsaw",
    "Prague",
    "Budapest",
    "Kyiv",
    "Istanbul",
    "Mumbai",
    "Sydney",
    "Toronto",
    "Chicago",
    "Boston",
    "Manchester",
    "Stockholm",
    "Oslo",
    "Dublin",
    "Lagos",
    "Nairobi",
    "Jakarta",
    "Seoul",
    "Shanghai",
    "Delhi",
    "Santiago",
    "Lima",
    "Houston",
    "Los Angeles",
    "San Francisco",
)
DEMONYMS = (
    "Italian",
    "French",
    "German",
    "Spanish",
    "Chinese",
    "Russian",
    "Japanese",
    "Indian",
    "Brazilian",
    "Iranian",
    "Iraqi",
    "Israeli",
    "Polish",
    "Ukrainian",
    "Greek",
    "Swedish",
    "Swiss",
    "Latvian",
    "Lithuanian",
    "Slovak",
    "Slovenian",
    "American",
    "British",
    "Turkish",
    "Egyptian",
)
MONTHS = (
    "January",
    "February",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NUMBER_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def replace_match(text: str, match: re.Match[str], new: str) -> str:
    """The text with a match replaced."""
    return text[: match.start()] + new + text[match.end() :]


def number(it: str, en: str, rng: random.Random) -> str | None:
    """Change the last figure of a number by one."""
    found = list(re.finditer(r"(?<![\w.])\d+(?:[.,:]\d+)*", en))
    if not found:
        return None
    match = rng.choice(found)
    last = int(match[0][-1])
    return replace_match(en, match, match[0][:-1] + str(last + 1 if last < 9 else last - 1))


def number_word(it: str, en: str, rng: random.Random) -> str | None:
    """Change a number word by one."""
    found = list(re.finditer(r"\b(?:" + "|".join(NUMBER_WORDS[:-1]) + r")\b", en))
    if not found:
        return None
    match = rng.choice(found)
    return replace_match(en, match, NUMBER_WORDS[NUMBER_WORDS.index(match[0]) + 1])


def swap(names: tuple[str, ...]) -> Plant:
    """Plant another name of a list in the place of the first that stands there."""

    def plant(it: str, en: str, rng: random.Random) -> str | None:
        found = list(re.finditer(r"\b(?:" + "|".join(names) + r")\b(?!-)", en))
        if not found:
            return None
        match = rng.choice(found)
        others = [name for name in names if name not in en]
        new = rng.choice(others)
        return en.replace(match[0], new)

    return plant


NEGATIONS = (
    (re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|could|would|should|must|ca|wo)(?:n't|n’t| not)\b"), None),
    (re.compile(r"\b(?:not|never|no) "), ""),
    (re.compile(r"\bcannot\b"), "can"),
    (re.compile(r"\bwithout\b"), "with"),
    (re.compile(r"\bnone\b"), "all"),
    (re.compile(r"\bnobody\b"), "everybody"),
    (re.compile(r"\bnothing\b"), "everything"),
)


def negation(it: str, en: str, rng: random.Random) -> str | None:
    """Take a negation out, where the Italian has one."""
    if not re.search(r"\b(?:non|nessun[oa]?|mai|senza|né|niente|nulla)\b", it, re.IGNORECASE):
        return None
    for pattern, new in NEGATIONS:
        match = pattern.search(en)
        if match:
            kept = {"ca": "can", "wo": "will"}.get(match[1], match[1]) if new is None else new
            return replace_match(en, match, kept)
    return None


def half(it: str, en: str, rng: random.Random) -> str | None:
    """Cut the second half."""
    words = en.split()
    return " ".join(words[: len(words) // 2]) if len(words) >= 8 else None


def half_stopped(it: str, en: str, rng: random.Random) -> str | None:
    """Cut the second half and end with a full stop."""
    cut = half(it, en, rng)
    return cut.rstrip(",;:") + "." if cut else None


def italian(it: str, en: str, rng: random.Random) -> str | None:
    """Leave the sentence in Italian."""
    return it if len(it.split()) >= 6 else None


def half_italian(it: str, en: str, rng: random.Random) -> str | None:
    """Leave the second half in Italian."""
    left, right = en.split(), it.split()
    return " ".join(left[: len(left) // 2] + right[len(right) // 2 :]) if len(right) >= 12 else None


IDENTIFIER = re.compile(r"\b(?:CVE-\d{4}-\d+|(?:APT|UNC|TA|FIN|TAG)-?\d+|T\d{4}(?:\.\d{3})?|\d{1,3}(?:\.\d{1,3}){3})\b")


def identifier(it: str, en: str, rng: random.Random) -> str | None:
    """Change the last character of an identifier."""
    found = list(IDENTIFIER.finditer(en))
    if not found:
        return None
    match = rng.choice(found)
    last = int(match[0][-1])
    return replace_match(en, match, match[0][:-1] + str((last + 1) % 10))


def letter(it: str, en: str, rng: random.Random) -> str | None:
    """Change one inner letter of a name that both sides have."""
    names = [m for m in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b", en) if re.search(rf"(?<=[a-z,'] ){m[0]}\b", it)]
    if not names:
        return None
    match = rng.choice(names)
    at = rng.randrange(1, len(match[0]) - 1)
    new = rng.choice([c for c in "abdefgilmnoprstuvz" if c != match[0][at]])
    return replace_match(en, match, match[0][:at] + new + match[0][at + 1 :])


def scale(it: str, en: str, rng: random.Random) -> str | None:
    """Make millions billions and billions millions."""
    match = re.search(r"\b(million|billion)\b", en)
    return replace_match(en, match, "billion" if match[1] == "million" else "million") if match else None


def loop(it: str, en: str, rng: random.Random) -> str | None:
    """Say the last four words again and again."""
    words = en.rstrip(".").split()
    return " ".join(words + words[-4:] * 3) + "." if len(words) > 6 else None


HEDGE = re.compile(
    r"\b(?:allegedly|reportedly|apparently|supposedly|alleged|suspected|presumed) |\b[Aa]ccording to [^,.;]{3,60}, "
    r"|, according to [^,.;]{3,60}(?=[,.;])"
)


def hedge(it: str, en: str, rng: random.Random) -> str | None:
    """Take a hedge out."""
    match = HEDGE.search(en)
    return replace_match(en, match, "") if match else None


def quote(it: str, en: str, rng: random.Random) -> str | None:
    """Leave a quotation open."""
    marks = list(re.finditer(r"[\"”]", en))
    return replace_match(en, marks[-1], "") if len(marks) > 1 or ("“" in en and marks) else None


PLANTS: dict[str, tuple[Plant, str]] = {
    "number": (number, "number"),
    "number-word": (number_word, "number"),
    "country": (swap(COUNTRIES), "name"),
    "city": (swap(CITIES), "name"),
    "demonym": (swap(DEMONYMS), "name"),
    "month": (swap(MONTHS), "number"),
    "ordinal": (swap(ORDINALS), "number"),
    "negation": (negation, "negation"),
    "hedge": (hedge, "hedge"),
    "quote": (quote, "quotation"),
    "half": (half, "length"),
    "half-stopped": (half_stopped, "length"),
    "italian": (italian, "untranslated"),
    "half-italian": (half_italian, "untranslated"),
    "identifier": (identifier, "identifier"),
    "letter": (letter, "name"),
    "scale": (scale, "number"),
    "loop": (loop, "repetition"),
}
