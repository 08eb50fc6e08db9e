//! `b24chat doctor` as it is run: what it prints, and its exit code.

use std::process::{Command, Output};

use serde_json::Value;

use super::examining::*;
use crate::support::{CANARY, free_port};

async fn doctor(webhook: String, arguments: &[&str]) -> Output {
    let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
    let run = move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_b24chat"));
        for name in ["B24CHAT_PORTAL", "B24CHAT_TOKEN", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"] {
            command.env_remove(name);
        }
        command.env("B24CHAT_WEBHOOK", webhook).arg("doctor").args(arguments).output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exit_code_says_what_kind_of_part_is_broken() {
    let portal = portal().await;
    let nobody = free_port().await;
    let wholly = |code: &str| format!("{}1/{CANARY}/", portal.wholly(code));
    for (webhook, exit, words) in [
        (portal.webhook(), 0, "Healthy. 3 requests"),
        (portal.scenario("noscope"), 3, "Broken: scopes. 2 requests."),
        (portal.scenario("badcode"), 3, "Broken: credential. 2 requests."),
        (wholly("moved"), 4, "Broken: bitrix24. 1 request."),
        (format!("http://{nobody}/rest/1/{CANARY}/"), 4, "Broken: tcp. 1 request."),
        (wholly("login"), 5, "Broken: bitrix24. 1 request."),
        (portal.scenario("skewed"), 6, "Broken: clock. 3 requests."),
        (format!("http://acme.example/rest/1/{CANARY}/"), 2, "Broken: address. 0 requests."),
    ] {
        let output = doctor(webhook.clone(), &[]).await;
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(exit), "{webhook}: {said}{}", text(&output.stderr));
        assert!(said.contains(words), "{said}");
        assert!(!said.contains(CANARY) && !text(&output.stderr).contains(CANARY));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_names_every_rung_and_the_broken_one() {
    let portal = portal().await;
    let output = doctor(portal.scenario("noscope"), &["--json"]).await;
    assert_eq!(output.status.code(), Some(3));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["healthy"], false);
    assert_eq!(told["broken"], serde_json::json!({ "rung": "scopes", "code": "insufficient_scope" }));
    assert_eq!(told["requests"], 2);
    assert_eq!(told["profile"], "env");
    assert_eq!(told["portal"], portal.address().to_string());
    assert!(told["total_ms"].as_f64().unwrap() > 0.0);
    let rungs = told["rungs"].as_array().unwrap();
    let names: Vec<&str> = rungs.iter().map(|rung| rung["rung"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "address",
            "dns",
            "tcp",
            "tls",
            "bitrix24",
            "credential",
            "user",
            "scopes",
            "method",
            "plan",
            "clock",
            "end_to_end",
            "load"
        ]
    );
    let keys: Vec<&String> = rungs[7].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["rung", "standing", "code", "found", "proves", "cause", "advice", "otherwise", "took_ms"]);
    assert_eq!(rungs[7]["standing"], "fail");
    assert_eq!(rungs[11]["standing"], "skipped");
    assert_eq!(rungs[8]["standing"], "unknown");
    assert!(rungs[8]["code"].is_null() && rungs[5]["took_ms"].is_number());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_is_written_without_secrets_and_without_names_where_that_is_wanted() {
    let portal = portal().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    let output = doctor(portal.webhook(), &["--report", file.to_str().unwrap()]).await;
    assert_eq!(output.status.code(), Some(0));
    let report = std::fs::read_to_string(&file).unwrap();
    assert!(report.contains("healthy") && report.contains("Ann Admin") && report.contains("127.0.0.1"), "{report}");
    assert!(!report.contains(portal.webhook_code()));
    assert!(text(&output.stderr).contains(&report), "it is not shown before it is saved");
    let output = doctor(portal.webhook(), &["--report", "-", "--hide-names"]).await;
    let report = text(&output.stdout);
    assert!(
        report.starts_with("b24chat ") && !report.contains("Ann Admin") && !report.contains("127.0.0.1"),
        "{report}"
    );
    let output = doctor(portal.webhook(), &["--json", "--report", "-"]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portals_escape_sequences_are_seen_and_not_obeyed() {
    let portal = portal().await;
    for arguments in [&[][..], &["--report", "-"], &["--json"]] {
        let output = doctor(portal.scenario("control"), arguments).await;
        let said = text(&output.stdout);
        assert!(said.contains("ERROR_CORE"), "{said}");
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{said:?}");
    }
}
