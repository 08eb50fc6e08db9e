//! The terminal goes away: a closed window, a lost connection. Nothing is left running, and what was asked
//! is in the history.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use super::support::*;

/// Set for this program when it runs again, to hold a terminal that can be taken away from outside.
const HOLDER: &str = "B24CHAT_TEST_HOLDER_OF";

#[test]
fn the_explorer_ends_when_its_terminal_goes_away_and_keeps_what_was_asked() {
    if let Ok(portal) = std::env::var(HOLDER) {
        return hold(&portal);
    }
    let portal = Portal::start();
    let home = Home::new();
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["terminal::hangup::the_explorer_ends_when_its_terminal_goes_away_and_keeps_what_was_asked", "--exact"])
        .arg("--nocapture")
        .env(HOLDER, format!("{} {}", portal.root(), home.data_dir().display()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    let pid = lines.find_map(|line| line.unwrap().split_once("the explorer is ")?.1.parse().ok()).unwrap();
    portal.wait_for_open(1);
    holder.kill().unwrap();
    holder.wait().unwrap();
    portal.wait_for_open(0);
    until("the explorer to end", || Process(pid).has_ended().then_some(()));
    assert_eq!(home.wait_for_records(1)[0].pair.entity_id(), "DEAL|1663");
}

/// Has an explorer ask in a terminal, until killed.
fn hold(asked: &str) {
    let (root, data_dir) = asked.split_once(' ').unwrap();
    let home = Home::new();
    let mut command = home.command(PROGRAM, &[]);
    command.env("B24CHAT_PORTAL", root);
    command.env("B24CHAT_TOKEN", "hang");
    command.env("B24CHAT_DATA_DIR", data_dir);
    let mut tty = ready(Tty::spawn(command, 120, 36));
    tty.press("DEAL|1663");
    tty.press(ENTER);
    println!("the explorer is {}", tty.pid());
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}
