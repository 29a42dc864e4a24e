//! Totals of earlier years of which only the number is known: entered with their source, shown beside comparisons as given
//! numbers, never added to what responses give.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use form::number::Rational;
use form::polish::{read_date, read_number};
use serde::Serialize;
use serde_json::json;
use store::{KnownTotal, StoreError};
use validator::Validate;

use super::panel::Member;
use super::{EditionName, Refused, Service};

/// The longest span of years.
const LONGEST: i32 = 20;
/// How people write that there is no data.
const NO_DATA: [&str; 4] = ["b.d.", "b.d", "bd", "brak danych"];

/// A number given with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The questionnaire whose measure it is.
    pub form: String,
    /// The measure.
    pub measure: String,
    /// First year.
    pub year_from: i32,
    /// Last year.
    pub year_to: i32,
    /// The number; none for "no data".
    #[serde(serialize_with = "tally::json_number")]
    pub value: Option<Rational>,
    /// Where it stands.
    pub document: String,
    /// On which page.
    pub page: String,
    /// When it was looked up.
    pub accessed_on: NaiveDate,
    /// Who entered it.
    pub author: String,
    /// Which of the entries for these years it is.
    #[serde(skip)]
    pub no: i32,
}

impl Given {
    /// `2021–2023`, or one year.
    #[must_use]
    pub fn years(&self) -> String {
        match self.year_from == self.year_to {
            true => self.year_from.to_string(),
            false => format!("{}–{}", self.year_from, self.year_to),
        }
    }

    /// Where the number is from, for people.
    #[must_use]
    pub fn source(&self) -> String {
        let page = if self.page.is_empty() { String::new() } else { format!(", s. {}", self.page) };
        let day = form::polish::date_short(self.accessed_on);
        let author = self.author.strip_prefix("user:").unwrap_or(&self.author);
        format!("{}{page}, dostęp {day}, wpis: {author}", self.document)
    }
}

/// What the form of the panel posts.
#[derive(Debug, Clone, Validate)]
pub struct Entry {
    /// `{form}.{measure}`.
    #[validate(length(min = 3, max = 200, message = "Proszę wybrać miernik."))]
    pub measure: String,
    /// First year as typed.
    pub year_from: String,
    /// Last year as typed; empty for a single year.
    pub year_to: String,
    /// The number as typed, or „b.d.”.
    #[validate(length(min = 1, max = 40, message = "Proszę wpisać liczbę albo „b.d.”."))]
    pub value: String,
    /// The document.
    #[validate(length(
        min = 3,
        max = 500,
        message = "Proszę podać dokument, z którego jest liczba (od 3 do 500 znaków)."
    ))]
    pub document: String,
    /// The page.
    #[validate(length(max = 40, message = "Numer strony może mieć najwyżej 40 znaków."))]
    pub page: String,
    /// Day of access as typed.
    pub accessed_on: String,
    /// The entry that the person saw; 0 where there was none.
    pub seen: i32,
    /// Takes the number back instead.
    pub withdrawn: bool,
}

