from models.training.words import lists

DICTIONARY = {"stazione", "sentenza"}


def test_words_are_common_or_seen_by_how_often_they_occur() -> None:
    texts = ["La stazione."] * 20 + ["Il malware."] * 60 + ["La sentenza, il payload."] * 2 + ["Una stazionne."]
    assert lists(texts, DICTIONARY.__contains__) == (["malware", "stazione"], ["payload"])


def test_names_and_short_words_are_no_matter() -> None:
    assert lists(["Stazione casa"] * 100, DICTIONARY.__contains__) == ([], [])
