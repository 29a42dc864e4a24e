//! A data package.

use chrono::{TimeZone, Utc};
use sheet::Profile;
use sheet::datapackage::{Field, ForeignKey, Kind, Licence, Package, Resource, Source, hash};

/// A package of one table, with the content of its file.
pub(crate) fn package() -> (Package, String) {
    let file = "klucz,rodzaj,liczba,udzial,dzien,opis\na,gmina,1,0.5,2025-01-17,=1+1\nb,powiat,NW,,2025-01-18,\"x, y\"\n";
    let field = |name: &str, kind: Kind| Field {
        name: name.into(),
        title: format!("Kolumna {name}"),
        description: String::new(),
        kind,
        required: name == "klucz",
        categories: Vec::new(),
    };
    let mut fields = vec![
        field("klucz", Kind::Text),
        field("rodzaj", Kind::Text),
        field("liczba", Kind::Integer),
        field("udzial", Kind::Number),
        field("dzien", Kind::Date),
        field("opis", Kind::Text),
    ];
    fields[1].categories = vec![("gmina".into(), "Gmina".into()), ("powiat".into(), "Powiat".into())];
    let resource = Resource {
        name: "Miary JST".into(),
        path: "miary.csv".into(),
        title: "Miary".into(),
        description: "Wiersz to miernik.".into(),
        profile: Profile::OpenData,
        bytes: file.len() as u64,
        hash: hash(file.as_bytes()),
        fields,
        primary_key: vec!["klucz".into()],
        missing: vec![("NW".into(), "nie wiem".into())],
        foreign_keys: vec![ForeignKey {
            fields: vec!["klucz".into()],
            resource: String::new(),
            reference: vec!["klucz".into()],
        }],
    };
    let package = Package {
        name: "Mazowsze-2024".into(),
        title: "Monitoring 2024".into(),
        description: "Liczby rozdziału V.".into(),
        version: "1.0.0".into(),
        created: Some(Utc.with_ymd_and_hms(2025, 3, 1, 12, 0, 0).unwrap()),
        keywords: vec!["ekonomia społeczna".into()],
        licences: vec![Licence {
            name: "CC-BY-4.0".into(),
            path: "https://creativecommons.org/licenses/by/4.0/".into(),
            title: "Creative Commons Attribution 4.0".into(),
        }],
        sources: vec![Source { title: "Badanie".into(), path: None }],
        publisher: Some("MCPS".into()),
        numbers_hash: "ab12".into(),
        resources: vec![resource],
    };
    (package, file.to_owned())
}
