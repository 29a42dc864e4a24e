//! What every answer carries, whatever it is: the security headers, the request id and one line in the log.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};

use super::WebState;

/// Nothing from third parties, nothing inline, no frames.
pub(super) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// One year, with subdomains; only where the public address is https.
const TRANSPORT_SECURITY: &str = "max-age=31536000; includeSubDomains";

const FIXED: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Names one request in the log and on error pages; eight hexadecimal digits are enough to find a line of one day.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub String);

/// Adds the headers and writes one line to the log. The line holds the pattern of the route, never the path:
/// the path under `/a/` is a secret.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = request.app_data::<web::Data<WebState>>().cloned();
    let id = RequestId(state.as_ref().map(|s| s.service.request_id()).unwrap_or_default());
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let started = state.as_ref().map(|s| s.service.now());
    let mut response = next.call(request).await?;
    let took = state.as_ref().zip(started).map_or(0, |(s, from)| s.service.now().millis_since(from));
    let route = response.request().match_pattern().unwrap_or_else(|| "(none)".into());
    tracing::info!(request = id.0, %method, route, status = response.status().as_u16(), ms = took, "request");
    if let Some(state) = &state {
        state.meters.request(method.as_str(), &route, response.status().as_u16(), took);
    }
    let https = state.is_some_and(|s| s.service.settings.public_url.starts_with("https://"));
    decorate(response.headers_mut(), &id, https);
    Ok(response)
}

fn decorate(headers: &mut header::HeaderMap, id: &RequestId, https: bool) {
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TRANSPORT_SECURITY));
    }
    // Embedded files have their own lifetime; everything else may hold answers.
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
}
