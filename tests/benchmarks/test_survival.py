import pytest

from benchmarks.survival import lost, survived


@pytest.mark.parametrize(
    ("kind", "italian", "english", "gone"),
    [
        ("number", "Sono 1.234,5 euro nel 2024.", "It is 1,234.5 euros in 2024.", []),
        ("number", "Tra i 5mila e gli 8 mila negli anni ’80.", "From 5,000 to 8,000 in the 1980s.", []),
        ("number", "Da 16 a 16 giorni.", "From 16 days.", ["16"]),
        ("acronym", "La UE e l'ACN avvertono.", "The EU and the ACN warn.", []),
        ("acronym", "Tra le CVE citate.", "Among the CVEs named.", []),
        ("acronym", "Lo dice il CSIRT.", "The centre says so.", ["CSIRT"]),
        ("acronym", "TUTTO SUL CASO", "All about the case", []),
        ("identifier", "Colpa di APT 28 e CVE-2024-3094.", "APT28 and CVE-2024-3095 are to blame.", ["cve20243094"]),
        ("quoted name", "Il malware «Night Owl» colpisce.", "The malware Night Owl strikes.", []),
        ("quoted name", "Il malware «Night Owl» colpisce.", "The owl of the night strikes.", ["Night Owl"]),
    ],
)
def test_what_is_lost(kind: str, italian: str, english: str, gone: list[str]) -> None:
    assert lost(kind, italian, english) == gone


def test_the_share_that_survives() -> None:
    lines = list(survived(["Nel 2024 erano 16."], ["In 2024 there were 18."], show=True))
    assert lines[0] == "number '16'\n  Nel 2024 erano 16.\n  In 2024 there were 18."
    assert lines[1] == "number       1/2 = 0.5000"
