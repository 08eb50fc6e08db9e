//! What PHP makes of a value. The portal is written in PHP, and many of its answers are PHP's answers:
//! which values are empty, which are true, how a number reads as text (protocol.md, 1.2 and 5).

use std::borrow::Cow;

use serde_json::{Map, Value};

/// Parameters by name. A PHP array is an object here, a list counts as one with the keys 0, 1, 2 and so on.
pub(super) type Params = Map<String, Value>;

/// PHP's `empty`: absent, null, false, 0, the text `0`, no text, no entries.
pub(super) fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => true,
        Some(Value::Bool(true)) => false,
        Some(Value::Number(number)) => number.as_f64() == Some(0.0),
        Some(Value::String(text)) => text.is_empty() || text == "0",
        Some(Value::Array(list)) => list.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
    }
}

/// A value where PHP wants text; an array has none.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Bool(true) => Some("1".into()),
        Value::Bool(false) | Value::Null => Some("".into()),
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string().into(),
            _ => number.to_string().into(),
        }),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// PHP's `(int)`: the digits in front, or 0.
pub(super) fn int(value: Option<&Value>) -> i64 {
    let Some(text) = value.and_then(text) else { return 0 };
    let text = text.trim_start();
    let digits = text.char_indices().take_while(|(at, c)| c.is_ascii_digit() || (*at == 0 && *c == '-')).count();
    text[..digits].parse().unwrap_or(0)
}

/// The entries of an array, with their keys; `None` when it is not one.
pub(super) fn entries(value: &Value) -> Option<Vec<(Cow<'_, str>, &Value)>> {
    match value {
        Value::Object(map) => Some(map.iter().map(|(key, value)| (key.as_str().into(), value)).collect()),
        Value::Array(list) => Some(list.iter().enumerate().map(|(at, value)| (at.to_string().into(), value)).collect()),
        _ => None,
    }
}

/// One entry of an array.
pub(super) fn entry<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(key),
        Value::Array(list) => key.parse::<usize>().ok().and_then(|at| list.get(at)),
        _ => None,
    }
}

/// The same parameters with upper-case names; of two that become one, the later wins.
pub(super) fn upper_names(params: &Params) -> Params {
    let mut upper = Params::new();
    for (name, value) in params {
        upper.insert(name.to_ascii_uppercase(), value.clone());
    }
    upper
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_php_calls_empty_is_empty() {
        for empty in [json!(null), json!(false), json!(0), json!(0.0), json!(""), json!("0"), json!([]), json!({})] {
            assert!(is_empty(Some(&empty)), "{empty}");
        }
        for full in [json!(true), json!(-1), json!("00"), json!("0.0"), json!(" "), json!("false"), json!([0])] {
            assert!(!is_empty(Some(&full)), "{full}");
        }
        assert!(is_empty(None));
    }

    #[test]
    fn values_read_as_text_the_way_php_casts_them() {
        for (value, expected) in [
            (json!(8293), "8293"),
            (json!(8293.0), "8293"),
            (json!(1.5), "1.5"),
            (json!(true), "1"),
            (json!(false), ""),
            (json!(" x "), " x "),
        ] {
            assert_eq!(text(&value).unwrap(), expected);
        }
        assert_eq!(text(&json!(["x"])), None);
    }

    #[test]
    fn a_number_is_read_from_the_front_of_a_text() {
        for (value, expected) in
            [(json!("12abc"), 12), (json!(" 7"), 7), (json!("-3"), -3), (json!("abc"), 0), (json!(4.9), 4)]
        {
            assert_eq!(int(Some(&value)), expected, "{value}");
        }
        assert_eq!(int(None), 0);
    }
}
