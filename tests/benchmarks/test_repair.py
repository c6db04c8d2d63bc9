from pathlib import Path

import pytest

from benchmarks import repair as measure
from tests.benchmarks.fakes import Saying

SAID = {
    "Sono 17 casi.": ("There are 71 cases.", "There are 17 cases."),
    "Sono 23 treni.": ("There are 32 trains.", "There are 33 trains."),
    "Piove.": ("It rains.",),
}


def test_the_gain_is_that_of_the_changed_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("press-dev", "flores-dev"):
        (tmp_path / f"{name}.it").write_text("\n".join(SAID) + "\n", encoding="utf-8")
        (tmp_path / f"{name}.en").write_text("There are 17 cases.\nThere are 23 trains.\nIt rains.\n", encoding="utf-8")
    measure.main(["--sets", str(tmp_path), "--cache", str(tmp_path / "decoded.jsonl")], lambda: Saying(SAID))
    shown = capsys.readouterr().out
    assert "press-dev: 3 sentences, 2 with errors, 2 errors" in shown
    rows = [line.split() for line in shown.splitlines() if line.startswith("  beam 8")]
    assert len(rows) == 2 * len(measure.PRICES)
    assert {(row[3], row[4], row[7]) for row in rows} == {("1", "1", "100.0")}  # changed, errors left, chrF after


def test_articles_are_read_as_the_product_reads_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = "Il ministero dice che sono 17 casi in tutto il paese.", "Il governo non ha ancora risposto."
    (tmp_path / "uno.txt").write_text(f"{first}\n\n{second}\n", encoding="utf-8")
    said = {first: ("The ministry says 71.", "The ministry says that there are 17 cases in the country.")}
    measure.main(["--articles", str(tmp_path), "--cache", str(tmp_path / "decoded.jsonl")], lambda: Saying(said))
    shown = capsys.readouterr().out
    assert "1 articles, 2 sentences, 2 decoded again" in shown
    assert "changed 1" in shown


def test_nothing_to_measure_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as error:
        measure.main(["--cache", str(tmp_path / "decoded.jsonl")], lambda: Saying({}))
    assert error.value.code == 2
