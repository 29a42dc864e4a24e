//! The mark of made-up answers in tables that leave the service.

use sheet::{Column, Table, Value};

use super::measures::SYNTHETIC_NOTICE;
use super::{EditionName, Refused, Service};

impl Service {
    /// The table with a last column that says of every row whether the answers of the edition are made up.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn noted(&self, name: &EditionName, mut table: Table) -> Result<Table, Refused> {
        let (programme, edition) = self.edition(name)?;
        let made_up = edition.synthetic || programme.row.synthetic;
        let notice = if made_up { Value::Text(SYNTHETIC_NOTICE.to_owned()) } else { Value::Empty };
        table.columns.push(Column::named("Uwaga o danych", "uwaga_o_danych"));
        for row in &mut table.rows {
            row.push(notice.clone());
        }
        Ok(table)
    }
}
