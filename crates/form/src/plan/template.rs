//! Sentences of the report: `{x}`, `{x:0%}`, `{x|one|few|many}`.

/// A checked sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The sentence as written.
    pub source: String,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// `{x}`: the value of a measure.
    Value(String),
    /// `{x:0%}`: the share of a measure; zeros after a point or comma (`{x:0,0%}`) ask for decimal places.
    Share {
        /// Name of the measure.
        measure: String,
        /// Decimal places of the percentage.
        places: u8,
    },
    /// `{x|podmiot|podmioty|podmiotów}`: the plural form for the value.
    Plural {
        /// Name of the measure.
        measure: String,
        /// Form for 1.
        one: String,
        /// Form for 2 to 4, but not 12 to 14.
        few: String,
        /// Form for everything else.
        many: String,
    },
}

impl Template {
    /// Names of the measures in the sentence, as often as they stand there.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(_) => None,
            Piece::Value(measure) | Piece::Share { measure, .. } | Piece::Plural { measure, .. } => {
                Some(measure.as_str())
            }
        })
    }
}
