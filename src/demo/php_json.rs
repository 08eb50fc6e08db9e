//! Writing replies the way the portal writes them: PHP's JSON with its escapes, and the XML form
//! (protocol.md, 2.3).

use serde_json::{Map, Value};

/// JSON as PHP would have it: an empty array is `[]` whatever was meant, an array with the keys
/// 0, 1, 2 and so on is a list, floats lose a zero fraction, and `/ & < > ' "` are escaped.
pub(super) fn json(value: &Value) -> String {
    let mut out = String::new();
    write_json(&mut out, value);
    out
}

fn write_json(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => out.push_str(&float.to_string()),
            _ => out.push_str(&number.to_string()),
        },
        Value::String(text) => write_text(out, text),
        Value::Array(list) => write_list(out, list.iter()),
        Value::Object(map) if is_list(map) => write_list(out, map.values()),
        Value::Object(map) => {
            out.push('{');
            for (at, (key, value)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(out, key);
                out.push(':');
                write_json(out, value);
            }
            out.push('}');
        }
    }
}

fn write_list<'a>(out: &mut String, values: impl Iterator<Item = &'a Value>) {
    out.push('[');
    for (at, value) in values.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_json(out, value);
    }
    out.push(']');
}

/// Keys that are numbers are numbers in PHP, and an array is a list when they count up from 0.
fn is_list(map: &Map<String, Value>) -> bool {
    map.keys().enumerate().all(|(at, key)| *key == at.to_string())
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str("\\/"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\'' | '"' => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// `<response>…</response>` without a declaration. `false` and `null` are the same empty element.
pub(super) fn xml(value: &Value) -> String {
    let mut out = String::new();
    write_element(&mut out, "response", value);
    out
}

fn write_element(out: &mut String, name: &str, value: &Value) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    match value {
        Value::Null | Value::Bool(false) => {}
        Value::Bool(true) => out.push('1'),
        Value::Number(_) => write_json(out, value),
        Value::String(text) => {
            out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"));
        }
        Value::Array(list) => list.iter().for_each(|value| write_element(out, "item", value)),
        Value::Object(map) => {
            for (key, value) in map {
                let is_number = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
                write_element(out, if is_number { "item" } else { key }, value);
            }
        }
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

#[cfg(test)]
mod tests {
    use serde_json::json as value;

    use super::*;

    #[test]
    fn empty_is_a_list_and_counted_keys_are_a_list() {
        assert_eq!(json(&value!({ "a": {}, "b": [] })), r#"{"a":[],"b":[]}"#);
        assert_eq!(json(&value!({ "0": "x", "1": "y" })), r#"["x","y"]"#);
        assert_eq!(json(&value!({ "0": "x", "2": "y" })), r#"{"0":"x","2":"y"}"#);
        assert_eq!(json(&value!({ "1": "x", "0": "y" })), r#"{"1":"x","0":"y"}"#);
    }

    #[test]
    fn whole_floats_lose_their_fraction() {
        assert_eq!(json(&value!([1.0, 0.5, 1789001122.417305, 7])), "[1,0.5,1789001122.417305,7]");
    }

    #[test]
    fn html_is_escaped_and_other_scripts_are_not() {
        assert_eq!(json(&value!("/<a href='x'>&\"")), r#""\/\u003Ca href=\u0027x\u0027\u003E\u0026\u0022""#);
        assert_eq!(json(&value!("Котёл 🙂\u{1b}\n\u{2028}\\")), "\"Котёл 🙂\\u001b\\n\\u2028\\\\\"");
    }

    #[test]
    fn xml_has_items_and_cannot_tell_false_from_null() {
        assert_eq!(
            xml(&value!({ "result": [true, false, null], "time": { "start": 1.0 }, "e": "a<b" })),
            "<response><result><item>1</item><item></item><item></item></result>\
             <time><start>1</start></time><e>a&lt;b</e></response>"
        );
    }
}
