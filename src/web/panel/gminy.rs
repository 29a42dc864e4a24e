//! A measure on the map of gminy. Nothing of it can be downloaded: every gmina is one office.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use tally::Figure;

use super::super::State;
use super::super::pages::{
    Cell, Choosable, Column, CrossPage, Link, Picture, Select, SheetBlock, Svg, Table, value_words,
};
use super::super::post::query;
use super::desk::{self, Desk};
use super::edition_name;
use crate::service::choropleth::{self, Marked, Words};
use crate::service::figures::share_words;
use crate::service::gminy::{ByGmina, Place};
use crate::service::page::value;

/// What areas without a number are; who did not answer cannot be told from who was not asked.
const NOTHING: &str = "brak liczby";

/// `GET /panel/{programme}/{edition}/gminy`
pub(super) async fn gminy(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let asked = query(&request);
    let read = move |service: &crate::service::Service, name: &_| {
        service.by_gmina(name, value(&asked, "miernik").filter(|text| !text.is_empty()))
    };
    desk::show(&request, &state, &edition_name(&path.0, &path.1), read, |desk, found| page(desk, &found))
        .await
}

fn page(desk: &Desk<'_>, found: &ByGmina) -> CrossPage {
    let measures = found.offered.iter().map(|(form, measure, label)| Choosable {
        name: format!("{form}.{measure}"),
        label: format!("{}: {label}", form.to_uppercase()),
        chosen: (form, measure) == (&found.form, &found.measure),
    });
    CrossPage {
        layout: desk.layout("Mapa gmin"),
        lead: vec![
            "Każda gmina to jeden urząd, więc ta mapa i tabela zostają w panelu: nie ma ich w plikach, dokumentach ani w API. Na zewnątrz podaje się liczby podregionów (NUTS 3).".into(),
            "Mapa pokazuje urzędy gmin, które złożyły ankietę. Starostw powiatowych i samorządu województwa na niej nie ma.".into(),
        ],
        action: desk.address("gminy"),
        selects: vec![Select { name: "miernik".into(), label: "Miernik".into(), options: measures.collect() }],
        downloads: Vec::new(),
        blocks: vec![block(desk, found)],
    }
}

fn block(desk: &Desk<'_>, found: &ByGmina) -> SheetBlock {
    let picture = map(found);
    let mut paragraphs = Vec::new();
    if picture.is_none() && !found.places.is_empty() {
        paragraphs.push("Tego miernika nie da się pokazać na mapie: nie jest jedną liczbą.".to_owned());
    }
    let address =
        format!("{}?miernik={}.{}&wiersze=powiat", desk.address("przekroje"), found.form, found.measure);
    SheetBlock {
        id: "mapa".into(),
        heading: found.label.clone(),
        paragraphs,
        pictures: picture.into_iter().collect(),
        tables: vec![table(desk, found)],
        links: vec![Link { href: address, text: "Ten miernik według powiatów".into(), current: false }],
        ..SheetBlock::default()
    }
}

fn map(found: &ByGmina) -> Option<Picture> {
    let marked = |place: &Place| -> Marked {
        let Figure::Number(number) = &place.reading.value else { return None };
        Some((number.clone(), tally::printed(number)))
    };
    let marks: BTreeMap<String, Marked> =
        found.places.iter().map(|(code, place)| (code.clone(), marked(place))).collect();
    if marks.values().all(Option::is_none) {
        return None;
    }
    let title = format!("{}, według gmin", found.label);
    let words = Words {
        title: title.clone(),
        description: "Im ciemniejszy obszar, tym większa liczba. Wszystkie liczby są w tabeli pod mapą."
            .into(),
        nothing: NOTHING.to_owned(),
    };
    let drawn = choropleth::by_gmina(words, &marks)?;
    Some(Picture { caption: format!("{title}. Mapa jest tylko w panelu."), svg: Svg::map(&drawn) })
}

fn table(desk: &Desk<'_>, found: &ByGmina) -> Table {
    let smallest = found.rules.smallest_base;
    let row = |place: &Place| {
        let share = share_words(&place.reading, smallest).unwrap_or_default();
        vec![
            Cell::link(place.name.clone(), desk.address(&format!("ankieta/{}", place.invitation))),
            Cell::from(place.powiat.clone().unwrap_or_else(|| "–".into())),
            Cell::from(value_words(&place.reading.value)).noting(share),
        ]
    };
    Table {
        caption: format!("{}, według gmin", found.label),
        columns: vec![Column::words("Gmina"), Column::words("Powiat"), Column::numbers("Liczba")],
        rows: found.places.values().map(row).collect(),
        empty: "Żadna gmina nie złożyła jeszcze tej ankiety.".into(),
    }
}
