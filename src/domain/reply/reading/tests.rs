//! Every shape of section 2 and 8.2 of the reference, and then anything at all.

use proptest::prelude::*;
use serde_json::json;

use super::super::Reply;
use super::*;
use crate::domain::phases::Phases;

fn parts(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Parts {
    Parts {
        status,
        version: "HTTP/1.1".into(),
        headers: vec![("content-type".into(), content_type.into())],
        body: body.into(),
        cut: None,
        phases: Phases::default(),
    }
}

fn outcome(status: u16, body: &str) -> Outcome {
    read(&parts(status, "application/json; charset=utf-8", body)).outcome
}

fn looks_like(parts: &Parts) -> LooksLike {
    match read(parts).outcome {
        Outcome::Unreadable(unreadable) => unreadable.looks_like,
        other => panic!("was read as {other:?}"),
    }
}

fn refused(body: &str) -> (String, Option<String>) {
    match outcome(200, body) {
        Outcome::Refused(error) => (error.code, error.description),
        other => panic!("was read as {other:?}"),
    }
}

#[test]
fn a_chat_id_is_a_number_or_a_numeric_text() {
    assert_eq!(outcome(200, r#"{"result":{"ID":1437}}"#), Outcome::Chat(ChatId(1437)));
    assert_eq!(outcome(200, r#"{"result":{"ID":"1437"}}"#), Outcome::Chat(ChatId(1437)));
    for odd in [r#"{"ID":0}"#, r#"{"ID":-3}"#, r#"{"ID":"x"}"#, r#"{"ID":1.5}"#, r#"{"ID":[]}"#, r#"{"ID":1e99}"#] {
        assert_eq!(looks_like(&parts(200, "", format!(r#"{{"result":{odd}}}"#))), LooksLike::WrongShape, "{odd}");
    }
}

#[test]
fn null_is_no_chat_and_nothing_else_is() {
    assert_eq!(outcome(200, r#"{"result":null,"time":{}}"#), Outcome::NoChat);
    for other in ["[]", "false", "0", "\"\"", "{}", "[1]", "true"] {
        let body = format!(r#"{{"result":{other}}}"#);
        assert_eq!(looks_like(&parts(200, "application/json", body)), LooksLike::WrongShape, "{other}");
    }
}

#[test]
fn the_key_error_decides_whatever_its_type_and_whatever_the_status() {
    let text = |s: &str| Some(s.to_owned());
    assert_eq!(
        refused(r#"{"error":"INVALID_CREDENTIALS","error_description":"x"}"#),
        ("INVALID_CREDENTIALS".into(), text("x"))
    );
    assert_eq!(refused(r#"{"error":"","error_description":"Not found"}"#), (String::new(), text("Not found")));
    assert_eq!(refused(r#"{"error":100}"#), ("100".into(), None));
    assert_eq!(refused(r#"{"error":null,"result":{"ID":1}}"#), (String::new(), None));
    assert_eq!(refused(r#"{"error":false}"#), ("false".into(), None));
    assert_eq!(refused(r#"{"error":{"code":"V3","message":"no"}}"#), ("V3".into(), text("no")));
    assert_eq!(refused(r#"{"error":[],"error_description":7}"#), ("[]".into(), text("7")));
    assert!(matches!(outcome(500, r#"{"error":"X"}"#), Outcome::Refused(_)));
    assert!(matches!(outcome(503, r#"{"result":null}"#), Outcome::NoChat));
}

#[test]
fn keys_without_a_place_are_kept_with_their_path() {
    let reading = read(&parts(200, "", r#"{"result":{"ID":1,"X":2},"next":50,"time":{"start":1},"signature":"s"}"#));
    let names: Vec<_> = reading.extra.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["result.X", "next", "signature"]);
    assert!(reading.time.is_some());

    let reading = read(&parts(400, "", r#"{"error":{"code":"A","validation":[1]},"argument":"filter","time":[]}"#));
    let names: Vec<_> = reading.extra.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["error.validation", "argument", "time"]);
}

#[test]
fn a_byte_order_mark_blanks_and_a_wrong_content_type_do_not_hide_an_answer() {
    let body = "\u{feff}\r\n {\"result\":{\"ID\":5}} \n";
    assert_eq!(read(&parts(200, "text/html", body)).outcome, Outcome::Chat(ChatId(5)));
}

#[test]
fn an_id_beside_text_that_is_not_utf8_is_still_an_id() {
    let body = b"{\"result\":{\"ID\":5},\"note\":\"\xff\xfe\"}".to_vec();
    assert_eq!(read(&parts(200, "application/json", body)).outcome, Outcome::Chat(ChatId(5)));
}

#[test]
fn pages_are_recognised_by_status_then_by_text() {
    let page = |status, body: &str| looks_like(&parts(status, "text/html", body));
    assert_eq!(page(404, "<html><title>404</title>"), LooksLike::NoSuchPage);
    assert_eq!(page(403, "<html>no"), LooksLike::Barred);
    assert_eq!(page(502, "<html>bad gateway"), LooksLike::Gateway);
    assert_eq!(page(503, "<html>we are back soon"), LooksLike::Maintenance);
    assert_eq!(page(500, ""), LooksLike::ServerFault);
    assert_eq!(page(200, "<!doctype html><input TYPE=\"password\">"), LooksLike::LoginPage);
    assert_eq!(page(200, "<!doctype html>hello"), LooksLike::WebPage);
    assert_eq!(page(302, "<html>moved"), LooksLike::Redirect);
    assert_eq!(page(200, "<response><result/></response>"), LooksLike::Xml);
    assert_eq!(looks_like(&parts(200, "text/plain", "hello")), LooksLike::NotJson);
    assert_eq!(looks_like(&parts(200, "", " \n")), LooksLike::Empty);
}

#[test]
fn a_page_says_its_own_title() {
    let read = read(&parts(404, "text/html", "<html><TITLE lang=x>\n Portal  not found </TITLE>"));
    let Outcome::Unreadable(unreadable) = read.outcome else { panic!() };
    assert_eq!(unreadable.detail.as_deref(), Some("Portal not found"));
}

#[test]
fn broken_json_says_how_it_is_broken() {
    let json = |body: &str| looks_like(&parts(200, "application/json", body));
    assert_eq!(json(r#"{"result":{"ID":14"#), LooksLike::Truncated);
    assert_eq!(json(r#"{"result":{"ID":14}} trailing"#), LooksLike::BrokenJson);
    assert_eq!(json("{'result':1}"), LooksLike::BrokenJson);
    assert_eq!(json("[1]"), LooksLike::WrongShape);
    assert_eq!(json("{}"), LooksLike::WrongShape);
    assert_eq!(json(&format!("{{\"result\":{}", "[".repeat(200_000))), LooksLike::TooDeep);
    let mut large = parts(200, "application/json", "{\"result\":");
    large.cut = Some(Cut::TooLarge);
    assert_eq!(looks_like(&large), LooksLike::TooLarge);
    let mut closed = parts(200, "application/json", "");
    closed.cut = Some(Cut::Closed { detail: "reset".into() });
    assert_eq!(looks_like(&closed), LooksLike::Truncated);
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let names = prop_oneof![
            Just("result".to_owned()),
            Just("error".to_owned()),
            Just("error_description".to_owned()),
            Just("time".to_owned()),
            Just("ID".to_owned()),
            Just("start".to_owned()),
            Just("operating_reset_at".to_owned()),
            ".{0,6}",
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..6).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_panic_and_all_are_kept(status in 0u16..1000, body in prop::collection::vec(any::<u8>(), 0..512)) {
        let reply = Reply::new(parts(status, "application/json", body.clone()));
        prop_assert_eq!(reply.body, body);
    }

    #[test]
    fn no_text_that_begins_as_markup_panics(status in 0u16..1000, tail in "\\PC*") {
        Reply::new(parts(status, "text/html", format!("<html><title>{tail}")));
        Reply::new(parts(status, "text/html", format!("<title>İ{tail}</title>")));
    }

    #[test]
    fn any_json_is_read_and_the_key_error_always_wins(value in any_json()) {
        let body = value.to_string();
        let reading = read(&parts(200, "application/json", body));
        let has_error = value.as_object().is_some_and(|object| object.contains_key("error"));
        prop_assert_eq!(has_error, matches!(reading.outcome, Outcome::Refused(_)));
        if let Outcome::Chat(id) = reading.outcome {
            prop_assert!(id.0 > 0);
        }
        if let Some(time) = reading.time {
            let _ = (time.start(), time.finish(), time.duration(), time.operating_reset_at(), time.unknown());
        }
    }
}
