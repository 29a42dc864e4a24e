//! The units that an upload is compared with.

use std::collections::BTreeMap;

use super::name;
use crate::unit::{Period, Teryt, Unit, UnitCode};

/// The codes and names of the known units; made from all their periods, read without regard to dates.
#[derive(Debug, Clone, Default)]
pub struct Register {
    units: Vec<Known>,
    by_code: BTreeMap<UnitCode, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Cities that are a powiat themselves, by the four digits of that powiat.
    cities: BTreeMap<String, usize>,
}

/// A unit as the register has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) code: UnitCode,
    /// With the newest type digit: `1401013`.
    pub(super) full: String,
    pub(super) name: String,
    /// The newest type digit of a JST.
    pub(super) digit: Option<u8>,
}

impl Known {
    /// Whether it is a gmina or a city counted as one.
    pub(super) fn is_gmina(&self) -> bool {
        self.code.teryt().is_some_and(|code| code.is_gmina())
    }
}

impl Register {
    /// The register of the given units; one without any period is unknown.
    pub fn new<'a>(units: impl IntoIterator<Item = &'a Unit>) -> Self {
        Self::of(units.into_iter().map(|unit| (&unit.code, unit.periods.as_slice())))
    }

    /// The register of codes with their periods, in any order.
    pub fn of<'a>(units: impl IntoIterator<Item = (&'a UnitCode, &'a [Period])>) -> Self {
        let mut register = Self::default();
        for (code, periods) in units {
            if let Some(newest) = periods.iter().max_by_key(|period| period.from) {
                register.add(code, newest);
            }
        }
        register.cities = register.find_cities();
        register
    }

    fn add(&mut self, code: &UnitCode, newest: &Period) {
        let place = self.units.len();
        let digit = code.teryt().map(|_| newest.type_digit.unwrap_or(0));
        let full = digit.map_or_else(|| code.to_string(), |digit| format!("{code}{digit}"));
        self.units.push(Known { code: code.clone(), full, name: newest.name.clone(), digit });
        self.by_code.insert(code.clone(), place);
        self.by_name.entry(name::key(&newest.name)).or_default().push(place);
    }

    /// Powiats numbered from 61 on are cities with the rights of a powiat and hold one gmina each.
    fn find_cities(&self) -> BTreeMap<String, usize> {
        let mut cities: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, unit) in self.units.iter().enumerate() {
            let powiat =
                unit.code.teryt().filter(Teryt::is_gmina).and_then(|code| code.powiat().map(str::to_owned));
            if let Some(powiat) = powiat.filter(|powiat| &powiat[2..] >= "61") {
                cities.entry(powiat).or_default().push(place);
            }
        }
        cities
            .into_iter()
            .filter(|(_, gminas)| gminas.len() == 1)
            .map(|(powiat, only)| (powiat, only[0]))
            .collect()
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    pub(super) fn find(&self, code: &UnitCode) -> Option<&Known> {
        self.by_code.get(code).map(|place| &self.units[*place])
    }

    /// The JST with these six digits.
    pub(super) fn find_six(&self, six: &str) -> Option<&Known> {
        let (code, _) = Teryt::parse(six).ok()?;
        self.find(&UnitCode::Teryt(code))
    }

    /// The city that is the powiat with these four digits.
    pub(super) fn city(&self, powiat: &str) -> Option<&Known> {
        self.cities.get(powiat).map(|place| &self.units[*place])
    }

    /// A unit that has this name, whatever its case and spaces; several may have it.
    pub(super) fn named(&self, given: &str) -> Option<&Known> {
        self.by_name.get(&name::key(given)).and_then(|places| places.first()).map(|place| &self.units[*place])
    }
}
