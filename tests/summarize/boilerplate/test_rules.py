import pytest

from summarize.boilerplate import rules


def names(line: str) -> set[str]:
    return {rule.name for rule in rules.load().hits(line)}


def test_every_rule_has_its_own_name_and_a_reason() -> None:
    loaded = rules.load().rules
    assert len({rule.name for rule in loaded}) == len(loaded)
    assert all(rule.reason and rule.effect in {"line", "list", "toc", "end", "end-soft"} for rule in loaded)
    assert all(rule.where in {"anywhere", "outside", "foot", "edge"} for rule in loaded)
    assert {rule.name for rule in loaded} <= rules.reasons().keys()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ti è piaciuto questo articolo? Parliamone nel gruppo.", "community-liked"),
        ("👉 Seguici anche su Telegram", "community-follow"),
        ("== articolo precedente ==", "next-article"),
        ("PrecedenteLa rete cadeSuccessivoLa rete torna", "next-article"),
        ("Iscriviti subito alla nostra newsletter!", "newsletter-call"),
        ("Condividi l’articolo", "share-after"),
        ("Facebook", "share-bar"),
        ("Vai al contenuto principale", "menu-skip"),
        ("– Leggi anche: Che cosa è un wiper", "related-line"),
        ("Articoli correlati", "related-list"),
        (
            "CronacaIl ponte resta chiuso dopo la piena della notte e i tecnici non hanno ancora finito le prove…",
            "teaser-cut",
        ),
        ("Indice degli argomenti", "contents"),
        ("cybercrimeretiRansomware", "tags-glued"),
        ("Foto: archivio", "credit"),
        ("© 2024 La Voce. Tutti i diritti riservati.", "copyright"),
        ("Accetta e continua", "cookie"),
        ("9,90€ al mese", "price"),
        ("Valuta la qualità di questo articolo", "feedback"),
        ("12 Commenti", "comments-count"),
        ("Pubblicità", "advertisement"),
    ],
)
def test_a_line_of_boilerplate_is_named(line: str, name: str) -> None:
    assert name in names(line)


@pytest.mark.parametrize(
    "line",
    [
        "Il governo ha smentito la notizia.",
        "Pechino nega",
        "Commenta il ministro: «Non ne so nulla».",
        "Guarda alla Cina il rapporto dei servizi.",
        "Entra nella vicenda anche la procura di Roma.",
        "Scarica ogni colpa sui tecnici il direttore.",
        "Se ti è arrivato un messaggio simile, non cliccare sul link.",
        "In caso di dubbio contatta la banca al numero verde.",
        "Ti consigliamo di cambiare la tua password.",
        "Facebook ha rimosso 140 pagine.",
        "La newsletter del ministero era autentica.",
        "Il corso di formazione dura tre giorni.",
        "Copyright e brevetti non sono stati toccati.",
        "Il codice fiscale di 300 clienti è finito in vendita.",
    ],
)
def test_a_line_of_an_article_matches_nothing_firm(line: str) -> None:
    assert not {rule.name for rule in rules.load().hits(line) if rule.firm}
