"""The data of a digest: what one article says, stories of several copies, and who accuses whom over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from summarize.document import Strength


@dataclass(frozen=True, slots=True)
class Accusation:
    """An attribution; `None` where the article does not say who."""

    accuser: str | None
    accused: str | None
    strength: Strength
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial and the index of the accusation that it answers."""

    by: str | None
    answers: int | None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One finished article of a run; `output` is its report, below the folder of the run."""

    source: str
    output: str
    title: str
    text: str
    day: date | None = None
    attribution: str | None = None
    denial: str | None = None
    accusations: tuple[Accusation, ...] = ()
    denials: tuple[Denial, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """An article with its copies; the first in time speaks for them."""

    items: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The article that speaks for the story."""
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """Who accuses whom, in which stories, how firmly at the most, and who denies it."""

    accuser: str
    accused: str
    stories: tuple[int, ...]
    strength: Strength
    deniers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A party and the stories it appears in."""

    name: str
    stories: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All that a page over a run shows; numbers of stories are indices into `stories`."""

    stories: tuple[Story, ...]
    pairs: tuple[Pair, ...]
    accusers: tuple[Count, ...]
    accused: tuple[Count, ...]
    groups: tuple[Count, ...]
    claimants: tuple[Count, ...]
    deniers: tuple[Count, ...]

    @property
    def articles(self) -> int:
        """How many articles the stories are made of."""
        return sum(len(story.items) for story in self.stories)
