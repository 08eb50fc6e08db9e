//! Fields whose types wobble: a number that comes as text, `false` or `""` where there is nothing, an
//! object that is a list when it is empty (protocol.md, 9.1 and 9.2). What is not there is `None`, and
//! nothing that comes is an error.

use serde_json::Value;

/// A text that says something; a number is text too.
pub fn text(object: &Value, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number, as a number or as text.
pub fn int(object: &Value, name: &str) -> Option<i64> {
    as_int(object.get(name)?)
}

pub fn as_int(value: &Value) -> Option<i64> {
    match value {
        // A PHP server may write a whole number as 5.0.
        Value::Number(number) => number.as_i64().or_else(|| {
            number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15).map(|float| float as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A number above zero: what the portal numbers begins at 1, and 0 means none.
pub fn id(object: &Value, name: &str) -> Option<i64> {
    int(object, name).filter(|id| *id > 0)
}

/// Yes or no, in any of the portal's spellings.
pub fn flag(object: &Value, name: &str) -> Option<bool> {
    match object.get(name)? {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.as_str() {
            "Y" | "y" | "1" | "true" => Some(true),
            "N" | "n" | "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The members of a list; an object's values where PHP made a list with gaps into one.
pub fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(items) => items.values().collect(),
        _ => Vec::new(),
    }
}
