import pytest

from summarize.compose import frames
from summarize.document import Claim, Speaker, Strength


def claim(kind: str = "attribution", **fields: object) -> Claim:
    return Claim(kind, "Frase.", 0, 6, (0,), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cue", "fields", "said"),
    [
        ("accusa", {"by": "il governo ceco", "to": "la Russia"}, "The Czech government accuses Russia"),
        ("accusano", {"by": "le autorità greche", "to": "la Russia"}, "The Greek authorities accuse Russia"),
        ("hanno incolpato", {"by": "Francia e Italia", "to": "la Cina"}, "France and Italy blame China"),
        ("ha rivendicato", {"by": "Killnet", "to": "Killnet"}, "Killnet claims responsibility"),
        ("ha sanzionato", {"by": "Londra", "to": "una società cinese"}, "London has sanctioned a Chinese company"),
        ("ritiene", {"by": "il Belgio", "to": "due hacker"}, "Belgium holds two hackers responsible"),
        ("sospetta", {"by": "la polizia", "to": "un dipendente"}, "The police suspect an employee"),
    ],
)  # fmt: skip
def test_who_blames_whom(cue: str, fields: dict[str, str], said: str) -> None:
    assert frames.attribution(claim(cue=cue, strength=Strength.OFFICIAL, **fields)) == said


@pytest.mark.parametrize(("strength", "word"), [(Strength.ALLEGED, "allegedly"), (Strength.REPORTED, "reportedly")])
def test_a_hedge_of_the_italian_is_said_where_nobody_vouches(strength: Strength, word: str) -> None:
    said = frames.attribution(claim(cue="accusato", to="la Cina", strength=strength))
    assert word in said


@pytest.mark.parametrize("cue", ["attribuisce", "sarebbe riconducibile", "incolpa", "accusa", "ha sanzionato"])
def test_what_is_only_alleged_is_never_said_flat(cue: str) -> None:
    said = frames.attribution(claim(cue=cue, by="Mandiant", to="la Cina", strength=Strength.ALLEGED))
    assert "alleged" in said


def test_without_a_speaker_the_article_is_the_source() -> None:
    said = frames.attribution(claim(cue="incriminati", to="due cittadini russi", strength=Strength.OFFICIAL))
    assert said == "According to the article, two Russian citizens have been charged"


def test_a_dispute_is_told() -> None:
    said = frames.attribution(claim(cue="accusa", by="la Francia", to="la Russia", strength=Strength.DISPUTED))
    assert said.endswith("though the article says that this is disputed")


def test_groups_stand_in_brackets_after_whom_they_belong_to() -> None:
    said = frames.attribution(claim(cue="accusa", by="la Francia", to="hacker russi", groups=("APT28", "APT29")))
    assert said.endswith("Russian hackers (APT28, APT29)")


def test_a_phrase_with_an_unknown_word_is_quoted_in_italian() -> None:
    said = frames.attribution(claim(cue="accusa", by="il portavoce dei liutai", to="la Cina"))
    assert said == "“il portavoce dei liutai” accuses China"


def test_what_is_no_noun_phrase_is_left_out() -> None:
    said = frames.attribution(
        claim(cue="accusa", by="avvenuto ieri nel porto", to="la Cina", strength=Strength.OFFICIAL)
    )
    assert "avvenuto" not in said


def test_sanctions_are_not_laid_to_the_accused_themselves() -> None:
    said = frames.attribution(claim(cue="sanzioni", by="la gang", to="LockBit", speaker=Speaker.SELF))
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
    assert frames.denial(claim("denial", cue=cue, **fields), answers=True) == said


def test_a_partial_denial_says_so() -> None:
    said = frames.denial(claim("denial", cue="nega", by="Mosca", scope="partial"), answers=True)
    assert said == "Moscow partly denies it"


def test_without_an_accusation_before_it_a_denial_names_one() -> None:
    assert frames.denial(claim("denial", cue="nega", by="Mosca"), answers=False) == "Moscow denies the accusation"
