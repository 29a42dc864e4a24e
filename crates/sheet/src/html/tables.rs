//! Tables of a page.

use crate::document::{Align, Cell, Label, Row, TABLE, Table, places};
use crate::markup::escape;

use super::{Page, caption_id};

/// What a cell is for those who do not see where it stands.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Column,
    Row,
    Value,
}

impl<'a> Page<'a> {
    pub(super) fn table(&mut self, table: &'a Table) {
        self.tables += 1;
        let label = Label { word: TABLE, number: self.tables };
        let id = caption_id(table.id.as_deref(), &label);
        self.push(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-podpis\">\n<table id=\"{id}\""
        ));
        if table.description.is_empty() {
            self.push(">\n");
        } else {
            self.push(&format!(" aria-describedby=\"{id}-opis\">\n"));
        }
        self.push(&format!("<caption id=\"{id}-podpis\">{}. ", label.text()));
        self.inlines(&table.caption);
        self.push("</caption>\n");
        self.columns(table);
        if !table.header.is_empty() {
            self.push("<thead>\n");
            self.rows(table, &table.header, |_| Role::Column);
            self.push("</thead>\n");
        }
        self.push("<tbody>\n");
        let first = if table.header_column { Role::Row } else { Role::Value };
        self.rows(table, &table.rows, |place| if place == 0 { first } else { Role::Value });
        self.push("</tbody>\n</table>\n</div>\n");
        if !table.description.is_empty() {
            self.push(&format!("<p class=\"hidden\" id=\"{id}-opis\">{}</p>\n", escape(&table.description)));
        }
        for note in &table.notes {
            self.paragraph("<p class=\"note\">", note);
        }
    }

    fn columns(&mut self, table: &Table) {
        let total: u32 = table.columns.iter().map(|column| u32::from(column.width.max(1))).sum();
        self.push("<colgroup>");
        for column in &table.columns {
            let tenths = u32::from(column.width.max(1)) * 1000 / total.max(1);
            self.push(&format!("<col style=\"width:{}.{}%\">", tenths / 10, tenths % 10));
        }
        self.push("</colgroup>\n");
    }

    fn rows(&mut self, table: &Table, rows: &'a [Row], role: impl Fn(usize) -> Role) {
        for (row, firsts) in rows.iter().zip(places(rows, table.columns.len())) {
            self.push("<tr>");
            for (cell, place) in row.cells.iter().zip(firsts) {
                let own = table.columns.get(place).map_or(Align::Start, |column| column.align);
                let align = match (cell.columns, role(place)) {
                    (0 | 1, _) => own,
                    (_, Role::Column) => Align::Centre,
                    _ => Align::Start,
                };
                self.cell(cell, role(place), align);
            }
            self.push("</tr>\n");
        }
    }

    fn cell(&mut self, cell: &'a Cell, role: Role, align: Align) {
        let name = if role == Role::Value { "td" } else { "th" };
        self.push(&format!("<{name}"));
        let scope = match (role, cell.columns > 1, cell.rows > 1) {
            (Role::Value, ..) => None,
            (Role::Column, true, _) => Some("colgroup"),
            (Role::Column, false, _) => Some("col"),
            (Role::Row, _, true) => Some("rowgroup"),
            (Role::Row, _, false) => Some("row"),
        };
        if let Some(scope) = scope {
            self.push(&format!(" scope=\"{scope}\""));
        }
        for (span, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if count > 1 {
                self.push(&format!(" {span}=\"{count}\""));
            }
        }
        match align {
            Align::Start => {}
            Align::Centre => self.push(" class=\"centre\""),
            Align::End => self.push(" class=\"end\""),
        }
        self.push(">");
        for (place, paragraph) in cell.paragraphs.iter().enumerate() {
            if place > 0 {
                self.push("<br>");
            }
            self.inlines(paragraph);
        }
        self.push(&format!("</{name}>"));
    }
}
