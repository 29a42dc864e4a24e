//! What a number means, and the answers behind it.

use actix_web::{HttpRequest, HttpResponse, web};
use form::expr::Expr;
use form::plan::{Base, Function, Measure};
use form::polish;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::UnitPlace;
use survey::calendar::Zone;

use super::super::State;
use super::super::pages::{
    Cell, Column, Fact, Link, SheetBlock, SheetPage, Table, base_words, condition_words, coverage,
    value_words,
};
use super::super::post::query;
use super::desk::{self, Desk};
use super::edition_name;
use crate::service::definition::{Answer, Answers, Behind, Definition, UnitBehind, Version, footnotes};
use crate::service::figures::share_words;
use crate::service::page::value;

/// `GET /panel/{programme}/{edition}/liczby/{form}/{measure}`
pub(super) async fn definition(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String, String)>,
) -> HttpResponse {
    let (programme, edition, form, measure) = path.into_inner();
    let after = value(&query(&request), "po").and_then(place_of);
    desk::show(
        &request,
        &state,
        &edition_name(&programme, &edition),
        move |service, name| service.definition(name, &form, &measure, after.as_ref()),
        |desk, found| definition_page(desk, &found),
    )
    .await
}

/// Where a page of units begins, as it stands in an address.
fn place_words((sort, id): &UnitPlace) -> String {
    format!("{}.{id}", crate::service::hex(sort))
}

fn place_of(text: &str) -> Option<UnitPlace> {
    let (sort, id) = text.split_once('.')?;
    let pairs =
        sort.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    Some((pairs.collect::<Option<Vec<u8>>>()?, id.parse().ok()?))
}

fn definition_page(desk: &Desk<'_>, found: &Definition) -> SheetPage {
    let reading = &found.found.reading;
    let back = Link { href: desk.address("liczby"), text: "Wróć do liczb".into(), current: false };
    SheetPage {
        layout: desk.layout(reading.label.clone()),
        back: Some(back),
        lead: footnotes(&found.found).into_iter().map(|note| format!("Uwaga: {note}")).collect(),
        facts: facts(found),
        downloads: Vec::new(),
        blocks: vec![meaning(desk, found), answered(found), versions(found), behind(desk, found)],
    }
}

fn fact(term: &str, value: impl Into<String>) -> Fact {
    Fact { term: term.into(), value: value.into() }
}

fn facts(found: &Definition) -> Vec<Fact> {
    let reading = &found.found.reading;
    let mut facts = vec![fact("Liczba", value_words(&reading.value))];
    if let (Some(base), Some(kind)) = (reading.base, reading.base_kind) {
        let share = share_words(reading, found.rules.smallest_base).unwrap_or_default();
        let counts = format!(
            "{} z {} ({})",
            polish::integer(reading.numerator.unwrap_or_default()),
            polish::integer(base),
            base_words(kind)
        );
        facts.push(fact("Udział", share));
        facts.push(fact("Licznik i podstawa", counts));
        if base > 0 && base < found.rules.smallest_base {
            let text = format!(
                "podstawa jest mniejsza niż {}, dlatego podajemy same liczby",
                found.rules.smallest_base
            );
            facts.push(fact("Dlaczego bez procentu", text));
        }
    }
    let answered = coverage(found.submitted, found.invited, found.rules.smallest_base);
    facts.push(fact("Złożone z wysłanych ankiet", answered));
    for line in &found.reconciled {
        let warning = if line.fits { "" } else { " (uwaga: część jest większa od całości)" };
        facts.push(fact("Część i całość", format!("{}{warning}", line.text)));
    }
    if !reading.rows.is_empty() {
        facts.push(fact("Wiersze raportu", reading.rows.join(", ")));
    }
    facts.push(fact("Klucz liczby", format!("{}.{}", found.found.form, reading.name)));
    facts.push(fact("Policzono do", format!("zdarzenia nr {}", found.as_of.seq)));
    facts
}

