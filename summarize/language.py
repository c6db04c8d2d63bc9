"""Is this Italian? Function words decide the clear cases at once; a classifier is loaded only for the rest."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from summarize.errors import NotItalian

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

NAMES = {
    "ca": "Catalan", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "la": "Latin", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sl": "Slovenian", "sq": "Albanian",
    "uk": "Ukrainian", "zh": "Chinese", "ar": "Arabic", "el": "Greek", "ja": "Japanese", "tr": "Turkish",
}  # fmt: skip
# Frequent Italian words that none of the neighbours (es, fr, pt, ro, ca) shares as a frequent word.
FUNCTION_WORDS = frozenset(
    [
        "il",
        "lo",
        "gli",
        "uno",
        "di",
        "del",
        "dello",
        "della",
        "dei",
        "degli",
        "delle",
        "dal",
        "dallo",
        "dalla",
        "dai",
        "dagli",
        "dalle",
        "nel",
        "nello",
        "nella",
        "nei",
        "negli",
        "nelle",
        "sul",
        "sullo",
        "sulla",
        "sui",
        "sugli",
        "sulle",
        "al",
        "allo",
        "alla",
        "ai",
        "agli",
        "alle",
        "che",
        "è",
        "non",
        "per",
        "ha",
        "hanno",
        "sono",
        "è",
        "stato",
        "stata",
        "stati",
        "state",
        "anche",
        "più",
        "come",
        "questo",
        "questa",
        "questi",
        "queste",
        "quello",
        "quella",
        "loro",
        "suo",
        "sua",
        "suoi",
        "sue",
        "ma",
        "anche",
        "perché",
        "quando",
        "dopo",
        "già",
        "ed",
        "e",
        "dell",
        "all",
        "nell",
        "sull",
        "dall",
        "un",
        "l",
        "c",
    ]
)
SHORT = 12  # words; below this a text is too short to accuse
ITALIAN = 0.22  # share of function words above which no classifier is asked
DOUBTFUL = 0.12  # share above which the classifier's other answer is not believed
SAMPLE = 20_000  # characters
_WORD = re.compile(r"[^\W\d_]+")


def other_language(text: str) -> str | None:
    """Name the language of a text that is not Italian; None for Italian and for what is too short to tell."""
    words = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    if len(words) < SHORT:
        return None
    share = sum(word in FUNCTION_WORDS for word in words) / len(words)
    if share >= ITALIAN:
        return None
    code = _classify(text[:SAMPLE])
    if code == "it" or share >= DOUBTFUL:
        return None
    return NAMES.get(code, f"another language ({code})")


def require_italian(text: str) -> None:
    """Refuse a text in another language.

    Raises:
        NotItalian: names the language that it looks like.

    """
    language = other_language(text)
    if language:
        raise NotItalian(f"this looks like {language}, and sunto reads Italian; --force goes on")


def _classify(text: str) -> str:
    code: str = _classifier().classify(text)[0]
    return code


@functools.cache
def _classifier() -> LanguageIdentifier:
    """Loaded once a process: it takes half a second, and every fourth article asks for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - start-up counts

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["it", *NAMES])
    return identifier
