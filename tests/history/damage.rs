//! A broken file is set aside and never stops a lookup; a file that is merely out of reach, or newer than
//! this program, is left alone.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Stdio;
use std::sync::Barrier;
use std::thread;

use b24chat::store::StoreError;
use b24chat::store::history::{History, Recall};

use crate::support::*;

/// A history of some records, closed, with all of them in the file itself: what the log still holds would
/// make up for what is spoilt in the file.
fn whole(place: &Place) {
    let mut history = place.open();
    for number in 0..200 {
        history.keep(&numbered(number)).unwrap();
    }
    drop(history);
    let connection = rusqlite::Connection::open(place.file()).unwrap();
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

/// Spoils everything from `from` on, in place.
fn spoil(path: &Path, from: u64) {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    let length = file.metadata().unwrap().len();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(length - from).unwrap()]).unwrap();
}

/// Does something to a file that was whole.
type Damage = fn(&Path);

/// The first page holds the layout; with it alone a file opens and then fails at its content.
const FIRST_PAGE: u64 = 4096;

#[test]
fn whatever_is_wrong_with_the_file_it_is_set_aside_as_it_was_and_a_new_one_begins() {
    let cases: [(&str, Damage); 8] = [
        ("a short text", |path| fs::write(path, "not a history").unwrap()),
        ("a long text", |path| fs::write(path, "not a history\n".repeat(1_000)).unwrap()),
        ("zeros", |path| fs::write(path, vec![0; 8_192]).unwrap()),
        ("a spoilt head", |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[..100].fill(0xa5);
            fs::write(path, bytes).unwrap();
        }),
        ("half a file", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("only a head", |path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..100]).unwrap();
        }),
        ("a layout that is not there", |path| {
            fs::remove_file(path).unwrap();
            rusqlite::Connection::open(path).unwrap().execute_batch("PRAGMA user_version = 1").unwrap();
        }),
        ("tables of another program", |path| {
            fs::remove_file(path).unwrap();
            rusqlite::Connection::open(path).unwrap().execute_batch("CREATE TABLE contacts (name TEXT)").unwrap();
        }),
    ];
    for (case, damage) in cases {
        let place = Place::new();
        whole(&place);
        damage(&place.file());
        let before = fs::read(place.file()).unwrap();

        let (mut history, set_aside) = place.open_broken();
        assert_eq!(place.set_aside(), std::slice::from_ref(&set_aside.moved_to), "{case}");
        assert!(fs::read(&set_aside.moved_to).unwrap() == before, "{case}: the old file was changed");
        let words = set_aside.to_string();
        assert!(words.contains("Nothing was deleted") && words.contains("history-set-aside-2"), "{case}: {words}");
        let kept = history.keep(&numbered(7)).unwrap();
        assert_eq!(kept.set_aside, None, "{case}");
        assert_eq!(place.open().record(kept.id).unwrap(), Some(numbered(7)), "{case}");
    }
}

#[test]
fn damage_that_shows_only_when_writing_does_not_stop_the_record_from_being_kept() {
    let place = Place::new();
    whole(&place);
    spoil(&place.file(), FIRST_PAGE);
    let mut history = place.open();
    let kept = history.keep(&numbered(7)).unwrap();
    assert_eq!(place.set_aside(), [kept.set_aside.expect("the damage was not noticed").moved_to]);
    assert_eq!(history.record(kept.id).unwrap(), Some(numbered(7)));
    assert_eq!(history.keep(&numbered(8)).unwrap().set_aside, None);
    assert_eq!(list(&place.open(), "").total, 2);
}

#[test]
fn damage_that_shows_only_when_reading_is_told_once_and_then_the_new_file_is_read() {
    let place = Place::new();
    whole(&place);
    spoil(&place.file(), FIRST_PAGE);
    let history = place.open();
    let error = history.recall(&Recall { limit: 10, ..Recall::default() }).unwrap_err();
    let StoreError::SetAside(set_aside) = error else { panic!("{error}") };
    assert_eq!(place.set_aside(), [set_aside.moved_to]);
    assert_eq!(list(&history, "").total, 0);
}

#[test]
fn a_log_left_behind_goes_with_its_file_and_never_into_the_new_one() {
    let place = Place::new();
    let mut history = place.open();
    history.keep(&numbered(1)).unwrap();
    // As after a kill: the log is still there when the file is found broken.
    let log = fs::read(place.folder().join("history.sqlite3-wal")).unwrap();
    drop(history);
    fs::write(place.file(), "not a history").unwrap();
    fs::write(place.folder().join("history.sqlite3-wal"), &log).unwrap();

    let (history, set_aside) = place.open_broken();
    assert_eq!(list(&history, "").total, 0);
    let mut moved = set_aside.moved_to.into_os_string();
    moved.push("-wal");
    assert!(fs::read(moved).unwrap() == log);
}

#[test]
fn two_files_set_aside_in_one_second_do_not_overwrite_each_other() {
    let place = Place::new();
    for number in 1..=3 {
        fs::write(place.file(), format!("not a history {number}")).unwrap();
        place.open_broken();
    }
    let mut texts: Vec<_> = place.set_aside().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    texts.sort();
    assert_eq!(texts, ["not a history 1", "not a history 2", "not a history 3"]);
}

