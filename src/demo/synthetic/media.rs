//! Media in which offices found articles: their own pages and profiles, and titles that several offices know and
//! spell in their own way.

use super::Office;
use super::deal::Way;
use super::desk::{Cohort, Desk};
use super::fields::Fields;
use super::quotas::DIFFERENT_MEDIA;

/// A title that several offices name: its kind and its spellings, all of which name the same thing.
type Title = (&'static str, &'static [&'static str]);

/// Invented titles of the region. The key of distinct things is the same for all spellings of a line.
const TITLES: [Title; 14] = [
    ("prasa_papierowa", &["Głos Znad Wkry", "„Głos znad Wkry”", "GŁOS ZNAD WKRY", "Glos znad Wkry"]),
    // Alike, yet a thing of its own until a person decides: the workbench of merges has something to propose.
    ("prasa_papierowa", &["Tygodnik Nadbużański", "tygodnik nadbużański", "Tygodnik  Nadbuzanski."]),
    (
        "prasa_papierowa",
        &[
            "Tygodnik Nadbużański Przykład",
            "Tygodnik „Nadbużański Przykład”",
            "tygodnik nadbuzanski przyklad",
        ],
    ),
    (
        "prasa_elektroniczna",
        &[
            "wiesci-mazowsza.example",
            "https://www.wiesci-mazowsza.example/",
            "www.wiesci-mazowsza.example",
            "WWW.Wiesci-Mazowsza.example",
        ],
    ),
    (
        "prasa_elektroniczna",
        &["https://puszcza24.example", "puszcza24.example", "http://www.puszcza24.example/"],
    ),
    ("prasa_elektroniczna", &["Portal Dolina Pilicy", "portal Dolina Pilicy", "Portal „Dolina Pilicy”"]),
    ("radio", &["Radio Pogranicze", "radio POGRANICZE", "Radio „Pogranicze”"]),
    ("radio", &["Radio Zalew", "RADIO ZALEW", "radio Zalew"]),
    ("telewizja", &["Telewizja Kablowa Mazur", "telewizja kablowa MAZUR", "Telewizja kablowa „Mazur”"]),
    ("www_inna", &["www.owes-przyklad.example", "https://owes-przyklad.example/", "owes-przyklad.example"]),
    (
        "profil_inny",
        &[
            "Facebook: Społecznie na Mazowszu",
            "facebook – społecznie na Mazowszu",
            "Facebook Spolecznie na Mazowszu",
        ],
    ),
    (
        "profil_inny",
        &[
            "Lokalna Grupa Działania „Zielony Trakt” (profil)",
            "Lokalna Grupa Działania Zielony Trakt – profil",
            "lokalna grupa działania „Zielony trakt”, profil",
        ],
    ),
    ("inne", &["Biuletyn „Razem na Mazowszu”", "biuletyn Razem na Mazowszu", "Biuletyn: Razem na Mazowszu"]),
    (
        "prasa_papierowa",
        &[
            // Alike to the first title of the list, and counted apart from it like every other one.
            "Głos nad Wkrą",
            "GŁOS NAD WKRĄ",
            "Glos nad Wkra",
            "„Głos nad Wkrą”",
        ],
    ),
];

/// Kinds of media that one office has of its own.
const OWN_MOST: usize = 4;

/// A row of a list.
struct Medium {
    kind: &'static str,
    name: String,
    address: String,
}

/// The pages of all offices with articles. Their lists name exactly [`DIFFERENT_MEDIA`] different media.
pub(super) fn pages(cohort: &Cohort<'_>, desk: &Desk<'_>) -> Vec<Fields> {
    let short = cohort.amount.short.min(cohort.offices.len());
    let (numbers, listing) = cohort.offices.split_at(short);
    let lists = lists(listing, desk);
    let rows: usize = lists.iter().map(Vec::len).sum();
    let mut articles = desk.dice.split(cohort.amount.total, short + rows, cohort.amount.most).into_iter();
    let mut pages: Vec<Fields> = numbers.iter().map(|_| by_number(articles.next().unwrap_or(1))).collect();
    pages.extend(lists.iter().map(|list| by_list(list, &mut articles, desk)));
    pages
}

fn by_number(articles: usize) -> Fields {
    let mut fields = Fields::default();
    fields.way("media", &Way::Numbers(articles));
    fields.put("media_materialy_razem", articles.to_string());
    fields
}

fn by_list(list: &[Medium], articles: &mut impl Iterator<Item = usize>, desk: &Desk<'_>) -> Fields {
    let mut fields = Fields::default();
    fields.way("media", &Way::List(list.len()));
    for medium in list {
        let mut row = fields.row("medium", &desk.dice);
        row.put("medium_nazwa", &*medium.name);
        row.put("medium_rodzaj", medium.kind);
        if !medium.address.is_empty() {
            row.put("medium_adres", &*medium.address);
        }
        row.put("medium_materialy", articles.next().unwrap_or(1).to_string());
    }
    fields
}

/// One list per office: its own media first, then titles of the region.
fn lists(offices: &[&Office], desk: &Desk<'_>) -> Vec<Vec<Medium>> {
    let own = desk.dice.split(DIFFERENT_MEDIA - TITLES.len(), offices.len(), OWN_MOST);
    let mut lists: Vec<Vec<Medium>> = offices
        .iter()
        .zip(own)
        .map(|(office, own)| (0..own).map(|number| own_medium(office, number, desk)).collect())
        .collect();
    if offices.is_empty() {
        return lists;
    }
    let mut order: Vec<usize> = (0..offices.len()).collect();
    desk.dice.shuffle(&mut order);
    let mut next = order.iter().cycle();
    for (kind, spellings) in TITLES {
        for spelling in spellings.iter().take(desk.dice.between(2, spellings.len())) {
            let medium = Medium { kind, name: (*spelling).to_owned(), address: String::new() };
            lists[*next.next().expect("a cycle over offices never ends")].push(medium);
        }
    }
    lists
}

/// One of the [`OWN_MOST`] media of the office itself; no two are the same.
fn own_medium(office: &Office, number: usize, desk: &Desk<'_>) -> Medium {
    let site = format!("www.{}", office.domain());
    match number {
        0 if desk.dice.chance(30) => {
            Medium { kind: "www_urzedu", name: site.clone(), address: format!("https://{site}") }
        }
        0 => Medium {
            kind: "www_urzedu",
            name: format!("Strona internetowa {}", office.office_genitive()),
            address: format!("https://{site}/aktualnosci"),
        },
        1 => Medium {
            kind: "profil_urzedu",
            name: format!("Profil {} na Facebooku", office.genitive()),
            address: String::new(),
        },
        2 => Medium {
            kind: "prasa_papierowa",
            name: format!("Biuletyn samorządowy {}", office.genitive()),
            address: String::new(),
        },
        _ => {
            Medium { kind: "inne", name: format!("Newsletter {}", office.genitive()), address: String::new() }
        }
    }
}
