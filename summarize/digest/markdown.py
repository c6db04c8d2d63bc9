"""The digest as Markdown, with the drawings as inline SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarize.digest import matrix, timeline
from summarize.digest.document import Count, Digest, Story
from summarize.digest.links import Link
from summarize.rendering.markdown import escaped
from summarize.rendering.words import STRENGTHS


def render(digest: Digest, link: Link) -> str:
    """Write the page."""
    lines = [*_head(digest), *_pairs(digest), *_counts(digest), *_stories(digest, link)]
    return "\n".join(lines).rstrip() + "\n"


def _head(digest: Digest) -> Iterator[str]:
    yield from (
        "# Who accuses whom",
        "",
        f"Articles: {digest.articles}. Stories, each with its copies: {len(digest.stories)}.",
        "",
    )
    for drawing in (matrix.draw(digest.pairs), timeline.draw(digest.stories)):
        if drawing:
            yield from (drawing, "")


def _pairs(digest: Digest) -> Iterator[str]:
    yield from ("## Accusations", "")
    if not digest.pairs:
        yield from ("No article accuses anybody.", "")
        return
    yield from ("| Who accuses | whom | how firmly | denied by | stories |", "| --- | --- | --- | --- | --- |")
    for pair in digest.pairs:
        deniers = ", ".join(map(escaped, pair.deniers)) or "nobody"
        cells = (
            escaped(pair.accuser),
            escaped(pair.accused),
            STRENGTHS[pair.strength],
            deniers,
            _numbers(pair.stories),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _counts(digest: Digest) -> Iterator[str]:
    for heading, counts in (
        ("Accusers", digest.accusers),
        ("Accused", digest.accused),
        ("Named groups", digest.groups),
        ("Who claims an act as their own", digest.claimants),
        ("Who denies", digest.deniers),
    ):
        if counts:
            yield from (f"## {heading}", "", *map(_count, counts), "")


def _count(count: Count) -> str:
    return f"- {escaped(count.name)}: {len(count.stories)} ({_numbers(count.stories)})"


def _numbers(stories: Sequence[int]) -> str:
    return " ".join(f"[{number + 1}](#story-{number + 1})" for number in stories)


def _stories(digest: Digest, link: Link) -> Iterator[str]:
    yield from ("## Stories", "")
    for number, story in enumerate(digest.stories, 1):
        yield from _story(number, story, link)


def _story(number: int, story: Story, link: Link) -> Iterator[str]:
    first = story.first
    when = f"{first.day.isoformat()}, " if first.day else ""
    yield f'{number}. <a id="story-{number}"></a>{when}[{escaped(first.title)}](<{link(first.output)}>)'
    for clause in (first.attribution, first.denial):
        if clause:
            yield f"   - {escaped(clause)}"
    for copy in story.items[1:]:
        yield f"   - copy: [{escaped(copy.source)}](<{link(copy.output)}>)"
