from pathlib import Path

import pytest

from benchmarks import testsets


def test_a_folder_without_the_sets_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no test set flores-dev"):
        testsets.read(tmp_path, "flores-dev")
