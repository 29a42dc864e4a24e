//! Reading a POST: at most 1 MiB, URL-encoded, strictly UTF-8, and nothing silently replaced.

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, PayloadConfig};
use percent_encoding::percent_decode;

use super::pages::Failure;

/// Most bytes of a body.
const LIMIT: usize = 1024 * 1024;

/// Names and values in the order of the page.
pub(super) type Pairs = Vec<(String, String)>;

/// A body as actix hands it over: too large or broken off is a value, not an answer of its own.
pub(super) type Body = Result<Bytes, actix_web::Error>;

/// The limit, for the application.
pub(super) fn limit() -> PayloadConfig {
    PayloadConfig::new(LIMIT)
}

/// The pairs of a POST.
///
/// # Errors
/// [`Failure::TooLarge`], and [`Failure::Unreadable`] for another content type or bytes that are not UTF-8.
pub(super) fn pairs(request: &HttpRequest, body: Body) -> Result<Pairs, Failure> {
    let body = body.map_err(|error| match error.as_error::<PayloadError>() {
        Some(PayloadError::Overflow) => Failure::TooLarge,
        _ => Failure::Unreadable,
    })?;
    if body.is_empty() {
        return Ok(Pairs::new());
    }
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !content_type.unwrap_or_default().starts_with("application/x-www-form-urlencoded") {
        return Err(Failure::Unreadable);
    }
    decode(&body).ok_or(Failure::Unreadable)
}

/// The pairs of a POST whose page has only these fields.
///
/// # Errors
/// Those of [`pairs`], and [`Failure::Unreadable`] for a field that the page does not have.
pub(super) fn only(request: &HttpRequest, body: Body, fields: &[&str]) -> Result<Pairs, Failure> {
    let pairs = pairs(request, body)?;
    match pairs.iter().all(|(name, _)| fields.contains(&name.as_str())) {
        true => Ok(pairs),
        false => Err(Failure::Unreadable),
    }
}

/// The pairs of a query; nothing for one that cannot be read.
pub(super) fn query(request: &HttpRequest) -> Pairs {
    decode(request.query_string().as_bytes()).unwrap_or_default()
}

fn decode(body: &[u8]) -> Option<Pairs> {
    let parts = body.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let split = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
            Some((text(&part[..split])?, text(part.get(split + 1..).unwrap_or_default())?))
        })
        .collect()
}

fn text(bytes: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_keep_their_order_and_repeat() {
        let read = decode("a=1&b=%C5%BC+x&a=&c".as_bytes()).unwrap();
        let expected = [("a", "1"), ("b", "ż x"), ("a", ""), ("c", "")];
        assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_refused_not_replaced() {
        assert_eq!(decode(b"a=%ff"), None);
        assert_eq!(decode(b"a=\xc5"), None);
    }
}
