//! The map of an import: which column is which question, and how its values are written.

use std::collections::BTreeMap;

use form::model::{Kind, Model};
use serde::{Deserialize, Serialize};

/// A map as its file says it.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The sheet with one row per response; the first visible one where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line on which the header stands; the first line with content where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<u32>,
    /// What says whose response it is.
    pub unit: UnitColumns,
    /// Column with the day on which the response was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Questions outside lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Column>,
    /// Lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<ListColumns>,
}

/// What says whose response a row is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct UnitColumns {
    /// Column of the code (TERYT or the office's own).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Column of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Column of the powiat, which tells units of one name apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub powiat: Option<String>,
}

/// A column and the question that it answers. In a list `{n}` in the name of the column stands for 1, 2, 3, ...
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The header as it stands in the file, or `[D]` for the column of that letter.
    pub column: String,
    /// Name of the question.
    pub question: String,
    /// The choice that the column is a tick for; several columns then answer one question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<String>,
    /// What stands between several choices in one cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub separator: Option<String>,
    /// Texts of the file and the choices that they mean.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Texts that mean "don't know / no data".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dont_know: Vec<String>,
    /// Texts that mean no answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub empty: Vec<String>,
}

/// A list: numbered columns of the same row, or a sheet of its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct ListColumns {
    /// Name of the list.
    pub repeat: String,
    /// The sheet with one row per entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Column of that sheet that says which response an entry belongs to ...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// ... and the column of the main sheet that holds the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Questions of an entry.
    pub questions: Vec<Column>,
}

impl Map {
    /// Reads a map and checks it against the questionnaire; all problems at once, in Polish.
    ///
    /// # Errors
    /// One sentence per problem.
    pub fn parse(source: &str, model: &Model) -> Result<Self, Vec<String>> {
        let map: Self = toml::from_str(source).map_err(|error| vec![error.to_string().trim().to_owned()])?;
        let problems = map.problems(model);
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    fn problems(&self, model: &Model) -> Vec<String> {
        let mut problems = Vec::new();
        if self.unit.code.is_none() && self.unit.name.is_none() {
            problems.push("[unit]: proszę podać kolumnę code (TERYT) albo name i powiat".to_owned());
        }
        for column in &self.questions {
            check(column, None, model, &mut problems);
        }
        for list in &self.lists {
            if model.repeat(&list.repeat).is_none() {
                problems.push(format!("[[lists]]: ankieta nie ma listy „{}”", list.repeat));
                continue;
            }
            let whole = list.sheet.is_some() == (list.key.is_some() && list.parent.is_some());
            if !whole || list.key.is_some() != list.parent.is_some() {
                let said = "arkusz listy potrzebuje trzech kluczy: sheet, key i parent";
                problems.push(format!("lista „{}”: {said}", list.repeat));
            }
            for column in &list.questions {
                check(column, Some(&list.repeat), model, &mut problems);
                if list.sheet.is_none() && !column.column.contains("{n}") {
                    let said = "w nazwie kolumny brak {n} w miejscu numeru wpisu";
                    problems.push(format!("„{}”: {said}", column.column));
                }
            }
        }
        problems
    }
}

fn check(column: &Column, repeat: Option<&str>, model: &Model, problems: &mut Vec<String>) {
    let mut say = |said: String| problems.push(format!("„{}”: {said}", column.column));
    let Some(question) = model.question(&column.question) else {
        let names = model.questions().map(|question| question.name.as_str());
        let near = form::expr::closest(&column.question, names);
        let near = near.map(|near| format!("; czy chodziło o „{near}”?")).unwrap_or_default();
        return say(format!("ankieta nie ma pytania „{}”{near}", column.question));
    };
    if question.personal {
        return say("danych osób do kontaktu nie wczytujemy; proszę usunąć tę kolumnę z mapy".to_owned());
    }
    if !question.is_answerable() {
        return say(format!("„{}” jest obliczane, więc nie można go wczytać", question.name));
    }
    if question.repeat.as_deref() != repeat {
        return say(match &question.repeat {
            Some(list) => format!("pytanie „{}” stoi na liście „{list}”", question.name),
            None => format!("pytanie „{}” nie stoi na liście", question.name),
        });
    }
    let list = model.list_of(question);
    let named =
        column.values.values().flat_map(|names| names.split_whitespace()).chain(column.choice.as_deref());
    for name in named {
        if list.is_none_or(|list| list.choice(name).is_none()) {
            let known: Vec<&str> =
                list.iter().flat_map(|list| &list.choices).map(|c| c.name.as_str()).collect();
            say(format!("pytanie „{}” nie ma odpowiedzi „{name}” (są: {})", question.name, known.join(", ")));
        }
    }
    if column.choice.is_some() && !matches!(question.kind, Kind::SelectMultiple(_)) {
        say(format!(
            "choice można podać tylko dla pytania z wieloma odpowiedziami, a to jest „{}”",
            question.kind.word()
        ));
    }
}