/// Not a test of its own: one process of a crowd that meets a broken file.
#[test]
fn a_process_that_meets_a_broken_file() {
    let Some(file) = role("finder") else { return };
    let mut history = History::open(&file).unwrap().history;
    for number in 0..5 {
        history.keep(&numbered(number)).unwrap();
    }
}

#[test]
fn processes_that_meet_the_broken_file_at_once_set_it_aside_once_and_lose_nothing() {
    // Broken from the start, and broken where it shows only in writing.
    for from in [0, FIRST_PAGE] {
        let place = Place::new();
        whole(&place);
        spoil(&place.file(), from);
        let crowd: Vec<_> = (0..6)
            .map(|_| {
                let name = "damage::a_process_that_meets_a_broken_file";
                let mut command = as_another_process(name, "finder", &place.file());
                command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for member in crowd {
            let output = member.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(place.set_aside().len(), 1);
        assert_eq!(list(&place.open(), "").total, 30);
    }
}

#[test]
fn however_often_a_broken_file_is_opened_at_once_no_one_sets_aside_the_new_file_of_another() {
    for round in 0..25 {
        let place = Place::new();
        fs::write(place.file(), "not a history").unwrap();
        let start = Barrier::new(4);
        let found: usize = thread::scope(|scope| {
            let open = || {
                start.wait();
                let mut opened = History::open(&place.file()).unwrap();
                opened.history.keep(&numbered(round)).unwrap();
                usize::from(opened.set_aside.is_some())
            };
            let threads = [(); 4].map(|()| scope.spawn(open));
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!((found, place.set_aside().len()), (1, 1));
        assert_eq!(list(&place.open(), "").total, 4);
    }
}

#[cfg(unix)]
#[test]
fn everyone_who_had_the_broken_file_open_is_told_and_keeps_in_the_same_new_file() {
    let place = Place::new();
    whole(&place);
    spoil(&place.file(), FIRST_PAGE);
    let start = Barrier::new(4);
    let told: Vec<_> = thread::scope(|scope| {
        let keep = || {
            let mut history = place.open();
            start.wait();
            history.keep(&numbered(7)).unwrap().set_aside.expect("was not told").moved_to
        };
        let threads = [(); 4].map(|()| scope.spawn(keep));
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let aside = place.set_aside();
    assert_eq!(aside.len(), 1);
    assert!(told.iter().all(|path| *path == aside[0]), "{told:?}");
    assert_eq!(list(&place.open(), "").total, 4);
}

/// As another process does it.
#[cfg(unix)]
fn set_aside_by_hand(place: &Place) {
    for suffix in ["-wal", "-shm", ""] {
        let name = |stem: &str| place.folder().join(format!("{stem}.sqlite3{suffix}"));
        fs::rename(name("history"), name("history-set-aside-x")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn who_still_has_the_old_file_open_is_told_and_keeps_in_the_new_one() {
    let place = Place::new();
    let (mut writer, reader) = (place.open(), place.open());
    writer.keep(&numbered(1)).unwrap();
    assert_eq!(list(&reader, "").total, 1);
    set_aside_by_hand(&place);
    let new = place.open();

    let kept = writer.keep(&numbered(2)).unwrap();
    assert_eq!(kept.set_aside.expect("the writer was not told").moved_to, place.set_aside()[0]);
    assert_eq!(new.record(kept.id).unwrap(), Some(numbered(2)));
    let error = reader.recall(&Recall { limit: 9, ..Recall::default() }).unwrap_err();
    assert!(matches!(error, StoreError::SetAside(_)), "{error:?}");
    assert_eq!(list(&reader, "").rows, list(&new, "").rows);
}

#[cfg(unix)]
#[test]
fn closing_a_file_that_was_set_aside_does_not_harm_the_new_one() {
    let place = Place::new();
    let mut old = place.open();
    old.keep(&numbered(1)).unwrap();
    set_aside_by_hand(&place);
    let mut new = place.open();
    let id = new.keep(&numbered(2)).unwrap().id;
    drop(old);
    let log = fs::metadata(place.folder().join("history.sqlite3-wal")).unwrap();
    assert!(log.len() > 0, "the new file lost its log");
    assert_eq!(place.open().record(id).unwrap(), Some(numbered(2)));
}

#[test]
fn a_history_of_a_newer_program_is_refused_and_not_touched() {
    let place = Place::new();
    whole(&place);
    let newer = rusqlite::Connection::open(place.file()).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    newer.close().unwrap();
    let before = fs::read(place.file()).unwrap();

    let error = History::open(&place.file()).err().expect("it was opened");
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    let words = error.to_string();
    assert!(words.contains("newer b24chat") && words.contains("Update b24chat"), "{words}");
    assert!(fs::read(place.file()).unwrap() == before);
    assert_eq!(place.set_aside().len(), 0);
}

#[test]
fn a_folder_in_the_place_of_the_file_is_refused_in_words() {
    let place = Place::new();
    fs::create_dir(place.file()).unwrap();
    let words = History::open(&place.file()).err().expect("it was opened").to_string();
    assert!(words.contains("may not be opened") && words.contains("not kept"), "{words}");
    assert!(place.file().is_dir());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused_in_words() {
    let place = Place::new();
    fs::write(place.folder().join("data"), "").unwrap();
    let error = History::open(&place.folder().join("data/history.sqlite3")).err().expect("it was opened");
    assert!(matches!(error, StoreError::Folder { .. }), "{error}");
}
