//! Rows of the tables of answers.

use chrono::SecondsFormat;
use form::evaluate::{Evaluation, Status};
use sheet::{Column, Value};
use store::{Counted, Invitation};
use survey::Timestamp;
use survey::access::SubmissionNumber;

use super::cells;
use super::layout::{Layout, List};

/// The origin of what offices sent here.
const SERVICE: &str = "serwis";

/// A counted response.
pub(super) struct Filed<'a> {
    pub(super) invitation: &'a Invitation,
    pub(super) number: String,
    pub(super) at: Timestamp,
    /// The file that it was imported from; none where the office sent it.
    pub(super) origin: Option<&'a str>,
    /// The version of the questionnaire that it was checked against.
    pub(super) version: &'a str,
    pub(super) evaluation: &'a Evaluation,
}

/// The columns of the table of responses.
pub(super) fn response_columns(layout: &Layout<'_>) -> Vec<Column> {
    let mut columns = unit_columns(layout);
    columns.extend(plain([
        ("Numer złożenia", "zlozenie.numer"),
        ("Czas złożenia (UTC)", "zlozenie.czas"),
        ("Pochodzenie (serwis albo wczytany plik)", "zlozenie.pochodzenie"),
        ("Wersja ankiety", "zlozenie.wersja"),
    ]));
    columns.extend(layout.single.iter().flat_map(|question| cells::columns(layout.model, question)));
    for list in &layout.lists {
        let (number, name) = (&list.repeat.number, &list.repeat.name);
        columns.push(cells::column(format!("{number} Liczba wpisów [{name}]"), name.clone()));
        columns.push(cells::status_column(number, name));
    }
    columns.push(notice_column());
    columns
}

/// The row of a response.
pub(super) fn response(layout: &Layout<'_>, filed: &Filed<'_>) -> Vec<Value> {
    let mut row = unit(layout, filed.invitation);
    row.push(text(&filed.number));
    row.push(text(&filed.at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true)));
    row.push(text(filed.origin.unwrap_or(SERVICE)));
    row.push(text(filed.version));
    for question in &layout.single {
        row.extend(cells::cells(layout.model, question, filed.evaluation, None));
    }
    for list in &layout.lists {
        row.extend(entries(filed.evaluation, &list.repeat.name));
    }
    row.push(notice(layout.notice));
    row
}

/// How many entries a list has, and whether it was asked for at all.
fn entries(evaluation: &Evaluation, repeat: &str) -> [Value; 2] {
    let rows = evaluation.rows(repeat).len();
    let status = match (evaluation.repeat_relevant(repeat), rows) {
        (false, _) => Status::NotRelevant,
        (true, 0) => Status::Missing,
        (true, _) => Status::Answered,
    };
    let count = i64::try_from(rows).ok().filter(|_| status == Status::Answered);
    [count.map_or(Value::Empty, Value::Integer), text(cells::code(status))]
}

/// The columns of the table of a list.
pub(super) fn entry_columns(layout: &Layout<'_>, list: &List<'_>) -> Vec<Column> {
    let mut columns = plain([
        ("Kod jednostki", "jednostka.kod"),
        ("Numer złożenia", "zlozenie.numer"),
        ("Numer wpisu", "wpis.numer"),
        ("Identyfikator wpisu", "wpis.id"),
    ]);
    columns.extend(list.questions.iter().flat_map(|question| cells::columns(layout.model, question)));
    columns.push(notice_column());
    columns
}

/// The row of an entry; `place` counts from 0.
pub(super) fn entry(layout: &Layout<'_>, list: &List<'_>, filed: &Filed<'_>, place: usize) -> Vec<Value> {
    let id = filed.evaluation.rows(&list.repeat.name).get(place);
    let mut row = vec![
        text(&filed.invitation.unit_code),
        text(&filed.number),
        i64::try_from(place + 1).map_or(Value::Empty, Value::Integer),
        id.map_or(Value::Empty, |id| text(id)),
    ];
    for question in &list.questions {
        row.extend(cells::cells(layout.model, question, filed.evaluation, Some(place)));
    }
    row.push(notice(layout.notice));
    row
}

/// The columns that say which unit, as it was on the day of the register.
pub(super) fn unit_columns(layout: &Layout<'_>) -> Vec<Column> {
    let mut columns = plain([
        ("Kod jednostki", "jednostka.kod"),
        ("Nazwa jednostki", "jednostka.nazwa"),
        ("Rodzaj jednostki", "jednostka.rodzaj"),
        ("Powiat", "jednostka.powiat"),
        ("NUTS 3", "jednostka.nuts3"),
        ("NUTS 2", "jednostka.nuts2"),
    ]);
    let own = layout.attributes.iter();
    columns.extend(own.map(|(code, name)| cells::column(name.clone(), format!("cecha.{code}"))));
    columns
}

/// The cells of those columns.
pub(super) fn unit(layout: &Layout<'_>, invitation: &Invitation) -> Vec<Value> {
    let maybe = |words: Option<&String>| words.map_or(Value::Empty, |words| text(words));
    let mut cells = vec![
        text(&invitation.unit_code),
        text(&invitation.unit_name),
        text(&invitation.kind),
        maybe(invitation.powiat.as_ref()),
        maybe(invitation.nuts3.as_ref()),
        maybe(invitation.nuts2.as_ref()),
    ];
    cells.extend(layout.attributes.iter().map(|(code, _)| maybe(invitation.attributes.get(code))));
    cells
}

/// The last column of every table.
pub(super) fn notice_column() -> Column {
    cells::column("Uwaga o danych".to_owned(), "uwaga_o_danych".to_owned())
}

/// Its cell.
pub(super) fn notice(notice: Option<&str>) -> Value {
    notice.map_or(Value::Empty, text)
}

/// Columns by title and name.
pub(super) fn plain<const N: usize>(columns: [(&str, &str); N]) -> Vec<Column> {
    columns.map(|(title, name)| cells::column(title.to_owned(), name.to_owned())).into()
}

/// A cell of text.
pub(super) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// The number of a submission as it was printed for the respondent.
pub(super) fn number(edition: &str, counted: &Counted) -> String {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).take(16).collect::<String>();
    let running = counted.submission.number;
    let number = u32::try_from(running).ok().and_then(|running| {
        SubmissionNumber::new(&plain(edition), &plain(&counted.invitation.form_id), running).ok()
    });
    number.map_or_else(|| running.to_string(), |number| number.to_string())
}
