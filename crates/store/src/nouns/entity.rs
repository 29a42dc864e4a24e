//! Public lists of entities: imports, what their rows say, and what people decide about entities that vanished. Rows
//! are only added.

use chrono::NaiveDate;
use diesel::prelude::*;
use survey::{EntityId, EntityImportId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::both;
use crate::error::StoreError;
use crate::schema::{entity, entity_end, entity_import, entity_mention};
use crate::tx::Tx;
use crate::types::{At, EndVerdict, key};

/// A public list as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = entity_import)]
pub struct EntityImport {
    /// Its id.
    pub id: EntityImportId,
    /// Which list, such as `ps`.
    pub list: String,
    /// Counts the imports of the list from 1.
    pub number: i64,
    /// The day that the list says it shows.
    pub as_of: NaiveDate,
    /// Who publishes it.
    pub source: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file in hexadecimal digits.
    pub digest: String,
    /// Whether its entities are made up.
    pub synthetic: bool,
    /// Who read it in.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// What a row of a list says about an entity.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = entity_mention)]
pub struct EntityMention {
    /// Of which import.
    pub import_id: EntityImportId,
    /// The line of the file.
    pub line: i64,
    /// Which entity.
    pub entity_id: EntityId,
    /// Ten digits.
    pub nip: Option<String>,
    /// Ten digits.
    pub krs: Option<String>,
    /// Its name.
    pub name: String,
    /// Its form as the list has it; empty where it says none.
    pub kind: String,
    /// Where it sits; empty where the list says nothing.
    pub seat: String,
    /// First day of the status.
    pub status_from: Option<NaiveDate>,
    /// Last day of the status.
    pub status_to: Option<NaiveDate>,
    /// When it was founded.
    pub founded_on: Option<NaiveDate>,
}

/// What somebody decided about an entity that vanished from its list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = entity_end)]
pub struct EntityEnd {
    /// Which entity.
    pub entity_id: EntityId,
    /// Counts the decisions about the entity from 1.
    pub number: i64,
    /// The import that it was missing from.
    pub import_id: EntityImportId,
    /// What was decided.
    pub verdict: EndVerdict,
    /// Last day of the status, when it ended.
    pub ended_on: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Stores an import.
    ///
    /// # Errors
    /// `Refused` when somebody else has taken its number of the list.
    pub fn entity_import_insert(&mut self, scope: Scope, new: &EntityImport) -> Result<(), StoreError> {
        use entity_import::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::list.eq(&new.list),
            dsl::number.eq(new.number),
            dsl::as_of.eq(new.as_of),
            dsl::source.eq(&new.source),
            dsl::file_name.eq(&new.file_name),
            dsl::digest.eq(&new.digest),
            dsl::synthetic.eq(new.synthetic),
            dsl::actor.eq(&new.actor),
            dsl::at.eq(At(new.at)),
        );
        self.run(|c| diesel::insert_into(dsl::entity_import).values(row).execute(c)).map(drop)
    }

    /// All imports of the programme, by list in the order of their numbers.
    pub fn entity_import_list(&mut self, scope: Scope) -> Result<Vec<EntityImport>, StoreError> {
        use entity_import::dsl;
        let all = dsl::entity_import
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::list, dsl::number))
            .select(EntityImport::as_select());
        self.run(|c| all.load(c))
    }

    /// Stores new entities of a list.
    pub fn entity_insert_all(
        &mut self,
        scope: Scope,
        list: &str,
        ids: &[EntityId],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        use entity::dsl;
        for chunk in ids.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|id| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::id.eq(key(*id)),
                        dsl::list.eq(list),
                        dsl::created_at.eq(At(at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::entity).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// Stores what the rows of an import say.
    pub fn entity_mention_insert_all(
        &mut self,
        scope: Scope,
        mentions: &[EntityMention],
    ) -> Result<(), StoreError> {
        use entity_mention::dsl;
        for chunk in mentions.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::import_id.eq(key(new.import_id)),
                        dsl::line.eq(new.line),
                        dsl::entity_id.eq(key(new.entity_id)),
                        dsl::nip.eq(&new.nip),
                        dsl::krs.eq(&new.krs),
                        dsl::name.eq(&new.name),
                        dsl::kind.eq(&new.kind),
                        dsl::seat.eq(&new.seat),
                        dsl::status_from.eq(new.status_from),
                        dsl::status_to.eq(new.status_to),
                        dsl::founded_on.eq(new.founded_on),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::entity_mention).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// Everything that lists say about entities, by entity.
    pub fn entity_mention_list(&mut self, scope: Scope) -> Result<Vec<EntityMention>, StoreError> {
        use entity_mention::dsl;
        let all = dsl::entity_mention
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::entity_id, dsl::import_id, dsl::line))
            .select(EntityMention::as_select());
        self.run(|c| all.load(c))
    }

    /// Stores a decision under the number that it carries.
    ///
    /// # Errors
    /// `Refused` when somebody else has taken its number of the entity.
    pub fn entity_end_insert(&mut self, scope: Scope, new: &EntityEnd) -> Result<(), StoreError> {
        use entity_end::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::entity_id.eq(key(new.entity_id)),
            dsl::number.eq(new.number),
            dsl::import_id.eq(key(new.import_id)),
            dsl::verdict.eq(new.verdict),
            dsl::ended_on.eq(new.ended_on),
            dsl::reason.eq(&new.reason),
            dsl::actor.eq(&new.actor),
            dsl::at.eq(At(new.at)),
        );
        self.run(|c| diesel::insert_into(dsl::entity_end).values(row).execute(c)).map(drop)
    }

    /// All decisions about entities that vanished, by entity in the order of their numbers.
    pub fn entity_end_list(&mut self, scope: Scope) -> Result<Vec<EntityEnd>, StoreError> {
        use entity_end::dsl;
        let all = dsl::entity_end
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::entity_id, dsl::number))
            .select(EntityEnd::as_select());
        self.run(|c| all.load(c))
    }
}
