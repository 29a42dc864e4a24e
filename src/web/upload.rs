//! Reading a form that brings a file: its fields and the file, bounded while they arrive and kept in memory only.

use actix_multipart::{Field, Multipart, MultipartError};
use futures_util::StreamExt;

use super::pages::Failure;
use super::post::Pairs;

/// Most bytes of the file; a chapter with pictures of people's own has a few million.
pub(super) const LIMIT: usize = 20 << 20;
/// Most bytes of a field beside it.
const FIELD_LIMIT: usize = 4096;
/// Most fields, the file included.
const MOST_FIELDS: usize = 16;
/// Bytes of a file that is too large that are still taken and thrown away, so that the browser gets to read the answer.
const DRAINED: usize = 10 * LIMIT;

/// A form that was sent with a file.
#[derive(Debug)]
pub(super) struct Upload {
    /// Names and values of its fields in the order of the page.
    pub(super) pairs: Pairs,
    /// The file.
    pub(super) file: File,
}

/// What came in the place of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum File {
    /// Nothing was chosen, or the file is empty.
    Empty,
    /// More than [`LIMIT`] bytes.
    TooLarge,
    /// Its bytes.
    Bytes(Vec<u8>),
}

/// Reads a form whose file is called `name`; other files are no part of it.
///
/// # Errors
/// [`Failure::Unreadable`] for anything that is no such form, [`Failure::TooLarge`] beyond all bounds.
pub(super) async fn read(mut form: Multipart, name: &str) -> Result<Upload, Failure> {
    let mut upload = Upload { pairs: Pairs::new(), file: File::Empty };
    let mut fields = 0;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(unreadable)?;
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(Failure::Unreadable);
        }
        let called = field.name().unwrap_or_default().to_owned();
        if called == name {
            upload.file = file(&mut field).await?;
            continue;
        }
        let text = bounded(&mut field, FIELD_LIMIT, FIELD_LIMIT).await?.ok_or(Failure::Unreadable)?;
        upload.pairs.push((called, String::from_utf8(text).map_err(|_| Failure::Unreadable)?));
    }
    Ok(upload)
}

async fn file(field: &mut Field) -> Result<File, Failure> {
    Ok(match bounded(field, LIMIT, DRAINED).await? {
        None => File::TooLarge,
        Some(bytes) if bytes.is_empty() => File::Empty,
        Some(bytes) => File::Bytes(bytes),
    })
}

/// The bytes of a field; none when they are more than `limit`.
async fn bounded(field: &mut Field, limit: usize, drained: usize) -> Result<Option<Vec<u8>>, Failure> {
    let (mut bytes, mut seen) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(unreadable)?;
        seen += chunk.len();
        if seen > drained {
            return Err(Failure::TooLarge);
        }
        if seen <= limit {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((seen <= limit).then_some(bytes))
}

fn unreadable(_: MultipartError) -> Failure {
    Failure::Unreadable
}
