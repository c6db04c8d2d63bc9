import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.compose import MOST_WORDS, NO_DENIAL, compose, content
from summarize.document import Claims, Finding, Strength
from tests.summarize.compose.written import PAIRS, article, claim, claims, renditions


def words(text: str) -> int:
    return len(text.split())


def test_the_attribution_comes_first_then_the_denial_each_with_its_evidence() -> None:
    page = article()
    summary = compose(page, claims(page), renditions(page))
    first, *_, last = summary.clauses
    assert first.kind == "attribution" and first.sentences == (0,)
    assert last.kind == "denial" and last.sentences == (2,)
    assert first.text.startswith("The Norwegian government accuses Russian hackers (APT28, APT29) of “having breached")
    assert last.text.startswith("The Russian embassy in Norway denies any involvement: “")


def test_without_a_denial_the_summary_says_so() -> None:
    page = article()
    summary = compose(page, Claims(claims(page).attributions), renditions(page))
    assert summary.clauses[-1].text == NO_DENIAL
    assert summary.clauses[-1].kind == "absence"


def test_without_an_attribution_the_news_is_told() -> None:
    page = article()
    summary = compose(page, Claims(), renditions(page))
    assert summary.clauses[0].kind == "news"
    assert summary.clauses[-1].text == "The article contains no attribution and reports no denial."


def test_a_denial_alone_is_told_with_the_news() -> None:
    page = article()
    summary = compose(page, Claims((), claims(page).denials), renditions(page))
    assert [clause.kind for clause in summary.clauses][-2:] == ["denial", "absence"]


def test_a_denial_goes_on_with_what_is_denied() -> None:
    denial = (
        "L'azienda ha negato che i dati siano suoi.",
        "The company denied that the data were its own (or anybody's).",
    )
    pairs = (PAIRS[0], PAIRS[1], denial, PAIRS[3])
    page = article(pairs)
    found = Claims(
        claims(page).attributions, (claim(page, 2, "denial", by="L'azienda", to="che i dati", cue="ha negato"),)
    )
    assert (
        compose(page, found, renditions(page, pairs))
        .clauses[-1]
        .text.startswith("The company denies “that the data were")
    )


def test_an_act_ends_where_another_clause_begins() -> None:
    blame = (
        PAIRS[0][0],
        "The Norwegian government accused Russian hackers of the attack on parliament, but they deny it.",
    )
    pairs = (blame, *PAIRS[1:])
    page = article(pairs)
    first = compose(page, claims(page), renditions(page, pairs)).clauses[0]
    assert first.text.endswith("of “the attack on parliament …”")


def test_groups_named_in_a_later_sentence_belong_to_the_main_attribution() -> None:
    page = article()
    found = Claims(claims(page).attributions[:1], claims(page).denials)
    assert "(APT28, APT29)" in compose(page, found, renditions(page)).clauses[0].text


def test_a_denial_goes_on_in_the_next_sentence_of_its_speaker() -> None:
    quote = ("“Non c'è alcuna prova di ciò che dice Oslo.”", "“There is no evidence of what Oslo says.”")
    pairs = (*PAIRS[:3], quote)
    page = article(pairs)
    more = claim(page, 3, "denial", by="L'ambasciata russa in Norvegia", cue="alcuna prova", answers=0)
    last = compose(
        page, Claims(claims(page).attributions, (*claims(page).denials, more)), renditions(page, pairs)
    ).clauses[-1]
    assert last.sentences == (2, 3)
    assert (
        last.text == "The Russian embassy in Norway denies any involvement: “There is no evidence of what Oslo says.”"
    )


@pytest.mark.parametrize("kind", ["number", "negation", "hedge"])
def test_where_the_translation_lost_a_fact_the_frame_stands_with_the_italian(kind: str) -> None:
    page = article()
    lost = {2: (Finding(kind, "x", None, "error" if kind == "number" else "warning"),)}
    last = compose(page, claims(page), renditions(page, findings=lost)).clauses[-1]
    assert last.text.startswith("The Russian embassy in Norway denies any involvement (in Italian: “L'ambasciata russa")
    assert "speaks of" not in last.text


def test_a_long_quotation_is_cut_only_where_nothing_turns_it_around() -> None:
    tail = ", but the ministry has not confirmed it and says that the figures are wrong"
    long = "Oslo accused Russian hackers in a statement published on Tuesday morning " + "and again " * 40 + tail
    pairs = (PAIRS[0][0], long), *PAIRS[1:]
    page = article(pairs)
    summary = compose(page, claims(page), renditions(page, pairs))
    assert words(summary.text) <= MOST_WORDS
    assert "…" not in summary.clauses[0].text


@settings(max_examples=60, deadline=None)
@given(
    english=st.lists(st.text(st.characters(codec="utf-8"), max_size=900), min_size=4, max_size=4),
    strength=st.sampled_from(Strength),
)
def test_never_more_than_the_limit_and_every_clause_has_its_sentences(english: list[str], strength: Strength) -> None:
    pairs = tuple((italian, text) for (italian, _), text in zip(PAIRS, english, strict=True))
    page = article(pairs)
    found = Claims(
        (claim(page, 0, "attribution", by="la Norvegia", to="la Russia", cue="accusa", strength=strength),),
        claims(page).denials,
    )
    for given_claims in (found, Claims(), Claims(found.attributions), Claims((), found.denials)):
        summary = compose(page, given_claims, renditions(page, pairs))
        assert words(summary.text) <= MOST_WORDS
        assert all(clause.sentences for clause in summary.clauses if clause.kind != "absence")


def test_a_claim_in_long_italian_stays_within_the_limit() -> None:
    pairs = tuple((f"{italian} {'e poi ancora altro ' * 60}", "") for italian, _ in PAIRS)
    page = article(pairs)
    assert words(compose(page, claims(page), renditions(page, pairs)).text) <= MOST_WORDS


def test_a_case_from_another_year_is_told_with_it() -> None:
    earlier = ("Nel 2019 Riga aveva accusato hacker cinesi di aver rubato dati.", "Riga had accused Chinese hackers.")
    page = article((*PAIRS, earlier))
    main = claims(page)
    other = claim(page, 4, "attribution", by="Riga", to="hacker cinesi", cue="aveva accusato", score=0.0)
    summary = compose(page, Claims((main.attributions[0], other), main.denials), renditions(page, (*PAIRS, earlier)))
    assert any(clause.text.startswith("Case of 2019: Riga accuses Chinese hackers") for clause in summary.clauses)


@pytest.mark.parametrize(
    ("italian", "year"),
    [
        ("Nel luglio 2021 gli alleati avevano accusato Pechino.", "2021"),
        ("L'attacco dell'estate 2020 fu attribuito a Mosca.", "2020"),
        ("Mosca vuole raddoppiare la spesa entro il 2030.", None),
        ("Tra il marzo 2019 e il maggio 2021 Mosca ha negato.", None),
    ],
)
def test_the_year_of_a_case(italian: str, year: str | None) -> None:
    assert content.year_of(italian) == year
