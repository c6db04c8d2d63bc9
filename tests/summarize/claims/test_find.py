from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarize
from benchmarks import claims as measure
from benchmarks import floors
from benchmarks.claims_sets import article, article_set, digest, sentence_set
from summarize.claims import find
from summarize.document import Article, Claim, Claims, Metadata, Speaker, Strength

EXAMPLE = Path(__file__).parents[3] / "examples" / "attribution-and-denial.txt"


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


def test_the_example_has_each_side_once() -> None:
    found = summarize.claims(EXAMPLE)
    assert [claim.by for claim in found.attributions] == [
        "Il governo lettone",
        "il ministro dell'Interno Andris Kalnins",
    ]
    assert [claim.by for claim in found.denials] == ["L'ambasciata russa a Riga"]


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


@pytest.mark.parametrize(
    ("sentence", "by", "to"),
    [
        ("A rivendicare l'attacco è stato il gruppo NoName.", "il gruppo NoName", "il gruppo NoName"),
        ("A puntare il dito contro la Russia è stato il ministro.", "il ministro", "la Russia"),
        ("«La Nordis ha rubato i nostri dati», accusa il rettore.", "il rettore", "La Nordis"),
        ("Riga ha espulso due diplomatici accusati di spionaggio.", "Riga", "due diplomatici"),
        ("Il Tesoro ha sanzionato la ditta, ritenuta responsabile dell'attacco.", "Il Tesoro", "la ditta"),
        ("Il Consiglio ha imposto sanzioni a due ufficiali, accusati di sabotaggio.", "Il Consiglio", "due ufficiali"),
        ("A Kaunas è stato fermato Jonas Petraitis, accusato di spionaggio.", None, "Jonas Petraitis"),
        ("Il Garante ha inflitto una multa di due milioni alla Respira spa.", "Il Garante", "Respira spa"),
        ("Minsk viene indicata da Varsavia come la mandante dell'attacco.", "Varsavia", "Minsk"),
        ("Dieci Stati hanno fatto causa a Chatterly.", "Dieci Stati", "Chatterly"),
        ("Secondo la procura il medico avrebbe venduto i dati.", "la procura", "il medico"),
        ("Il suo ex socio accusa Verdi di aver copiato i file.", "Il suo ex socio", "Verdi"),
    ],
)
def test_who_accuses_and_who_is_accused(sentence: str, by: str | None, to: str) -> None:
    found = claims_of(sentence).attributions[0]
    assert (found.by, found.to) == (by, to)


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("L'azienda, accusata dal Garante di aver spiato i clienti, respinge le accuse.", "L'azienda"),
        ("Nordis, multata dal Garante, nega di aver ceduto i dati.", "Nordis"),
        ("Da Mosca arriva un no secco alle accuse.", "Mosca"),
        ("L'ambasciata non ha negato l'attacco ma ha affermato che le accuse mancano di prove.", "L'ambasciata"),
        ("I due fratelli si sono dichiarati non colpevoli.", "I due fratelli"),
    ],
)
def test_who_denies(sentence: str, by: str) -> None:
    assert one_denial(sentence).by == by


def test_what_is_denied_ends_before_a_gerund() -> None:
    assert one_denial("La banca respinge le accuse, definendole infondate.").to == "accuse"


@pytest.mark.parametrize(
    "sentence",
    [
        "Il generale ha querelato il giornale per diffamazione, ha riferito il suo portavoce.",
        "Il ministero non ha smentito le voci sull'attacco.",
        "L'ambasciata non ha né confermato né smentito l'accusa.",
        "La società non ha risposto alle accuse.",
    ],
)
def test_a_complaint_or_a_silence_is_no_denial(sentence: str) -> None:
    assert not claims_of(sentence).denials


def test_who_is_found_not_guilty_is_not_blamed() -> None:
    assert not claims_of("I due fratelli si sono dichiarati non colpevoli.").attributions


def test_a_gang_that_the_article_introduces_gives_its_name() -> None:
    found = claims_of(
        "La gang Vesper ha rivendicato un attacco a Nordis.", "Gli hacker affermano di aver rubato i dati di Nordis."
    )
    assert {claim.by for claim in found.attributions} <= {"La gang Vesper", "Vesper"}


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
