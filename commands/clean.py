"""`clean`: the article without what is not the article. Needs no model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from commands.failures import for_each

if TYPE_CHECKING:
    from collections.abc import Callable

    from summarize import Article

LONGEST = 100  # characters of a line in an explanation


def _rules(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a rule that does not exist."""
    if value:
        from summarize.boilerplate import rules

        known = rules.reasons().keys() | rules.families()
        for name in value:
            if name not in known:
                raise click.BadParameter(f"there is no rule {name!r}; `clean --list-rules` names them all")
    return value


def _list_rules(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print every rule with its family and its reason."""
    if not value or context.resilient_parsing:
        return
    from summarize.boilerplate import rules

    for name, (family, reason) in rules.reasons().items():
        click.echo(f"{name:20} {family:12} {reason}")
    context.exit()


@click.command("clean")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "markdown"]),
    default="text",
    show_default=True,
    help="How the article is written; jsonl is one object a file.",
)
@click.option("--explain", is_flag=True, help="Name each removed line's rule, and what protected the near-misses.")
@click.option(
    "--keep", metavar="RULE", multiple=True, callback=_rules, help="Leave in what this rule (or family) removes."
)
@click.option(
    "--only", metavar="RULE", multiple=True, callback=_rules, help="Remove only what this rule (or family) does."
)
@click.option(
    "--list-rules", is_flag=True, is_eager=True, expose_value=False, callback=_list_rules, help="Name all rules."
)
@click.option("--force", is_flag=True, help="Go on when the text does not look Italian.")
def command(  # noqa: PLR0917 - click hands over the options
    files: tuple[str, ...], form: str, explain: bool, keep: tuple[str, ...], only: tuple[str, ...], force: bool
) -> None:
    r"""Strip what is not the article: footers, teasers, menus, share and newsletter lines.

    FILES are Italian articles as text or HTML; `-` is stdin.

    \b
      python cli.py clean article.txt
      python cli.py clean --explain page.html
      python cli.py clean --format jsonl pages/*.txt > clean.jsonl
      python cli.py clean --keep related article.txt
    """
    from summarize import clean

    write = {"text": _text, "jsonl": _json, "markdown": _markdown}[form]

    def show(source: str) -> None:
        article = clean(source, force=force, keep=keep, only=only)
        click.echo(write(source, article, explain))

    for_each(files, show)


def _text(source: str, article: Article, explain: bool) -> str:
    if explain:
        return _explanation(source, article, lambda kind, rule, line, why: f"  {kind:9} {rule:20} {line}  ({why})")
    return "\n\n".join([article.title, *article.body] if article.title else article.body)


def _markdown(source: str, article: Article, explain: bool) -> str:
    meta = article.metadata
    parts = [f"# {meta.title}"] if meta.title else []
    parts += [f"*{meta.standfirst}*"] if meta.standfirst else []
    parts += [" · ".join(word for word in (meta.outlet, meta.byline, meta.date) if word)]
    parts += [f"## {paragraph.text}" if paragraph.heading else paragraph.text for paragraph in article.paragraphs]
    if explain:
        parts.append(_explanation(source, article, lambda kind, rule, line, why: f"- {kind} `{rule}` {line} ({why})"))
    return "\n\n".join(part for part in parts if part)


def _json(source: str, article: Article, explain: bool) -> str:
    meta = article.metadata
    row: dict[str, object] = {
        "source": source,
        "title": meta.title,
        "standfirst": meta.standfirst,
        "byline": meta.byline,
        "date": meta.date,
        "outlet": meta.outlet,
        "body": article.body,
        "removed": [{"text": line.text, "rule": line.rule} for line in article.removed],
    }
    if explain:
        reasons = _reasons()
        row["removed"] = [{"text": r.text, "rule": r.rule, "reason": reasons[r.rule]} for r in article.removed]
        row["protected"] = [{"text": p.text, "rule": p.rule, "by": p.protection} for p in article.protected]
    return json.dumps(row, ensure_ascii=False)


def _explanation(source: str, article: Article, line: Callable[[str, str, str, str], str]) -> str:
    reasons = _reasons()
    rows = [f"{source}: {len(article.paragraphs)} paragraphs kept, {len(article.removed)} lines removed"]
    rows += [line("removed", r.rule, _short(r.text), reasons[r.rule]) for r in article.removed]
    rows += [line("protected", p.rule, _short(p.text), p.protection) for p in article.protected]
    return "\n".join(rows)


def _reasons() -> dict[str, str]:
    from summarize.boilerplate import rules

    return {name: reason for name, (_, reason) in rules.reasons().items()}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
