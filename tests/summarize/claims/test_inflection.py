import re

import pytest

from summarize.claims.inflection import conjugate
from summarize.claims.lexicon import verbs


def finite(infinitive: str, irregular: str = "") -> re.Pattern[str]:
    return re.compile(conjugate(infinitive, irregular).finite)


@pytest.mark.parametrize(
    ("infinitive", "irregular", "form"),
    [
        ("accusare", "", "accusano"),
        ("accusare", "", "accuserebbero"),
        ("indicare", "", "indicherà"),
        ("denunciare", "", "denuncerà"),
        ("respingere", "respins respint", "respinsero"),
        ("ribadire", "", "ribadisce"),
        ("attribuire", "", "attribuì"),
        ("ricondurre", "ricondus ricondott", "riconduceva"),
        ("opporre", "oppos oppost oppone", "oppone"),
        ("sottrarre", "sottrass sottratt sottrae", "sottrae"),
        ("dire", "diss dett", "dicevano"),
    ],
)
def test_finite_forms(infinitive: str, irregular: str, form: str) -> None:
    assert finite(infinitive, irregular).fullmatch(form)


def test_a_noun_in_o_or_i_is_no_form_of_the_first_conjugation() -> None:
    assert not finite("attaccare").fullmatch("attacco")
    assert not finite("sanzionare").fullmatch("sanzioni")


def test_participle_gerund_and_infinitive_take_their_endings() -> None:
    verb = conjugate("respingere", "respins respint")
    assert re.fullmatch(verb.participle, "respinte")
    assert re.fullmatch(verb.gerund, "respingendole")
    assert re.fullmatch(verb.infinitive, "respingere")
    assert re.fullmatch(verb.infinitive, "respingerle")


def test_the_stem_begins_every_form() -> None:
    for verb in verbs().values():
        assert all(form.startswith(verb.stem) for form in verb.finite.split("|"))
