//! A record as machines read it. The names are a promise; texts in it are never translated.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::domain::error_code::{self, Explanation};
use crate::domain::language::Phrase;
use crate::domain::lookup::End;
use crate::domain::phases::Phases;
use crate::domain::record::{Record, RecordId};
use crate::domain::reply::{ChatId, Outcome, Reply};

/// The object of `get --json`.
pub fn lookup(record: &Record) -> Value {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    let reply = match &record.end {
        End::Answered(reply) => Some(reply),
        End::Failed { .. } => None,
    };
    let chat = match reply.map(|reply| &reply.outcome) {
        Some(Outcome::Chat(id)) => Some(*id),
        _ => None,
    };
    put("pair", json!({ "type": record.pair.entity_type(), "id": record.pair.entity_id() }));
    put("outcome", outcome(&record.end).into());
    put("chat_id", json!(chat.map(|id| id.0)));
    put("dialog_id", json!(chat.map(|id| id.dialog_id())));
    put("link", json!(chat.map(|id| id.link(&record.site))));
    put("status", json!(reply.map(|reply| reply.status)));
    put("error", error(&record.end));
    put("time", json!(reply.and_then(|reply| reply.time.as_ref()).map(|time| time.as_sent())));
    put("phases_ms", phases(record.end.phases()));
    put("profile", record.profile.as_str().into());
    put("portal", record.portal.as_str().into());
    Value::Object(object)
}

/// The same object for an argument that names a chat itself, where nothing was asked: what comes from a
/// reply is `null`.
pub fn chat(id: ChatId, host: Option<&str>) -> Value {
    json!({
        "pair": null,
        "outcome": "chat",
        "chat_id": id.0,
        "dialog_id": id.dialog_id(),
        "link": host.map(|host| id.link(&format!("https://{host}"))),
        "status": null,
        "error": null,
        "time": null,
        "phases_ms": null,
        "profile": null,
        "portal": host,
    })
}

/// One line of `history export`: the same, and everything else that is kept.
pub fn record(id: RecordId, record: &Record) -> Value {
    let mut object = Map::new();
    object.insert("id".to_owned(), id.0.into());
    object.insert("asked_at".to_owned(), record.asked_at.to_string().into());
    if let Value::Object(lookup) = lookup(record) {
        object.extend(lookup);
    }
    object.insert("sent".to_owned(), json!(record.sent));
    let reply = match &record.end {
        End::Answered(reply) => reply_as_it_was(reply),
        End::Failed { .. } => Value::Null,
    };
    object.insert("reply".to_owned(), reply);
    Value::Object(object)
}

/// The name of an end.
pub fn outcome(end: &End) -> &'static str {
    match end {
        End::Failed { .. } => "failed",
        End::Answered(reply) => match &reply.outcome {
            Outcome::Chat(_) => "chat",
            Outcome::NoChat => "no_chat",
            Outcome::Refused(_) => "refused",
            Outcome::Unreadable(_) => "unreadable",
        },
    }
}

fn error(end: &End) -> Value {
    match end {
        End::Failed { failure, .. } => {
            explained(failure.code(), Some(failure.to_string()), error_code::of_failure(failure))
        }
        End::Answered(reply) => match &reply.outcome {
            Outcome::Chat(_) | Outcome::NoChat => Value::Null,
            Outcome::Refused(error) => {
                explained(&error.code, error.description.clone(), &error_code::of_error(&error.code))
            }
            Outcome::Unreadable(unreadable) => {
                let looks_like = unreadable.looks_like;
                explained(looks_like.code(), unreadable.detail.clone(), error_code::of_page(looks_like))
            }
        },
    }
}

fn explained(code: &str, description: Option<String>, explanation: &Explanation) -> Value {
    json!({
        "code": code,
        "description": description,
        "meaning": explanation.meaning.en(),
        "advice": explanation.advice.iter().map(Phrase::en).collect::<Vec<_>>().join(" "),
    })
}

/// Milliseconds with their fraction; `null` for a phase that did not happen.
fn phases(phases: &Phases) -> Value {
    let ms = |span: Option<Duration>| span.map(|span| (span.as_secs_f64() * 1e6).round() / 1e3);
    json!({
        "dns": ms(phases.dns),
        "connect": ms(phases.connect),
        "wait": ms(phases.wait),
        "download": ms(phases.download),
        "total": ms(Some(phases.total)),
        "reused": phases.reused,
    })
}

/// The bytes are text where they are UTF-8, and base64 otherwise.
fn reply_as_it_was(reply: &Reply) -> Value {
    let (body, base64) = match std::str::from_utf8(&reply.body) {
        Ok(text) => (json!(text), Value::Null),
        Err(_) => (Value::Null, json!(STANDARD.encode(&reply.body))),
    };
    json!({
        "version": reply.version,
        "headers": reply.headers,
        "body": body,
        "body_base64": base64,
        "cut": reply.cut,
    })
}
