//! What strikes before REST is reached: pages instead of JSON, redirects, a full bucket, silence
//! (protocol.md, section 8).

use std::sync::Arc;

use axum::http::header::{COOKIE, HOST, LOCATION, SET_COOKIE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};

use super::oauth::scramble;
use super::reply::{mark_php, put, reply};
use super::scenario::{Front, MOVED_HOST};
use super::wire::Fate;
use super::{Portal, pages, php_json};

const HTML: &str = "text/html; charset=utf-8";
pub(super) const JSON: &str = "application/json; charset=utf-8";

/// The reply of a front, or `None` where the request may pass. `key` tells requests of one credential from
/// those of another, for what changes from turn to turn.
pub(super) async fn strike(
    portal: &Arc<Portal>,
    front: Front,
    key: &str,
    request: &Parts,
    body: &[u8],
    fate: &Fate,
) -> Option<Response> {
    Some(match front {
        Front::Hang => std::future::pending().await,
        Front::Reset => {
            fate.reset();
            reply(200, "", "")
        }
        Front::Close => {
            fate.close();
            reply(200, "", "")
        }
        Front::CutOff(time) => {
            tokio::time::sleep(time).await;
            page(504, false, pages::GATEWAY_TIMEOUT)
        }
        Front::Page { status, php, html } => page(status, php, html),
        Front::Echo { json } => echo(json, request, body),
        Front::Moved { status, host } => moved(status, host, request),
        Front::Turn { status, times } => {
            if !portal.is_struck(key, times) {
                return None;
            }
            let mut response = page(status, false, pages::MOVED);
            put(&mut response, LOCATION, &format!("http://{}{}", host_of(request), request.uri));
            response
        }
        Front::Full { refusal, times } => {
            if !portal.is_struck(key, times) {
                return None;
            }
            refused(refusal.status, &Value::Object(refusal.members()))
        }
        Front::Garbage => reply(200, JSON, garbage()),
        Front::Cookies => {
            if !request.headers.contains_key(COOKIE) {
                return None;
            }
            let body = json!({ "error": "authorization_error", "error_description": "Log out first<br>to continue" });
            let mut response = refused(401, &body);
            put(&mut response, SET_COOKIE, "BITRIX_SM_LOGIN=ann.admin; path=/");
            response
        }
    })
}

/// An error body as REST would send it.
pub(super) fn refused(status: u16, body: &Value) -> Response {
    let mut response = reply(status, JSON, php_json::json(body));
    mark_php(&mut response);
    response
}

/// An HTML page, with PHP's mark or without.
pub(super) fn page(status: u16, php: bool, html: &'static str) -> Response {
    let mut response = reply(status, HTML, html);
    if php {
        mark_php(&mut response);
        put(&mut response, SET_COOKIE, "PHPSESSID=5b1f0c7d2e9a4c63; path=/; HttpOnly");
    }
    if status == 401 {
        put(&mut response, WWW_AUTHENTICATE, "Basic realm=\"closed area\"");
    }
    response
}

fn host_of(request: &Parts) -> &str {
    request.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default()
}

fn moved(status: u16, host: &str, request: &Parts) -> Response {
    let mut response = page(status, false, pages::MOVED);
    let location = match host {
        "" => return response,
        "http" => format!("http://{MOVED_HOST}{}", request.uri),
        "site" => "https://www.bitrix24.example/".to_owned(),
        "login" => format!("http://{}/auth/?backurl=%2F", host_of(request)),
        host => format!("https://{host}{}", request.uri),
    };
    put(&mut response, LOCATION, &location);
    response
}

/// Everything the request held, in the open, as careless proxies do.
fn echo(as_json: bool, request: &Parts, body: &[u8]) -> Response {
    let body = String::from_utf8_lossy(body);
    let address = format!("http://{}{}", host_of(request), request.uri);
    if as_json {
        let text = format!("{} {address} failed, body: {body}", request.method);
        return refused(400, &json!({ "error": "ERROR_CORE", "error_description": text }));
    }
    let html = format!(
        "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<h1>Not Found</h1>\r\n<p>The requested URL \
         {address} was not found on this server.</p>\r\n<pre>{body}</pre>\r\n</body>\r\n</html>\r\n"
    );
    reply(404, HTML, html)
}

fn garbage() -> Vec<u8> {
    let mut seed = 7;
    (0..64).flat_map(|_| scramble(&mut seed).to_le_bytes()).collect()
}
