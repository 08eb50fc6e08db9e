//! Trouble with our own files never stops a lookup: its answer and its exit code stay what they are.

use std::fs;

use super::support::{Ran, User, portal};

/// The answer is there, and the words are about the history.
fn answered(ran: Ran) -> String {
    let ran = ran.expect(0);
    assert_eq!(ran.out(), "1437\n");
    assert!(ran.words().contains("history") || ran.words().contains("folder"), "{}", ran.words());
    assert!(ran.words().starts_with("The "), "{}", ran.words());
    ran.words()
}

#[test]
fn a_broken_history_is_set_aside_and_the_lookup_is_the_first_of_a_new_one() {
    let portal = portal();
    let user = User::of(portal.webhook());
    fs::create_dir_all(user.data_dir()).unwrap();
    fs::write(
        user.data_dir().join("history.sqlite3"),
        "not a database, and long enough to be seen as none".repeat(100),
    )
    .unwrap();
    let words = answered(user.run(&["get", "CRM", "DEAL|1663"]));
    assert!(words.contains("history-set-aside-"), "{words}");
    assert_eq!(user.record()["chat_id"], 1437);
    user.run(&["get", "CRM", "DEAL|1663"]).expect(0).silent();
}

#[test]
fn a_data_folder_that_cannot_be_is_told_and_the_answer_stays() {
    let portal = portal();
    // A file stands where the folder should be: not even the superuser can write there.
    let user = User::of(portal.webhook());
    fs::write(user.data_dir(), "in the way").unwrap();
    answered(user.run(&["get", "CRM", "DEAL|1663"]));
    let json = user.run(&["get", "CRM", "DEAL|1663", "--json"]);
    assert_eq!(json.clone().expect(0).json()["chat_id"], 1437);
    assert!(!json.words().is_empty());
    for (code, exit) in [("nochat", 1), ("noscope", 3), ("empty", 5)] {
        let user = User::of(portal.scenario(code));
        fs::write(user.data_dir(), "in the way").unwrap();
        user.run(&["get", "CRM", "DEAL|1663"]).expect(exit);
    }
    user.run(&["history", "list"]).expect(6).without_data();
    user.run(&["history", "export"]).expect(6).without_data();
}

#[test]
fn without_a_home_there_is_no_history_and_still_an_answer() {
    let portal = portal();
    let mut command = User::of(portal.webhook()).command(&["get", "CRM", "DEAL|1663"]);
    command.env_remove("B24CHAT_DATA_DIR").env_remove("B24CHAT_CONFIG_DIR").env("HOME", "");
    let output = command.output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b"1437\n"[..]));
}

#[test]
fn a_missing_data_folder_is_made() {
    let portal = portal();
    let user = User::of(portal.webhook());
    assert!(!user.data_dir().exists());
    user.run(&["get", "CRM", "DEAL|1663"]).expect(0).silent();
    assert!(user.data_dir().join("history.sqlite3").is_file());
}

#[test]
fn a_log_that_cannot_be_written_is_told_before_anything_is_sent() {
    let portal = portal();
    let user = User::of(portal.webhook());
    let nowhere = user.home().join("none/log");
    let ran = user.run(&["get", "CRM", "DEAL|1663", "--log", nowhere.to_str().unwrap()]).expect(6).without_data();
    assert!(ran.words().starts_with("The log "), "{}", ran.words());
    assert_eq!(portal.requests(), 0);
}
