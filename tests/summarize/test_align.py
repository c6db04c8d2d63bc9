from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.align import align, split_english

ITALIAN = (
    "Il 12 marzo il porto di Trani era fermo. Il sindaco ha chiesto aiuto. La banda Kravitor tace. Riapre il 3 aprile."
)
ENGLISH = (
    "On 12 March the port of Trani was down, and the mayor asked for help. The gang Kravitor is silent. "
    "It will reopen on 3 April."
)


def test_two_sentences_that_became_one_are_joined() -> None:
    beads = align(ITALIAN, ENGLISH)
    assert [(b.it.count("."), b.en.count(".")) for b in beads] == [(2, 1), (1, 1), (1, 1)]


def test_a_dropped_sentence_stands_alone() -> None:
    lost = "La banda Kravitor ha pubblicato un messaggio e da giorni non risponde più."
    italian = ITALIAN.replace("La banda Kravitor tace.", lost)
    english = "On 12 March the port of Trani was down. The mayor asked for help. It will reopen on 3 April."
    assert [b.it for b in align(italian, english) if not b.en] == [lost]


def test_english_titles_end_no_sentence() -> None:
    text = "Mr. Rossi met Dr. Bianchi in the U.S. Navy yard. He left."
    assert [text[a:b] for a, b in split_english(text)][-1] == "He left."


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Uno. ", "Due volte 2. ", "Tre!\n\n"]), max_size=8),
    st.lists(st.just("One. "), max_size=8),
)
def test_every_sentence_is_in_one_bead(italian: list[str], english: list[str]) -> None:
    left, right = "".join(italian), "".join(english)
    beads = align(left, right)
    assert "".join("".join(b.it.split()) for b in beads) == "".join(left.split())
    assert "".join("".join(b.en.split()) for b in beads) == "".join(right.split())
