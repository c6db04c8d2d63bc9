from summarize.claims import groups


def test_listed_names_and_shapes_are_found_in_order() -> None:
    text = "Il rapporto cita APT27, UNC5221 e la gang LockBit; NoName057(16) non c'entra."
    assert groups.mentions(text) == ["APT27", "UNC5221", "LockBit", "NoName057(16)"]


def test_everyday_words_count_only_with_a_capital() -> None:
    assert groups.mentions("una royal rumble e un play") == []
    assert groups.mentions("la gang Royal") == ["Royal"]


def test_aliases_meet_under_one_name() -> None:
    assert groups.canonical("Softcell") == groups.canonical("UNSC 2814") == "Gallium"
    assert groups.canonical("Advanced Persistent Threat 27") == "APT27"


def test_a_group_is_given_with_the_names_the_article_uses() -> None:
    assert groups.merge(["Gallium"], ["APT27", "Softcell", "UNSC 2814"]) == ("Gallium (Softcell, UNSC 2814)",)
    assert groups.merge(["APT27"], ["APT27"]) == ("APT27",)
