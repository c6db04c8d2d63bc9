"""Bytes → text: byte order marks, UTF-8, UTF-16, then the one-byte encodings of western Europe."""

from __future__ import annotations

import codecs
import re

from summarize.errors import BinaryInput, UndecodableInput

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGIC = (
    (b"%PDF-", "a PDF: extract its text first"),
    (b"PK\x03\x04", "a zip archive or an office document: save it as text first"),
    (b"\x1f\x8b", "gzip-compressed data: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data: unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document: save it as text first"),
    (b"\x7fELF", "a program"),
)
ONE_BYTE = ["cp1252", "latin_1", "iso8859_15", "mac_roman", "cp850"]
SAMPLE = 200_000  # bytes that the guessing looks at
CONTROL = 0.005  # share of control characters above which something is no text
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes) -> tuple[str, str]:
    """Decode a text.

    Returns:
        The text without its byte order mark, and the name of its encoding.

    Raises:
        BinaryInput: it is no text.
        UndecodableInput: it is a text with bytes that no encoding explains.

    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _strictly(data, name), name
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise BinaryInput(f"this is not a text but {what}")
    if b"\x00" in data:
        name = _utf16_without_mark(data)
        return _strictly(data, name), name
    try:
        text, name = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text, name = _one_byte(data, error)
    if len(_CONTROL.findall(text[:SAMPLE])) > CONTROL * min(len(text), SAMPLE):
        raise BinaryInput("this is not a text (too many control characters)")
    return text, name


def _strictly(data: bytes, name: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise UndecodableInput(f"broken {name.upper()} at byte {error.start}: save it as UTF-8") from error
    if "\x00" in text:
        raise BinaryInput("this is not a text (it holds NUL bytes)")
    return text


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 text of western languages has a NUL in every other byte; anything else with NULs is no text."""
    even, odd = data[0:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    half = min(len(data), SAMPLE) / 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    raise BinaryInput("this is not a text (it holds NUL bytes)")


def _one_byte(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    """Decode what is not UTF-8: as the page declares, else as charset-normalizer judges."""
    valid = len(_MULTIBYTE.findall(data))
    broken = sum(byte >= 0x80 for byte in _MULTIBYTE.sub(b"", data))
    if valid > broken:
        raise UndecodableInput(
            f"broken UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} is no character; save it as UTF-8"
        ) from error
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            name = "cp1252" if name == "iso8859-1" else name  # as browsers do
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass  # the page declares what it is not
    return _guess(data, error)


def _guess(data: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - start-up counts

    best = from_bytes(data[:SAMPLE], cp_isolation=ONE_BYTE).best()
    for name in [best.encoding] if best else []:
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise UndecodableInput(
        f"no encoding explains byte 0x{data[error.start]:02x} at offset {error.start}; save it as UTF-8"
    ) from error
