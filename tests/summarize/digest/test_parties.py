"""Counting: a story once, a party under whatever spelling."""

from summarize.digest import parties
from summarize.digest.document import Accusation, Denial, Item, Story
from summarize.document import Strength

OFFICIAL, ALLEGED = Strength.OFFICIAL, Strength.ALLEGED


def story(*accusations: Accusation, denials: tuple[Denial, ...] = (), copies: int = 1) -> Story:
    return Story((Item("a", "a", "a", "", accusations=accusations, denials=denials),) * copies)


def test_a_pair_is_counted_once_a_story_with_its_firmest_strength_and_who_denies() -> None:
    stories = [
        story(Accusation("The Belgian government", "China", ALLEGED), copies=3),
        story(Accusation("the belgian government", "“China”", OFFICIAL), denials=(Denial("The embassy", 0),)),
        story(Accusation("France", None, ALLEGED), denials=(Denial("Nobody else", None),)),
    ]
    first, second = parties.pairs(stories)
    assert (first.accuser, first.accused, first.stories) == ("The Belgian government", "China", (0, 1))
    assert first.strength is OFFICIAL
    assert first.deniers == ("The embassy",)
    assert (second.accused, second.deniers) == (parties.NOT_SAID, ())


def test_who_claims_an_act_is_no_accuser_of_itself() -> None:
    stories = [
        story(Accusation("The group", "the group", Strength.CONFIRMED, ("APT99",))),
        story(Accusation("The group", None, Strength.CONFIRMED), Accusation(None, None, ALLEGED)),
    ]
    assert parties.pairs(stories) == []
    assert parties.accusers(stories) == parties.accused(stories) == []
    assert [(c.name, c.stories) for c in parties.claimants(stories)] == [("The group", (0, 1))]
    assert [(c.name, c.stories) for c in parties.groups(stories)] == [("APT99", (0,))]


def test_a_denial_answers_its_own_accusation_alone() -> None:
    stories = [story(Accusation("A", "B", ALLEGED), Accusation("A", "C", ALLEGED), denials=(Denial("C", 1),))]
    assert {pair.accused: pair.deniers for pair in parties.pairs(stories)} == {"B": (), "C": ("C",)}


def test_counts_name_each_party_with_its_stories_most_first() -> None:
    stories = [
        story(Accusation("A", "B", ALLEGED, ("APT99",))),
        story(Accusation("A", "C", ALLEGED, ("APT99", "APT98")), denials=(Denial("C", 0), Denial("c", None))),
    ]
    assert [(c.name, c.stories) for c in parties.accusers(stories)] == [("A", (0, 1))]
    assert [(c.name, c.stories) for c in parties.accused(stories)] == [("B", (0,)), ("C", (1,))]
    assert [(c.name, c.stories) for c in parties.groups(stories)] == [("APT99", (0, 1)), ("APT98", (1,))]
    assert [(c.name, c.stories) for c in parties.deniers(stories)] == [("C", (1,))]
