//! A process that is killed while it stores a new chain leaves the old one or the new one, whole.

use std::collections::hash_map::RandomState;
use std::env;
use std::hash::BuildHasher;
use std::io::{self, BufRead, BufReader, Write};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use b24chat::store::secrets::{Secrets, Stored};

use crate::support::*;

const WRITER: &str = "writer";

/// How many processes are killed; more on request.
fn kills() -> usize {
    env::var("B24CHAT_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Not a test of its own: what a process does that is going to be killed.
#[test]
fn a_process_that_stores_chains_until_it_is_killed() {
    let Some(places) = role(WRITER) else { return };
    let secrets = Secrets::without_keyring(&places);
    let first = secrets.read(&oauth()).map_or(0, |stored| number(&stored) + 1);
    for number in first.. {
        secrets.write("acme", &chain(number)).unwrap();
        // Straight to the pipe, in one write: what was said before the kill is read after it.
        io::stderr().write_all(format!("kept {number}\n").as_bytes()).unwrap();
    }
}

/// The number of a chain, all of whose parts have to belong together.
fn number(stored: &Stored) -> u32 {
    let Stored::OAuth(found) = stored else { panic!("a chain was stored") };
    let number = found.access.expose().rsplit_once('-').unwrap().1.parse().unwrap();
    assert_eq!(stored, &chain(number));
    number
}

#[test]
fn whenever_a_writer_is_killed_the_newest_promised_chain_or_a_newer_one_is_there() {
    let place = Place::new();
    let mut promised = 0;
    for killed in 0..kills() {
        let name = "kills::a_process_that_stores_chains_until_it_is_killed";
        let mut command = as_another_process(name, WRITER, place.folder());
        let mut writer = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(writer.stderr.take().unwrap()).lines().map(Result::unwrap);
        let mut lines: Vec<String> = said.by_ref().take(1 + killed % 3).collect();
        // Not a wait for anything: the kill is to hit any moment of a write.
        thread::sleep(Duration::from_micros(below(6_000)));
        writer.kill().unwrap();
        assert!(!writer.wait().unwrap().success());
        lines.extend(said);
        let last = lines.last().unwrap();
        let last: u32 = last.strip_prefix("kept ").unwrap_or_else(|| panic!("it said {last}")).parse().unwrap();
        assert!(killed == 0 || last > promised, "after {killed} kills");
        promised = last;
        let found = number(&place.secrets().read(&oauth()).unwrap());
        assert!(found == promised || found == promised + 1, "{found} is there and {promised} was promised");
    }
}

/// Another moment each time, and from run to run.
fn below(limit: u64) -> u64 {
    RandomState::new().hash_one(()) % limit
}
