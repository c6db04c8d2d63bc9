"""Identifiers: what only its exact characters name (CVE-2024-3094, APT28, an address, a hash, T1566.001)."""

import re
from functools import lru_cache

from summarize.document import Finding
from summarize.fidelity.lexicon import table
from summarize.fidelity.pair import Pair, Span

DATA = table("identifiers")
ENDINGS = frozenset(DATA["domains"]["endings"])
DEFANGED = (("[.]", "."), ("(.)", "."), ("[dot]", "."), ("[:]", ":"), ("hxxp", "http"), ("[at]", "@"), ("[@]", "@"))
SIGNS = re.compile(r"[\d@\\/]|\w\.\w|\[")  # a text without any of these has no identifier
LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
DOT = r"(?:\.|\[\.\]|\(\.\)|\[dot\])"
URL = re.compile(r"\b(?:https?|hxxps?|ftp)(?:\[:\]|:)//[^\s<>\"«»“”]+", re.IGNORECASE)
MAIL = re.compile(rf"\b[\w.+-]+(?:@|\[at\]|\[@\]){LABEL}(?:{DOT}{LABEL})+", re.IGNORECASE)
ADDRESS = re.compile(rf"(?<![\w.])\d{{1,3}}(?:{DOT}\d{{1,3}}){{3}}(?:/\d{{1,2}}|:\d{{2,5}})?(?![\w]|\.\d)")
ADDRESS6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4})?(?![\w:])", re.IGNORECASE)
DOMAIN = re.compile(rf"(?<![\w@.-])(?:{LABEL}{DOT})+[a-z]{{2,24}}(?![\w@])", re.IGNORECASE)
HASH = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,128}\b", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.@/])@\w[\w.]{2,30}")
FILE = re.compile(
    rf"(?<![\w/\\.-])[\w-]+(?:\.[\w-]+)*\.(?:{'|'.join(DATA['files']['endings'])})(?!\w|\.\w)", re.IGNORECASE
)
PATH = re.compile(r"(?<!\w)(?:[A-Z]:\\|HK[A-Z_]+\\|%\w+%\\|/(?:etc|usr|var|tmp|home|opt|bin|dev|proc)/)[^\s<>\"«»“”]+")
VERSION = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)+-?(?:rc|beta|alpha|build|b|p|r|sp)\d+(?:\.\d+)*\b", re.IGNORECASE)
# Letters with digits: "CVE-2024-3094", "APT 28", "UNC-3886", "T1566.001", "F-16", "5G", "802.11n", "LockBit3.0".
SERIES = re.compile(rf"\b(?P<series>{'|'.join(DATA['series']['names'])})[ -]?(?P<serial>\d+(?:[.-]\d+)*)\b")
MIXED = re.compile(
    r"(?<![\w.-])(?:[A-Za-z]+\d|[A-Z]+-\d|\d+(?:\.\d+)?[A-Z](?![a-z])|\d+[a-z]+\d)[\w]*(?:[.-]?\d\w*)*", re.UNICODE
)
# What has letters and digits and still is a quantity or is spelt otherwise in English.
QUANTITY = re.compile(
    r"[kcm]?m[23]|h24|\d+(?:[.,]\d+)?(?:k|m|km|kg|mb|gb|tb|kb|bn|mln|mld|ghz|mhz|khz|hz|kw|mw|gw|kwh|mwh|gwh|w|v|c|f|a|am|pm|h|x\d+|esimo)",
    re.IGNORECASE,
)


def check(pair: Pair) -> list[Finding]:
    """Compare the identifiers of both sides as sets, defanged or not, without regard to case, hyphens and spaces."""
    italian, english = identifiers(pair.it), identifiers(pair.en)
    lost = [span for key, span in italian.items() if key not in english]
    added = [span for key, span in english.items() if key not in italian]
    both = list(zip(lost, added, strict=False))
    findings = [pair.finding("identifier", it=a, en=b) for a, b in both]
    flat_en, flat_it = squeeze(pair.en), squeeze(pair.it)
    findings += [f for a in lost[len(both) :] if (f := alone(pair, a, flat_en, "it"))]
    return findings + [f for b in added[len(both) :] if (f := alone(pair, b, flat_it, "en"))]


def alone(pair: Pair, span: Span, other: str, side: str) -> Finding | None:
    """A finding for an identifier without a counterpart, unless the other side has its characters in another form."""
    text = pair.it if side == "it" else pair.en
    if squeeze(text[slice(*span)]) in other:
        return None
    return pair.finding("identifier", it=span) if side == "it" else pair.finding("identifier", en=span)


@lru_cache(maxsize=64)
def identifiers(text: str) -> dict[str, Span]:
    """Each identifier of a text by its comparable form."""
    found: dict[str, Span] = {}
    taken: list[Span] = []
    if not SIGNS.search(text):
        return found
    for form in (URL, MAIL, PATH, ADDRESS, ADDRESS6, HASH, SERIES, FILE, DOMAIN, HANDLE, VERSION, MIXED):
        for match in form.finditer(text):
            span = match.start(), match.start() + len(match[0].rstrip(".,;:!?)'"))
            if any(start < span[1] and span[0] < end for start, end in taken):
                continue
            if (form is DOMAIN and not is_domain(match[0])) or (form is MIXED and QUANTITY.fullmatch(match[0])):
                continue
            taken.append(span)
            key = squeeze(text[slice(*span)])
            found.setdefault(key.removesuffix("s") if key[-2:-1].isdigit() else key, span)
    return found


def is_domain(text: str) -> bool:
    """Whether dotted letters are a domain: a known ending, or dots that were made harmless."""
    return (
        "[" in text or "(" in text or (text.rsplit(".", 1)[-1] in ENDINGS and len(text.split(".", maxsplit=1)[0]) > 1)
    )


def cross_out(text: str) -> str:
    """A text of the same length without its identifiers: their digits are no numbers, their letters no words."""
    characters = list(text)
    for start, end in identifiers(text).values():
        characters[start:end] = "#" * (end - start)
    return "".join(characters)


def squeeze(text: str) -> str:
    """Lower case, no longer defanged, without spaces and hyphens; dots stay where they part digits or labels."""
    lowered = text.lower()
    for harmless, real in DEFANGED:
        lowered = lowered.replace(harmless, real)
    return re.sub(r"[\s-]+", "", lowered).rstrip("./")
