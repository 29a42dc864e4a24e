//! Units, their attributes over time and where mail to them goes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use survey::collate::{Polish, fold};
use survey::unit::{Email, Kind, Period, Unit, UnitCode};
use survey::{Scope, Timestamp, UnitId};

use super::{CHUNK, unreadable};
use crate::connection::both;
use crate::error::StoreError;
use crate::schema::{unit, unit_address, unit_period};
use crate::tx::Tx;
use crate::types::{At, Json, key};

/// Where mail to a unit goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAddress {
    /// The address.
    pub email: Email,
    /// What it is, such as `urzad`.
    pub role: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = unit_period)]
struct PeriodRow {
    unit_id: UnitId,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    kind: String,
    name: String,
    type_digit: Option<i32>,
    powiat_teryt: Option<String>,
    powiat: Option<String>,
    nuts2: Option<String>,
    nuts3: Option<String>,
    extra: BTreeMap<String, String>,
}

impl PeriodRow {
    fn period(self) -> Result<Period, StoreError> {
        Ok(Period {
            from: self.valid_from,
            to: self.valid_to,
            kind: Kind::parse(&self.kind).map_err(unreadable)?,
            name: self.name,
            type_digit: self.type_digit.map(u8::try_from).transpose().map_err(unreadable)?,
            powiat_teryt: self.powiat_teryt,
            powiat: self.powiat,
            nuts2: self.nuts2,
            nuts3: self.nuts3,
            extra: self.extra,
        })
    }
}

