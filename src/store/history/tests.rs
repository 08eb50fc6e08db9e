//! What only the inside can bring about: a disk without room.

use std::fs;
use std::time::Duration;

use super::*;
use crate::domain::entity::EntityPair;
use crate::domain::failure::Failure;
use crate::domain::lookup::End;
use crate::domain::phases::Phases;
use crate::domain::request::Sent;

fn record() -> Record {
    Record {
        asked_at: jiff::Timestamp::UNIX_EPOCH,
        profile: "acme".into(),
        portal: "acme.bitrix24.com".into(),
        site: "https://acme.bitrix24.com".into(),
        pair: EntityPair::new("CRM", "DEAL|1663").unwrap(),
        sent: Sent { method: "POST".into(), url: String::new(), headers: Vec::new(), body: "x".repeat(100_000) },
        end: End::Failed { failure: Failure::Cancelled { after: Duration::from_secs(1) }, phases: Phases::default() },
    }
}

fn give_room(history: &History, pages: i64) {
    let live = history.live.borrow();
    live.as_ref().unwrap().connection.pragma_update(None, "max_page_count", pages).unwrap();
}

#[test]
fn a_full_disk_is_said_and_nothing_is_renamed_and_with_room_again_records_are_kept_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("history.sqlite3");
    let mut history = History::open(&path).unwrap().history;
    let first = history.keep(&record()).unwrap().id;
    give_room(&history, 40);
    let error = history.keep(&record()).unwrap_err();
    assert!(matches!(&error, StoreError::Full { path: full } if *full == path), "{error}");
    let words = error.to_string();
    assert!(words.contains("is full") && words.contains("not kept") && words.contains("Free some space"), "{words}");
    assert_eq!(history.record(first).unwrap(), Some(record()));

    give_room(&history, 1_000_000);
    let second = history.keep(&record()).unwrap();
    assert_eq!(second.set_aside, None);
    assert_eq!(history.recall(&Recall { limit: 9, ..Recall::default() }).unwrap().total, 2);
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains("set-aside")), "{names:?}");
}
