import re
import subprocess
import sys
from pathlib import Path

import summarize

ROOT = Path(__file__).parent.parent

PUBLIC = [
    "Article",
    "Claim",
    "Claims",
    "Finding",
    "GlossaryError",
    "InputError",
    "Metadata",
    "ModelError",
    "Paragraph",
    "Rendition",
    "Report",
    "Sentence",
    "Speaker",
    "Strength",
    "Summary",
    "SuntoError",
    "check",
    "claims",
    "clean",
    "summarize",
    "translate",
]


def test_the_exports_are_the_ones_that_others_build_on() -> None:
    assert sorted(summarize.__all__) == sorted(PUBLIC)


def test_every_export_exists_and_is_documented() -> None:
    for name in summarize.__all__:
        assert getattr(summarize, name).__doc__, name


def test_the_italian_side_never_imports_an_engine() -> None:
    code = (
        "import sys; from summarize import clean, claims, check\n"
        "claims('examples/attribution-and-denial.txt'); check('Sono due.', 'There are two.')\n"
        "heavy = {'torch', 'transformers', 'ctranslate2', 'onnxruntime'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_models_know_nothing_of_summarize_and_nothing_imports_the_command_line() -> None:
    for path in (ROOT / "models").rglob("*.py"):
        assert "from summarize" not in path.read_text(encoding="utf-8"), path
    for folder in ("models", "summarize"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"^\s*(import cli\b|from (cli|commands)\b)", text, re.MULTILINE), path
