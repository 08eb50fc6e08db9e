//! Reading a reply. The key `error` decides, whatever its type and whatever the status; then `result`;
//! anything else is unreadable (protocol.md, 2.1 and 8.2). No input panics, whatever its bytes.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{ApiError, ChatId, Cut, LooksLike, Outcome, Parts, Unreadable, page};
use crate::domain::time_block::TimeBlock;

/// What was read.
pub struct Reading {
    pub outcome: Outcome,
    pub time: Option<TimeBlock>,
    pub extra: Vec<(String, Value)>,
}

pub fn read(parts: &Parts) -> Reading {
    match object(parts) {
        Ok(object) => read_object(object),
        Err(unreadable) => Reading { outcome: Outcome::Unreadable(unreadable), time: None, extra: Vec::new() },
    }
}

/// What any method's reply says, whatever its result is like.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Result(Value),
    Refused(ApiError),
    Unreadable(Unreadable),
}

/// Reads the reply of a method that is not the one this program exists for.
pub fn said(parts: &Parts) -> (Said, Option<TimeBlock>) {
    let mut object = match object(parts) {
        Ok(object) => object,
        Err(unreadable) => return (Said::Unreadable(unreadable), None),
    };
    let time = object.get("time").and_then(TimeBlock::read);
    if object.contains_key("error") {
        return (Said::Refused(refusal(&object)), time);
    }
    let nothing = || Said::Unreadable(wrong_shape(NEITHER.to_owned()));
    (object.shift_remove("result").map_or_else(nothing, Said::Result), time)
}

/// Reads an object with the key `error`: a reply's, or that of one command of a batch.
pub fn refusal(object: &Map<String, Value>) -> ApiError {
    take_refusal(&mut object.clone(), &mut Vec::new())
}

const NEITHER: &str = "the reply has neither a result nor an error";

/// The body as a JSON object, or what it is instead.
fn object(parts: &Parts) -> Result<Map<String, Value>, Unreadable> {
    if parts.cut == Some(Cut::TooLarge) {
        return Err(LooksLike::TooLarge.into());
    }
    // Bytes that are not UTF-8 are read with stand-ins: the id beside a broken description is still an id.
    let text = String::from_utf8_lossy(&parts.body);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim();
    if text.is_empty() {
        return Err(page::blank(parts));
    }
    if !text.starts_with(['{', '[']) {
        return Err(page::recognise(parts, text));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(wrong_shape(format!("the reply is {}, not an object", kind(&other)))),
        Err(error) => Err(broken(parts, &error)),
    }
}

fn broken(parts: &Parts, error: &serde_json::Error) -> Unreadable {
    let detail = match &parts.cut {
        Some(Cut::Closed { detail }) => detail.clone(),
        _ => error.to_string(),
    };
    let looks_like = if error.to_string().starts_with("recursion limit") {
        LooksLike::TooDeep
    } else if error.is_eof() || parts.cut.is_some() {
        LooksLike::Truncated
    } else {
        LooksLike::BrokenJson
    };
    Unreadable { looks_like, detail: Some(detail) }
}

fn read_object(mut object: Map<String, Value>) -> Reading {
    let time = object.get("time").and_then(TimeBlock::read);
    if time.is_some() {
        object.shift_remove("time");
    }
    let mut extra = Vec::new();
    let outcome = if object.contains_key("error") {
        Outcome::Refused(take_refusal(&mut object, &mut extra))
    } else {
        match object.shift_remove("result") {
            Some(result) => read_result(result, &mut extra),
            None => Outcome::Unreadable(wrong_shape(NEITHER.to_owned())),
        }
    };
    extra.extend(object);
    Reading { outcome, time, extra }
}

/// `error` may be a text, empty or not, a number, or in the newer dialect an object with its own message.
fn take_refusal(object: &mut Map<String, Value>, extra: &mut Vec<(String, Value)>) -> ApiError {
    let mut description = object.shift_remove("error_description").and_then(as_text);
    let code = match object.shift_remove("error") {
        Some(Value::Object(mut inner)) => {
            description = inner.shift_remove("message").and_then(as_text).or(description);
            let code = inner.shift_remove("code").and_then(as_text).unwrap_or_default();
            extra.extend(inner.into_iter().map(|(name, value)| (format!("error.{name}"), value)));
            code
        }
        Some(Value::Null) | None => String::new(),
        Some(other) => as_text(other).unwrap_or_default(),
    };
    ApiError { code, description }
}

fn as_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

fn read_result(result: Value, extra: &mut Vec<(String, Value)>) -> Outcome {
    match result {
        Value::Null => Outcome::NoChat,
        Value::Object(mut fields) => match fields.get("ID").map(chat_id) {
            Some(Some(id)) => {
                fields.shift_remove("ID");
                extra.extend(fields.into_iter().map(|(name, value)| (format!("result.{name}"), value)));
                Outcome::Chat(id)
            }
            Some(None) => Outcome::Unreadable(wrong_shape("the result's ID is not a chat's number".to_owned())),
            None => Outcome::Unreadable(wrong_shape("the result is an object without an ID".to_owned())),
        },
        other => Outcome::Unreadable(wrong_shape(format!("the result is {}, not an object or null", kind(&other)))),
    }
}

/// The server casts the id to an integer; a numeric text is read too (protocol.md, 1.4).
fn chat_id(value: &Value) -> Option<ChatId> {
    let id = match value {
        Value::Number(number) => number.as_i64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    (id > 0).then_some(ChatId(id))
}

fn wrong_shape(detail: String) -> Unreadable {
    Unreadable { looks_like: LooksLike::WrongShape, detail: Some(detail) }
}

fn kind(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Null => "null".into(),
        Value::Bool(flag) => flag.to_string().into(),
        Value::Number(number) => format!("the number {number}").into(),
        Value::String(_) => "a text".into(),
        Value::Array(items) if items.is_empty() => "an empty list".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

#[cfg(test)]
mod tests;
