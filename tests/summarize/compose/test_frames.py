import pytest

from summarize.compose import frames
from summarize.document import Claim, Speaker, Strength


def claim(kind: str = "attribution", **fields: object) -> Claim:
    text = f"Frase: {fields.get('by') or ''}."
    return Claim(kind, text, 0, 6, (0,), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "fields", "said"),
    [
        ("accusa", {"by": "il governo ceco", "to": "la Russia"}, "The Czech government accuses Russia"),
        ("accusano", {"by": "le autorità greche", "to": "la Russia"}, "The Greek authorities accuse Russia"),
        ("hanno incolpato", {"by": "Francia e Italia", "to": "la Cina"}, "France and Italy blame China"),
        ("ha rivendicato", {"by": "Killnet", "to": "Killnet"}, "Killnet claims responsibility"),
        ("ha sanzionato", {"by": "Londra", "to": "una società cinese"}, "London has sanctioned a Chinese company"),
        ("ritiene", {"by": "il Belgio", "to": "due hacker"}, "Belgium holds two hackers responsible"),
        ("ha chiesto il rinvio a giudizio", {"by": "la procura", "to": "due hacker"},
         "The prosecutor's office asks for two hackers to be sent to trial"),
        ("hanno fatto causa a", {"by": "Francia e Italia", "to": "una società cinese"},
         "France and Italy have sued a Chinese company"),
        ("sospetta", {"by": "la polizia", "to": "un dipendente"}, "The police suspect an employee"),
    ],
)  # fmt: skip
def test_who_blames_whom(cue: str, fields: dict[str, str], said: str) -> None:
    assert frames.attribution(claim(cue=cue, strength=Strength.OFFICIAL, **fields)).whole == said


@pytest.mark.parametrize(("strength", "word"), [(Strength.ALLEGED, "allegedly"), (Strength.REPORTED, "reportedly")])
def test_a_hedge_of_the_italian_is_said_where_nobody_vouches(strength: Strength, word: str) -> None:
    said = frames.attribution(claim(cue="accusato", to="la Cina", strength=strength)).whole
    assert word in said


@pytest.mark.parametrize("cue", ["attribuisce", "sarebbe riconducibile", "incolpa", "accusa", "ha sanzionato"])
def test_what_is_only_alleged_is_never_said_flat(cue: str) -> None:
    said = frames.attribution(claim(cue=cue, by="Mandiant", to="la Cina", strength=Strength.ALLEGED)).whole
    assert "alleged" in said


def test_without_a_speaker_the_article_is_the_source() -> None:
    said = frames.attribution(claim(cue="incriminati", to="due cittadini russi", strength=Strength.OFFICIAL)).whole
    assert said == "According to the article, two Russian citizens have been charged"


def test_a_dispute_is_told() -> None:
    said = frames.attribution(claim(cue="accusa", by="la Francia", to="la Russia", strength=Strength.DISPUTED)).whole
    assert said.endswith("though the article says that this is disputed")


@pytest.mark.parametrize(
    ("cue", "never"), [("ha affermato", "arrest"), ("approva", "evidence"), ("multinazionale", "fine")]
)
def test_a_cue_is_found_by_its_beginning_only(cue: str, never: str) -> None:
    assert never not in frames.attribution(claim(cue=cue, by="la Francia", to="la Russia")).whole


def test_groups_stand_in_brackets_after_whom_they_belong_to() -> None:
    said = frames.attribution(claim(cue="accusa", by="la Francia", to="hacker russi", groups=("APT28", "APT29"))).whole
    assert said.endswith("Russian hackers (APT28, APT29)")


def test_a_phrase_with_an_unknown_word_is_quoted_in_italian() -> None:
    said = frames.attribution(claim(cue="accusa", by="il portavoce dei liutai", to="la Cina")).whole
    assert said == "“il portavoce dei liutai” accuses China"


def test_groups_of_the_sentence_are_not_laid_to_somebody_else() -> None:
    said = frames.attribution(claim(cue="accusa", by="la Francia", to="la Russia", groups=("APT28",))).whole
    assert "APT28" not in said


def test_groups_tied_to_a_state_are_said_to_be() -> None:
    said = frames.attribution(claim(cue="associano", by="i ricercatori", to="la Cina", groups=("UNC4999",))).whole
    assert said == "Researchers say UNC4999 is linked to China"


