"""A whole run with a fake translator: nothing lost, nothing done twice, the same bytes however often it is cut off."""

import csv
import functools
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import zstandard
from batch_fakes import SENTENCES, FakeTranslator, article, no_model, tree, write_articles

from summarize.batch import Options, Tally, find, run
from summarize.batch.errors import BatchError, OutputUnwritable
from summarize.batch.options import BATCH
from summarize.glossary import Term
from summarize.reading import MAX_BYTES

ROOT = Path(__file__).parents[3]
OPTIONS = Options(workers=1, timeout=60)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "translated.log"


def batch(folder: Path, out: Path, log: Path, options: Options = OPTIONS, **fake: object) -> Tally:
    return run(find([str(folder)], out), out, functools.partial(FakeTranslator, log, **fake), options)  # type: ignore[arg-type]


def translated(log: Path) -> Counter[str]:
    return Counter(log.read_text(encoding="utf-8").splitlines()) if log.exists() else Counter()


def index(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "index.jsonl").read_text(encoding="utf-8").splitlines()]


def errors(out: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    return {row["source"]: row["kind"] for row in rows}


def test_every_article_has_its_report_and_its_row(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 10)
    tally = batch(tmp_path / "in", tmp_path / "out", log)
    assert (tally.total, tally.done, tally.failed, tally.stopped) == (10, 10, 0, False)
    rows = index(tmp_path / "out")
    assert [row["source"] for row in rows] == sorted(row["source"] for row in rows)
    for row in rows:
        report = json.loads((tmp_path / "out" / row["output"]).read_text(encoding="utf-8"))
        assert report["source"] == row["source"]
        assert report["title"] == row["title"]
        assert row["status"] == "done"
        assert row["seconds"] >= 0
    with (tmp_path / "out" / "index.csv").open(encoding="utf-8", newline="") as file:
        assert [row["source"] for row in csv.DictReader(file)] == [row["source"] for row in rows]
    assert not (tmp_path / "out" / ".partial").exists()


@pytest.mark.parametrize(("form", "suffix"), [("markdown", ".md"), ("html", ".html"), ("text", ".txt")])
def test_reports_take_the_form_that_was_asked_for(tmp_path: Path, log: Path, form: str, suffix: str) -> None:
    write_articles(tmp_path / "in", 1)
    batch(tmp_path / "in", tmp_path / "out", log, Options(form=form, workers=1))
    assert (tmp_path / "out" / "sud" / f"000.txt{suffix}").read_text(encoding="utf-8").strip()


def test_a_second_run_skips_everything(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 5)
    batch(tmp_path / "in", tmp_path / "out", log)
    before, rows = tree(tmp_path / "out"), index(tmp_path / "out")
    log.unlink()
    tally = batch(tmp_path / "in", tmp_path / "out", log)
    assert (tally.done, tally.skipped) == (0, 5)
    assert not translated(log)
    assert tree(tmp_path / "out") == before
    assert index(tmp_path / "out") == rows, "seconds are those of the first completion"


def test_a_changed_input_alone_is_done_again(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 5)
    batch(tmp_path / "in", tmp_path / "out", log)
    before = tree(tmp_path / "out")
    log.unlink()
    (tmp_path / "in" / "sud" / "002.txt").write_text(article(77), encoding="utf-8")
    tally = batch(tmp_path / "in", tmp_path / "out", log)
    assert (tally.done, tally.skipped) == (1, 4)
    after = tree(tmp_path / "out")
    assert {name for name in after if after[name] != before[name]} == {"sud/002.txt.json"}


def test_an_output_that_was_touched_is_made_anew_without_translating(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 3)
    batch(tmp_path / "in", tmp_path / "out", log)
    before = tree(tmp_path / "out")
    log.unlink()
    (tmp_path / "out" / "sud" / "000.txt.json").write_text("{}")
    (tmp_path / "out" / "sud" / "002.txt.json").unlink()
    tally = batch(tmp_path / "in", tmp_path / "out", log)
    assert (tally.done, tally.skipped) == (2, 1)
    assert tree(tmp_path / "out") == before
    assert not translated(log)


def test_another_form_needs_no_translating_and_another_model_does(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 3)
    batch(tmp_path / "in", tmp_path / "out", log)
    log.unlink()
    assert batch(tmp_path / "in", tmp_path / "out", log, Options(form="text", workers=1)).done == 3
    assert not translated(log)
    assert batch(tmp_path / "in", tmp_path / "out", log, Options(form="text", workers=1), model="other").done == 3
    assert translated(log)


def test_each_bad_input_is_named_and_costs_nobody_else(tmp_path: Path, log: Path) -> None:
    folder = tmp_path / "in"
    write_articles(folder, 12)
    bad = {
        "vuoto.txt": (b"", "empty-input"),
        "immagine.txt": (b"\x89PNG\r\n\x1a\n" + bytes(999), "binary-input"),
        "rotto.txt.gz": (gzip.compress(article(50).encode())[:-12], "corrupt-archive"),
        "rotto.txt.zst": (zstandard.compress(article(51).encode())[:-5], "corrupt-archive"),
        "bomba.txt.gz": (gzip.compress(bytes(MAX_BYTES + 1)), "too-large"),
        "inglese.txt": (b"The government has said that the works will begin next spring. " * 20, "not-italian"),
        "affonda.txt": (article(60, "Il sistema AFFONDA senza avvertire nessuno.").encode(), "crash"),
        "esaurisce.txt": (article(61, "Il sistema ESAURISCE la memoria di tutti.").encode(), "out-of-memory"),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    (folder / "appeso.txt").symlink_to("manca.txt")
    os.mkfifo(folder / "tubo.txt")
    (folder / "buono.txt.gz").write_bytes(gzip.compress(article(70).encode()))
    (folder / "buono.html.zst").write_bytes(
        zstandard.compress(f"<html><body><p>{article(71)}</p></body></html>".encode())
    )
    tally = batch(folder, tmp_path / "out", log)
    expected = {name: kind for name, (_, kind) in bad.items()}
    assert errors(tmp_path / "out") == {**expected, "appeso.txt": "broken-link", "tubo.txt": "special-file"}
    assert (tally.done, tally.failed, tally.total) == (14, 10, 24)
    good = {row["output"] for row in index(tmp_path / "out") if row["status"] == "done"}
    assert good == {name for name in tree(tmp_path / "out") if name != "errors.jsonl"}


def test_a_translation_that_hangs_is_stopped(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 2)
    (tmp_path / "in" / "dorme.txt").write_text("Il portavoce DORME e non risponde alle domande dei cronisti.\n" * 2)
    tally = batch(tmp_path / "in", tmp_path / "out", log, Options(workers=1, timeout=4))
    assert errors(tmp_path / "out") == {"dorme.txt": "timeout"}
    assert tally.done == 2


def test_failures_are_tried_again(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 1)
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    assert batch(tmp_path / "in", tmp_path / "out", log).failed == 1
    (tmp_path / "in" / "a.txt").write_text(article(5), encoding="utf-8")
    tally = batch(tmp_path / "in", tmp_path / "out", log)
    assert (tally.done, tally.skipped, tally.failed) == (1, 1, 0)
    assert errors(tmp_path / "out") == {}


def test_a_report_whose_input_fails_now_is_set_aside(tmp_path: Path, log: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    write_articles(folder, 3)
    batch(folder, out, log)
    before, good = tree(out), (folder / "sud" / "000.txt").read_bytes()
    (folder / "sud" / "000.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(999))
    (folder / "sud" / "002.txt").unlink()
    (folder / "sud" / "002.txt").symlink_to("manca.txt")
    for _ in range(2):  # the second run knows it too
        assert batch(folder, out, log).failed == 2
        assert [(row["status"], row["output"]) for row in index(out)[1:]] == [("failed", None)] * 2
        rows = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [row["earlier_report"] for row in rows] == ["sud/000.txt.json.stale", "sud/002.txt.json.stale"]
        assert (out / "sud" / "000.txt.json.stale").read_bytes() == before["sud/000.txt.json"]
        assert not list((out / "sud").glob("*.json"))
    log.unlink()
    (folder / "sud" / "000.txt").write_bytes(good)
    assert batch(folder, out, log).done == 1
    assert not translated(log), "its translations were kept"
    assert tree(out)["sud/000.txt.json"] == before["sud/000.txt.json"]
    assert [path.name for path in out.rglob("*.stale")] == ["002.txt.json.stale"]


def test_a_changed_glossary_redoes_what_it_touches(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 3)
    batch(tmp_path / "in", tmp_path / "out", log)
    log.unlink()
    for targets in (("regulator",), ("watchdog",)):
        options = Options(workers=1, glossary=(Term("agenzia", targets, own=True),))
        assert batch(tmp_path / "in", tmp_path / "out", log, options).done == 3
        assert batch(tmp_path / "in", tmp_path / "out", log, options).skipped == 3
        report = json.loads((tmp_path / "out" / "sud" / "000.txt.json").read_text(encoding="utf-8"))
        assert "agenzia" in json.dumps(report["sentences"])
        assert all("agenzia" in it for it in translated(log)), "the other sentences were translated before"
    assert batch(tmp_path / "in", tmp_path / "out", log).done == 3


def test_no_clock_that_can_be_set_has_a_say(tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def jump() -> float:
        raise AssertionError("the time of day was asked for")

    write_articles(tmp_path / "in", 2)
    monkeypatch.setattr(time, "time", jump)
    assert batch(tmp_path / "in", tmp_path / "out", log).done == 2
    for number, path in enumerate((tmp_path / "in").rglob("*.txt")):
        os.utime(path, (number * 10**9, 4 * 10**9))
    assert batch(tmp_path / "in", tmp_path / "out", log).skipped == 2


def test_strict_stops_at_the_first_failure(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 6 * BATCH)
    (tmp_path / "in" / "nord" / "000.txt").write_bytes(b"")
    tally = batch(tmp_path / "in", tmp_path / "out", log, Options(strict=True, workers=1))
    assert tally.failed == 1
    assert tally.stopped
    assert tally.left > 0


def test_equal_content_and_names_that_differ_in_capitals_have_their_own_reports(tmp_path: Path, log: Path) -> None:
    (tmp_path / "in").mkdir()
    odd = os.fsdecode(b"caff\xe8\ncorretto.txt")
    for name in ("A.txt", "a.txt", "copia.txt", "copia.md", odd):
        (tmp_path / "in" / name).write_text(article(1), encoding="utf-8")
    assert batch(tmp_path / "in", tmp_path / "out", log).done == 5
    assert len(tree(tmp_path / "out")) == 5 + 1
    assert (tmp_path / "out" / f"{odd}.json").exists()
    assert {row["source"] for row in index(tmp_path / "out")} == {
        "A.txt", "a.txt", "copia.txt", "copia.md", "caff\\xe8\ncorretto.txt",
    }  # fmt: skip


def test_a_translator_that_does_not_open_ends_the_run_in_its_own_words(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 1)
    found = find([str(tmp_path / "in")], tmp_path / "out")
    with pytest.raises(BatchError, match="install them first"):
        run(found, tmp_path / "out", no_model, OPTIONS)


def test_a_disk_that_fills_up_ends_the_run_and_the_next_goes_on(
    tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in", 20)
    batch(tmp_path / "in", tmp_path / "whole", tmp_path / "whole.log")
    replace, calls = Path.replace, iter(range(100))

    def full(self: Path, target: Path) -> Path:
        if next(calls) == 5:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputUnwritable, match="free some space"):
        batch(tmp_path / "in", tmp_path / "out", log)
    monkeypatch.undo()
    tally = batch(tmp_path / "in", tmp_path / "out", log)
    assert tally.skipped >= 5
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    # What the translator had in hand when the disk was full is translated again, and nothing else is.
    again = translated(log) - translated(tmp_path / "whole.log")
    assert not translated(tmp_path / "whole.log") - translated(log)
    assert again.total() <= BATCH * (len(SENTENCES) + 1)


RUN = """
import functools, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from batch_fakes import FakeTranslator
from summarize.batch import Options, find, run
if __name__ == "__main__":
    folder, out, log = map(Path, sys.argv[1:4])
    opening = functools.partial(FakeTranslator, log, delay=0.05)
    run(find([str(folder)], out), out, opening, Options(workers=1))
"""


def test_killed_at_random_moments_the_outputs_are_those_of_an_undisturbed_run(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 40)
    for number in range(3):
        (tmp_path / "in" / f"vuoto{number}.txt").touch()
    batch(tmp_path / "in", tmp_path / "whole", tmp_path / "whole.log")
    script = tmp_path / "go.py"
    script.write_text(RUN)
    moments = random.Random(7)
    here = str(Path(__file__).parent)
    command = [sys.executable, str(script), str(tmp_path / "in"), str(tmp_path / "out"), str(log), here]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    kills = 0
    for _ in range(4):
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        time.sleep(moments.uniform(0.5, 4))
        kills += process.poll() is None
        process.kill()
        process.wait()
        for path in (tmp_path / "out").rglob("*.json"):
            json.loads(path.read_bytes())  # no half of a report, ever
    batch(tmp_path / "in", tmp_path / "out", log)
    assert kills
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")
    again = translated(log) - translated(tmp_path / "whole.log")
    sentences = len(translated(tmp_path / "whole.log")) / 40 * BATCH
    assert sum(again.values()) <= kills * (sentences + 1), "translated again beyond the batch in hand"
    drop = [{k: v for k, v in row.items() if k != "seconds"} for row in index(tmp_path / "out")]
    assert drop == [{k: v for k, v in row.items() if k != "seconds"} for row in index(tmp_path / "whole")]


def test_ctrl_c_once_finishes_what_is_in_hand(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 40)
    seen = []

    def stop() -> bool:
        seen.append(1)
        return log.exists()

    out = tmp_path / "out"
    opening = functools.partial(FakeTranslator, log, delay=0.3)
    tally = run(find([str(tmp_path / "in")], out), out, opening, OPTIONS, stop=stop)
    assert tally.stopped
    assert 0 < tally.done < 40
    rows = index(out)
    assert Counter(row["status"] for row in rows) == {"done": tally.done, "pending": 40 - tally.done}
    assert len(tree(out)) == tally.done + 1


def test_ctrl_c_twice_stops_at_once(tmp_path: Path, log: Path) -> None:
    write_articles(tmp_path / "in", 8)
    out = tmp_path / "out"
    calls = []

    def stop() -> bool:
        calls.append(1)
        if len(calls) > 20:
            raise KeyboardInterrupt
        return False

    opening = functools.partial(FakeTranslator, log, delay=3600)
    with pytest.raises(KeyboardInterrupt):
        run(find([str(tmp_path / "in")], out), out, opening, OPTIONS, stop=stop)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
