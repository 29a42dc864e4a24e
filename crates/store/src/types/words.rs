//! Small sets of words that columns hold; the schema allows no others.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use serde::{Deserialize, Serialize};

use crate::connection::MultiBackend;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, AsExpression, FromSqlRow,
        )]
        #[diesel(sql_type = Text)]
        #[serde(rename_all = "lowercase")]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
        }

        impl $name {
            /// The word in the database and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let word = String::from_sql(value)?;
                Self::parse(&word).ok_or_else(|| format!("unknown word {word}").into())
            }
        }

        impl ToSql<Text, Sqlite> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.as_str());
                Ok(IsNull::No)
            }
        }

        impl ToSql<Text, Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                <str as ToSql<Text, Pg>>::to_sql(self.as_str(), out)
            }
        }

        impl ToSql<Text, MultiBackend> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((Text, self));
                Ok(IsNull::No)
            }
        }
    )*};
}

words! {
    /// Where an edition stands.
    EditionState {
        /// Being prepared.
        Draft = "draft",
        /// Launched: questionnaires frozen, invitations made. The calendar decides when offices may answer.
        Open = "open",
        /// No more answers.
        Closed = "closed",
    }

    /// A kind of way into an invitation.
    AccessKind {
        /// The office's link.
        Link = "link",
        /// The code of a printed letter.
        Letter = "letter",
        /// A link that the office made for a colleague, often for some sections only.
        Colleague = "colleague",
    }

    /// What happened to a submission.
    EventKind {
        /// It came in.
        Submitted = "submitted",
        /// It was withdrawn.
        Withdrawn = "withdrawn",
    }

    /// Where a mail stands.
    OutboxState {
        /// Waits for its time.
        Queued = "queued",
        /// Being handed over; after its lease nobody knows how far it came.
        Sending = "sending",
        /// The relay took it.
        Accepted = "accepted",
        /// The relay refused it for good.
        Refused = "refused",
        /// It may have been sent or not: a person decides.
        Uncertain = "uncertain",
    }

    /// Whose codes of an open answer these are.
    Coder {
        /// The codes that count.
        First = "first",
        /// Those of a second person who does not see the first, to tell how well two people agree.
        Second = "second",
    }

    /// What a decision about numbers is about.
    Topic {
        /// Which entries are one thing.
        Merge = "merge",
        /// Which codes an open answer has.
        Coding = "coding",
        /// What a number is a part of.
        Base = "base",
        /// What is left out.
        Exclusion = "exclusion",
        /// How measures are counted.
        Plan = "plan",
        /// A submission that counts no more.
        Withdrawal = "withdrawal",
        /// A value or rule of an indicator.
        Indicator = "indicator",
        /// Anything else that readers of the numbers should know.
        Note = "note",
    }

    /// What a row of the decisions says.
    Verdict {
        /// A new decision.
        Made = "made",
        /// Something that was done, such as a merge; nobody confirms it in the next edition.
        Noted = "noted",
        /// The one that it follows still holds.
        Holds = "holds",
        /// The one that it follows holds no more.
        Ends = "ends",
    }

    /// What an entry in the history of an indicator's values says.
    ValueState {
        /// This is the value.
        Entered = "entered",
        /// There is no such value (any more).
        Withdrawn = "withdrawn",
    }

    /// Where a value of an indicator comes from.
    ValueSource {
        /// Somebody read it in a document.
        Manual = "manual",
        /// It came as a row of a file.
        File = "file",
        /// It follows a measure of an edition.
        Measure = "measure",
    }

    /// What a user of the panel may do.
    Role {
        /// Reads and works with answers.
        Analyst = "analyst",
        /// Everything.
        Administrator = "administrator",
    }

    /// What was decided about a place that names a thing.
    ThingAct {
        /// It names the same thing as others do.
        Merged = "merged",
        /// It names a thing of its own.
        Split = "split",
        /// An earlier decision still holds for the changed text.
        Confirmed = "confirmed",
        /// An earlier decision is taken back.
        Undone = "undone",
    }

    /// What was decided about an entity that vanished from its list.
    EndVerdict {
        /// Its status ended.
        Ended = "ended",
        /// It still has its status.
        Stays = "stays",
        /// The decision before is taken back.
        Undone = "undone",
    }

    /// What a frozen state was made for.
    StateKind {
        /// The regional committee (RKRES).
        Rkres = "rkres",
        /// The board of the voivodeship.
        Board = "board",
        /// Publication.
        Published = "published",
    }

    /// How far an action of the programme is.
    RowState {
        /// Planned.
        Planned = "planned",
        /// Under way.
        InProgress = "in_progress",
        /// Done.
        Done = "done",
        /// Goes on every year.
        Continuous = "continuous",
        /// Not begun.
        NotStarted = "not_started",
        /// Given up.
        Dropped = "dropped",
    }
}
