"""Reports whose every text is an attack on the page that shows it."""

from dataclasses import replace

from summarize.document import Clause, Finding, Metadata, Removed, Report, Summary
from tests.summarize.compose.written import article, claim, renditions, report

ATTACKS = (
    "<script>document.title='preso'</script>",
    "</style><script>document.title='preso'</script>",
    "\"><img src=x onerror=\"document.title='preso'\">",
    "' onmouseover='document.title=1' x='",
    "</bdi></p></section><h1>falso</h1>",
    "<!-- ", "--><b>", "{{ 7*7 }}", "{% raw %}", "&lt;b&gt;", "javascript:alert(1)", "]]>", "<svg/onload=alert(1)>",
)  # fmt: skip


def hostile_report(attack: str) -> Report:
    """Put the attack into every text that a page shows."""
    pairs = ((f"{attack} accusa", attack), (attack, f"x {attack}"), (f"nega {attack}", attack), (attack, attack))
    page = replace(
        article(pairs, title=attack),
        source=attack,
        metadata=Metadata(title=attack, byline=attack, date=attack, outlet=attack),
        removed=(Removed(attack, attack, 0, 1),),
    )
    findings = {
        0: (Finding("number", attack, attack, "error", (0, 3), (0, 3)),),
        3: (Finding(attack, None, attack, "warning"),),
    }
    found = replace(
        report().claims,
        attributions=(claim(page, 0, "attribution", by=attack, to=attack, cue="accusa", groups=(attack,)),),
        denials=(claim(page, 2, "denial", by=attack, to=attack, cue="nega", answers=0),),
    )
    clauses = (Clause(attack, "attribution", 0, (0,)), Clause(attack, "denial", 0, (2,)), Clause(attack, "absence"))
    return Report(
        article=page,
        claims=found,
        renditions=tuple(renditions(page, pairs, findings)),
        summary=Summary(clauses),
        title_en=attack,
        warnings=(attack,),
        signature={"model": attack},
    )
