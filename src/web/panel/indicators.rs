//! Indicators of the programme as of an edition's year: all of them, one of them, a value entered.

use actix_web::{HttpRequest, HttpResponse, web};
use sheet::Profile;

use super::super::State;
use super::super::address::{get, resource};
use super::super::pages::{IndicatorPage, IndicatorsPage};
use super::super::post::{Body, Pairs};
use super::desk;
use super::edition_name;
use super::files::{self, File, no_file};
use crate::service::indicators::{TypedValue, tables};
use crate::service::page::value;
use crate::service::panel::Member;
use crate::service::{EditionName, Refused, Service};

/// Last part of the address of the list.
const PLACE: &str = "wskazniki";

/// All of them.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/panel/{programme}/{edition}/wskazniki").route(get().to(list)))
        .service(resource("/panel/{programme}/{edition}/wskazniki/pliki/{table}").route(get().to(download)))
        .service(
            resource("/panel/{programme}/{edition}/wskazniki/{indicator}")
                .route(get().to(one))
                .route(web::post().to(enter)),
        );
}

/// `GET /panel/{programme}/{edition}/wskazniki`
async fn list(request: HttpRequest, state: State, path: web::Path<(String, String)>) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::show(&request, &state, &name, Service::indicators, |desk, indicators| {
        let title = format!("Wskaźniki za {} r.", indicators.year);
        IndicatorsPage::new(desk.layout(title), &desk.address(PLACE), &indicators)
    })
    .await
}

/// `GET /panel/{programme}/{edition}/wskazniki/{indicator}`
async fn one(request: HttpRequest, state: State, path: web::Path<(String, String, String)>) -> HttpResponse {
    let (programme, edition, code) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let read = move |service: &Service, name: &EditionName| {
        let indicators = service.indicators(name)?;
        let sheet = indicators.indicator(&code).cloned();
        let unknown = || Refused::UnknownEdition(format!("{name}: {code}"));
        Ok((indicators.year, sheet.ok_or_else(unknown)?))
    };
    desk::show(&request, &state, &name, read, |desk, (year, sheet)| {
        let title = format!("Wskaźnik {}", sheet.declared.code);
        IndicatorPage::new(desk.layout(title), &desk.address(PLACE), desk.csrf(), &sheet, year)
    })
    .await
}

/// `POST /panel/{programme}/{edition}/wskazniki/{indicator}`
async fn enter(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
    body: Body,
) -> HttpResponse {
    let (programme, edition, code) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let work = move |service: &Service, member: &Member, name: &EditionName, pairs: &Pairs| {
        let programme = service.programme(&name.programme)?;
        let stale = || Refused::input("strona nie mówi, jaki stan pokazywała; proszę ją odświeżyć");
        let rev = value(pairs, "_rev").and_then(|rev| rev.parse().ok()).ok_or_else(stale)?;
        service.indicator_set(&programme, &typed(&code, pairs), Some(rev), &member.actor())?;
        Ok(format!("/panel/{name}/{PLACE}/{code}#historia"))
    };
    desk::change(&request, &state, &name, body, work).await
}

/// The fields of the form. What a form of one button leaves out stays empty.
fn typed(code: &str, pairs: &Pairs) -> TypedValue {
    let text = |name: &str| value(pairs, name).unwrap_or_default().to_owned();
    let ticked = |name: &str| pairs.iter().any(|(own, value)| own == name && value == "tak");
    let action = text("_co");
    // A current value is chosen by its years and part together.
    let chosen = text("wybrana");
    let (years, part) = chosen.split_once(' ').unwrap_or((&chosen, ""));
    let entered = chosen.is_empty();
    TypedValue {
        code: code.to_owned(),
        years: if entered { text("lata") } else { years.to_owned() },
        part: if entered { text("czesc") } else { part.to_owned() },
        value: text("wartosc"),
        document: text("dokument"),
        page: text("strona"),
        accessed: text("dostep"),
        file: String::new(),
        note: text("uwaga"),
        reason: text("powod"),
        incomplete: ticked("niekompletna"),
        redefined: ticked("inna_definicja"),
        bind: action == "powiaz",
        withdraw: action == "wycofaj",
    }
}

/// `GET /panel/{programme}/{edition}/wskazniki/pliki/{table}`
async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let indicators = || service.indicators_published(edition);
        let body = match file.as_str() {
            "wskazniki.json" => tables::json(&indicators()?),
            "wskazniki.csv" => tables::csv(&indicators()?, Profile::OpenData),
            "wskazniki-excel.csv" => tables::csv(&indicators()?, Profile::ExcelPl),
            "wartosci.csv" => tables::values_csv(&indicators()?, Profile::OpenData),
            _ => return Err(no_file(edition, &file)),
        };
        Ok(File::of("indicators", file, body))
    })
    .await
}
