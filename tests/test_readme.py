import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_library_example_runs_and_shows_both_sides() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "attribution" in result.stdout
    assert "denial" in result.stdout


def test_every_file_the_readme_names_exists() -> None:
    for name in re.findall(r"`((?:examples|models|summarize|benchmarks|commands)/[\w/.-]*)`", README):
        assert (ROOT / name).exists(), name
