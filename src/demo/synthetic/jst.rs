//! What local governments answer, section by section.

use super::desk::{Cohort, Desk};
use super::fields::Fields;
use super::texts::{self, JST_NEEDS, JST_PROBLEMS};
use super::{documents, enterprises, events, media, own_words};

/// The pages of a section for all offices that said "yes" at its gate; none for a gate without a section.
pub(super) fn pages(section: &str, cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    match section {
        "media" => media::pages(cohort, desk),
        "zakladka" => each(cohort, |office| place_on_site(&office.domain(), desk)),
        "dokumenty" => documents::pages(cohort, desk),
        "wydarzenia" => events::of_local_governments(cohort, desk),
        "utworzenie" => enterprises::founded(cohort, desk),
        "wsparcie" => each(cohort, |_| support(desk)),
        "zamowienia" => shares(cohort, desk, |actions| procurement(actions, desk)),
        "klauzule" => shares(cohort, desk, |procedures| clauses(procedures, desk)),
        "uslugi" => enterprises::services(cohort, desk),
        "badania" => own_words::research(cohort, desk),
        "klimat" => own_words::climate(cohort, desk),
        "debaty" => shares(cohort, desk, debates),
        "problemy" => own_words::problems(JST_PROBLEMS, cohort, desk),
        "potrzeby" => own_words::needs(JST_NEEDS, cohort, desk),
        _ => Vec::new(),
    }
}

fn each(cohort: &Cohort<'_>, page: impl Fn(&super::Office) -> Fields) -> Vec<Fields> {
    cohort.offices.iter().map(|office| page(office)).collect()
}

/// One page per office from its share of the cohort's total.
fn shares(cohort: &Cohort<'_>, desk: &Desk<'_>, page: impl Fn(usize) -> Fields) -> Vec<Fields> {
    let amount = cohort.amount;
    desk.dice.split(amount.total, cohort.offices.len(), amount.most).into_iter().map(page).collect()
}

fn place_on_site(domain: &str, desk: &Desk<'_>) -> Fields {
    let dice = &desk.dice;
    let scheme = dice.pick(&["https://www.", "https://", "www."]);
    let page = dice.pick(&[
        "ekonomia-spoleczna",
        "dla-mieszkancow/ekonomia-spoleczna",
        "pes",
        "organizacje/podmioty-es",
    ]);
    let mut fields = Fields::default();
    fields.put("zakladka_adres", format!("{scheme}{domain}/{page}"));
    fields
        .put("zakladka_aktualizacja", dice.pick(&["w_roku", "w_roku", "wczesniej", "wczesniej", "nie_wiem"]));
    fields
}

const SUPPORT: [&str; 5] = ["dotacja", "lokal", "zlecenie", "doradztwo", "promocja"];
const OTHER_SUPPORT: [&str; 5] = [
    "użyczenie samochodu do przewozu uczestników",
    "zwolnienie z opłat za stoiska na targowisku",
    "pomoc w księgowaniu dotacji",
    "przekazanie używanych komputerów",
    "patronat nad festynem kół gospodyń wiejskich",
];

fn support(desk: &Desk<'_>) -> Fields {
    let dice = &desk.dice;
    let mut forms: Vec<&str> = dice.sample(&SUPPORT, dice.between(1, 3)).into_iter().copied().collect();
    let other = dice.chance(12);
    if other {
        forms.push("inne");
    }
    let mut fields = Fields::default();
    fields.tick("wsparcie_formy", &forms);
    if other {
        fields.put("wsparcie_inne", dice.pick(&OTHER_SUPPORT));
    }
    fields
}

fn procurement(actions: usize, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.number("zamowienia_dzialania", Some(actions));
    fields.number("zamowienia_szkolenia", (!desk.dice.chance(10)).then(|| desk.dice.below(actions + 1)));
    if let Some(text) = desk.unwritten(texts::PROCUREMENT) {
        fields.put("zamowienia_opis", text);
    }
    fields
}

fn clauses(procedures: usize, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.number("klauzule_postepowania", Some(procedures));
    fields.number("klauzule_pes", (!desk.dice.chance(15)).then(|| desk.dice.below(procedures.min(2) + 1)));
    fields
}

fn debates(count: usize) -> Fields {
    let mut fields = Fields::default();
    fields.number("debaty_liczba", Some(count));
    fields
}
