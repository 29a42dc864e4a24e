//! Public lists of entities: reading them in, who had which status when, and jobs beside the list of enterprises.

mod ends;
mod figures;
mod import;
mod jobs;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use form::number::Rational;
use store::{Edition, EndVerdict, EntityEnd, EntityImport, EntityMention, Tx};
use survey::entities::{
    Ages, Balance, Ending, Krs, List, Mention, Nip, Said, Standing, Status, ages, balances,
};
use survey::{EntityId, EntityImportId, Scope};

use super::programmes::Known;
use super::{EditionName, Refused, Service};

pub(super) use figures::JOBS;
pub use import::{ImportedList, NewList};
pub use jobs::{JobLine, JobsBeside, NumbersOnly};

/// The enterprises of indicator W2.2 count when they are older than so many years.
pub const YEARS: u32 = 2;

/// A list with its imports and entities.
#[derive(Debug, Clone)]
pub struct Roll {
    /// Which list.
    pub list: List,
    /// Its imports in the order in which they were read in.
    pub imports: Vec<EntityImport>,
    /// Ids of its entities.
    pub ids: Vec<EntityId>,
    /// What is known of each, in the order of the ids.
    pub standings: Vec<Standing>,
    /// Decisions about entities that vanished, the newest last.
    pub ends: BTreeMap<EntityId, Vec<EntityEnd>>,
}

impl Roll {
    /// The day of its newest list.
    pub fn newest(&self) -> Option<NaiveDate> {
        self.imports.iter().map(|import| import.as_of).max()
    }
}

/// Everything about the lists of a programme, as of two days.
#[derive(Debug, Clone)]
pub struct Entities {
    /// The first day.
    pub from: NaiveDate,
    /// The second day.
    pub to: NaiveDate,
    /// The lists that were read in.
    pub rolls: Vec<Roll>,
    /// Table 1: the lists on both days.
    pub balances: Vec<Balance>,
    /// How old the social enterprises of the second day are; none without their list.
    pub ages: Option<Ages>,
    /// Jobs beside the list of social enterprises; none where the programme asks for no jobs.
    pub jobs: Option<JobsBeside>,
    /// Of fewer entities no percentage is given.
    pub smallest_base: u64,
}

impl Entities {
    /// The part of the social enterprises that is old; none of so few that a percentage would only look exact.
    #[must_use]
    pub fn older_share(&self) -> Option<Rational> {
        let ages = self.ages.filter(|ages| ages.all > 0 && ages.all >= self.smallest_base)?;
        Some(Rational::new(ages.older.into(), ages.all.into()))
    }
}

impl Service {
    /// The lists of a programme as of two days; without days the last ones before and of the edition's period.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn entities(
        &self,
        name: &EditionName,
        days: (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Result<Entities, Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("entities", |tx| self.read_entities(tx, &programme, &edition, days))
    }

    /// The same as one snapshot has it.
    fn read_entities(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        days: (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Result<Entities, Refused> {
        let before = edition.period_from.pred_opt().unwrap_or(edition.period_from);
        let (from, to) = (days.0.unwrap_or(before), days.1.unwrap_or(edition.period_to));
        let rolls = rolls(tx, programme.scope())?;
        let known: Vec<(List, Vec<Standing>)> =
            rolls.iter().map(|roll| (roll.list, roll.standings.clone())).collect();
        let enterprises = rolls.iter().find(|roll| roll.list == List::Ps);
        Ok(Entities {
            from,
            to,
            balances: balances(&known, from, to),
            ages: enterprises.map(|roll| ages(&roll.standings, to, YEARS)),
            jobs: self.jobs_beside(tx, programme, edition, enterprises)?,
            smallest_base: programme.declared.figures.smallest_base,
            rolls,
        })
    }

    /// Whether an entity had its status on a day; none when no list knows it.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn entity_status_at(
        &self,
        programme: &str,
        entity: EntityId,
        day: NaiveDate,
    ) -> Result<Option<Status>, Refused> {
        let scope = self.programme(programme)?.scope();
        let all = self.store.read("entity_status_at", |tx| rolls(tx, scope))?;
        let found = all.iter().find_map(|roll| {
            let place = roll.ids.iter().position(|id| *id == entity)?;
            Some(roll.standings[place].status_at(day))
        });
        Ok(found)
    }
}

/// The lists that were read in, in the order of tables.
fn rolls(tx: &mut Tx<'_>, scope: Scope) -> Result<Vec<Roll>, Refused> {
    let imports = tx.entity_import_list(scope)?;
    let days: BTreeMap<EntityImportId, NaiveDate> = imports.iter().map(|one| (one.id, one.as_of)).collect();
    let lists: BTreeMap<EntityImportId, &str> =
        imports.iter().map(|one| (one.id, one.list.as_str())).collect();
    let mut told: BTreeMap<EntityId, Vec<EntityMention>> = BTreeMap::new();
    for mention in tx.entity_mention_list(scope)? {
        told.entry(mention.entity_id).or_default().push(mention);
    }
    let mut ends: BTreeMap<EntityId, Vec<EntityEnd>> = BTreeMap::new();
    for end in tx.entity_end_list(scope)? {
        ends.entry(end.entity_id).or_default().push(end);
    }
    let mut found = Vec::new();
    for list in List::ALL {
        let own: Vec<EntityImport> =
            imports.iter().filter(|one| one.list == list.as_str()).cloned().collect();
        let shown: Vec<NaiveDate> = own.iter().map(|one| one.as_of).collect();
        let (mut ids, mut standings, mut decided) = (Vec::new(), Vec::new(), BTreeMap::new());
        let of_list = |mentions: &[EntityMention]| {
            mentions.first().and_then(|first| lists.get(&first.import_id)) == Some(&list.as_str())
        };
        for (id, mentions) in told.iter().filter(|(_, mentions)| of_list(mentions)) {
            let ending = ends.get(id).and_then(|ends| ends.last()).and_then(|end| ending(end, &days));
            let mentions = mentions.iter().filter_map(|one| mention(one, &days)).collect();
            if let Some(standing) = Standing::of(mentions, &shown, ending) {
                ids.push(*id);
                standings.push(standing);
            }
            if let Some(own) = ends.get(id) {
                decided.insert(*id, own.clone());
            }
        }
        if !own.is_empty() {
            found.push(Roll { list, imports: own, ids, standings, ends: decided });
        }
    }
    Ok(found)
}

fn mention(row: &EntityMention, days: &BTreeMap<EntityImportId, NaiveDate>) -> Option<Mention> {
    let said = Said {
        nip: row.nip.as_deref().and_then(Nip::parse),
        krs: row.krs.as_deref().and_then(Krs::parse),
        name: row.name.clone(),
        kind: row.kind.clone(),
        seat: row.seat.clone(),
        status_from: row.status_from,
        status_to: row.status_to,
        founded_on: row.founded_on,
    };
    Some(Mention { as_of: *days.get(&row.import_id)?, said })
}

fn ending(end: &EntityEnd, days: &BTreeMap<EntityImportId, NaiveDate>) -> Option<Ending> {
    let as_of = *days.get(&end.import_id)?;
    match end.verdict {
        EndVerdict::Ended => Some(Ending { as_of, ended_on: end.ended_on }),
        EndVerdict::Stays => Some(Ending { as_of, ended_on: None }),
        EndVerdict::Undone => None,
    }
}
