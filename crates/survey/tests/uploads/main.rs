//! Uploaded registers from the bytes of a file to the outcome of every row.

mod build;
mod codes;
mod csv_files;
mod everything;
mod known;
mod shipped;
mod workbooks;
