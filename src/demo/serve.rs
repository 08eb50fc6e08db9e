//! The way of a request through the portal: path, parameters, credential, scenario, bucket, REST, reply.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::access::Credential;
use super::front::{self, JSON};
use super::php::Params;
use super::refusal;
use super::reply::{Format, gzipped, mark_rest, reply, takes_gzip};
use super::rest;
use super::scenario::{Front, Play, Scenario};
use super::wire::Peer;
use super::{OpenRequest, Portal, oauth, pages, params, php_json, twist};

/// More than any request of a client needs.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// What a path means.
enum Route {
    Rest {
        webhook: Option<(String, String)>,
        method: String,
        format: Format,
    },
    /// The token endpoint, at the authorization server or at the portal.
    Token {
        by_proxy: bool,
    },
    /// The authorization server's own `app.info`.
    TokenInfo,
    Home,
    Nowhere,
}

/// Answers one request.
pub(super) async fn answer(
    State(portal): State<Arc<Portal>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    request: Request,
) -> Response {
    portal.served.fetch_add(1, Ordering::Relaxed);
    let open = Arc::new(OpenRequest::new(&portal));
    let (head, body) = request.into_parts();
    // Broken off, or too large: nobody would be told if the client left now, so it ends here.
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else { return front::page(413, false, pages::TOO_LARGE) };
    let query = head.uri.query().unwrap_or_default();
    let mut params = params::read(&head.method, &head.headers, query, &body);
    let (whole, path) = folder(head.uri.path());
    match route(path) {
        Route::Rest { webhook, method, format } => {
            if let Some((user, code)) = webhook {
                params.insert("aplogin".into(), user.into());
                params.insert("ap".into(), code.into());
            }
            rest_call(&portal, &peer, &head, &body, &params, (&method, format), whole, open).await
        }
        Route::Token { by_proxy } => {
            let (status, body) = oauth::token(&portal, &params, by_proxy);
            from_auth_server(status, &body)
        }
        Route::TokenInfo => {
            let (status, body) = oauth::app_info(&portal, &params);
            from_auth_server(status, &body)
        }
        Route::Home => front::page(200, true, pages::HOME),
        Route::Nowhere => front::page(404, false, pages::NOT_FOUND),
    }
}

#[expect(clippy::too_many_arguments, reason = "one request, taken apart once")]
async fn rest_call(
    portal: &Arc<Portal>,
    peer: &Peer,
    head: &Parts,
    body: &[u8],
    params: &Params,
    (method, format): (&str, Format),
    whole: Option<Play>,
    open: Arc<OpenRequest>,
) -> Response {
    if !portal.admits(peer.ip) {
        let full = refusal::QUERY_LIMIT;
        return front::refused(full.status, &Value::Object(full.members()));
    }
    let credential = Credential::of(&head.headers, params);
    let play = whole.unwrap_or_else(|| credential.play());
    if let Play::Front(front) = play {
        let struck = front::strike(portal, front, credential.key(), head, body, &peer.fate).await;
        if let Some(response) = struck {
            return response;
        }
    }
    let answer = rest::answer(portal, method, &credential, play, params).await;
    let mut members = rest::members(&answer);
    if let Play::Reply(twist) = play {
        twist::bend(twist, &mut members);
    }
    let members = Value::Object(members);
    let (kind, body) = match format {
        Format::Json => (JSON, php_json::json(&members)),
        Format::Xml => ("text/xml; charset=utf-8", php_json::xml(&members)),
    };
    let status = answer.outcome.as_ref().err().map_or(200, |refusal| refusal.status);
    let mut response = reply(status, kind, "");
    mark_rest(&mut response, portal, &answer);
    if let Play::Front(Front::Cookies) = play {
        for cookie in ["BITRIX_SM_LOGIN=ann.admin; path=/", "BITRIX_SM_UIDH=5f2a9c81e0b374; path=/; HttpOnly"] {
            super::reply::put(&mut response, "set-cookie", cookie);
        }
    }
    if let Play::Reply(twist) = play
        && let Some(carried) = twist::carry(twist, &mut response, body.as_bytes(), open)
    {
        *response.body_mut() = carried;
        return response;
    }
    if takes_gzip(&head.headers) && head.method != Method::HEAD {
        return gzipped(response, body.as_bytes());
    }
    *response.body_mut() = body.into();
    response
}

/// The authorization server is plain: no marks of a portal.
fn from_auth_server(status: u16, body: &Value) -> Response {
    reply(status, JSON, php_json::json(body))
}

/// A portal in a subfolder `/as/{scenario}/` is wholly so, also for requests without a credential: what
/// stands before REST, and the portal's own state. What is wrong with a credential stays with it.
fn folder(path: &str) -> (Option<Play>, &str) {
    let within = path.strip_prefix("/as/").and_then(|rest| rest.split_once('/'));
    match within.and_then(|(code, rest)| Some((Scenario::of(code)?.play, rest))) {
        Some((play @ (Play::Front(_) | Play::Closed | Play::Reply(_) | Play::Time(_) | Play::Skewed(_)), rest)) => {
            (Some(play), rest)
        }
        Some((_, rest)) => (None, rest),
        None => (None, path),
    }
}

fn route(path: &str) -> Route {
    let segments: Vec<String> = path
        .trim_start_matches('/')
        .trim_end_matches('/')
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect();
    let names: Vec<&str> = segments.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["rest", user, code, method] => {
            let (method, format) = without_suffix(method);
            Route::Rest { webhook: Some(((*user).to_owned(), (*code).to_owned())), method, format }
        }
        ["rest", method] => {
            let (method, format) = without_suffix(method);
            Route::Rest { webhook: None, method, format }
        }
        ["rest"] | ["rest", _, _] => Route::Rest { webhook: None, method: String::new(), format: Format::Json },
        ["oauth", "token"] => Route::Token { by_proxy: true },
        ["auth-server", "oauth", "token"] => Route::Token { by_proxy: false },
        ["auth-server", "rest", "app.info"] => Route::TokenInfo,
        [""] | ["online"] => Route::Home,
        _ => Route::Nowhere,
    }
}

/// Only these two suffixes are cut off; anything else is part of the name.
fn without_suffix(method: &str) -> (String, Format) {
    if let Some(name) = method.strip_suffix(".json") {
        return (name.to_owned(), Format::Json);
    }
    match method.strip_suffix(".xml") {
        Some(name) => (name.to_owned(), Format::Xml),
        None => (method.to_owned(), Format::Json),
    }
}
