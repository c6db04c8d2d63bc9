"""The data that flows through sunto, each stage from one frozen dataclass to the next.

All offsets (`start`, `end`) count characters of `Page.text`: the decoded source for plain text, the text that a
reader sees for HTML. `page.text[x.start:x.end]` is what `x` was read from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Strength(StrEnum):
    """How firmly the article reports a claim, strongest first."""

    CONFIRMED = "confirmed"  # by the actor itself: a self-claim, a confession, a flat denial in the first person
    OFFICIAL = "official"  # a statement, charge, sanction or ruling of a state, court or authority
    FINDING = "finding"  # of researchers, vendors, investigators
    REPORTED = "reported"  # by media or unnamed sources
    ALLEGED = "alleged"  # in the reportative conditional, "presunto", a suspicion
    DISPUTED = "disputed"  # the article itself says that it is doubted, withdrawn or overtaken


class Speaker(StrEnum):
    """What kind of voice stands behind a claim."""

    STATE = "state"
    COURT = "court"
    RESEARCHER = "researcher"
    MEDIA = "media"
    SELF = "self"  # the attacker claims the act
    VICTIM = "victim"
    ACCUSED = "accused"
    LAWYER = "lawyer"
    THIRD_PARTY = "third-party"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page as a reader sees it, without its line break.

    Attributes:
        role: what HTML says of it: `text` where it says nothing, else `heading`, `item`, `quote`, `caption`, `link`
            (all of the line is a link) or `chrome` (inside nav, header, footer, aside, form).
        main: whether the extractor of main content kept it; always true for plain text.
    """

    text: str
    start: int
    end: int
    role: str = "text"
    main: bool = True


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, as far as it was found."""

    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    date: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded input: what `reading` makes of bytes."""

    source: str
    text: str
    lines: tuple[Line, ...]
    encoding: str = "utf-8"
    media: Literal["text", "html"] = "text"
    metadata: Metadata = Metadata()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One Italian sentence of the article; `paragraph` is its index in `Article.paragraphs`."""

    text: str
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body line that was kept; `heading` marks a section heading inside the body."""

    text: str
    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that is not the article, and the name of the rule that says so."""

    text: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Protected:
    """A line of the article that `rule` would have removed and `protection` saved."""

    text: str
    rule: str
    protection: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page without what is not the article.

    `title`, standfirst, byline and date are kept apart from the body in `metadata`. `sentences` covers the
    paragraphs in order, headings included (they carry claims too).
    """

    source: str
    text: str
    metadata: Metadata
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    removed: tuple[Removed, ...] = ()
    protected: tuple[Protected, ...] = ()

    @property
    def title(self) -> str | None:
        """The headline, when one was found."""
        return self.metadata.title

    @property
    def body(self) -> list[str]:
        """The text of each kept paragraph, in order."""
        return [paragraph.text for paragraph in self.paragraphs]


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody blames somebody (attribution) or rejects the blame (denial), with its evidence.

    Attributes:
        it: the Italian evidence: one sentence, or a quotation joined with the sentence that names its speaker.
        start, end: where `it` stands in the page's text.
        sentences: indices into `Article.sentences` that `it` covers.
        by: who says it, as the Italian has it; None when the article does not say.
        to: whom the attribution blames, or what or whom the denial rejects.
        cue: the word or words that make it a claim, as they stand.
        groups: named groups in it, each with the aliases that the article gives.
        scope: of a denial: `full` or `partial`.
        answers: of a denial: index into `Claims.attributions` of what it answers.
        score: rank within its list; higher first, no unit.
    """

    kind: Literal["attribution", "denial"]
    it: str
    start: int
    end: int
    sentences: tuple[int, ...]
    by: str | None = None
    to: str | None = None
    cue: str | None = None
    strength: Strength = Strength.REPORTED
    speaker: Speaker = Speaker.UNKNOWN
    groups: tuple[str, ...] = ()
    scope: Literal["full", "partial"] | None = None
    answers: int | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one article, each list best first."""

    attributions: tuple[Claim, ...] = ()
    denials: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something of the Italian that the English lost or changed, or has and the Italian has not.

    Attributes:
        kind: `number`, `name`, `identifier`, `negation`, `hedge`, `quotation`, `length`, `repetition`, `dropped`,
            `untranslated`, `empty`, `glossary`, `confidence` (the translation as a whole is doubtful).
        it, en: the words concerned on either side; None where a side has none.
        severity: `error` (a fact differs) or `warning` (look at it).
        it_span, en_span: where the words stand in the sentence, (start, end); None where a side has none.
    """

    kind: str
    it: str | None
    en: str | None
    severity: Literal["error", "warning"]
    it_span: tuple[int, int] | None = None
    en_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """An Italian sentence with its English and what is known of how far to rely on it.

    `confidence` is the calibrated probability, 0 to 1, that the sentence can be relied on; None when not known.
    """

    sentence: Sentence
    en: str
    findings: tuple[Finding, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the summary and the evidence under it (an index into the list of claims of that kind)."""

    text: str
    kind: Literal["attribution", "denial", "news", "absence"]
    claim: int | None = None
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """At most 120 English words: the attribution, then the denial, or the plain word that there is none."""

    clauses: tuple[Clause, ...] = ()

    @property
    def text(self) -> str:
        """The summary as one paragraph."""
        return " ".join(clause.text for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Report:
    """All that sunto says of one article; `rendering` turns it into text, JSON, Markdown or HTML."""

    article: Article
    claims: Claims
    renditions: tuple[Rendition, ...]
    summary: Summary
    title_en: str | None
    warnings: tuple[str, ...]
    signature: Mapping[str, str] = field(default_factory=dict)
