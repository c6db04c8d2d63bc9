"""Bytes of one input: never blocks on a pipe, never expands beyond the limit."""

from __future__ import annotations

import os
import zlib

from summarize.batch.errors import CorruptArchive
from summarize.batch.inputs import COMPRESSED, explain, require_regular
from summarize.errors import TooLarge
from summarize.reading import MAX_BYTES as LARGEST

_CHUNK = 64 * 1024
_SIP = 256  # packed bytes of zstd at a time: they expand to 8 MiB at the worst, so a bomb is seen in time
_WINDOW = 1 << 27  # what the zstd tool itself accepts


def load(path: str, largest: int = LARGEST) -> bytes:
    """Read a regular file, as it stands.

    Raises:
        InputError: it cannot be opened, is no regular file, or is larger than `largest` bytes.

    """
    try:
        # O_NONBLOCK: a pipe that took the file's place since it was listed must not hold the run.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            require_regular(path, os.fstat(descriptor).st_mode)
            data = _read(descriptor, largest + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise explain(error, path) from error
    if len(data) > largest:
        raise _too_large("holds", largest)
    return data


def _read(descriptor: int, most: int) -> bytes:
    """Up to `most` bytes; one more than the limit is enough to know that a file is too large."""
    data = bytearray()
    while len(data) < most and (chunk := os.read(descriptor, min(_CHUNK, most - len(data)))):
        data += chunk
    return bytes(data)


def expand(name: str, data: bytes, largest: int = LARGEST) -> bytes:
    """Expand gzip or zstd where the name says so.

    Raises:
        CorruptArchive: it is no such archive, is damaged or cut short.
        TooLarge: it expands to more than `largest` bytes; nothing beyond is expanded.

    """
    if name.lower().endswith(".gz"):
        return _gunzip(data, largest)
    if name.lower().endswith(".zst"):
        return _unzstd(data, largest)
    return data


def unpacked(name: str) -> str:
    """The name without the suffix of its compression."""
    return name[: name.rindex(".")] if name.lower().endswith(COMPRESSED) else name


def _too_large(verb: str, largest: int) -> TooLarge:
    return TooLarge(f"{verb} more than {largest / 1e6:g} MB: split it into articles")


def _gunzip(data: bytes, largest: int) -> bytes:
    expanded = bytearray()
    rest = data
    try:
        while rest:  # an archive may have several members
            stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            expanded += stream.decompress(rest, largest + 1 - len(expanded))
            if len(expanded) > largest:
                raise _too_large("expands to", largest)
            if not stream.eof:
                raise CorruptArchive("gzip file that is cut short")
            rest = stream.unused_data.lstrip(b"\0")  # padding between members is allowed
    except zlib.error as error:
        raise CorruptArchive(f"no gzip file, or a damaged one: {error}") from error
    return bytes(expanded)


def _unzstd(data: bytes, largest: int) -> bytes:
    import zstandard  # noqa: PLC0415 — only compressed inputs need it

    machine = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    stream = machine.decompressobj()
    expanded = bytearray()
    position = 0
    try:
        while position < len(data):
            if stream.eof:  # an archive may have several frames
                stream = machine.decompressobj()
            sip = data[position : position + _SIP]
            expanded += stream.decompress(sip)
            position += len(sip) - len(stream.unused_data)
            if len(expanded) > largest:
                raise _too_large("expands to", largest)
    except zstandard.ZstdError as error:
        raise CorruptArchive(f"no zstd file, or a damaged one: {error}") from error
    if not stream.eof:
        raise CorruptArchive("zstd file that is cut short")
    return bytes(expanded)
