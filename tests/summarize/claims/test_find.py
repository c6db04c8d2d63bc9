import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import claims as measure
from benchmarks import floors
from benchmarks.claims_sets import article, article_set, digest, sentence_set
from summarize.claims import find
from summarize.document import Article, Claim, Claims, Metadata, Speaker, Strength


def claims_of(*lines: str, title: str | None = None) -> Claims:
    return find(article(list(lines), title))


def one_denial(*lines: str) -> Claim:
    return claims_of(*lines).denials[0]


def test_the_own_set_stays_above_its_floors() -> None:
    assert not floors.changed(measure.FLOORS, digest()), "the set changed: run python -m benchmarks.claims --update"
    assert floors.fallen(measure.FLOORS, measure.figures()) == []


def test_the_set_is_large_enough() -> None:
    assert len(sentence_set()) >= 60
    assert len(article_set()) >= 20


def test_a_quotation_is_joined_with_its_speaker_across_the_line_break() -> None:
    found = claims_of(
        "“Il Lussemburgo ritiene che le intrusioni siano state condotte da hacker cinesi.”", "Ha affermato la ministra."
    )
    claim = found.attributions[0]
    assert claim.sentences == (0, 1)
    assert claim.it.endswith("Ha affermato la ministra.")
    assert "\n" not in claim.it


def test_offsets_stand_for_the_evidence() -> None:
    lines = ["Piove.", "Tirana accusa Teheran di spionaggio.", "Teheran nega."]
    text = "\n".join(lines)
    found = claims_of(*lines)
    assert text[found.attributions[0].start : found.attributions[0].end] == lines[1]
    assert text[found.denials[0].start : found.denials[0].end] == lines[2]


def test_a_denial_is_linked_to_what_it_answers() -> None:
    found = claims_of(
        "Praga accusa Mosca di aver sabotato i treni.",
        "Riga accusa Minsk di aver spiato i diplomatici.",
        "Minsk nega ogni coinvolgimento nello spionaggio.",
    )
    answers = found.denials[0].answers
    assert answers is not None
    assert found.attributions[answers].to == "Minsk"


def test_the_victim_of_a_claimed_breach_is_no_accused() -> None:
    denial = one_denial(
        "La gang RansomHub ha rivendicato un attacco contro Arvenis.",
        "Arvenis ha smentito qualsiasi intrusione nei propri sistemi.",
    )
    assert denial.speaker is Speaker.VICTIM


def test_a_pronoun_in_the_same_sentence_is_given_its_name() -> None:
    denial = one_denial("Kiev ha accusato Mosca del sabotaggio, ma quest'ultima ha respinto le accuse.")
    assert denial.by == "Mosca"


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("Il governo ceco ha accusato Mosca di aver sabotato i treni.", Strength.OFFICIAL),
        ("I ricercatori di Nordlabs attribuiscono l'intrusione a Sandworm.", Strength.FINDING),
        ("Dietro l'intrusione ci sarebbe Sandworm.", Strength.ALLEGED),
        ("Il collettivo Vulcano ha rivendicato l'attacco.", Strength.CONFIRMED),
    ],
)
def test_strength_of_attributions(sentence: str, strength: Strength) -> None:
    assert claims_of(sentence).attributions[0].strength is strength


def test_scope_of_denials() -> None:
    whole = one_denial("La banca ha negato ogni responsabilità.")
    part = one_denial("La banca ha ammesso l'errore ma ha negato di aver venduto i dati.")
    assert (whole.scope, part.scope) == ("full", "partial")


def test_aliases_that_the_article_gives_come_with_the_group() -> None:
    found = claims_of("Dietro l'attacco ci sarebbe Gallium.", "Il gruppo è noto anche come Softcell.")
    assert found.attributions[0].groups == ("Gallium (Softcell)",)


def test_the_main_claim_comes_before_background() -> None:
    found = claims_of(
        "Nel marzo 2019 Sandworm era stato accusato di un attacco in Slovacchia.",
        "Ora Praga accusa APT28 di aver attaccato la banca centrale.",
        title="Praga accusa APT28: attacco alla banca centrale",
    )
    assert found.attributions[0].it.startswith("Ora Praga")


def test_an_empty_article_has_no_claims() -> None:
    assert find(Article("x", "", Metadata(), (), ())) == Claims()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(alphabet="abcdefgilmnoprstuvz ABCà'’“”\"(),.;:-–\u00a0", max_size=120)
        | st.sampled_from(["ha negato le accuse", "Secondo X,", "accusato di", "“Non", "da parte di", "dietro c'è"]),
        max_size=6,
    )
)
def test_any_text_gives_claims_inside_it(lines: list[str]) -> None:
    made = article([line.replace("\n", " ") for line in lines])
    found = find(made)
    for claim in (*found.attributions, *found.denials):
        assert 0 <= claim.start < claim.end <= len(made.text)
        assert 0 <= claim.score <= 1
        assert claim.cue
