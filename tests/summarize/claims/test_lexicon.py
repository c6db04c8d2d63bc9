import pytest

from summarize.claims import lexicon
from summarize.claims.frames import FRAMES
from summarize.claims.lexicon import Cue, cues, expand, load, phrase
from summarize.claims.matching import CONDITIONS

ALL = [*cues("attribution"), *cues("denial")]


def test_every_cue_has_a_frame_and_a_condition_that_exist() -> None:
    assert {cue.frame for cue in ALL} <= FRAMES.keys()
    assert {cue.needs for cue in ALL if cue.needs} <= CONDITIONS.keys()


def test_names_are_unique() -> None:
    for kind in ("attribution", "denial"):
        names = [entry["name"] for entry in load(f"{kind}.toml")["cue"]]
        assert len(names) == len(set(names))


def test_every_pattern_of_the_rules_compiles() -> None:
    for group, patterns in load("patterns.toml").items():
        for name in patterns:
            assert lexicon.rule(group, name).pattern


@pytest.mark.parametrize("cue", ALL, ids=lambda cue: cue.name)
def test_no_cue_matches_the_empty_text(cue: Cue) -> None:
    assert list(cue.matches("")) == []
    assert list(cue.matches("oggi piove sulle alpi e sulla costa.")) == []


def test_the_stems_of_a_cue_never_hide_a_match() -> None:
    for cue in ALL:
        for sentence in ("ha accusato", "accusandolo", "ha negato tutto", "è stato accusato", "rivendicò", "respinge"):
            if cue.pattern.search(sentence) and cue.stems:
                assert any(stem in sentence for stem in cue.stems)


def test_an_unknown_macro_is_an_error() -> None:
    with pytest.raises(KeyError):
        expand("<NOSUCHLIST>")


def test_a_phrase_keeps_to_word_boundaries() -> None:
    assert phrase("<accusare:fin>").search("il sindaco accusa tutti")
    assert not phrase("<accusare:fin>").search("il sindaco riaccusa tutti")
