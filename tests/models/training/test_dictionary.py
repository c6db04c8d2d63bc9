from pathlib import Path

import pytest

from models.training import dictionary


def written(folder: Path) -> Path:
    (folder / "lemmas.tsv").write_text(
        "semaforo\ttraffic light\nvirus\tvirus\nmuffa\tmould / mildew\n", encoding="utf-8"
    )
    (folder / "forms.tsv").write_text("semaforica\tof traffic lights\nappunto\t-\n", encoding="utf-8")
    (folder / "phrases.tsv").write_text("furto d'identità\tidentity theft\n", encoding="utf-8")
    (folder / "names.tsv").write_text("Lettonia\tLatvia\n", encoding="utf-8")
    (folder / "locutions.tsv").write_text("puntare il dito contro\tpoint the finger at\n", encoding="utf-8")
    return folder


def test_a_lemma_stands_for_its_forms_and_phrases_and_names_stand_as_they_are(tmp_path: Path) -> None:
    pairs = [("I semafori della Lettonia.", ""), ("Il furto d’identità e i semafori.", "")]
    found = {form: (english, count) for form, english, count in dictionary.rows([], pairs, written(tmp_path))}
    assert found["semafori"] == ("traffic light", 2)
    assert found["semaforo"] == ("traffic light", 0)
    assert found["semaforica"] == ("of traffic lights", 0)
    assert found["lettonia"] == ("Latvia", 1)
    assert found["furto di identità"] == ("identity theft", 1)
    assert "virus" not in found  # copied


def test_a_locution_stands_for_the_forms_of_its_verb(tmp_path: Path) -> None:
    pairs = [("Puntò il dito contro il governo.", "")]
    found = {form: (english, count) for form, english, count in dictionary.rows([], pairs, written(tmp_path))}
    assert found["puntano il dito contro"] == ("point the finger at", 0)
    assert found["puntò il dito contro"] == ("point the finger at", 1)


def test_what_a_corpus_adds_is_put_behind(tmp_path: Path) -> None:
    corpus = [
        ("appunto", "note", 4),
        ("semafori", "traffic lights / signals", 4),
        ("molo", "pier", 3),
        ("muffa", "Mould", 2),
    ]
    found = {form: english for form, english, _ in dictionary.rows(corpus, [], written(tmp_path))}
    assert found["semafori"] == "traffic light / signals"
    assert found["molo"] == "pier"
    assert "appunto" not in found
    assert found["muffa"] == "mould / mildew"


def test_what_the_pairs_contradict_goes(tmp_path: Path) -> None:
    pairs = [("La muffa.", "The mould."), *[("I semafori.", "The signals.")] * dictionary.ENOUGH]
    found = {form for form, _, _ in dictionary.rows([], pairs, written(tmp_path))}
    assert "muffa" in found
    assert "semafori" not in found


@pytest.mark.parametrize("path", sorted(dictionary.FOLDER.glob("*.tsv")), ids=lambda path: path.name)
def test_the_dictionaries_are_whole(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 1000
    for line in lines:
        italian, english = line.split("\t")
        assert italian.strip() == italian != ""
        assert all(rendering.strip() == rendering != "" for rendering in english.split(" / ")), line
