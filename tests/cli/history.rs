//! `history`: every lookup is there, newest first, and can be carried away whole.

use serde_json::Value;

use super::servers::{Server, reply};
use super::support::{User, portal};

/// A user with three lookups: a task's chat, no chat for a Cyrillic pair, a refusal.
fn user_with_three() -> User {
    let portal = portal();
    let user = User::of(portal.webhook());
    user.run(&["get", "TASKS_TASK", "8293"]).expect(0);
    user.run(&["get", "Склад", "Полка №7"]).expect(1);
    let output = user.command(&["get", "CRM", "LEAD|13"]).env("B24CHAT_WEBHOOK", portal.scenario("noscope")).output();
    assert_eq!(output.unwrap().status.code(), Some(3));
    user
}

#[test]
fn an_empty_history_says_so() {
    let user = User::new();
    let ran = user.run(&["history", "list"]).expect(0).without_data();
    assert_eq!(ran.words(), "No lookups yet.\n");
    user.run(&["history", "list", "--json"]).expect(0).without_data().silent();
    user.run(&["history", "export"]).expect(0).without_data().silent();
    let ran = user.run(&["history"]).expect(2).without_data();
    assert!(ran.words().contains("list") && ran.words().contains("export"), "{}", ran.words());
}

#[test]
fn the_list_is_newest_first_with_a_mark_for_each_end() {
    let user = user_with_three();
    let out = user.run(&["history", "list"]).expect(0).silent().out();
    let lines: Vec<&str> = out.lines().collect();
    for (line, parts) in lines.iter().zip([
        ["▲", "CRM", "LEAD|13", "insufficient_scope 401"],
        ["○", "Склад", "Полка №7", "no chat"],
        ["●", "TASKS_TASK", "8293", "chat 1431"],
    ]) {
        assert!(parts.iter().all(|part| line.contains(part)), "{parts:?}: {line}");
    }
    assert_eq!(lines.len(), 3);
}

#[test]
fn the_list_finds_by_words_of_any_script_and_case_and_stops_where_it_is_told() {
    let user = user_with_three();
    let ids = |arguments: &[&str]| -> Vec<Value> {
        let arguments: Vec<&str> = ["history", "list", "--json"].into_iter().chain(arguments.iter().copied()).collect();
        let ran = user.run(&arguments).expect(0).silent();
        ran.out().lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["pair"]["id"].clone()).collect()
    };
    assert_eq!(ids(&[]), ["LEAD|13", "Полка №7", "8293"]);
    assert_eq!(ids(&["-n", "2"]), ["LEAD|13", "Полка №7"]);
    assert_eq!(ids(&["-n", "0"]), [""; 0]);
    assert_eq!(ids(&["СКЛАД"]), ["Полка №7"]);
    assert_eq!(ids(&["полка", "chat"]), ["Полка №7"]);
    assert_eq!(ids(&["chat"]), ["Полка №7", "8293"]);
    assert_eq!(ids(&["chat", "-n", "1"]), ["Полка №7"]);
    assert_eq!(ids(&["SCOPE"]), ["LEAD|13"]);
    assert_eq!(
        user.run(&["history", "list", "нет"]).expect(0).without_data().words(),
        "No lookup holds all these words.\n"
    );
    user.run(&["history", "list", "-n", "0"]).expect(0).without_data().silent();
}

#[test]
fn a_line_of_the_list_as_json_has_the_end_in_short() {
    let user = user_with_three();
    let out = user.run(&["history", "list", "--json", "lead"]).expect(0).out();
    let line: Value = serde_json::from_str(&out).unwrap();
    let fields: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = ["id", "asked_at", "profile", "portal", "pair", "outcome", "chat_id", "status", "code", "total_ms"];
    assert_eq!(fields, expected);
    assert_eq!(
        (&line["outcome"], &line["status"], &line["code"]),
        (&"refused".into(), &401.into(), &"insufficient_scope".into())
    );
    line["asked_at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
}

#[test]
fn an_id_that_is_longer_than_its_column_is_whole_where_a_program_reads() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let long = "долгий".repeat(40);
    user.run(&["get", "CUSTOM", &long]).expect(1);
    assert!(user.run(&["history", "list"]).expect(0).out().contains(&long));
}

#[test]
fn the_export_is_oldest_first_with_every_field_of_get_and_the_whole_exchange() {
    let user = user_with_three();
    let records = user.exported();
    let ids: Vec<&Value> = records.iter().map(|record| &record["pair"]["id"]).collect();
    assert_eq!(ids, ["8293", "Полка №7", "LEAD|13"]);
    for record in &records {
        let fields: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = [
            "id",
            "asked_at",
            "pair",
            "outcome",
            "chat_id",
            "dialog_id",
            "link",
            "status",
            "error",
            "time",
            "phases_ms",
            "profile",
            "portal",
            "sent",
            "reply",
        ];
        assert_eq!(fields, expected);
        assert_eq!(record["sent"]["method"], "POST");
        assert!(record["sent"]["url"].as_str().unwrap().ends_with("/rest/1/****/im.chat.get"));
        assert!(record["reply"]["headers"].as_array().unwrap().len() > 3);
        assert!(serde_json::from_str::<Value>(record["reply"]["body"].as_str().unwrap()).is_ok());
    }
    let filtered = user.run(&["history", "export", "склад"]).expect(0).out();
    assert_eq!(serde_json::from_str::<Value>(&filtered).unwrap(), records[1]);
}

#[test]
fn the_bytes_of_a_reply_come_out_as_they_went_in() {
    use base64::Engine as _;

    let every_byte: Vec<u8> = (0..=255).collect();
    for body in [every_byte.as_slice(), b"", "{\"result\":null} \u{1b}[2J\u{202e}ё\r\n".as_bytes(), b"\xed\xa0\x80"] {
        let server = Server::saying(reply("200 OK", &[], body));
        let user = User::of(server.webhook());
        user.run(&["get", "CRM", "DEAL|1663"]);
        let kept = &user.record()["reply"];
        let bytes = match (&kept["body"], &kept["body_base64"]) {
            (Value::String(text), Value::Null) => text.clone().into_bytes(),
            (Value::Null, Value::String(text)) => base64::engine::general_purpose::STANDARD.decode(text).unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(bytes, body);
    }
}