@pytest.mark.parametrize(
    ("italian", "speaker"),
    [
        ("“Il Belgio ritiene che siano stati loro.” Ha detto il ministro degli Esteri.", "Belgium's foreign minister"),
        ("“No”, ha detto il ministro degli Esteri; la Francia e il Belgio hanno protestato.", "The foreign minister"),
        ("“La Francia accusa, il Belgio accusa”, ha detto il ministro degli Esteri.", "The foreign minister"),
    ],
)  # fmt: skip
def test_the_state_behind_an_office(italian: str, speaker: str) -> None:
    made = Claim("attribution", italian, 0, 1, (0,), by="il ministro degli Esteri", to="la Cina", cue="ritiene")
    assert frames.attribution(made).whole.startswith(f"{speaker} ")


def test_a_speaker_from_elsewhere_gives_way_to_an_office_in_the_sentence() -> None:
    sentence = "L'ambasciata ha detto che le accuse mancano di prove."
    made = Claim("denial", sentence, 0, 9, (0,), by="Volt Typhoon", cue="mancano di prove")
    assert "Volt Typhoon" not in frames.denial(made, answers=True).whole
    alone = Claim("denial", "Tuttora si dichiara innocente.", 0, 9, (0,), by="Ferri", cue="si dichiara innocente")
    assert frames.denial(alone, answers=True).whole == "Ferri professes innocence"


def test_a_phrase_cut_inside_brackets_is_mended() -> None:
    assert frames.balanced("hacker filorussi NoName057(16") == "hacker filorussi NoName057(16)"
    assert frames.balanced("di essere Rossi)") == "di essere Rossi"
    assert frames.balanced("il gruppo (noto") == "il gruppo "


@pytest.mark.parametrize(
    ("group", "text", "left"),
    [
        ("Gallium (Softcell, UNSC 2814)", "Chinese groups", "Gallium/Softcell/UNSC 2814"),
        ("StormBamboo (Evasive Panda)", "StormBamboo", "Evasive Panda"),
        ("Lockbit 3.0 (Lockbit)", "the gang Lockbit 3.0", ""),
        ("APT28", "Russian hackers", "APT28"),
        ("APT28 (Advanced Persistent Threat 28)", "Russian hackers", "APT28"),
    ],
)
def test_a_group_is_named_once_with_its_aliases(group: str, text: str, left: str) -> None:
    assert frames.unsaid(group, text) == left


def test_who_speaks_for_itself_claims() -> None:
    said = frames.attribution(claim(cue="hanno detto", by="Killnet", to="Killnet", speaker=Speaker.SELF)).whole
    assert said == "Killnet claims responsibility"


def test_what_is_no_noun_phrase_is_left_out() -> None:
    said = frames.attribution(
        claim(cue="accusa", by="avvenuto ieri nel porto", to="la Cina", strength=Strength.OFFICIAL)
    )
    assert "avvenuto" not in said.whole


def test_sanctions_are_not_laid_to_the_accused_themselves() -> None:
    said = frames.attribution(claim(cue="sanzioni", by="la gang", to="LockBit", speaker=Speaker.SELF)).whole
    assert not said.startswith("The gang has sanctioned")


@pytest.mark.parametrize(
    ("cue", "fields", "said"),
    [
        ("negando", {"by": "l'ambasciata cinese", "to": "le accuse"}, "The Chinese embassy denies the accusations"),
        ("respinge", {"by": "Mosca"}, "Moscow rejects it"),
        ("si dichiara innocente", {"by": "lui"}, "He professes innocence"),
        ("smentiscono", {"by": "gli avvocati di Ferri"}, "Lawyers for Ferri deny it"),
        ("ha escluso", {"by": "il governo italiano"}, "The Italian government rules it out"),
    ],
)  # fmt: skip
def test_who_denies(cue: str, fields: dict[str, str], said: str) -> None:
    assert frames.denial(claim("denial", cue=cue, **fields), answers=True).whole == said


def test_a_partial_denial_says_so() -> None:
    said = frames.denial(claim("denial", cue="nega", by="Mosca", scope="partial"), answers=True).whole
    assert said == "Moscow partly denies it"


def test_without_an_accusation_before_it_a_denial_names_one() -> None:
    assert frames.denial(claim("denial", cue="nega", by="Mosca"), answers=False).whole == "Moscow denies the accusation"
