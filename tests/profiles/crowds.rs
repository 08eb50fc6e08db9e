//! Several processes that change the file at once.

use std::env;
use std::process::{Command, Stdio};

use b24chat::store::profiles::Profiles;

use crate::support::*;

const ROLE: &str = "B24CHAT_TEST_ADDS";
const EACH: usize = 10;

/// Not a test of its own: one process of a crowd.
#[test]
fn a_process_of_a_crowd() {
    let Ok(role) = env::var(ROLE) else { return };
    let (member, file) = role.split_once(' ').unwrap();
    for number in 0..EACH {
        let entry = webhook(&format!("p{member}-{number}"));
        Profiles::edit(file.as_ref(), |profiles| profiles.add(&entry)).unwrap();
        if number % 2 == 1 {
            Profiles::edit(file.as_ref(), |profiles| profiles.remove(&entry.name)).unwrap();
        }
    }
}

#[test]
fn processes_that_change_the_file_at_once_lose_no_change_of_each_other() {
    let place = Place::new();
    let crowd: Vec<_> = (0..4)
        .map(|member| {
            let mut command = Command::new(env::current_exe().unwrap());
            command.args(["crowds::a_process_of_a_crowd", "--exact", "--nocapture"]);
            command.env(ROLE, format!("{member} {}", place.file().display()));
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for member in crowd {
        let output = member.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut found = names(&place.load());
    found.sort();
    let mut expected: Vec<_> =
        (0..4).flat_map(|member| (0..EACH).step_by(2).map(move |number| format!("p{member}-{number}"))).collect();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(place.text().matches("# Profiles of b24chat").count(), 1);
}