fn meaning(desk: &Desk<'_>, found: &Definition) -> SheetBlock {
    let measure = &found.measure;
    let mut facts = vec![fact("Sposób liczenia", function_words(measure))];
    let question = measure.question.as_deref().and_then(|name| found.model.question(name));
    if let Some(question) = question {
        facts.push(fact("Pytanie", format!("{} {}", question.number, question.label.plain())));
    }
    if let Some(calculation) = question.and_then(|question| question.calculation.as_ref()) {
        let words = value_words_of(found, calculation);
        facts.push(fact("Jak obliczono", format!("{}\n{words}", calculation.source())));
    }
    facts.extend(
        measure
            .of
            .as_ref()
            .map(|of| fact("Co liczymy (of)", format!("{}\n{}", of.source(), value_words_of(found, of)))),
    );
    facts.extend(measure.filter.as_ref().map(|filter| {
        fact(
            "Kiedy liczymy (where)",
            format!("{}\n{}", filter.source(), condition_words(&found.model, filter)),
        )
    }));
    if let Some(list) = &measure.over {
        facts.push(fact(
            "Liczone wpisy listy",
            found.model.repeat(list).map_or_else(|| list.clone(), |r| r.label.plain()),
        ));
    }
    facts.push(fact(
        "Podstawa",
        measure.base.map_or("bez podstawy: liczba nie jest częścią niczego", base_explained),
    ));
    if !found.found.may_leave {
        facts.push(fact("Publikacja", "tylko w panelu: pytanie nie jest przeznaczone do publikacji"));
    }
    let address =
        format!("{}?miernik={}.{}&wiersze=kind", desk.address("przekroje"), found.found.form, measure.name);
    let links = if measure.function == Function::List {
        Vec::new()
    } else {
        vec![Link { href: address, text: "Pokaż według rodzaju jednostki".into(), current: false }]
    };
    SheetBlock {
        id: "definicja".into(),
        heading: "Jak powstaje ta liczba".into(),
        facts,
        links,
        ..SheetBlock::default()
    }
}

fn function_words(measure: &Measure) -> String {
    let what = if measure.over.is_some() { "wpisów" } else { "ankiet" };
    match measure.function {
        Function::Count => format!("liczba {what} (count)"),
        Function::Share => format!("liczba i odsetek {what} (share)"),
        Function::Sum => "suma podanych wartości (sum)".into(),
        Function::Mean => "średnia podanych wartości (mean)".into(),
        Function::Median => "mediana podanych wartości (median)".into(),
        Function::Min => "najmniejsza z podanych wartości (min)".into(),
        Function::Max => "największa z podanych wartości (max)".into(),
        Function::Distinct => "liczba różnych rzeczy, po scaleniu powtórzeń (distinct)".into(),
        Function::Frequencies => format!("liczba {what} przy każdej odpowiedzi (frequencies)"),
        Function::List => "same odpowiedzi (list)".into(),
    }
}

fn base_explained(base: Base) -> &'static str {
    match base {
        Base::All => "all: wszystkie złożone ankiety",
        Base::Relevant => "relevant: złożone ankiety, w których zadano pytanie",
        Base::Answered => {
            "answered: złożone ankiety, w których podano wartość; bez „nie wiem” i bez braku odpowiedzi"
        }
        Base::Sent => "sent: zaproszenia niewycofane",
    }
}

/// What an expression takes its value from, in words.
fn value_words_of(found: &Definition, expr: &Expr) -> String {
    let named = |name: &str| match (found.model.question(name), found.model.repeat(name)) {
        (Some(question), _) => format!("{} „{}”", question.number, question.label.plain()).trim().to_owned(),
        (None, Some(list)) => format!("wpisy listy {} „{}”", list.number, list.label.plain()),
        (None, None) => format!("„{name}”"),
    };
    let names: Vec<String> = expr.references().map(named).collect();
    match names.as_slice() {
        [] => "wartość stała".into(),
        [one] => format!("wartość: {one}"),
        many => format!("wartość z kilku odpowiedzi: {}", many.join("; ")),
    }
}

/// The five things that an answer can be, apart.
fn answered(found: &Definition) -> SheetBlock {
    let reading = &found.found.reading;
    let count = |number: Option<u64>| polish::integer(number.unwrap_or_default());
    let mut block =
        SheetBlock { id: "odpowiedzi".into(), heading: "Co odpowiedziano".into(), ..SheetBlock::default() };
    if reading.answered.is_none() {
        block
            .paragraphs
            .push("Ta liczba nie dotyczy jednego pytania, więc nie ma podziału odpowiedzi.".into());
        return block;
    }
    block.facts = vec![
        fact(
            "Odpowiedź",
            format!("{}, w tym prawdziwe zero: {}", count(reading.answered), count(reading.zero)),
        ),
        fact(
            "Brak odpowiedzi",
            format!("{}, w tym wpis nieczytelny: {}", count(reading.missing), count(reading.unreadable)),
        ),
        fact("Nie wiem / brak danych", count(reading.dont_know)),
        fact("Nie dotyczy (nie zadano)", count(reading.not_relevant)),
        fact("Razem złożone ankiety", polish::integer(found.submitted)),
    ];
    block
}

fn versions(found: &Definition) -> SheetBlock {
    let row = |what: &str, version: &Version| {
        let short = version.hash.get(..12).unwrap_or(&version.hash).to_owned();
        vec![
            Cell::from(what),
            Cell::from(u64::from(version.number.unsigned_abs())),
            Cell::from(short).noting(version.hash.clone()),
            Cell::from(polish::date_long(found.zone.date(version.at))),
        ]
    };
    let columns = vec![
        Column::words("Co"),
        Column::numbers("Wersja"),
        Column::words("Skrót SHA-256"),
        Column::words("Data"),
    ];
    let rows = vec![row("Ankieta", &found.version), row("Plan analizy", &found.plan)];
    let table = Table { caption: "Z czego policzono".into(), columns, rows, empty: String::new() };
    SheetBlock { id: "wersje".into(), heading: "Wersje".into(), tables: vec![table], ..SheetBlock::default() }
}

