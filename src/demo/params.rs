//! The parameters of a request: read from the query and from the body, and lost without a word where
//! the portal loses them (protocol.md, 1.1).

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method};
use percent_encoding::percent_decode;
use serde_json::{Value, json};

use super::php::Params;

/// Query first, the body over it. The values of the path come over both; that is for the caller to do.
pub(super) fn read(method: &Method, headers: &HeaderMap, query: &str, body: &[u8]) -> Params {
    let mut params = parse_query(query.as_bytes());
    // Only a POST has a body in PHP's eyes.
    if method == Method::POST {
        params.extend(read_body(headers, body));
    }
    params
}

fn read_body(headers: &HeaderMap, body: &[u8]) -> Params {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => parse_query(body),
        "multipart/form-data" => parse_multipart(content_type, body),
        kind if kind == "application/json" || kind.ends_with("+json") => parse_json(body),
        _ => Params::new(),
    }
}

/// Malformed JSON, or a top level that is neither object nor list, is no parameters at all.
fn parse_json(body: &[u8]) -> Params {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => map,
        Ok(Value::Array(list)) => list.into_iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Params::new(),
    }
}

/// A query the way PHP reads one: `a=1&b[x]=2&c[]=3`, `+` for a space.
pub(super) fn parse_query(query: &[u8]) -> Params {
    let mut params = Params::new();
    for part in query.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let name = decode(halves.next().unwrap_or_default());
        put(&mut params, &name, decode(halves.next().unwrap_or_default()));
    }
    params
}

fn decode(text: &[u8]) -> String {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).decode_utf8_lossy().into_owned()
}

/// Puts a value under a name with brackets: `a[b][]` is the next free place of the entry `b` of `a`.
fn put(params: &mut Params, name: &str, value: String) {
    let name = name.trim_start_matches(' ');
    let open = name.find('[').filter(|at| *at > 0 && name[*at..].contains(']')).unwrap_or(name.len());
    // Outside the brackets PHP keeps no dots, spaces or lone brackets in a name.
    let base = name[..open].replace(['.', ' ', '['], "_");
    if base.is_empty() {
        return;
    }
    let mut keys = Vec::new();
    let mut rest = &name[open..];
    while let Some((key, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        keys.push(key);
        rest = after;
    }
    let mut place = params.entry(base).or_insert(Value::Null);
    for key in keys {
        if !place.is_object() {
            *place = json!({});
        }
        let Value::Object(map) = place else { return };
        let key = if key.is_empty() { next_index(map) } else { key.to_owned() };
        place = map.entry(key).or_insert(Value::Null);
    }
    *place = Value::String(value);
}

fn next_index(map: &Params) -> String {
    let highest = map.keys().filter_map(|key| key.parse::<u64>().ok()).max();
    highest.map_or(0, |highest| highest.saturating_add(1)).to_string()
}

/// Only the plain fields of a form; files are no parameters.
fn parse_multipart(content_type: &str, body: &[u8]) -> Params {
    let mut params = Params::new();
    let Some((_, boundary)) = content_type.split_once("boundary=") else { return params };
    let boundary = boundary.split(';').next().unwrap_or_default().trim().trim_matches('"');
    if boundary.is_empty() {
        return params;
    }
    let body = String::from_utf8_lossy(body);
    for part in body.split(&format!("--{boundary}")).skip(1) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else { continue };
        let Some((_, name)) = head.split_once("name=\"") else { continue };
        let Some((name, rest)) = name.split_once('"') else { continue };
        if !rest.contains("filename=") {
            put(&mut params, name, value.strip_suffix("\r\n").unwrap_or(value).to_owned());
        }
    }
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Value {
        Value::Object(parse_query(text.as_bytes()))
    }

    #[test]
    fn a_query_is_read_the_way_php_reads_one() {
        assert_eq!(query("a=1&b=x+y%7Cz&a=2"), json!({ "a": "2", "b": "x y|z" }));
        assert_eq!(
            query("cmd[deal]=m%3Fx%3D1&cmd[]=p&cmd[]=q"),
            json!({ "cmd": { "deal": "m?x=1", "0": "p", "1": "q" } })
        );
        assert_eq!(query("a[5]=x&a[]=y"), json!({ "a": { "5": "x", "6": "y" } }));
        assert_eq!(query("a.b=1&c%5Bd%5D=2&e"), json!({ "a_b": "1", "c": { "d": "2" }, "e": "" }));
        assert_eq!(query("a[b=1&=2&&[x]=3"), json!({ "a_b": "1", "_x]": "3" }));
    }

    #[test]
    fn a_body_counts_only_under_its_own_content_type() {
        let body = br#"{"ENTITY_TYPE":"CRM"}"#;
        let read_as = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, kind.parse().unwrap());
            read(&Method::POST, &headers, "", body).contains_key("ENTITY_TYPE")
        };
        assert!(read_as("application/json"));
        assert!(read_as("Application/JSON; charset=utf-8"));
        assert!(read_as("application/vnd.api+json"));
        assert!(!read_as("text/plain"));
        assert!(!read_as("text/json"));
        assert!(!read_as("application/x-www-form-urlencoded"));
        assert!(read(&Method::POST, &HeaderMap::new(), "", body).is_empty());
    }

    #[test]
    fn broken_json_and_bare_values_are_no_parameters() {
        for body in ["{\"a\":1", "\"a\"", "7", "null", "", "\u{feff}{}"] {
            assert!(parse_json(body.as_bytes()).is_empty(), "{body}");
        }
        assert_eq!(Value::Object(parse_json(b"[7]")), json!({ "0": 7 }));
    }

    #[test]
    fn a_multipart_form_gives_its_fields_and_not_its_files() {
        let body = "--q\r\nContent-Disposition: form-data; name=\"ENTITY_TYPE\"\r\n\r\nCRM\r\n\
                    --q\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nbytes\r\n--q--\r\n";
        let params = parse_multipart("multipart/form-data; boundary=\"q\"", body.as_bytes());
        assert_eq!(Value::Object(params), json!({ "ENTITY_TYPE": "CRM" }));
    }
}
