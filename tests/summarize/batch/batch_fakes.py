"""A translator for tests: Italian words in, marked words out, one line of its log a sentence that it was given."""

import hashlib
import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import WeightsMissing
from models.translator import Signature, Translation


@dataclass
class FakeTranslator:
    """Deterministic, and as sensitive to the company of a sentence as float arithmetic may be.

    Attributes:
        log: file to which every sentence is appended when it is translated.
        delay: seconds a call takes.
    """

    log: Path
    delay: float = 0.0
    model: str = "fake"

    @property
    def signature(self) -> Signature:
        return Signature(self.model, "none")

    def translate(self, sentences: Sequence[str], progress: Callable[[int], None] | None = None) -> list[Translation]:
        for it in sentences:
            if "AFFONDA" in it:
                os.kill(os.getpid(), signal.SIGSEGV)
            if "ESAURISCE" in it:
                raise MemoryError
            if "DORME" in it:
                time.sleep(3600)
        self.log.touch()
        time.sleep(self.delay)
        with self.log.open("a", encoding="utf-8") as file:
            file.writelines(f"{it}\n" for it in sentences)
        company = hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:8]
        return [Translation(f"{it[:40]} in English, in the company of {company}", -0.5) for it in sentences]

    def candidates(self, sentences: Sequence[str], count: int) -> list[list[Translation]]:
        return [[each] for each in self.translate(sentences)]


def no_model() -> FakeTranslator:
    raise WeightsMissing("the weights are not on this machine; install them first")


SENTENCES = (
    "La società di sicurezza {name} attribuisce l'attacco del {day} marzo al gruppo russo Sandworm.",
    "Secondo il rapporto, il gruppo avrebbe colpito {number} reti di aziende italiane.",
    "L'ambasciata russa a Roma ha respinto le accuse, definendole prive di fondamento.",
    "Il ministero dell'Interno ha annunciato che le indagini continueranno nei prossimi mesi.",
    "Nessun dato dei cittadini risulta finora diffuso in rete, ha precisato l'agenzia.",
)
NAMES = ("Meridiana", "Faro Blu", "Vedetta", "Torre Alta", "Ponte Nuovo", "Quarzo", "Sestante", "Bussola")


def article(number: int, extra: str = "") -> str:
    """An Italian article of its own."""
    fields = {"name": NAMES[number % len(NAMES)], "day": number % 28 + 1, "number": number + 10}
    body = "\n\n".join(sentence.format(**fields) for sentence in SENTENCES)
    return f"Attacco informatico numero {number}: accuse alla Russia\n\n{body}\n\n{extra}\n"


def write_articles(folder: Path, count: int) -> None:
    """So many articles over two folders."""
    for number in range(count):
        path = folder / ("nord" if number % 2 else "sud") / f"{number:03d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number), encoding="utf-8")


def tree(out: Path) -> dict[str, bytes]:
    """Every report of a run and its errors; the indexes but for their seconds are compared apart."""
    own = {"index.jsonl", "index.csv"}
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in own and not path.name.startswith("sunto-journal")
    }
