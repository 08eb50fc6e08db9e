//! The keyring of a desktop, well and unwell. What asks it is another process each time, because the
//! environment tells where it is.

use std::os::unix::net::UnixListener;
use std::process::Output;
use std::time::{Duration, Instant};

use b24chat::store::secrets::Secrets;

use crate::keyring_played::{Mood, Played};
use crate::support::*;

/// Not a test of its own: does what it is told, and says what came of it in lines.
#[test]
fn a_process_that_works_with_the_keyring() {
    let Some(places) = role("keyring") else { return };
    let secrets = Secrets::new(&places);
    for order in std::env::var("B24CHAT_TEST_ORDERS").unwrap().split_whitespace() {
        match order.split_once(':').unwrap_or((order, "")) {
            ("write", number) => match secrets.write("acme", &chain(number.parse().unwrap())) {
                Ok(home) => eprintln!("said: written {}", home.words()),
                Err(trouble) => eprintln!("said: {trouble} {trouble:?}"),
            },
            ("read", _) => match secrets.read(&oauth()) {
                Ok(stored) => {
                    let number = (0..10).find(|number| chain(*number) == stored).unwrap();
                    eprintln!("said: read {number} {}", secrets.home_of(&oauth()).unwrap());
                }
                Err(trouble) => eprintln!("said: {trouble} {trouble:?}"),
            },
            ("forget", _) => eprintln!("said: {:?}", secrets.forget("acme")),
            (other, _) => panic!("{other}"),
        }
        for note in secrets.take_notes() {
            eprintln!("said: note {note}");
        }
    }
}

fn order(place: &Place, address: &str, orders: &str) -> Vec<String> {
    let name = "keyring::a_process_that_works_with_the_keyring";
    let mut command = as_another_process(name, "keyring", place.folder());
    command.env("DBUS_SESSION_BUS_ADDRESS", address).env("B24CHAT_TEST_ORDERS", orders).env_remove("B24CHAT_KEYRING");
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert!(status.success(), "{said}{}", String::from_utf8_lossy(&stdout));
    assert!(!said.contains(CANARY), "{said}");
    said.lines().filter_map(|line| line.strip_prefix("said: ")).map(str::to_owned).collect()
}

fn has_file(place: &Place) -> bool {
    place.places().secrets_file().exists()
}

#[test]
fn where_a_keyring_answers_it_holds_the_secret_and_no_file_does() {
    let place = Place::new();
    let keyring = Played::start(place.folder(), Mood::Works);
    let said = order(&place, &keyring.address(), "write:1 read write:2 read");
    let written = "written in the keyring of this system";
    let read = |number| format!("read {number} in the keyring of this system");
    assert_eq!(said, [written, &read(1), written, &read(2)]);
    assert!(!has_file(&place));
    assert_eq!(keyring.texts().len(), 1);
    assert_eq!(order(&place, &keyring.address(), "read forget"), [read(2), "Ok(())".to_owned()]);
    assert_eq!(keyring.texts().len(), 0);
    let said = order(&place, &keyring.address(), "read");
    assert!(said[0].starts_with("no secret is stored for the profile acme"), "{said:?}");
}

#[test]
fn a_keyring_that_is_absent_locked_or_unreliable_is_told_and_the_file_used() {
    for (mood, why) in [
        (Mood::Absent, "no keyring answers on this system"),
        (Mood::Locked, "the keyring of this system is locked"),
        (Mood::Prompts, "the keyring of this system is locked"),
        (Mood::Forgets, "the keyring of this system refused or answered wrongly"),
    ] {
        let place = Place::new();
        let keyring = Played::start(place.folder(), mood);
        let said = order(&place, &keyring.address(), "write:1 read");
        assert!(said[0].starts_with("written in the file "), "{mood:?}: {said:?}");
        assert_eq!(said[1], format!("note {why}, so the secret was put into a file"));
        assert!(said[2].starts_with("read 1 in the file "), "{mood:?}: {said:?}");
        assert!(has_file(&place));
        assert!(!keyring.calls().iter().any(|call| call == "Unlock" || call == "Prompt"));
    }
}

#[test]
fn a_keyring_that_was_left_behind_is_never_taken_for_the_newest() {
    let place = Place::new();
    let keyring = Played::start(place.folder(), Mood::Works);
    order(&place, &keyring.address(), "write:1");
    keyring.change_mood(Mood::Prompts);
    assert!(order(&place, &keyring.address(), "write:2")[0].starts_with("written in the file "));
    keyring.change_mood(Mood::Works);
    let said = order(&place, &keyring.address(), "read write:3 read");
    assert!(said[0].starts_with("read 2 in the file "), "{said:?}");
    assert!(said[2].starts_with("read 3 in the file "), "{said:?}");
    order(&place, &keyring.address(), "forget");
    assert_eq!(keyring.texts().len(), 0);
    assert!(order(&place, &keyring.address(), "read")[0].starts_with("no secret is stored"));
}

#[test]
fn a_locked_keyring_is_named_when_the_secret_is_in_no_file() {
    let place = Place::new();
    let keyring = Played::start(place.folder(), Mood::Works);
    order(&place, &keyring.address(), "write:1");
    keyring.change_mood(Mood::Locked);
    let said = order(&place, &keyring.address(), "read forget");
    assert!(said[0].contains("is locked") && said[0].contains("unlock it and try again"), "{said:?}");
    assert!(said[2].contains("may still be in it"), "{said:?}");
}

#[test]
fn a_keyring_that_takes_the_call_and_never_answers_does_not_hang_us() {
    let place = Place::new();
    let socket = place.folder().join("bus");
    let _silent = UnixListener::bind(&socket).unwrap();
    let started = Instant::now();
    let said = order(&place, &format!("unix:path={}", socket.display()), "read write:1 read");
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
    assert!(said[0].contains("did not answer within 2 seconds"), "{said:?}");
    assert!(said[1].starts_with("written in the file "), "{said:?}");
    assert!(said[2].contains("did not answer within 2 seconds, so the secret was put into a file"), "{said:?}");
    assert!(said[3].starts_with("read 1 in the file "), "{said:?}");
}

#[test]
fn where_there_is_no_bus_the_file_is_used() {
    let place = Place::new();
    let said = order(&place, &format!("unix:path={}/nothing", place.folder().display()), "write:1 read");
    assert!(said[0].starts_with("written in the file "), "{said:?}");
    assert!(said[1].contains("no keyring answers on this system"), "{said:?}");
    assert!(said[2].starts_with("read 1 in the file "), "{said:?}");
}
