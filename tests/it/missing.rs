//! Addresses of the panel that ask for what is not there: told in the panel's words, with a way on.

use crate::harness::{Analyst, LOGIN, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    an_edition_alone_leads_to_its_numbers,
    what_is_not_there_is_said_on_a_page_of_the_panel_with_a_way_on,
    an_edition_that_is_not_there_leads_to_the_list_of_editions,
    a_day_that_is_none_is_said_beside_the_field_and_stays_in_it,
}

const EDITION: &str = "/panel/proba/2024";

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn an_edition_alone_leads_to_its_numbers(app: &TestApp) {
    let anna = inside(app);
    assert_eq!(anna.get(EDITION).with_status(303).location(), format!("{EDITION}/liczby"));
    app.analyst().get(EDITION).with_status(401);
}

fn what_is_not_there_is_said_on_a_page_of_the_panel_with_a_way_on(app: &TestApp) {
    let anna = inside(app);
    let cases = [
        ("przekroje?miernik=jst.nie_ma&wiersze=kind", "przekroje", "Nie ma miernika „jst.nie_ma”"),
        ("przekroje?miernik=jst.tak&wiersze=kolor", "przekroje", "Nie ma przekroju „kolor”"),
        ("przekroje?miernik=jst.tak&wiersze=kind&kind=zamek", "przekroje", "wartości „zamek”"),
        ("gminy?miernik=jst.nie_ma", "gminy", "Nie ma miernika „jst.nie_ma”"),
        ("porownanie?z=1999", "porownanie", "W tej edycji nie ma tego"),
        ("porownanie?widok=z-boku", "porownanie", "Nie ma widoku porównania „z-boku”"),
        ("kodowanie/jst/nie_ma", "kodowanie", "W tej edycji nie ma tego"),
        ("kodowanie/jst/opis?stan=zielone", "kodowanie", "Nie ma grupy odpowiedzi „zielone”"),
        ("kodowanie/klucz/nie_ma", "kodowanie", "W tej edycji nie ma tego"),
        ("laczenie/jst/nie_ma", "laczenie", "W tej edycji nie ma tego"),
        ("wskazniki/W99", "wskazniki", "W tej edycji nie ma tego"),
        ("rozdzial?stan=nie-ma", "rozdzial", "W tej edycji nie ma tego"),
        ("rozdzial/nie-ma.docx", "rozdzial", "W tej edycji nie ma tego"),
        ("przekroje/przekroje.csv?miernik=jst.nie_ma", "przekroje", "Nie ma miernika „jst.nie_ma”"),
        ("stany/nie-ma", "stany", "W tej edycji nie ma tego"),
        ("notatnik/fakty/nie-ma", "notatnik", "W tej edycji nie ma tego"),
        ("liczby/jst/nie_ma", "liczby", "W tej edycji nie ma tego"),
        ("ankieta/nie-ma", "liczby", "W tej edycji nie ma tego"),
    ];
    for (asked, place, said) in cases {
        let page = anna.get(&format!("{EDITION}/{asked}")).with_status(404);
        assert!(page.words().contains(said), "{asked}: {}", page.words());
        assert!(!page.words().contains("Przeglądarka przesłała"), "{asked}: {}", page.words());
        let ways = page.attributes("main a", "href");
        assert!(ways.contains(&format!("{EDITION}/{place}")), "{asked}: {ways:?}");
        anna.get(&ways[0]).with_status(200);
    }
    // A page of a list that nobody has filled that far is the last one, not a mistake.
    anna.get(&format!("{EDITION}/kodowanie/jst/opis?strona=wszystkie")).with_status(200);
}

fn an_edition_that_is_not_there_leads_to_the_list_of_editions(app: &TestApp) {
    let anna = inside(app);
    for place in ["", "/liczby", "/przekroje"] {
        let page = anna.get(&format!("/panel/proba/1999{place}")).with_status(404);
        assert!(page.words().contains("Nie ma takiej edycji"), "{}", page.words());
        assert!(page.attributes("main a", "href").contains(&"/panel".to_owned()));
    }
}

fn a_day_that_is_none_is_said_beside_the_field_and_stays_in_it(app: &TestApp) {
    let page = inside(app).get(&format!("{EDITION}/podmioty?od=wczoraj&do=31.12.2024")).with_status(200);
    assert!(page.words().contains("„wczoraj” nie jest dniem"), "{}", page.words());
    assert_eq!(page.attributes("#od", "value"), ["wczoraj"]);
    assert_eq!(page.attributes("#do", "value"), ["2024-12-31"]);
}
