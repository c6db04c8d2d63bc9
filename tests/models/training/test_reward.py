from hypothesis import given
from hypothesis import strategies as st

from models.training.reward import Reward

REFERENCES = (
    "The minister denied that the embassy was attacked by 12 hackers.",
    "The court sentenced the mayor to life imprisonment.",
    "The police said the mayor was at home.",
)


def test_a_wrong_fact_costs_more_than_another_way_to_say_it() -> None:
    reward = Reward(REFERENCES)
    right, reworded, wrong, number = reward(
        [
            REFERENCES[1],
            "The court has sentenced the mayor to life imprisonment.",
            "The court sentenced the mayor to the gallows.",
            "The court sentenced the mayor to 10 years' imprisonment.",
        ],
        REFERENCES[1],
    )
    assert right == 1 > reworded > max(wrong, number)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    rare, common = Reward(REFERENCES)(
        [
            "The minister denied that the was attacked by 12 hackers.",
            "minister denied that embassy was attacked by 12 hackers.",
        ],
        REFERENCES[0],
    )
    assert common > rare


@given(st.text(), st.text())
def test_from_nothing_to_one(text: str, reference: str) -> None:
    (worth,) = Reward(REFERENCES)([text], reference)
    assert 0 <= worth <= 1 + 1e-9
