"""Small articles with claims and translations, built by hand for tests of composing and rendering."""

from summarize.document import (
    Article,
    Claim,
    Claims,
    Finding,
    Metadata,
    Paragraph,
    Rendition,
    Report,
    Sentence,
    Strength,
)

PAIRS = (
    (
        "Il governo norvegese accusa hacker russi di aver violato la posta del parlamento.",
        "The Norwegian government accuses Russian hackers of having breached parliament's email.",
    ),
    (
        "I gruppi indicati da Oslo sono APT28 e APT29.",
        "The groups named by Oslo are APT28 and APT29.",
    ),
    (
        "L'ambasciata russa in Norvegia nega ogni coinvolgimento e parla di accuse senza prove.",
        "The Russian embassy in Norway denies any involvement and speaks of accusations without evidence.",
    ),
    (
        "Il parlamento riprenderà i lavori lunedì 14 settembre.",
        "Parliament will resume its work on Monday 14 September.",
    ),
)
TITLE = "La Norvegia accusa la Russia"


def article(pairs: tuple[tuple[str, str], ...] = PAIRS, title: str | None = TITLE) -> Article:
    """One paragraph a sentence."""
    sentences, start = [], 0
    for index, (italian, _) in enumerate(pairs):
        sentences.append(Sentence(italian, start, start + len(italian), index))
        start += len(italian) + 1
    paragraphs = tuple(Paragraph(each.text, each.start, each.end) for each in sentences)
    text = "\n".join(italian for italian, _ in pairs)
    return Article("norvegia.txt", text, Metadata(title=title), paragraphs, tuple(sentences))


def renditions(
    of: Article, pairs: tuple[tuple[str, str], ...] = PAIRS, findings: dict[int, tuple[Finding, ...]] | None = None
) -> list[Rendition]:
    """Pair each sentence with its English and its findings."""
    found = findings or {}
    return [
        Rendition(sentence, english, found.get(index, ()))
        for index, (sentence, (_, english)) in enumerate(zip(of.sentences, pairs, strict=True))
    ]


def claim(of: Article, index: int, kind: str, **fields: object) -> Claim:
    """A claim over one sentence."""
    sentence = of.sentences[index]
    return Claim(kind, sentence.text, sentence.start, sentence.end, (index,), **fields)  # type: ignore[arg-type]


def claims(of: Article) -> Claims:
    """The accusation, its denial."""
    return Claims(
        (
            claim(
                of,
                0,
                "attribution",
                by="Il governo norvegese",
                to="hacker russi",
                cue="accusa",
                strength=Strength.OFFICIAL,
            ),
            claim(of, 1, "attribution", by="Oslo", to="I gruppi", cue="indicati", groups=("APT28", "APT29")),
        ),
        (claim(of, 2, "denial", by="L'ambasciata russa in Norvegia", to="ogni coinvolgimento", cue="nega", answers=0),),
    )


def report(**changes: object) -> Report:
    """A whole report; `changes` replace its fields."""
    from summarize.compose import compose

    page = article()
    rendered = renditions(page)
    fields: dict[str, object] = {
        "article": page,
        "claims": claims(page),
        "renditions": tuple(rendered),
        "summary": compose(page, claims(page), rendered),
        "title_en": "Norway accuses Russia",
        "warnings": (),
        "signature": {"sunto": "0.1.0", "model": "none"},
    }
    return Report(**{**fields, **changes})  # type: ignore[arg-type]
