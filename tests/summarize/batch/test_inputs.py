"""Every name that is asked for ends as an input, a refusal, or a pass-over with a reason."""

import os
from pathlib import Path

import pytest

from summarize.batch.inputs import JOURNAL, find, matches, overlap, split_list


def touch(path: Path, text: str = "Testo.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_mirrored_from_its_top(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sotto/c.md", "sotto/d.HTM", "e.txt.gz", "f.html.zst", "g.jpg", ".h.txt"):
        touch(tmp_path / "in" / name)
    found = find([str(tmp_path / "in")], tmp_path / "out")
    assert sorted(found.inputs) == ["a.html", "b.txt", "e.txt.gz", "f.html.zst", "sotto/c.md", "sotto/d.HTM"]
    assert found.ignored == {".jpg": 1, "hidden": 1}
    assert not found.refused


def test_a_pattern_chooses(tmp_path: Path) -> None:
    for name in ("a.txt", "b.news", "sotto/c.news"):
        touch(tmp_path / "in" / name)
    assert set(find([str(tmp_path / "in")], tmp_path / "out", ["*.news"]).inputs) == {"b.news", "sotto/c.news"}
    assert set(find([str(tmp_path / "in")], tmp_path / "out", ["sotto/*"]).inputs) == {"sotto/c.news"}


def test_a_pattern_ignores_capitals() -> None:
    assert matches("A/B.TXT", ["*.txt"])
    assert not matches("A/B.TXT", ["b/*.txt"])


def test_several_arguments_are_mirrored_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    touch(tmp_path / "uno" / "a.txt")
    touch(tmp_path / "due" / "a.txt")
    assert set(find(["uno", "due/a.txt"], tmp_path / "out").inputs) == {"uno/a.txt", "due/a.txt"}
    assert set(find([str(tmp_path / "uno"), "due"], tmp_path / "out").inputs) == {"uno/a.txt", "due/a.txt"}


def test_files_outside_the_working_folder_keep_their_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qui").mkdir()
    monkeypatch.chdir(tmp_path / "qui")
    path = touch(tmp_path / "fuori" / "a.txt")
    assert set(find([str(path), "../fuori/a.txt"], tmp_path / "out").inputs) == {path.as_posix().lstrip("/")}


def test_a_glob_in_quotes_is_expanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    touch(tmp_path / "in" / "sotto" / "a.txt")
    touch(tmp_path / "in" / "b.txt")
    assert set(find(["in/**/*.txt"], tmp_path / "out").inputs) == {"in/b.txt", "in/sotto/a.txt"}


def test_a_name_with_brackets_is_a_name_where_it_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    touch(tmp_path / "a[1].txt")
    assert set(find(["a[1].txt"], tmp_path / "out").inputs) == {"a[1].txt"}


def test_what_does_not_exist_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = find(["manca.txt", "nessuno*.txt"], tmp_path / "out")
    assert {name: why.kind for name, why in found.refused.items()} == {
        "manca.txt": "not-found",
        "nessuno*.txt": "not-found",
    }


def test_links_to_nowhere_and_in_circles_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    touch(folder / "buono.txt")
    (folder / "appeso.txt").symlink_to("manca.txt")
    (folder / "giro.txt").symlink_to("giro.txt")
    found = find([str(folder)], tmp_path / "out")
    assert set(found.inputs) == {"buono.txt"}
    assert {name: why.kind for name, why in found.refused.items()} == {
        "appeso.txt": "broken-link",
        "giro.txt": "broken-link",
    }


def test_a_link_to_a_file_is_an_input_of_its_own(tmp_path: Path) -> None:
    touch(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.txt").symlink_to("a.txt")
    assert set(find([str(tmp_path / "in")], tmp_path / "out").inputs) == {"a.txt", "b.txt"}


def test_a_folder_is_read_once_whatever_links_lead_to_it(tmp_path: Path) -> None:
    touch(tmp_path / "in" / "vero" / "a.txt")
    (tmp_path / "in" / "alias").symlink_to("vero")
    (tmp_path / "in" / "vero" / "su").symlink_to("..")
    found = find([str(tmp_path / "in")], tmp_path / "out")
    assert set(found.inputs) == {"vero/a.txt"}
    assert {name: why.kind for name, why in found.passed.items()} == {
        "alias": "read-already",
        "vero/su": "read-already",
    }


def test_a_linked_folder_outside_is_followed(tmp_path: Path) -> None:
    touch(tmp_path / "altrove" / "a.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "via").symlink_to(tmp_path / "altrove")
    assert set(find([str(tmp_path / "in")], tmp_path / "out").inputs) == {"via/a.txt"}


def test_a_pipe_is_refused_without_opening_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    os.mkfifo(tmp_path / "in" / "tubo.txt")
    found = find([str(tmp_path / "in")], tmp_path / "out")
    assert found.refused["tubo.txt"].kind == "special-file"
    assert "pipe" in found.refused["tubo.txt"].reason


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "in" / "chiusa" / "a.txt")
    touch(tmp_path / "in" / "b.txt")
    scandir = os.scandir

    def forbid(path: str) -> object:
        if str(path).endswith("chiusa"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbid)
    found = find([str(tmp_path / "in")], tmp_path / "out")
    assert set(found.inputs) == {"b.txt"}
    assert found.refused["chiusa"].kind == "cannot-read"


def test_output_folders_are_no_input(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    touch(folder / "a.txt")
    touch(folder / "out" / "a.txt.txt")
    touch(folder / "prima" / "a.txt.txt")
    touch(folder / "prima" / JOURNAL)
    found = find([str(folder)], folder / "out")
    assert set(found.inputs) == {"a.txt"}
    assert {name: why.kind for name, why in found.passed.items()} == {"out": "output", "prima": "output"}


def test_inputs_in_the_output_folder_are_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "in" / "out").mkdir(parents=True)
    assert overlap([str(tmp_path / "in")], tmp_path / "in") is not None
    assert overlap([str(tmp_path / "in")], tmp_path) is not None
    assert overlap([str(tmp_path / "in")], tmp_path / "in" / "out") is None


def test_names_with_line_breaks_and_odd_bytes_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    touch(folder / os.fsdecode(b"caff\xe8.txt"))
    touch(folder / "due\nrighe.txt")
    found = find([str(folder)], tmp_path / "out")
    assert set(found.inputs) == {"due\nrighe.txt", os.fsdecode(b"caff\xe8.txt")}


def test_a_list_is_split_at_nul_where_there_is_one() -> None:
    assert split_list(b"a.txt\nb c.txt\r\n\n") == ["a.txt", "b c.txt"]
    assert split_list(b"a\nb.txt\0c.txt\0") == ["a\nb.txt", "c.txt"]
    assert split_list(b"caff\xe8.txt\n") == [os.fsdecode(b"caff\xe8.txt")]
