//! A whole service for each test, and the people who come to it.

mod analyst;
mod app;
#[path = "../../database/mod.rs"]
#[expect(dead_code, reason = "tests of the service, of commands and of faults use different parts of it")]
mod database;
mod mailbox;
mod office;
mod page;
mod program;

pub(crate) use analyst::Analyst;
pub(crate) use app::{Ground, LOGIN, PASSWORD, Server, TestApp, link_key};
pub(crate) use database::{Database, Kind};
pub(crate) use mailbox::{Moody, Outbox, rows as outbox_rows};
pub(crate) use office::{Browser, Office, filled, section};
pub(crate) use page::{Form, Page};
pub(crate) use program::Program;

/// A file that can be downloaded below a pattern.
pub(crate) fn download(pattern: &str) -> &'static str {
    let page = pattern.strip_suffix("/{file}").and_then(|folder| folder.rsplit('/').next());
    match page {
        Some("przekroje") => "przekroje.csv",
        Some("braki-odpowiedzi") => "braki-odpowiedzi.csv",
        Some("decyzje") => "decyzje.csv",
        Some("porownanie") => "porownanie.csv",
        _ => "mierniki.csv",
    }
}

/// Makes two tests of each function: `sqlite::name` and `postgres::name`. The first word is the ground on which
/// all of them stand.
macro_rules! on_both_databases {
    ($ground:ident: $($name:ident,)*) => {
        mod sqlite {
            use $crate::harness::{Ground, Kind, TestApp};
            $(#[test]
            fn $name() {
                super::$name(&TestApp::start(Kind::Sqlite, Ground::$ground));
            })*
        }

        mod postgres {
            use $crate::harness::{Ground, Kind, TestApp};
            $(#[test]
            fn $name() {
                super::$name(&TestApp::start(Kind::Postgres, Ground::$ground));
            })*
        }
    };
}
pub(crate) use on_both_databases;
