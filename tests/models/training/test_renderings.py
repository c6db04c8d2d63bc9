from pathlib import Path

from models.coverage import Table
from models.hints import Lexicon
from models.training.renderings import table, write

PAIRS = [
    ("la banda attacca la rete", "the gang attacks the network"),
    ("la banda colpisce la scuola", "the gang strikes the school"),
    ("una banda colpisce una rete", "a gang strikes a network"),
    ("la scuola ferma la rete", "the school stops the network"),
    ("le bande fermano la scuola", "the gangs stop the school"),
    ("la rete davvero attacca", "the network attacks"),
] * 3


def test_all_forms_of_a_lemma_share_what_they_are_said_with() -> None:
    said = table(PAIRS, [], Lexicon({}))
    assert said["banda"] == said["bande"] == ("gang",)
    assert said["colpisce"] == said["colpiscono"]
    assert "strik" in said["colpisce"]
    assert "la" not in said
    assert "gatto" not in said


def test_what_is_often_left_out_says_nothing() -> None:
    careless = [("la banda attacca la rete", "the network is under attack")] * 9
    assert table(PAIRS, careless, Lexicon({}))["banda"] == ()
    assert table(PAIRS, careless, Lexicon({"banda": ("under", 1)}))["banda"] == ("gang",)  # the lexicon knows better


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "renderings.tsv"
    said = {"lana": ("wool",), "davvero": (), "àncora": ("anchor", "moor")}
    write(said, path)
    assert dict(Table.load(path)) == said
