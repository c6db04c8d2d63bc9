import pytest

from summarize.fidelity import check
from summarize.fidelity.quantity import roman

SAME = [
    ("Ha perso 1.234,5 euro.", "It lost 1,234.5 euros."),
    ("Sono due aziende.", "They are two companies."),
    ("Un milione e mezzo di utenti.", "One and a half million users."),
    ("Vale 2,5 miliardi di dollari.", "It is worth $2.5bn."),
    ("Il 40 per cento dei casi.", "40% of the cases."),
    ("Alle ore 15 è arrivato.", "He arrived at 3 pm."),
    ("Nel XIX secolo.", "In the nineteenth century."),
    ("Negli anni '80.", "In the 1980s."),
    ("Negli anni Ottanta.", "In the eighties."),
    ("Una dozzina di file.", "A dozen files."),
    ("Dai 10 ai 20 milioni.", "From 10 million to 20 million."),
    ("Il ventunenne è libero.", "The 21-year-old is free."),
    ("Centocinquantamila euro.", "150,000 euros."),
    ("Fino al 3/11 si può votare.", "Voting is possible until 3 November."),
    ("Il 1° gennaio.", "On the first of January."),
    ("Da trent'anni.", "For three decades."),
    ("La tregua vale da mezzanotte.", "The truce holds from midnight."),
    ("I casi sono triplicati.", "Cases have tripled."),
    ("Si è scesi a meno 12 gradi.", "It dropped to 12 degrees below zero."),
    ("Si è scesi a -5 °C.", "It dropped to minus 5 °C."),
    ("Tra 5-10 gradi.", "Between 5 and 10 degrees."),
    ("Il Super Bowl LVIII.", "Super Bowl 58."),
]
DIFFERENT = [
    ("Sono 17 casi.", "There are 18 cases."),
    ("Sono due aziende.", "They are three companies."),
    ("Vale 3 miliardi.", "It is worth 3 million."),
    ("Nel 1.411.", "In 1.411."),
    ("Costa 600 dollari.", "It costs 600 euros."),
    ("Dista 40 chilometri.", "It is 40 miles away."),
    ("A giugno.", "In July."),
    ("Nel XVII secolo.", "In the 18th century."),
    ("La tregua vale da mezzanotte.", "The truce holds from noon."),
    ("I casi sono triplicati.", "Cases have doubled."),
    ("Si è scesi a -5 gradi.", "It dropped to 5 degrees."),
    ("Il Super Bowl LVIII.", "Super Bowl LVII."),
    ("È al terzo posto.", "It is in second place."),
    ("Il primo attacco.", "The second attack."),
    ("La metà dei comuni.", "A third of the towns."),
    ("Sono 38 °C.", "It is 38 °F."),
    ("Arriva a 100 megabit.", "It reaches 100 gigabits."),
    ("Dura due o tre giorni.", "It lasts three or three days."),
    ("Due anni per due reati.", "Two years for three crimes."),
    ("Venti punti in meno e cinque in più.", "Twenty points fewer and six more, in fifth place."),
]


@pytest.mark.parametrize(("italian", "english"), SAME)
def test_equal_numbers_raise_no_finding(italian: str, english: str) -> None:
    assert [f for f in check(italian, english) if f.kind == "number"] == []


@pytest.mark.parametrize(("italian", "english"), DIFFERENT)
def test_changed_numbers_are_found(italian: str, english: str) -> None:
    assert "number" in {f.kind for f in check(italian, english)}


def test_finding_points_at_both_numbers() -> None:
    finding = next(f for f in check("Sono 17 casi.", "There are 18 cases.") if f.kind == "number")
    assert (finding.it, finding.it_span, finding.en, finding.en_span) == ("17", (5, 7), "18", (10, 12))
    assert finding.severity == "error"


def test_roman_numerals() -> None:
    assert [roman(n) for n in ("IV", "IX", "XIV", "XXI", "XXXIX", "LVIII", "MCM")] == [4, 9, 14, 21, 39, 58, 1900]


def test_a_numeral_that_is_gone_is_found_and_winds_are_no_number() -> None:
    italian = "L'attacco ha bloccato per undici ore la vendita dei biglietti."
    (finding,) = check(italian, "The attack halted the sale of tickets.")
    assert (finding.kind, finding.it, finding.en) == ("number", "undici", None)
    assert not check("I venti soffiano forti da tre giorni.", "The winds have blown hard for three days.")
