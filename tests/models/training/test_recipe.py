import re
import tomllib

from models.catalog import CATALOG, DEFAULT
from models.embedded import Prompt
from models.training import recipe


def test_the_prompt_of_training_is_that_of_use() -> None:
    prompt = (CATALOG[DEFAULT].adapter / "prompt.toml").read_text(encoding="utf-8")
    assert recipe.load().template == tomllib.loads(prompt)["template"]
    used = Prompt.parse(prompt)
    assert recipe.load().template == f"{used.before}{{source}}{used.after}"


def test_the_recipe_beside_the_module_is_sound() -> None:
    found = recipe.load()
    assert found.held_out.source in {source.name for source in found.sources}
    assert all(0 < source.share <= 1 and 0 < source.by <= 1 for source in found.sources)
    assert all(re.search(r"\.tsv(\.zst)?$", source.file) for source in found.sources)
