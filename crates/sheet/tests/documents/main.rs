//! Documents, pages, workbooks, descriptors, charts and maps as they are written.

#![expect(clippy::unwrap_used, reason = "what a test prepares may fail loudly")]

mod docx;
mod drawing;
mod html;
mod package_sample;
mod packages;
mod redraw;
mod sample;
mod update;
mod workbook;
mod zipped;
