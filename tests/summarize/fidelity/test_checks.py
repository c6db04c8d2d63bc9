import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.fidelity import check

FOUND = [
    ("name", "Il Belgio accusa un gruppo cinese.", "The Netherlands accuses a Chinese group."),
    ("name", "Lo dice il perito Brandolin.", "The expert Brandelin says so."),
    ("name", "Da Pechino nessuna replica.", "No reply from Tokyo."),
    ("identifier", "La falla CVE-2031-40417 è aperta.", "The flaw CVE-2031-40471 is open."),
    ("identifier", "Il gruppo APT57 tace.", "The group APT75 is silent."),
    ("identifier", "Il server 203.0.113.7 risponde.", "The server 203.0.113.8 responds."),
    ("negation", "La banca non ha pagato.", "The bank has paid."),
    ("negation", "Nessun dato è uscito.", "Data got out."),
    ("negation", "Il ministro smentisce la notizia.", "The minister confirms the news."),
    ("negation", "Non colpisce solo le banche, ma anche le scuole.", "It hits only banks but also schools."),
    ("hedge", "Il gruppo avrebbe colpito un porto.", "The group hit a port."),
    ("hedge", "Il presunto autore è libero.", "The author is free."),
    ("quotation", "La Cina accusa l'Australia di spionaggio.", "Australia accuses China of espionage."),
    ("quotation", "«Non è vero nulla», ha detto Rossi.", '"None of it is true, Rossi said.'),
    (
        "length",
        "Il governo ha convocato i vertici, che promettono un rapporto entro venerdì.",
        "The government summoned.",
    ),
    ("repetition", "Il portale è in linea.", "The portal is online is online is online."),
    ("untranslated", "Gli uffici erano chiusi quando è arrivata.", "The offices were chiusi quando è arrivata."),
    ("empty", "Il sito è fermo.", " "),
    ("name", "L'Europol ha coordinato gli arresti.", "Interpol coordinated the arrests."),
    ("name", "L'azienda nigerina tace.", "The Nigerian company is silent."),
    ("name", "L'ambasciatore cinese torna in Cina.", "The German ambassador returns to China."),
    ("hedge", "Secondo l'azienda il danno potrebbe crescere.", "The damage could grow."),
    ("identifier", "Il profilo @voce_vera tace.", "The profile @voce_vere is silent."),
    ("identifier", "Il file si chiama avviso.dll.", "The file is called avvisi.dll."),
    ("identifier", r"La chiave HKLM\Software\Prova è nuova.", r"The key HKLM\Software\Prove is new."),
    ("identifier", "Serve la versione 2.1.0-rc1.", "Version 2.1.0-rc2 is needed."),
    ("hedge", "Il gruppo avrebbe colpito un porto, ha detto Ferri.", "The group hit a port, Ferri said."),
    ("hedge", "Secondo Mosca il drone era guasto.", "The Moscow drone was broken."),
    ("name", "La polizia economica (Pev) tace.", "The economic police (PEW) is silent."),
    ("name", "Lo dicono i tecnici del Cenaric.", "The technicians of CENRIC say so."),
    ("hedge", "La toppa potrebbe non bastare.", "The patch could not be enough."),
    ("hedge", "Chi teme la fuga sa che Oslo potrebbe non fermarlo.", "Those who fear he may flee know Oslo can't."),
    ("hedge", "Dietro il furto ci sarebbe un gruppo rumeno.", "A Romanian group is behind the theft."),
    ("hedge", "Il tecnico è accusato di aver venduto gli archivi.", "The technician sold the archives to others."),
    ("negation", "I casi sono aumentati.", "Cases decreased."),
    ("negation", "Suo padre non sapeva.", "His mother did not know."),
    ("quotation", "Siamo fermi da ieri, ha detto Ferri.", '"We have been down since yesterday, Ferri said.'),
    ("quotation", "Kiev ha risposto a Mosca.", "Moscow replied to Kyiv."),
]
QUIET = [
    ("Il Belgio accusa un gruppo cinese.", "Belgium accuses a Chinese group."),
    ("Gli Stati Uniti e l'ONU tacciono.", "The US and the UN are silent."),
    ("Il server 192.0.2[.]41 è spento.", "The server 192.0.2.41 is off."),
    ("Non ci sono prove.", "Evidence is lacking."),
    ("L'accesso non autorizzato è stato bloccato.", "Unauthorised access was blocked."),
    ("Non solo le banche, ma anche le scuole.", "Banks, but schools too."),
    ("Il gruppo avrebbe colpito un porto.", "The group allegedly hit a port."),
    ("«Non è vero», ha detto Rossi a Bianchi.", '"It is not true," Rossi told Bianchi.'),
    ("Il presidente Zelenskij è a Kiev.", "President Zelensky is in Kyiv."),
    ("La riunione è a Nizza.", "The meeting is in Nice."),
    ("L'hash è d41d8cd98f00b204e9800998ecf8427e.", "The hash is d41d8cd98f00b204e9800998ecf8427e."),
    ("Il file pagamento_urgente.exe è noto.", "The file pagamento_urgente.exe is known."),
    ("Il perito Ferri ha spiegato alla BBC che il codice è vecchio.", "The expert Ferri told the BBC the code is old."),
    ("Il Garante ha multato la banca.", "The Italian authority fined the bank."),
    ("Siamo fermi da ieri.", '"We have been down since yesterday.'),
    ("La polizia economica (Pev) tace.", "The economic police (PEV) is silent."),
    ("La VPR e la Pev tacciono.", "The PRV and PEV are silent."),
    ("Il ministro vede l'Onu.", "The minister sees the UN and the OECD."),
    ("La toppa potrebbe non bastare.", "The patch may not be enough."),
    ("La toppa non potrebbe bastare.", "The patch could not be enough."),
    ("Potrebbe non aver letto l'avviso e non può tornare.", "He might not have read the notice and cannot return."),
    ("La regione vorrebbe riaprire.", "The region wants to reopen."),
    ("", ""),
]


@pytest.mark.parametrize(("kind", "italian", "english"), FOUND)
def test_an_error_is_found(kind: str, italian: str, english: str) -> None:
    assert kind in {f.kind for f in check(italian, english)}


@pytest.mark.parametrize(("italian", "english"), QUIET)
def test_a_faithful_pair_is_quiet(italian: str, english: str) -> None:
    assert check(italian, english) == ()


TEXT = st.text(st.sampled_from("aeioXVI nontre1290.,:%€$'\"«»-–([@/[]è\nCV"), max_size=60)


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_spans_are_those_of_the_words(italian: str, english: str) -> None:
    for finding in check(italian, english):
        for words, span, text in ((finding.it, finding.it_span, italian), (finding.en, finding.en_span, english)):
            assert (words is None) == (span is None)
            if span is not None:
                assert 0 <= span[0] < span[1] <= len(text)
                assert words == text.replace("’", "'")[slice(*span)]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_checked(italian: str, english: str) -> None:
    check(italian, english)
