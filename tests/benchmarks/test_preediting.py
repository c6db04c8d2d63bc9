"""The set of the benchmark is sound: every pattern compiles, and finds what it should."""

from benchmarks.preediting import cases, right


def test_every_sentence_has_a_fact_to_look_for() -> None:
    assert len(cases()) == 70
    assert not any(case.fact.search("") for case in cases())


def test_a_number_may_have_its_comma_but_no_other_figures() -> None:
    case = next(case for case in cases() if "milleduecento" in case.it)
    assert right([case] * 4, ["It cut 1200 jobs.", "It cut 1,200 jobs.", "It cut 11,200.", "It cut 1,200,000."]) == [
        True,
        True,
        False,
        False,
    ]
