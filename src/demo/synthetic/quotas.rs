//! How many offices answer what: the one table from which every number of the example year follows.

/// Offices that sent the questionnaire of local governments (report 2024, chapter V).
pub(super) const JST_SENT: usize = 135;
/// Labour offices that sent theirs (chapter V).
pub(super) const UP_SENT: usize = 35;
/// Offices that began and did not send.
pub(super) const JST_UNFINISHED: usize = 12;
/// Labour offices that began and did not send.
pub(super) const UP_UNFINISHED: usize = 3;

/// How one section is answered by a group of offices.
#[derive(Clone, Copy)]
pub(super) struct Section {
    /// Name of the section; its gate is `{name}_czy`.
    pub(super) name: &'static str,
    /// Offices that answer "yes" at the gate.
    pub(super) yes: usize,
    /// Offices that answer "don't know" at the gate.
    pub(super) dont_know: usize,
    /// What all of the "yes" offices report together.
    pub(super) amount: Amount,
}

/// What the offices of a section report together.
#[derive(Clone, Copy)]
pub(super) struct Amount {
    /// The sum over all offices, from lists and from numbers given without one.
    pub(super) total: usize,
    /// The most that one office reports.
    pub(super) most: usize,
    /// Offices that give numbers without a list.
    pub(super) short: usize,
    /// Offices that do not have the numbers.
    pub(super) unknown: usize,
}

const fn section(name: &'static str, yes: usize, dont_know: usize, amount: Amount) -> Section {
    Section { name, yes, dont_know, amount }
}

const fn amount(total: usize, most: usize, short: usize, unknown: usize) -> Amount {
    Amount { total, most, short, unknown }
}

const NONE: Amount = amount(0, 0, 0, 0);

/// Sections of the local governments in the order of the form.
///
/// Printed in the report: row 1.3 (28 offices, 261 articles), 3.6 (54 of 135 = 40%, 69 documents), 4.1 (61 of the 127
/// who answered = 48%, 131 participations), 4.4 (8 of 135 = 6%), V (12 with problems, 43 with needs). The others are free.
pub(super) const JST: [Section; 15] = [
    section("resis", 14, 5, NONE),
    section("media", 28, 6, amount(261, 40, 2, 0)),
    section("zakladka", 21, 3, NONE),
    section("dokumenty", 54, 9, amount(69, 4, 5, 1)),
    section("wydarzenia", 61, 8, amount(131, 8, 6, 1)),
    section("utworzenie", 7, 2, amount(9, 2, 1, 0)),
    section("wsparcie", 33, 6, NONE),
    section("zamowienia", 8, 5, amount(15, 4, 0, 0)),
    section("klauzule", 11, 10, amount(38, 9, 0, 0)),
    section("uslugi", 24, 4, amount(41, 5, 3, 0)),
    section("badania", 3, 4, amount(4, 2, 1, 0)),
    section("klimat", 6, 7, NONE),
    section("debaty", 17, 3, amount(29, 5, 0, 0)),
    section("problemy", 12, 11, NONE),
    section("potrzeby", 43, 16, NONE),
];

/// Different media on the lists of all local governments together (report row 1.3).
pub(super) const DIFFERENT_MEDIA: usize = 67;

/// Sections of the labour offices in the order of the form.
///
/// Printed in the report: row 4.10 (4 offices with training, 6 with 7 pieces of advice), 4.11 (21 offices at 41
/// meetings, 8 offices with 20 events of their own, 33 jobs), 4.22 (no research), V (10 with needs).
pub(super) const UP: [Section; 12] = [
    section("szkolenia", 4, 0, amount(6, 3, 1, 0)),
    section("doradztwo", 6, 1, amount(7, 2, 0, 0)),
    section("spotkania", 21, 1, amount(41, 6, 3, 1)),
    section("organizacja", 8, 0, amount(20, 6, 1, 0)),
    section("miejsca", 9, 1, amount(33, 10, 0, 0)),
    section("skierowania", 14, 2, NONE),
    section("informowanie", 22, 0, NONE),
    section("badania", 0, 2, NONE),
    section("klimat", 3, 3, NONE),
    section("wspolpraca", 17, 2, NONE),
    section("problemy", 11, 3, NONE),
    section("potrzeby", 10, 4, NONE),
];

/// New jobs in enterprises with the status of a social enterprise (report chapter III.2), part of the 33 of row 4.11.
pub(super) const JOBS_IN_SOCIAL_ENTERPRISES: usize = 28;

/// The sections whose numbers belong together across offices; drafts that are never sent stay away from them.
const SHARED: [&str; 2] = ["media", "miejsca"];

/// A thinner table for a few offices that begin and do not send: of every section a tenth or so.
pub(super) fn for_drafts(sections: &[Section]) -> Vec<Section> {
    let thin = |section: &Section| {
        let yes = if SHARED.contains(&section.name) { 0 } else { section.yes.div_ceil(14) };
        let amount = Amount { total: yes + yes / 2, short: 0, unknown: 0, ..section.amount };
        Section { yes, dont_know: section.dont_know / 8, amount, ..*section }
    };
    sections.iter().map(thin).collect()
}
