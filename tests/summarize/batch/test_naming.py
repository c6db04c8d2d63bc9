"""Names of outputs: no two inputs ever meet, whatever the file system thinks of capitals."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.batch.naming import LONGEST, OWN, display, outputs


def test_the_whole_name_is_kept() -> None:
    assert outputs(["a.txt", "a.html", "sotto/b.md.gz"], "json") == {
        "a.txt": "a.txt.json",
        "a.html": "a.html.json",
        "sotto/b.md.gz": "sotto/b.md.gz.json",
    }


def test_names_that_differ_only_in_capitals_are_told_apart() -> None:
    names = outputs(["Roma.txt", "roma.txt", "milano.txt"], "markdown")
    assert names["milano.txt"] == "milano.txt.md"
    assert len({path.casefold() for path in names.values()}) == 3
    assert names["Roma.txt"].startswith("Roma.txt~")


def test_composed_and_decomposed_accents_are_told_apart() -> None:
    names = outputs(["caff\u00e8.txt", "caffe\u0300.txt"], "json")
    assert len({unicodedata.normalize("NFC", path) for path in names.values()}) == 2


def test_a_file_never_stands_where_another_input_needs_a_folder() -> None:
    names = outputs(["a.txt", "a.txt.json/b.txt"], "json")
    assert names["a.txt.json/b.txt"] == "a.txt.json/b.txt.json"
    assert names["a.txt"] != "a.txt.json"


def test_sunto_s_own_files_are_out_of_reach() -> None:
    for own in OWN:
        (path,) = outputs([f"{own}/a.txt"], "json").values()
        assert path.split("/")[0] not in OWN


def test_a_long_name_is_cut_and_marked() -> None:
    names = outputs(["è" * 120 + "1.txt", "è" * 120 + "2.txt"], "json")
    assert len(set(names.values())) == 2
    assert all(len(path.encode()) <= LONGEST for path in names.values())


def test_the_map_does_not_depend_on_order() -> None:
    names = ["B/x.txt", "b/x.txt", "c.txt"]
    assert outputs(names, "text") == outputs(names[::-1], "text")


def test_odd_bytes_are_shown_as_such() -> None:
    assert display("caff\udce8.txt") == "caff\\xe8.txt"


parts = st.text(st.sampled_from("aAbB.~è\n"), min_size=1, max_size=4).filter(lambda part: part not in {".", ".."})
paths = st.lists(parts, min_size=1, max_size=3).map("/".join)


@settings(max_examples=100, deadline=None)
@given(st.sets(paths, max_size=12))
def test_outputs_never_collide(names: set[str]) -> None:
    # A tree cannot hold one name as a file and as a folder.
    names = {name for name in names if not any(other.startswith(name + "/") for other in names)}
    found = outputs(names, "json")
    keys = [unicodedata.normalize("NFC", path).casefold() for path in found.values()]
    assert len(set(keys)) == len(keys)
    assert not any(other.startswith(key + "/") for key in keys for other in keys)
