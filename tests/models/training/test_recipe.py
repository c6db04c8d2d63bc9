import re
import tomllib
from pathlib import Path

import pytest

from models import hints
from models.catalog import CATALOG, DEFAULT
from models.prompt import Prompt
from models.training import recipe


def test_the_prompt_of_training_is_that_of_use() -> None:
    folder = CATALOG[DEFAULT].adapter
    written = tomllib.loads((folder / "prompt.toml").read_text(encoding="utf-8"))["template"]
    assert recipe.load().template == written.replace("{hints}", "")
    sentence, lexicon = "Il giudice ha chiesto l'ergastolo.", hints.load(folder / "lexicon.tsv")
    hinted = sentence + hints.line(lexicon.hints(sentence))
    assert "Hints: " in hinted
    assert Prompt.read(folder).around(sentence) == recipe.load().template.replace("{source}", hinted)


@pytest.mark.parametrize("path", sorted(recipe.DEFAULT.parent.glob("*.toml")), ids=lambda path: path.stem)
def test_the_recipes_beside_the_module_are_sound(path: Path) -> None:
    found = recipe.load(path)
    channel = CATALOG[DEFAULT].channel
    assert channel is not None
    assert found.template == (
        Prompt.read(channel.adapter).around("{source}") if found.backward else recipe.load().template
    )
    assert found.held_out.source in {source.name for source in found.sources}
    assert all(source.share > 0 and 0 <= source.after < source.by <= 1 for source in found.sources)
    assert all(re.search(r"\.tsv(\.zst)?$", source.file) for source in found.sources)
