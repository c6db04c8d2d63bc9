"""Copies of a story are merged; other stories on the same subject are not."""

from datetime import date

from summarize.digest.document import Item
from summarize.digest.stories import merge

AGENCY = (
    "La procura di Verano ha chiesto il rinvio a giudizio di quattro tecnici della società che gestisce gli acquedotti "
    "della provincia. Secondo gli inquirenti i quattro avrebbero ignorato per mesi gli avvisi sui filtri. La difesa "
    "respinge ogni addebito e parla di controlli eseguiti con regolarità. L'udienza preliminare è fissata per il nove "
    "maggio davanti al giudice Carla Monteverdi. Il sindaco ha annunciato che il comune si costituirà parte civile."
)
OTHER = (
    "A Verano i quattro tecnici accusati per i filtri degli acquedotti compariranno a maggio davanti al giudice. Gli "
    "avvocati insistono: nessun avviso fu trascurato. In aula ci sarà anche il comune, che chiede i danni. Restano da "
    "chiarire le spese sostenute dalla società per rifare gli impianti dopo la denuncia di un gruppo di abitanti."
)


def item(source: str, text: str, day: int | None = None) -> Item:
    return Item(source, f"{source}.json", source, text, None if day is None else date(2026, 3, day))


def edited(text: str) -> str:
    """Every fifteenth word changed, a line added, as a desk does it."""
    words = text.split()
    words[::15] = ["peraltro"] * len(words[::15])
    return "Redazione. " + " ".join(words)


def test_an_edited_copy_belongs_to_its_story_and_the_earliest_speaks() -> None:
    stories = merge([item("b.txt", AGENCY, 12), item("a.txt", edited(AGENCY), 13), item("c.txt", OTHER, 13)])
    assert [[each.source for each in story.items] for story in stories] == [["b.txt", "a.txt"], ["c.txt"]]


def test_copies_of_copies_belong_together_whatever_their_order() -> None:
    texts = [AGENCY, edited(AGENCY), edited(edited(AGENCY))]
    items = [item(f"{number}.txt", text) for number, text in enumerate(texts)]
    assert len(merge(items)) == 1
    assert merge(items) == merge(items[::-1])


def test_empty_texts_are_no_copies_of_each_other() -> None:
    assert len(merge([item("a.txt", ""), item("b.txt", "")])) == 2
