//! `get --json`: one object with every promised field, whatever the end.

use serde_json::Value;

use super::support::{Ran, User, portal};

const FIELDS: [&str; 11] =
    ["pair", "outcome", "chat_id", "dialog_id", "link", "status", "error", "time", "phases_ms", "profile", "portal"];

fn get(webhook: &str) -> Ran {
    User::of(webhook).run(&["get", "CRM", "DEAL|1663", "--json", "--timeout", "2"]).silent()
}

/// What holds for every lookup; returns the object.
fn checked(ran: &Ran, portal: &str) -> Value {
    let json = ran.json();
    let fields: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, FIELDS);
    assert_eq!(json["pair"], serde_json::json!({ "type": "CRM", "id": "DEAL|1663" }));
    assert_eq!((json["profile"].as_str(), json["portal"].as_str()), (Some("env"), Some(portal)));
    let phases = json["phases_ms"].as_object().unwrap();
    assert_eq!(phases.keys().collect::<Vec<_>>(), ["dns", "connect", "wait", "download", "total", "reused"]);
    assert!(phases["total"].as_f64().unwrap() > 0.0);
    assert_eq!(phases["reused"], false);
    for phase in ["dns", "connect", "wait", "download"] {
        assert!(phases[phase].is_null() || phases[phase].as_f64().unwrap() >= 0.0, "{phase}: {phases:?}");
    }
    json
}

#[test]
fn a_chat_has_its_ids_its_link_and_the_time_block_as_it_was_sent() {
    let portal = portal();
    let host = portal.address().to_string();
    let json = checked(&get(&portal.webhook()).expect(0), &host);
    assert_eq!(json["outcome"], "chat");
    assert_eq!((&json["chat_id"], &json["dialog_id"]), (&1437.into(), &"chat1437".into()));
    assert_eq!(json["link"], format!("http://{host}/online/?IM_DIALOG=chat1437"));
    assert_eq!((&json["status"], &json["error"]), (&200.into(), &Value::Null));
    let time = json["time"].as_object().unwrap();
    for field in ["start", "finish", "duration", "processing", "operating", "operating_reset_at"] {
        assert!(time[field].is_number(), "{field}");
    }
    assert!(time["date_start"].is_string() && time["date_finish"].is_string());

    let text = checked(&get(&portal.scenario("timetext")).expect(0), &host);
    assert!(text["time"]["start"].is_string(), "what was sent as text stays text");
    assert_eq!(checked(&get(&portal.scenario("notime")).expect(0), &host)["time"], Value::Null);
}

#[test]
fn a_missing_chat_is_no_error() {
    let portal = portal();
    let json = checked(&get(&portal.scenario("nochat")).expect(1), &portal.address().to_string());
    assert_eq!((&json["outcome"], &json["status"]), (&"no_chat".into(), &200.into()));
    for field in ["chat_id", "dialog_id", "link", "error"] {
        assert_eq!(json[field], Value::Null, "{field}");
    }
    assert!(json["time"].is_object());
}

/// The four fields of an error.
fn error(json: &Value) -> (&str, Option<&str>) {
    let error = json["error"].as_object().unwrap();
    assert_eq!(error.keys().collect::<Vec<_>>(), ["code", "description", "meaning", "advice"]);
    assert!(!error["meaning"].as_str().unwrap().is_empty() && !error["advice"].as_str().unwrap().is_empty());
    (error["code"].as_str().unwrap(), error["description"].as_str())
}

#[test]
fn a_refusal_has_the_portals_code_and_words_and_ours() {
    let portal = portal();
    let json = checked(&get(&portal.scenario("noscope")).expect(3), &portal.address().to_string());
    assert_eq!((&json["outcome"], &json["status"]), (&"refused".into(), &401.into()));
    let words = "The request requires higher privileges than provided by the webhook token";
    assert_eq!(error(&json), ("insufficient_scope", Some(words)));
    assert!(json["error"]["meaning"].as_str().unwrap().contains("\"im\""));
    assert_eq!(json["time"], Value::Null);
}

#[test]
fn what_is_no_answer_says_what_it_looks_like() {
    let portal = portal();
    let json = checked(&get(&portal.scenario("login")).expect(5), &portal.address().to_string());
    assert_eq!((&json["outcome"], &json["status"]), (&"unreadable".into(), &200.into()));
    assert_eq!(error(&json).0, "login_page");
}

#[test]
fn a_failure_has_no_status_and_says_what_stopped_it() {
    let portal = portal();
    let json = checked(&get(&portal.scenario("hang")).expect(4), &portal.address().to_string());
    assert_eq!((&json["outcome"], &json["status"], &json["time"]), (&"failed".into(), &Value::Null, &Value::Null));
    let (code, words) = error(&json);
    assert_eq!((code, words), ("timed_out", Some("timed out after 2 s while waiting for the first byte")));
    assert!(json["phases_ms"]["total"].as_f64().unwrap() >= 2000.0);
    let moved = checked(&get(&portal.scenario("moved")).expect(4), &portal.address().to_string());
    assert!(error(&moved).1.unwrap().contains("moved-portal.bitrix24.example"));
}

#[test]
fn nothing_a_terminal_would_obey_is_in_it_and_it_is_the_same_text_all_the_same() {
    let portal = portal();
    let ran = get(&portal.scenario("control")).expect(3);
    assert!(
        ran.out().trim_end().chars().all(|c| !c.is_control() && c != '\u{202e}' && c != '\u{200b}'),
        "{}",
        ran.out()
    );
    assert!(ran.json()["error"]["description"].as_str().unwrap().starts_with("\u{1b}[2J\u{1b}]0;owned\u{7}"));
}