impl Service {
    /// The given numbers of a programme that hold now, by questionnaire, measure and years.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn known_totals(&self, programme: &str) -> Result<Vec<Given>, Refused> {
        let scope = self.programme(programme)?.scope();
        let rows = self.store.read("known_totals", |tx| tx.known_total_list(scope))?;
        let mut newest: BTreeMap<(String, String, i32, i32), KnownTotal> = BTreeMap::new();
        for row in rows {
            newest.insert((row.form_id.clone(), row.measure.clone(), row.year_from, row.year_to), row);
        }
        newest.into_values().filter(|row| !row.withdrawn).map(given).collect()
    }

    /// Enters, changes or takes back a number. The history stays.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong; [`Refused::Overtaken`] when somebody entered the same number
    /// since the page was drawn.
    pub fn known_total_put(&self, member: &Member, name: &EditionName, entry: &Entry) -> Result<(), Refused> {
        let scope = self.programme(&name.programme)?.scope();
        let row = self.checked(member, name, entry)?;
        let years = format!("{}, lata {}–{}", entry.measure, row.year_from, row.year_to);
        let action = if row.withdrawn { "known_total.withdraw" } else { "known_total.put" };
        let note = self.note(
            &member.actor(),
            action,
            name.to_string(),
            json!({ "measure": entry.measure, "from": row.year_from, "to": row.year_to, "value": row.value, "no": row.no }),
        );
        let put = self.store.write("known_total_put", move |tx| -> Result<(), StoreError> {
            tx.known_total_insert(scope, &row)?;
            tx.audit_append(scope, &note)
        });
        put.map_err(|error| match error.is_taken("known_total") {
            true => Refused::Overtaken(format!("podana liczba ({years})")),
            false => error.into(),
        })
    }

    fn checked(&self, member: &Member, name: &EditionName, entry: &Entry) -> Result<KnownTotal, Refused> {
        let mut lines = Vec::new();
        if let Err(errors) = entry.validate() {
            let all = errors.field_errors().into_values().flatten();
            lines.extend(all.filter_map(|error| error.message.as_ref().map(ToString::to_string)));
        }
        let measures = self.measures(name)?.measures;
        let known =
            measures.iter().find(|found| format!("{}.{}", found.form, found.reading.name) == entry.measure);
        if known.is_none() && lines.is_empty() {
            lines.push(format!("Edycja nie ma miernika „{}”.", entry.measure));
        }
        let this_year = self.programme(&name.programme)?.zone().date(self.now()).year();
        let year =
            |text: &str| text.trim().parse::<i32>().ok().filter(|year| (1990..=this_year).contains(year));
        let from = year(&entry.year_from);
        let to = if entry.year_to.trim().is_empty() { from } else { year(&entry.year_to) };
        let span = from.zip(to).filter(|(from, to)| from <= to && to - from < LONGEST);
        if span.is_none() {
            lines.push(format!(
                "Proszę podać rok albo lata od–do, od 1990 do {this_year}, najwyżej {LONGEST} lat."
            ));
        }
        let value = value(&entry.value);
        if value.is_none() && !entry.value.trim().is_empty() {
            lines
                .push(format!("„{}” nie jest liczbą. Proszę wpisać liczbę albo „b.d.”.", entry.value.trim()));
        }
        let accessed = read_date(entry.accessed_on.trim()).ok();
        if accessed.is_none() {
            lines.push("Proszę podać dzień, w którym odczytano liczbę, na przykład 30.04.2025.".into());
        }
        let (Some((year_from, year_to)), Some(accessed_on), Some(value), true) =
            (span, accessed, value, lines.is_empty())
        else {
            lines.sort();
            return Err(Refused::Input(lines));
        };
        let (form_id, measure) = entry.measure.split_once('.').unwrap_or_default();
        Ok(KnownTotal {
            form_id: form_id.to_owned(),
            measure: measure.to_owned(),
            year_from,
            year_to,
            no: entry.seen.clamp(0, i32::MAX - 1) + 1,
            value: value.map(|number| number.to_string()),
            document: entry.document.trim().to_owned(),
            page: entry.page.trim().to_owned(),
            accessed_on,
            withdrawn: entry.withdrawn,
            actor: member.actor(),
            at: self.now(),
        })
    }
}

/// A typed number; `Some(None)` for "no data", none when it is neither.
#[expect(clippy::option_option, reason = "no data is a value of its own, apart from a text that is none")]
fn value(text: &str) -> Option<Option<Rational>> {
    let text = text.trim();
    if NO_DATA.contains(&text.to_lowercase().as_str()) {
        return Some(None);
    }
    read_number(text).ok().map(Some)
}

fn given(row: KnownTotal) -> Result<Given, Refused> {
    let unreadable = |cause: String| Refused::Unreadable { what: "known total", cause };
    let value = row.value.as_deref().map(str::parse::<Rational>).transpose();
    Ok(Given {
        form: row.form_id,
        measure: row.measure,
        year_from: row.year_from,
        year_to: row.year_to,
        value: value.map_err(|error| unreadable(error.to_string()))?,
        document: row.document,
        page: row.page,
        accessed_on: row.accessed_on,
        author: row.actor,
        no: row.no,
    })
}
