"""The forms of Italian verbs, so that a written locution stands for its forms: "mettere in luce", "mise in luce"."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

PARTICIPLE = ("to", "so")
RARE = 2.5  # Zipf frequency (occurrences in a thousand million words, log10) below which a form is left out
# Regular endings by the infinitive's: present, imperfect, remote past, future, conditional, both subjunctives,
# gerund and participles. A form that no Italian text uses is made too, and then left out for its frequency.
ENDINGS = {
    "are": "a ano iamo ava avano ò arono erà eranno erebbe erebbero i ino asse assero ando ato ata ati ate ar",
    "ere": "e ono iamo eva evano é erono ette ettero erà eranno erebbe erebbero a ano esse essero endo uto uta uti ute "
    "er",
    "ire": "e ono iamo iva ivano ì irono irà iranno irebbe irebbero a ano isse issero endo ito ita iti ite ir "
    "isce iscono isca iscano",
}


def forms(infinitive: str) -> list[str]:
    """The forms in use of a verb, itself first; those of a reflexive one without its pronoun, which may stand apart."""
    if infinitive.endswith("rsi"):
        return [infinitive, *forms(_whole(infinitive.removesuffix("si")))]
    stem, ending = infinitive[:-3], infinitive[-3:]
    regular = [form for end in ENDINGS.get(ending, "").split() for form in _spelled(stem, end)]
    known = _irregular().get(infinitive, ())
    agreeing = [form[:-1] + end for form in known if form.endswith(PARTICIPLE) for end in "aie"]
    return list(dict.fromkeys([infinitive, *filter(_used, [*regular, *known, *agreeing])]))


def _whole(short: str) -> str:
    """The infinitive that a reflexive one was cut from: "mettersi" is "mettere"."""
    if short + "e" in _irregular():
        return short + "e"
    return short + "re" if short + "re" in _irregular() else short + "e"  # "porsi", "porre"


def _spelled(stem: str, ending: str) -> list[str]:
    """A stem and an ending as they are written together: "cerca", "cercherà", "minaccia", "minaccerà"."""
    if stem.endswith("i") and ending[0] in "ei":
        return [stem[:-1] + ending]
    if stem.endswith(("c", "g")) and ending[0] in "ei":
        return [stem + ending, f"{stem}h{ending}"]
    return [stem + ending]


def _used(form: str) -> bool:
    import wordfreq

    return bool(wordfreq.zipf_frequency(form, "it") >= RARE)


@cache
def _irregular() -> dict[str, list[str]]:
    """The forms that a dictionary knows of each lemma; it gives a form to one lemma only."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    found = defaultdict(list)
    for form, lemma in DefaultDictionaryFactory().get_dictionary("it").items():
        if form.isalpha() and form.islower():
            found[lemma].append(form)
    return dict(found)
