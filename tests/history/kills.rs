//! A process that is killed loses nothing that it was told is kept.

use std::collections::hash_map::RandomState;
use std::env;
use std::hash::BuildHasher;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use b24chat::domain::record::RecordId;
use b24chat::store::history::History;

use crate::support::*;

const WRITER: &str = "writer";

/// How many processes are killed; more on request.
fn kills() -> usize {
    env::var("B24CHAT_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Not a test of its own: what a process does that is going to be killed.
#[test]
fn a_process_that_keeps_records_until_it_is_killed() {
    let Some(file) = role(WRITER) else { return };
    let mut history = History::open(&file).unwrap().history;
    for number in 0.. {
        let kept = history.keep(&numbered(number)).unwrap();
        assert_eq!(kept.set_aside, None);
        // Straight to the pipe, in one write: what was said before the kill is read after it.
        io::stderr().write_all(format!("kept {} {number}\n", kept.id.0).as_bytes()).unwrap();
    }
}

struct Writer(Child);

impl Writer {
    fn start(place: &Place) -> Self {
        let name = "kills::a_process_that_keeps_records_until_it_is_killed";
        let mut command = as_another_process(name, WRITER, &place.file());
        Self(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Kills it a while after its `acknowledged`th record, and tells what it had said: ids and numbers.
    fn kill_after(mut self, acknowledged: usize, a_while: Duration) -> Vec<(RecordId, u32)> {
        let mut said = BufReader::new(self.0.stderr.take().unwrap()).lines().map(Result::unwrap);
        let mut lines: Vec<String> = said.by_ref().take(acknowledged).collect();
        // Not a wait for anything: the kill is to hit any moment of a write.
        thread::sleep(a_while);
        self.0.kill().unwrap();
        assert!(!self.0.wait().unwrap().success());
        lines.extend(said);
        lines.iter().map(|line| parse(line).unwrap_or_else(|| panic!("the writer said {line}"))).collect()
    }
}

fn parse(line: &str) -> Option<(RecordId, u32)> {
    let (id, number) = line.strip_prefix("kept ")?.split_once(' ')?;
    Some((RecordId(id.parse().ok()?), number.parse().ok()?))
}

#[test]
fn no_kept_record_is_lost_and_the_file_stays_whole_however_often_its_writers_are_killed() {
    let place = Place::new();
    let mut promised = Vec::new();
    let mut killed = 0;
    while killed < kills() {
        // Two at a time, so that one is often killed while the other writes or waits.
        let plans = [(); 2].map(|()| (usize::try_from(below(20)).unwrap(), Duration::from_micros(below(4_000))));
        let writers = plans.map(|plan| (Writer::start(&place), plan));
        let threads =
            writers.map(|(writer, (count, a_while))| thread::spawn(move || writer.kill_after(count, a_while)));
        for thread in threads {
            promised.extend(thread.join().unwrap());
            killed += 1;
        }
        let history = place.open();
        for (id, number) in promised.iter().rev().take(100) {
            assert_eq!(history.record(*id).unwrap(), Some(numbered(*number)), "after {killed} kills");
        }
    }
    let history = place.open();
    for (id, number) in &promised {
        assert_eq!(history.record(*id).unwrap(), Some(numbered(*number)));
    }
    assert!(promised.len() > kills(), "only {} records were kept before the kills", promised.len());
    drop(history);
    let judge = rusqlite::Connection::open(place.file()).unwrap();
    let verdict: String = judge.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    assert_eq!(place.set_aside().len(), 0);
}

/// Another moment each time, and from run to run.
fn below(limit: u64) -> u64 {
    RandomState::new().hash_one(()) % limit
}
