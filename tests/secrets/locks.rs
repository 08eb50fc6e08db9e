//! The lock of a refresh, and several processes that store secrets at once.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use b24chat::domain::credential::Secret;
use b24chat::store::Places;
use b24chat::store::refresh_lock::RefreshLock;
use b24chat::store::secrets::{SecretTrouble, Secrets, Stored};

use crate::support::*;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(60);

/// Not a test of its own: a process that takes the lock and keeps it as long as its input is open.
#[test]
fn a_process_that_holds_the_lock() {
    let Some(places) = role("holder") else { return };
    let _lock = RefreshLock::acquire(&places, "acme", LONG).unwrap();
    eprintln!("held");
    drop(std::io::stdin().read_to_end(&mut Vec::new()));
}

fn holder(place: &Place) -> Child {
    let mut command = as_another_process("locks::a_process_that_holds_the_lock", "holder", place.folder());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let first = BufReader::new(child.stderr.take().unwrap()).lines().next().unwrap().unwrap();
    assert_eq!(first, "held");
    child
}

#[test]
fn one_holder_at_a_time_for_each_profile_of_each_folder_of_settings() {
    let place = Place::new();
    let lock = RefreshLock::acquire(&place.places(), "acme", SHORT).unwrap();
    let busy = RefreshLock::acquire(&place.places(), "acme", SHORT).unwrap_err();
    assert!(matches!(busy, SecretTrouble::Busy { .. }), "{busy}");
    let other = Places { config_dir: place.folder().join("other"), ..place.places() };
    let _others = RefreshLock::acquire(&other, "acme", SHORT).unwrap();
    let _office = RefreshLock::acquire(&place.places(), "office", SHORT).unwrap();
    drop(lock);
    RefreshLock::acquire(&place.places(), "acme", SHORT).unwrap();
}

#[test]
fn the_lock_of_a_killed_process_is_free_at_once() {
    let place = Place::new();
    let mut child = holder(&place);
    assert!(RefreshLock::acquire(&place.places(), "acme", SHORT).is_err());
    child.kill().unwrap();
    child.wait().unwrap();
    RefreshLock::acquire(&place.places(), "acme", SHORT).unwrap();
}

#[test]
fn who_waits_gets_the_lock_when_it_is_let_go() {
    let place = Place::new();
    let mut child = holder(&place);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| RefreshLock::acquire(&place.places(), "acme", LONG).map(drop));
        drop(child.stdin.take());
        waiting.join().unwrap().unwrap();
    });
    assert!(child.wait().unwrap().success());
}

/// Not a test of its own: one process of a crowd.
#[test]
fn a_process_of_a_crowd() {
    let Some(places) = role("member") else { return };
    let member = std::env::var("B24CHAT_TEST_MEMBER").unwrap();
    for number in 0..10 {
        let stored = Stored::Webhook(Secret::new(format!("{member}-{number}")));
        Secrets::without_keyring(&places).write(&format!("p{member}"), &stored).unwrap();
    }
}

#[test]
fn processes_that_store_at_once_lose_no_secret_of_each_other() {
    let place = Place::new();
    let start = |member: usize| {
        let mut command = as_another_process("locks::a_process_of_a_crowd", "member", place.folder());
        command.env("B24CHAT_TEST_MEMBER", member.to_string()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    for member in (0..4).map(start).collect::<Vec<_>>() {
        let output = member.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    for member in 0..4 {
        let mut entry = webhook();
        entry.name = format!("p{member}");
        let expected = Stored::Webhook(Secret::new(format!("{member}-9")));
        assert_eq!(place.secrets().read(&entry).unwrap(), expected);
    }
}
