"""UTF-8 that was read as Latin-1 or Windows-1252 (`perchÃ©`), put right where that is safe.

Pages keep their text as it stands, so that offsets and quotations stay true; their sentences, which are read for claims
and translated, are repaired, and so is all else that is translated.
"""

from __future__ import annotations

import re

_WINDOWS = {chr(byte): bytes([byte]) for byte in range(0x80, 0x100)}
_WINDOWS |= {
    bytes([byte]).decode("cp1252"): bytes([byte])
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_RUN = re.compile("[" + re.escape("".join(_WINDOWS)) + "]{2,}")
_LOST_A_GRAVE = re.compile(r"Ã (?=$|[\s.,;:!?)»”\"]|[a-z])")  # `à` is C3 A0, and A0 often became a plain space


def repair(text: str) -> str:
    """Put right what decodes as UTF-8 without a doubt; all else stays as it is."""
    if not any(mark in text for mark in ("Ã", "Â", "â")):
        return text
    fixed = _RUN.sub(_decoded, text)
    if fixed != text or _LOST_A_GRAVE.search(text):
        fixed = _LOST_A_GRAVE.sub("à ", fixed)
    return fixed.replace("à  ", "à ")


def _decoded(run: re.Match[str]) -> str:
    """Decode a run of non-ASCII characters piece by piece: each piece one UTF-8 sequence, or left alone."""
    data = b"".join(_WINDOWS[character] for character in run[0])
    pieces: list[str] = []
    position = 0
    while position < len(data):
        for length in (4, 3, 2):
            try:
                piece = data[position : position + length].decode("utf-8")
            except UnicodeDecodeError:
                continue
            if len(piece) == 1:
                pieces.append(piece)
                position += length
                break
        else:
            pieces.append(run[0][position])
            position += 1
    return "".join(pieces)
