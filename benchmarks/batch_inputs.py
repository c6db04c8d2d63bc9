"""A folder for the batch measurements: Italian articles with small changes, among bad files of thirty kinds.

The articles are the labelled ones beside the checkout when they are there, else the project's own examples.
"""

from __future__ import annotations

import gzip
import os
import random
import socket
from collections.abc import Callable
from pathlib import Path

import zstandard

from summarize.reading import MAX_BYTES, MAX_LINES

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "articles" / "dev"
EXAMPLES = ROOT / "examples"

# One of these goes into each repetition of an article, so that no two are equal.
ADDED = (
    "Nel tardo pomeriggio le parti si sono riservate di depositare altri documenti entro {number} giorni.",
    "Una seconda verifica, chiesta da {number} consiglieri, dovrebbe concludersi nelle prossime settimane.",
    "Al presidio di ieri hanno partecipato {number} persone, secondo gli organizzatori.",
    "La relazione completa, di {number} pagine, sarà resa pubblica soltanto in autunno.",
    "Secondo una nota diffusa in serata, i tecnici al lavoro sono {number} e resteranno sul posto.",
)
ENGLISH = "The committee said that the new line will open in spring and that nobody will lose a seat. " * 30
FRENCH = "Le conseil a décidé hier que les travaux de la gare reprendront avant la fin de l'année. " * 30
FOOTER = "Iscriviti alla nostra newsletter\n\nSeguici su Facebook\n\n© Riproduzione riservata\n"
SCRIPTED = "<!doctype html><html><head><title></title></head><body><script>start()</script></body></html>"
ITALIAN = "Il comune ha annunciato che i lavori della stazione riprenderanno entro la fine dell'anno. " * 30


def articles(folder: Path, count: int, most: int | None = None) -> None:
    """Write so many articles, in subfolders of a hundred; of each the first `most` paragraphs, or all."""
    sources = sorted(SHARED.glob("*.txt")) or sorted(EXAMPLES.glob("*.txt"))
    for number in range(count):
        source = sources[number % len(sources)]
        paragraphs = [line for line in source.read_text(encoding="utf-8").split("\n") if line.strip()][:most]
        added = ADDED[number % len(ADDED)].format(number=number + 20)
        middle = len(paragraphs) // 3
        path = folder / f"{number // 100:02d}" / f"{number:04d}-{source.stem}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join([*paragraphs[:middle], added, *paragraphs[middle:]]), encoding="utf-8")


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def _bind(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


def _noise(count: int) -> bytes:
    return random.Random(8).randbytes(count)


def _bad() -> dict[str, Callable[[Path], None]]:
    italian = ITALIAN.encode()
    packed, squeezed = gzip.compress(italian), zstandard.compress(_noise(4000))
    bomb = bytes(MAX_BYTES + 1)
    return {
        "empty.txt": _bytes(b""),
        "blank.txt": _bytes(b" \n\t\r\n\xc2\xa0\n"),
        "mark-alone.txt": _bytes(b"\xef\xbb\xbf"),
        "picture.txt": _bytes(b"\x89PNG\r\n\x1a\n" + _noise(3000)),
        "photo.html": _bytes(b"\xff\xd8\xff\xe0" + _noise(3000)),
        "document.txt": _bytes(b"%PDF-1.7\n" + _noise(3000)),
        "office.md": _bytes(b"PK\x03\x04" + _noise(3000)),
        "program.txt": _bytes(b"\x7fELF" + _noise(3000)),
        "nul.txt": _bytes(italian[:500] + b"\0" + italian[500:]),
        "noise.txt": _bytes(_noise(5000)),
        "controls.txt": _bytes(b"\x01\x02\x03 ciao \x04\x05\n" * 200),
        "broken-utf-8.txt": _bytes("Perché città così è già più.\n".encode() * 40 + b"\xe8\x20\xe8\n"),
        "broken-utf-16.txt": _bytes(b"\xff\xfe" + "Il comune".encode("utf-16-le") + b"\x00\xd8\x00"),
        "too-large.txt": _bytes(italian * (MAX_BYTES // len(italian) + 1)),
        "too-many-lines.txt": _bytes(b"ciao\n" * (MAX_LINES + 1)),
        "english.txt": _bytes(ENGLISH.encode()),
        "french.md": _bytes(FRENCH.encode()),
        "only-boilerplate.txt": _bytes(FOOTER.encode()),
        "built-by-script.html": _bytes(SCRIPTED.encode()),
        "cut.txt.gz": _bytes(packed[:-9]),
        "no-gzip.txt.gz": _bytes(italian),
        "damaged.txt.gz": _bytes(packed[:40] + b"XXXX" + packed[44:]),
        "bomb.txt.gz": _bytes(gzip.compress(bomb)),
        "twice.txt.gz": _bytes(gzip.compress(packed)),
        "cut.txt.zst": _bytes(squeezed[:-9]),
        "no-zstd.html.zst": _bytes(italian),
        "bomb.txt.zst": _bytes(zstandard.compress(bomb)),
        "dangling.txt": _link("nowhere.txt"),
        "itself.txt": _link("itself.txt"),
        "there.txt": _link("and-back.txt"),
        "and-back.txt": _link("there.txt"),
        "device.txt": _link("/dev/zero"),
        "pipe.txt": os.mkfifo,
        "socket.txt": _bind,
    }


def bad(folder: Path) -> set[str]:
    """Write one file of each bad kind; returns their names below the folder's parent."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = _bad()
    for name, write in kinds.items():
        write(folder / name)
    return {f"{folder.name}/{name}" for name in kinds}
