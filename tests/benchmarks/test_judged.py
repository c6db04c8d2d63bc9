import json
from pathlib import Path

import pytest

from benchmarks import judged
from tests.benchmarks.fakes import Saying


def test_columns_that_the_product_does_not_have_are_named(tmp_path: Path) -> None:
    path = tmp_path / "old.tsv"
    path.write_text("score\tcolour\treliable\n-0.1\t3\t1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns are not score"):
        judged.read(path)


def test_what_was_judged_is_collected_where_it_is_translated_as_it_was_read(tmp_path: Path) -> None:
    sentences, output = tmp_path / "judged.jsonl", tmp_path / "verdicts.tsv"
    rows = [
        {"it": "Sono 17 casi.", "en": "There are 71 cases.", "reliable": False},
        {"it": "Piove.", "en": "It snows.", "reliable": False},
        {"it": "Nevica.", "en": "It snows.", "reliable": True},
    ]
    sentences.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said = {"Sono 17 casi.": ("There are 71 cases.",), "Piove.": ("It rains.",), "Nevica.": ("It snows.",)}
    asked = [str(sentences), "--output", str(output), "--cache", str(tmp_path / "decoded.jsonl")]
    judged.main(asked, lambda: Saying(said))
    found = judged.read(output)
    assert found.reliable.tolist() == [0.0, 1.0]
    assert found.features[:, judged.NAMES.index("errors")].tolist() == [1.0, 0.0]