impl Tx<'_> {
    /// Stores new units with their periods.
    ///
    /// # Errors
    /// `Refused` when a code is taken within the programme.
    pub fn unit_insert_all(&mut self, scope: Scope, units: &[Unit], at: Timestamp) -> Result<(), StoreError> {
        use unit::dsl;
        for chunk in units.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::id.eq(key(new.id)),
                        dsl::code.eq(new.code.as_str()),
                        dsl::created_at.eq(At(at)),
                        dsl::updated_at.eq(At(at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::unit).values(rows).execute(k)))?;
        }
        self.periods_insert(scope, units)
    }

    /// Replaces what is known of a unit over time; `false` when there is no such unit.
    pub fn unit_update(&mut self, scope: Scope, changed: &Unit, at: Timestamp) -> Result<bool, StoreError> {
        let one = unit::table.find((key(scope.programme), key(changed.id)));
        let touch = unit::updated_at.eq(At(at));
        if self.run(|c| diesel::update(one).set(touch).execute(c))? == 0 {
            return Ok(false);
        }
        let old = unit_period::table
            .filter(unit_period::programme_id.eq(key(scope.programme)))
            .filter(unit_period::unit_id.eq(key(changed.id)));
        self.run(|c| diesel::delete(old).execute(c))?;
        self.periods_insert(scope, std::slice::from_ref(changed)).map(|()| true)
    }

    fn periods_insert(&mut self, scope: Scope, units: &[Unit]) -> Result<(), StoreError> {
        use unit_period::dsl;
        let polish = Polish::new();
        let all: Vec<_> = units
            .iter()
            .flat_map(|unit| (0i32..).zip(&unit.periods).map(|(at, p)| (unit.id, at, p)))
            .collect();
        for chunk in all.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|(unit, position, period)| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::unit_id.eq(key(*unit)),
                        dsl::position.eq(*position),
                        dsl::valid_from.eq(period.from),
                        dsl::valid_to.eq(period.to),
                        dsl::kind.eq(period.kind.as_str()),
                        dsl::name.eq(&period.name),
                        dsl::name_sort.eq(polish.sort_key(&period.name)),
                        dsl::name_fold.eq(fold(&period.name)),
                        dsl::type_digit.eq(period.type_digit.map(i32::from)),
                        dsl::powiat_teryt.eq(period.powiat_teryt.as_deref()),
                        dsl::powiat.eq(period.powiat.as_deref()),
                        dsl::nuts2.eq(period.nuts2.as_deref()),
                        dsl::nuts3.eq(period.nuts3.as_deref()),
                        dsl::extra.eq(Json::of(&period.extra)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::unit_period).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// The unit with this id.
    pub fn unit_find(&mut self, scope: Scope, id: UnitId) -> Result<Option<Unit>, StoreError> {
        let one = unit::table.find((key(scope.programme), key(id))).select((unit::id, unit::code));
        let found: Option<(UnitId, String)> = self.run(|c| one.first(c).optional())?;
        found.map(|row| self.unit_of(scope, row)).transpose()
    }

    /// The unit with this code.
    pub fn unit_find_by_code(&mut self, scope: Scope, code: &UnitCode) -> Result<Option<Unit>, StoreError> {
        let one = unit::table
            .filter(unit::programme_id.eq(key(scope.programme)))
            .filter(unit::code.eq(code.as_str()))
            .select((unit::id, unit::code));
        let found: Option<(UnitId, String)> = self.run(|c| one.first(c).optional())?;
        found.map(|row| self.unit_of(scope, row)).transpose()
    }

    fn unit_of(&mut self, scope: Scope, (id, code): (UnitId, String)) -> Result<Unit, StoreError> {
        let periods = unit_period::table
            .filter(unit_period::programme_id.eq(key(scope.programme)))
            .filter(unit_period::unit_id.eq(key(id)))
            .order(unit_period::position)
            .select(PeriodRow::as_select());
        let periods: Vec<PeriodRow> = self.run(|c| periods.load(c))?;
        let periods = periods.into_iter().map(PeriodRow::period).collect::<Result<_, _>>()?;
        Ok(Unit { id, code: UnitCode::parse(&code).map_err(unreadable)?, periods })
    }

    /// All units of the programme with their periods, by code.
    pub fn unit_list(&mut self, scope: Scope) -> Result<Vec<Unit>, StoreError> {
        let units = unit::table
            .filter(unit::programme_id.eq(key(scope.programme)))
            .order(unit::code)
            .select((unit::id, unit::code));
        let units: Vec<(UnitId, String)> = self.run(|c| units.load(c))?;
        let rows = unit_period::table
            .filter(unit_period::programme_id.eq(key(scope.programme)))
            .order((unit_period::unit_id, unit_period::position))
            .select(PeriodRow::as_select());
        let rows: Vec<PeriodRow> = self.run(|c| rows.load(c))?;
        let mut periods: BTreeMap<UnitId, Vec<Period>> = BTreeMap::new();
        for row in rows {
            periods.entry(row.unit_id).or_default().push(row.period()?);
        }
        let unit = |(id, code): (UnitId, String)| {
            let code = UnitCode::parse(&code).map_err(unreadable)?;
            Ok(Unit { id, code, periods: periods.remove(&id).unwrap_or_default() })
        };
        units.into_iter().map(unit).collect()
    }

    /// Replaces the addresses of units.
    ///
    /// # Errors
    /// `Refused` when a unit does not exist or has an address twice.
    pub fn unit_addresses_replace(
        &mut self,
        scope: Scope,
        addresses: &BTreeMap<UnitId, Vec<UnitAddress>>,
    ) -> Result<(), StoreError> {
        use unit_address::dsl;
        let ids: Vec<_> = addresses.keys().map(|id| key(*id)).collect();
        for chunk in ids.chunks(CHUNK) {
            let old = dsl::unit_address
                .filter(dsl::programme_id.eq(key(scope.programme)))
                .filter(dsl::unit_id.eq_any(chunk.to_vec()));
            self.run(|c| diesel::delete(old).execute(c))?;
        }
        let all: Vec<_> = addresses
            .iter()
            .flat_map(|(unit, list)| (0i32..).zip(list).map(|(at, a)| (*unit, at, a)))
            .collect();
        for chunk in all.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|(unit, position, address)| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::unit_id.eq(key(*unit)),
                        dsl::position.eq(*position),
                        dsl::email.eq(address.email.as_str()),
                        dsl::role.eq(&address.role),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::unit_address).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// The first address of a unit, to which mail goes.
    pub fn unit_main_address(&mut self, scope: Scope, unit: UnitId) -> Result<Option<Email>, StoreError> {
        use unit_address::dsl;
        let first = dsl::unit_address
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::unit_id.eq(key(unit)))
            .order(dsl::position)
            .select(dsl::email);
        let email: Option<String> = self.run(|c| first.first(c).optional())?;
        email.map(|email| Email::parse(&email).map_err(unreadable)).transpose()
    }

    /// The addresses of all units of the programme that have any, in their order.
    pub fn unit_addresses(&mut self, scope: Scope) -> Result<BTreeMap<UnitId, Vec<UnitAddress>>, StoreError> {
        use unit_address::dsl;
        let all = dsl::unit_address
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::unit_id, dsl::position))
            .select((dsl::unit_id, dsl::email, dsl::role));
        let rows: Vec<(UnitId, String, String)> = self.run(|c| all.load(c))?;
        let mut addresses: BTreeMap<UnitId, Vec<UnitAddress>> = BTreeMap::new();
        for (unit, email, role) in rows {
            let email = Email::parse(&email).map_err(unreadable)?;
            addresses.entry(unit).or_default().push(UnitAddress { email, role });
        }
        Ok(addresses)
    }
}
