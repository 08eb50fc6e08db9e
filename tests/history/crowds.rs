//! Several threads and processes at the same history.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::sync::Barrier;
use std::thread;

use b24chat::store::history::History;

use crate::support::*;

const MEMBER: &str = "member";
const EACH: u32 = 25;

/// Not a test of its own: one process of a crowd, which opens the history anew for every fifth record.
#[test]
fn a_process_of_a_crowd() {
    let Some(file) = role(MEMBER) else { return };
    for hand in 0..EACH / 5 {
        let mut history = History::open(&file).unwrap().history;
        for number in 0..5 {
            history.keep(&numbered(hand * 5 + number)).unwrap();
        }
    }
}

#[test]
fn processes_that_begin_and_write_at_once_lose_nothing() {
    let place = Place::new();
    let crowd: Vec<_> = (0..6)
        .map(|_| {
            let mut command = as_another_process("crowds::a_process_of_a_crowd", MEMBER, &place.file());
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for member in crowd {
        let output = member.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let page = list(&place.open(), "");
    assert_eq!(page.total, u64::from(6 * EACH));
    for number in 0..EACH {
        let same = page.rows.iter().filter(|row| row.pair == numbered(number).pair).count();
        assert_eq!(same, 6, "of record {number}");
    }
    assert_eq!(place.set_aside().len(), 0);
}

#[test]
fn threads_with_a_history_each_read_and_write_at_once() {
    let place = Place::new();
    let start = Barrier::new(4);
    let kept: BTreeSet<_> = thread::scope(|scope| {
        let write = || {
            start.wait();
            let mut history = place.open();
            let keep = |number| {
                let id = history.keep(&numbered(number)).unwrap().id;
                assert_eq!(list(&history, "deal").rows.iter().filter(|row| row.id == id).count(), 1);
                id
            };
            (0..EACH).map(keep).collect::<Vec<_>>()
        };
        let writers = [(); 4].map(|()| scope.spawn(write));
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    let found: BTreeSet<_> = ids(&list(&place.open(), "")).into_iter().collect();
    assert_eq!(found, kept);
    assert_eq!(found.len(), 4 * EACH as usize);
}
