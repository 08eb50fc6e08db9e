//! From an answer to the bytes of a reply: envelope, headers, compression (protocol.md, 2.3 and 2.4).

use std::io::Write;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_ENCODING, CONTENT_TYPE, DATE,
    SERVER, SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Portal;
use super::clock::http_date;
use super::oauth::{CLIENT_ID, scramble};
use super::rest::Answer;
use super::scenario::Flavour;

/// Which of the two forms was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

/// Puts a header; a value that no header can hold is left out.
pub(super) fn put(response: &mut Response, name: impl TryInto<HeaderName>, value: &str) {
    if let (Ok(name), Ok(value)) = (name.try_into(), HeaderValue::from_bytes(value.as_bytes())) {
        response.headers_mut().append(name, value);
    }
}

/// A reply of a status and a type.
pub(super) fn reply(status: u16, content_type: &str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !content_type.is_empty() {
        put(&mut response, CONTENT_TYPE, content_type);
    }
    put(&mut response, SERVER, "nginx");
    response
}

/// The header that every page of PHP bears and no page of nginx does.
pub(super) fn mark_php(response: &mut Response) {
    put(response, "x-powered-cms", "Bitrix Site Manager (0c1e5d0f7a3b4c6d8e9fa0b1c2d3e4f5)");
}

/// What the REST server itself always sets, and what a cloud portal adds.
pub(super) fn mark_rest(response: &mut Response, portal: &Portal, answer: &Answer) {
    mark_php(response);
    put(response, DATE, &http_date(answer.timing.finish));
    put(response, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(response, ACCESS_CONTROL_ALLOW_HEADERS, "origin, content-type, accept");
    put(response, X_CONTENT_TYPE_OPTIONS, "nosniff");
    let mut seed = portal.serial();
    let session = format!("{:016x}{:016x}", scramble(&mut seed), scramble(&mut seed));
    put(response, SET_COOKIE, &format!("PHPSESSID={session}; path=/; HttpOnly"));
    if answer.flavour == Flavour::SelfHosted {
        return;
    }
    put(response, SET_COOKIE, "qmb=0.; path=/");
    let spent = answer.timing.processing;
    put(response, "x-bitrix-rest-time", &format!("{spent:.10}"));
    put(response, "x-bitrix-rest-user-time", &format!("{:.10}", spent * 0.6));
    put(response, "x-bitrix-rest-system-time", &format!("{:.10}", spent * 0.1));
    if answer.is_app {
        put(response, "x-bitrix-rest-application", CLIENT_ID);
    }
    put(response, "x-bitrix-ri", &format!("{:016x}{:016x}", scramble(&mut seed), scramble(&mut seed)));
    put(response, "x-bitrix-lb", "lb-demo-01");
    put(response, "server-timing", &format!("bx;dur={:.3}", spent * 1000.0));
    put(response, "x-bitrix24-date", &(answer.timing.finish as i64).to_string());
    if let Some(user) = answer.user {
        put(response, "x-bitrix24-user", &user.to_string());
    }
}

/// Whether the client takes gzip, the only encoding there is.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let offers = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    offers.flat_map(|value| value.split(',')).any(|offer| {
        let mut parts = offer.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let is_refused = parts
            .filter_map(|part| part.split_once('='))
            .any(|(name, value)| name.trim().eq_ignore_ascii_case("q") && value.trim().parse() == Ok(0.0));
        is_gzip && !is_refused
    })
}

/// Compresses a reply's bytes and says so.
pub(super) fn gzipped(mut response: Response, body: &[u8]) -> Response {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(body).and_then(|()| encoder.finish());
    match packed {
        Ok(packed) => {
            put(&mut response, CONTENT_ENCODING, "gzip");
            put(&mut response, VARY, "Accept-Encoding");
            *response.body_mut() = packed.into();
        }
        Err(_) => *response.body_mut() = body.to_vec().into(),
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_those_who_ask_for_it() {
        let takes = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, value.parse().unwrap());
            takes_gzip(&headers)
        };
        assert!(takes("gzip"));
        assert!(takes("br, GZIP;q=0.5"));
        assert!(!takes("br, zstd"));
        assert!(!takes("gzip;q=0"));
        assert!(!takes("gzip; Q=0.000, br"));
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
