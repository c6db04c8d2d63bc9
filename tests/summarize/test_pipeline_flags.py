from models.translator import Translation
from summarize.document import Sentence
from summarize.pipeline import flagged, rendition
from summarize.rendering.words import warning


def test_what_the_translator_may_have_left_out_is_a_warning_with_its_words() -> None:
    italian = "Il ministero teme atti di sabotaggio o di interruzione."
    said = Translation("The ministry fears acts.", -0.1, ("too-long",), ("sabotaggio", "interruzione"))
    findings = rendition(Sentence(italian, 0, len(italian), 0), said, ()).findings
    (dropped,) = (finding for finding in findings if finding.kind == "dropped")
    assert (dropped.it, dropped.severity) == ("sabotaggio, interruzione", "warning")
    assert warning(dropped) == "perhaps left out: “sabotaggio, interruzione” in the Italian, not in the English"
    assert any(finding.kind == "length" and finding.severity == "error" for finding in findings)


def test_one_word_may_have_been_said_freely() -> None:
    said = Translation("The ministry fears sabotage.", -0.1, left_out=("atti",))
    assert flagged(said) == ()