fn behind(desk: &Desk<'_>, found: &Definition) -> SheetBlock {
    let Behind { units, next } = &found.behind;
    let rows = units.iter().flat_map(|unit| rows_of(desk, unit)).collect();
    let columns = vec![Column::words("Jednostka"), Column::words("Kod"), Column::words("Odpowiedzi")];
    let table = Table {
        caption: format!("Jednostki, od których pochodzi ta liczba (na tej stronie: {})", units.len()),
        columns,
        rows,
        empty: "Za tą liczbą nie stoi żadna odpowiedź.".into(),
    };
    let address = format!("{}/{}/{}", desk.address("liczby"), found.found.form, found.found.reading.name);
    let link = next.as_ref().map(|place| Link {
        href: format!("{address}?po={}#zrodla", utf8_percent_encode(&place_words(place), NON_ALPHANUMERIC)),
        text: "Następne jednostki".into(),
        current: false,
    });
    SheetBlock {
        id: "zrodla".into(),
        heading: "Odpowiedzi, z których powstała".into(),
        paragraphs: vec!["Danych osób do kontaktu tu nie ma. Ta lista jest tylko w panelu.".into()],
        tables: vec![table],
        links: link.into_iter().collect(),
        ..SheetBlock::default()
    }
}

fn rows_of(desk: &Desk<'_>, unit: &UnitBehind) -> Vec<Vec<Cell>> {
    let page = desk.address(&format!("ankieta/{}", unit.invitation));
    let row = |place: &crate::service::definition::PlaceBehind| {
        let href = match &place.row {
            Some(row) => format!("{page}#w-{row}"),
            None => page.clone(),
        };
        let text = place.answers.iter().map(answer_words).collect::<Vec<_>>().join("; ");
        vec![Cell::link(unit.name.clone(), href), Cell::from(unit.code.clone()), Cell::from(text)]
    };
    unit.places.iter().map(row).collect()
}

fn answer_words(answer: &Answer) -> String {
    let number = if answer.number.is_empty() { answer.label.clone() } else { answer.number.clone() };
    format!("{number}: {}", answer.text)
}

/// `GET /panel/{programme}/{edition}/ankieta/{invitation}`
pub(super) async fn answers(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, invitation) = path.into_inner();
    desk::show(
        &request,
        &state,
        &edition_name(&programme, &edition),
        move |service, name| {
            let zone = service.edition(name)?.0.zone();
            Ok((service.counted_answers(name, &invitation)?, zone))
        },
        |desk, (found, zone)| answers_page(desk, &found, zone),
    )
    .await
}

fn answers_page(desk: &Desk<'_>, found: &Answers, zone: Zone) -> SheetPage {
    let back = Link { href: desk.address("liczby"), text: "Wróć do liczb".into(), current: false };
    let mut facts = vec![fact("Kod jednostki", found.invitation.unit_code.clone())];
    facts.push(match found.sent {
        Some((number, at)) => {
            fact("Liczone złożenie", format!("nr {number}, {}", polish::date_long(zone.date(at))))
        }
        None => fact("Liczone złożenie", "nie ma: nic nie złożono albo złożenie wycofano"),
    });
    let mut blocks = Vec::new();
    if !found.single.is_empty() {
        blocks.push(SheetBlock {
            id: "odpowiedzi".into(),
            heading: "Odpowiedzi".into(),
            tables: vec![answer_table("Odpowiedzi poza listami", &found.single)],
            ..SheetBlock::default()
        });
    }
    for list in &found.lists {
        for (at, (id, answers)) in list.rows.iter().enumerate() {
            let heading = format!("{}: wpis {}", list.heading, at + 1);
            blocks.push(SheetBlock {
                id: format!("w-{id}"),
                tables: vec![answer_table(&heading, answers)],
                heading,
                ..SheetBlock::default()
            });
        }
    }
    SheetPage {
        layout: desk.layout(format!("Odpowiedzi: {}", found.invitation.unit_name)),
        back: Some(back),
        lead: vec!["To liczone odpowiedzi tej jednostki. Danych osoby do kontaktu tu nie ma.".into()],
        facts,
        downloads: Vec::new(),
        blocks,
    }
}

fn answer_table(caption: &str, answers: &[Answer]) -> Table {
    let row = |answer: &Answer| {
        let question = format!("{} {}", answer.number, answer.label);
        vec![Cell::from(question.trim()), Cell::from(answer.text.clone())]
    };
    Table {
        caption: caption.to_owned(),
        columns: vec![Column::words("Pytanie"), Column::words("Odpowiedź")],
        rows: answers.iter().map(row).collect(),
        empty: "Nie ma tu odpowiedzi.".into(),
    }
}
