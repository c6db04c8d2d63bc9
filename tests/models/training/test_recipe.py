import re
import tomllib

from models import hints
from models.catalog import CATALOG, DEFAULT
from models.embedded import Prompt
from models.training import recipe


def test_the_prompt_of_training_is_that_of_use() -> None:
    folder = CATALOG[DEFAULT].adapter
    written = tomllib.loads((folder / "prompt.toml").read_text(encoding="utf-8"))["template"]
    assert recipe.load().template == written.replace("{hints}", "")
    sentence, lexicon = "Il giudice ha chiesto l'ergastolo.", hints.load(folder / "lexicon.tsv")
    hinted = sentence + hints.line(lexicon.hints(sentence))
    assert "Hints: " in hinted
    assert Prompt.read(folder).around(sentence) == recipe.load().template.replace("{source}", hinted)


def test_the_recipe_beside_the_module_is_sound() -> None:
    found = recipe.load()
    assert found.held_out.source in {source.name for source in found.sources}
    assert all(0 < source.share <= 1 and 0 < source.by <= 1 for source in found.sources)
    assert all(re.search(r"\.tsv(\.zst)?$", source.file) for source in found.sources)
