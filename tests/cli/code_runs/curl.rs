//! The curl code, in shells.

use std::fs;
use std::process::Command;

use b24chat::domain::credential::{Credential, Secret};
use b24chat::domain::entity::EntityPair;
use b24chat::domain::snippet::{Caller, Idiom, code};

use super::pairs::pairs;
use super::{has, out, portal, root, webhook};

fn curl_finds(shell: &str, count: usize, by_token: bool) {
    if !has("curl", "--version") || shell == "bash" && !has("bash", "--version") {
        return;
    }
    let portal = portal();
    let token = portal.access_token();
    let caller = if by_token {
        Caller::of(&root(&portal.rest_root()), &Credential::OAuth { access: Secret::new(token.as_str()) })
    } else {
        Caller::of(&root(&portal.rest_root()), &webhook(portal.webhook_code()))
    };
    let (mut script, mut expected) = (String::new(), String::new());
    for pair in pairs(count) {
        let id = portal.add_chat(pair.entity_type(), pair.entity_id());
        script.push_str(&code(Idiom::Curl, &caller, &pair));
        expected.push_str(&format!("{id}\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("chats.sh");
    fs::write(&file, script).unwrap();
    let ran = Command::new(shell)
        .arg(&file)
        .env("B24_WEBHOOK_URL", portal.webhook())
        .env("B24_ACCESS_TOKEN", token)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let (found, words) = out(&ran);
    assert_eq!(words, "");
    assert_eq!(found.lines().zip(expected.lines()).position(|(found, expected)| found != expected), None, "{found}");
    assert_eq!(found, expected);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no pair wrote a file");
}

#[test]
fn the_curl_code_finds_the_chats_of_a_thousand_hostile_pairs_in_a_shell() {
    curl_finds("sh", 1000, false);
}

#[test]
fn the_curl_code_finds_them_in_bash_and_by_a_token_too() {
    curl_finds("bash", 60, false);
    curl_finds("sh", 60, true);
}

#[test]
fn the_curl_code_tells_no_chat_from_a_refusal() {
    if !has("curl", "--version") {
        return;
    }
    let portal = portal();
    let caller = Caller::of(&root(&portal.rest_root()), &webhook("x"));
    let run = |pair: &EntityPair, webhook: String| {
        let script = code(Idiom::Curl, &caller, pair);
        out(&Command::new("sh").args(["-c", &script]).env("B24_WEBHOOK_URL", webhook).output().unwrap())
    };
    let absent = EntityPair::new("CRM", "DEAL|999999").unwrap();
    let (found, words) = run(&absent, portal.webhook());
    assert!(found.is_empty() && words.starts_with("no chat"), "{found}{words}");
    let (found, words) = run(&absent, portal.scenario("wrong0000000code"));
    assert!(found.is_empty() && words.starts_with("refused: {\"error\":\"INVALID_CREDENTIALS\""), "{found}{words}");
    // With the secret in it no variable is needed.
    let holding = Caller::with_secret(&root(&portal.rest_root()), &webhook(portal.webhook_code()));
    let script = code(Idiom::Curl, &holding, &EntityPair::new("CRM", "DEAL|1663").unwrap());
    assert_eq!(out(&Command::new("sh").args(["-c", &script]).output().unwrap()), ("1437\n".into(), String::new()));
}
