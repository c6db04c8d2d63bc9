"""What the lexicon's `needs` ask of a sentence."""

from typing import get_args

import pytest

from summarize.claims.arguments import Arguments
from summarize.claims.conditions import CONDITIONS
from summarize.claims.lexicon import Kind, cues
from tests.summarize.claims.contexts import context


def holds(name: str, text: str, *, speaker: str | None = None, by: str | None = None, to: str | None = None) -> bool:
    sentence = context(text, speaker=speaker)
    start = sentence.folded.find("|")
    return CONDITIONS[name](sentence, Arguments(by, to), max(0, start))


@pytest.mark.parametrize(
    ("name", "text", "given", "expected"),
    [
        ("hostile", "", {"by": "un gruppo di hacker"}, True),
        ("hostile", "", {"by": "il ministro"}, False),
        ("person", "", {"to": "Carlo Neri"}, True),
        ("person", "", {"to": "la società"}, False),
        ("own word", "", {"speaker": "il portavoce"}, True),
        ("own word", "", {"speaker": "il tribunale di Udine"}, False),
        ("quoted", "Il ministro: «sono | bugie».", {}, True),
        ("quoted", "Il ministro parla di | bugie.", {}, False),
        ("actor", "", {"to": "la Cina"}, True),
        ("actor", "", {"to": "il pane"}, False),
        ("said of another", "", {"speaker": "Kiev", "to": "Mosca"}, True),
        ("said of another", "", {"speaker": "il Cremlino", "to": "la Russia"}, False),
        ("accuser tells", "", {"speaker": "la procura di Udine", "to": "Carlo Neri"}, True),
        ("accuser tells", "", {"speaker": "il sindaco", "to": "Carlo Neri"}, False),
        ("after a quotation", "«Sono stati loro», | ha detto.", {}, True),
        ("after a quotation", "«Sono stati loro» e poi il silenzio, | ha detto.", {}, False),
        ("said or alleged", "Avrebbe rubato i dati.", {"to": "la banda"}, True),
        ("said or alleged", "Ha rubato i dati.", {"to": "la banda"}, False),
        ("act or wrong", "Tallinn protesta per il sabotaggio.", {}, True),
        ("act or wrong", "Tallinn protesta per il prezzo del pane.", {}, False),
        ("named who", "", {"by": "la società"}, True),
        ("named who", "", {}, False),
        ("own word, no future", "| assicura di non aver spiato nessuno.", {"speaker": "la ditta"}, True),
        ("own word, no future", "| assicura di non voler commentare.", {"speaker": "la ditta"}, False),
        ("own word, no future", "| afferma di non aver trovato prove.", {"speaker": "la ditta"}, False),
    ],
)
def test_a_condition(name: str, text: str, given: dict[str, str], expected: bool) -> None:
    assert holds(name, text, **given) is expected


def test_the_lexicon_asks_for_no_condition_that_is_not_there() -> None:
    asked = {cue.needs for kind in get_args(Kind) for cue in cues(kind) if cue.needs}
    assert asked
    assert asked <= set(CONDITIONS)
