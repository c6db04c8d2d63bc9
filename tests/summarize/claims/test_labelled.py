"""Floors on the labelled articles beside the checkout; what is asserted is what the README may say."""

from pathlib import Path

import pytest

from benchmarks.claims_labelled import candidates
from benchmarks.claims_training import figures
from summarize.claims.lexicon import load

FOLDER = Path(__file__).parents[4] / "shared" / "articles" / "dev"
FLOORS = {
    "attribution": {"f1": 0.97, "hit": 0.85, "recall": 0.84, "precision": 0.7},
    "denial": {"f1": 0.97, "hit": 0.88, "recall": 0.89, "precision": 0.86},
}


@pytest.mark.shared
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the labelled articles are not beside the checkout")
def test_the_labelled_articles_stay_above_their_floors() -> None:
    np = pytest.importorskip("numpy")
    for kind, articles in candidates(FOLDER).items():
        hand = load("weights.toml")[kind]
        scored = [
            (
                article,
                np.array(
                    [
                        hand["bias"] + sum(hand.get(name, 0.0) * value for name, value in row.features.items())
                        for row in article.rows
                    ]
                ),
            )
            for article in articles
        ]
        got = figures(scored, [(hand["first_bar"], hand["next_bar"])] * len(scored))
        assert {name: got[name] for name, floor in FLOORS[kind].items() if got[name] < floor} == {}
