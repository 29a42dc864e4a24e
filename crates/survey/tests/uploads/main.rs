//! Uploaded registers from the bytes of a file to the outcome of every row.

#![expect(clippy::unwrap_used, reason = "what a test prepares may fail loudly")]

mod build;
mod codes;
mod csv_files;
mod everything;
mod known;
mod messes;
mod shipped;
mod workbooks;
