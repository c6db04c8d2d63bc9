"""What bounds a noun phrase: the regular expressions of `phrases`, over folded text.

Lists of words come from `data/phrases.toml`; they are compiled on first use.
"""

import re
from functools import lru_cache

from summarize.claims.lexicon import load, phrase

PREPOSITION = (
    r"(?:di|a|ad|da|in|con|su|per|tra|fra|d'|dopo|durante|entro|contro|secondo|oltre|verso|presso|sotto|sopra"
    r"|dietro|mediante|tramite|grazie|davanti|de[il]|dell[ao']|degli|delle|a[il]|all[ao']|agli|alle|da[il]|dall[ao']"
    r"|dagli|dalle|ne[il]|nell[ao']|negli|nelle|su[il]|sull[ao']|sugli|sulle|col|coi)(?!\w)"
)
NP_START = re.compile(
    r"(?<![\w'])(?:(?:il|lo|la|i|gli|le|un|uno|una|alcun[ie]|divers[ie]|molt[ie]|quest'ultim[oa]|quest[oaie]|quell[oaie])(?!\w)"
    r"|(?:l'|un'))"
)
RELATIVE = re.compile(
    r",?\s*(?<![\w'])(?:e )?(?:che|la quale|il quale|i quali|le quali)\s*"
    r"(?:(?:non|si|lo|la|li|ne|gli|ci|le|poi|però|già)\s+)*$"
)
# `X, accusato da Y,` and `X, che …,`: what is set off is no part of the name
PARTICIPIAL = re.compile(
    r"\s*(?:già |poi |ora |appena )?(?:(?:che|il quale|la quale|i quali|le quali)\s"
    r"|\w+(?:at|it|ut|tt|st|s|nt|rt)[oaie] (?:di|da|dal|dall[ao']|dai|dagli|dalle|per|in|nel|con|a|come)(?!\w))"
)
COMPLEMENTIZER = re.compile(r"(?<![\w'])(?:che|come|perché|quanto|dove|quando)(?![\w'])")
# What joins two articles into one noun phrase: `tutta la`, `il quotidiano La …`, `X e il Y`.
JOINS = re.compile(
    r"(?<![\w'])(?:e|ed|o|od|né|tutt[oaie]|entramb[ie]|ambedue|quotidiano|giornale|settimanale|mensile|rivista|testata"
    r"|emittente|sito|agenzia|non|ossia|ovvero|cioè|ex|come|[\w]+ndo)$|^\W*\w{1,3}$"
)
ASIDE = re.compile(r"\([^()]*\)|(?<=\s)-\s[^-]{3,160}?\s-(?=[\s,])")


def _any(name: str) -> str:
    return "|".join(words.replace(" ", r"\s+") for words in load("phrases.toml")[name])


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that are made of word lists, by name, compiled on first use."""
    return {
        "leading": re.compile(rf"(?:[\s,;:.\"'()*•-]|(?:{_any('leading')}|{_any('temporal')})(?![\w']))+"),
        "trailing": re.compile(rf"(?<![\w'])(?:{_any('trailing')})$"),
        "clause": re.compile(rf"[;:(\"]|(?<=\s)-(?=\s)|(?<![\w'])(?:{_any('clause')})(?![\w'])"),
        "object_end": re.compile(
            rf"[,;\"!?]|:(?!\d)|\.(?=\s|$)|(?<=\s)\(|\s-\s|(?<![\w'])(?:{_any('object_end')})(?![\w'])"
        ),
        "charge": re.compile(
            r"(?<![\w'])(?:di|d')\s*(?:non\s+)?(?:\w+(?:are|ere|ire|rre|arsi|ersi|irsi)\b|aver\b|esser\b)"
            rf"|(?<![\w'])(?:di|del|della|dello|dell'|dei|degli|delle|d')\s*(?=(?:\w+\s+){{0,2}}(?:{_any('charges')}))"
        ),
        "finite": phrase(
            r"<AVERE>|<ESSERE>|può|possono|potrebbe|potrebbero|deve|devono|mette|mettono|torna|tornano|continua|continuano|finisce|chiede|chiedono|fa|fanno|sta|stanno"
            r"|va|vanno|<affermare:fin>|<dire:fin>|<dichiarare:fin>|<sostenere:fin>|<negare:fin>|<respingere:fin>|<smentire:fin>"
            r"|<ritenere:fin>|<riferire:fin>|<riportare:fin>|<spiegare:fin>|<scrivere:fin>|<definire:fin>|<puntare:fin>"
            r"|(?<!la\s)(?<!una\s)(?<!in\s)(?:<precisare:fin>|<chiarire:fin>|<assicurare:fin>|<ribadire:fin>"
            r"|<aggiungere:fin>|<annunciare:fin>|<confermare:fin>|<ammettere:fin>|<accusare:fin>)"
            r"|(?!però|ciò|può|perciò|purò)\w{3,}ò|\w{2,}(?:rà|ranno|arono|erono|irono|avano|evano|ivano)"
        ),
        "governs": re.compile(
            r"(?<![\w'])(?:\w+(?:ando|endo|at[oai]|ito|uto|are|ere|ire)|(?:ha|hanno|aveva|avevano) \w+[sto][oaie])"
            r"(?=\s+(?:l'|un'|dell')|\s+(?:il|lo|la|i|gli|le|un|uno|una|dei|degli|delle|due|tre|quattro|cinque|sei|sette|otto|nove"
            r"|dieci|undici|dodici|alcun[ie]|divers[ie]|molt[ie]|altr[ie])(?!\w))"
        ),
        # `ha imposto sanzioni a X`: a measure and whom it is for
        "measure": re.compile(
            r"(?<![\w'])(?:ha|hanno|aveva|avevano) \w+[sto][oaie] (?:\w+ ){1,4}?"
            r"(?:(?:contro|a|ad|al|allo|alla|ai|agli|alle)\s|all')"
        ),
        # `a Milano è stato fermato X, accusato di`: the subject follows the verb
        "follows": phrase(r"(?:<ESSERE>)(?: stat[oaie])? \w+[st][oaie](?= (?!\w+mente)\w{3,})"),
        "role": re.compile(rf"(?:{_any('roles')})(?!\w)"),
        "gerund": re.compile(r"(?:\w+(?:ando|endo)(?:l[oaie]|si|ne)?|perché|affinché|dopo)\b"),
        "content_end": re.compile(
            r"[;!?]|\.(?=\s|$)|(?<=\s)\(|\s-\s|,?\s(?=(?:ma|mentre|dicendo|affermando|sostenendo|spiegando|sottolineando|parlando|precisando|aggiungendo"
            r"|(?:defin|boll|liquid)\w*ndo\w*)\s)"
            r"|,\s(?=(?:e|inoltre|che|(?:il|la) quale|(?:i|le) quali|secondo (?:cui|l[ao']|il)"
            r"|\w+(?:ando|endo)(?:l[oaie]|si|ne|gli)?)\s)"
            r"|\s(?=e\s(?!(?:il|lo|la|l'|i|gli|le|un|una|di|del|della|dei|degli|delle|a|al|che|qualsiasi|ogni"
            r"|\w+ (?:di|del))(?!\w)))"
        ),
    }
