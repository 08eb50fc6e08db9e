//! A history that is out of reach is not a broken one: it is said in words and nothing is renamed. As the
//! superuser reaches everything, the tests act as another user then.

#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, ffi};

use b24chat::domain::record::RecordId;
use b24chat::store::StoreError;
use b24chat::store::history::History;

use crate::support::*;

const NOBODY: u32 = 65_534;

/// Runs the body with ordinary rights: here, or as this program again when it runs as the superuser.
fn as_ordinary_user(test: &str, body: fn(&Path)) {
    if let Some(folder) = role("ordinary") {
        return body(&folder);
    }
    let place = Place::new();
    if !rustix::process::geteuid().is_root() {
        return body(place.folder());
    }
    // Where this program was built may be closed to others.
    let copy = place.folder().join("test");
    fs::copy(env::current_exe().unwrap(), &copy).unwrap();
    let data = place.folder().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(place.folder(), Permissions::from_mode(0o755)).unwrap();
    chown(&data, Some(NOBODY), Some(NOBODY)).unwrap();
    let told = as_another_process(&format!("reach::{test}"), "ordinary", &data);
    let mut command = Command::new(copy);
    command.args(told.get_args()).current_dir("/").uid(NOBODY).gid(NOBODY);
    command.envs(told.get_envs().filter_map(|(name, value): (&ffi::OsStr, _)| Some((name, value?))));
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("1 passed"), "no test has that name: {said}");
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    names
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn refusal(file: &Path) -> StoreError {
    History::open(file).err().expect("it was opened")
}

#[test]
fn a_file_that_may_not_be_read_stays_where_it_is() {
    as_ordinary_user("a_file_that_may_not_be_read_stays_where_it_is", |folder| {
        let file = folder.join("history.sqlite3");
        History::open(&file).unwrap().history.keep(&numbered(1)).unwrap();
        let before = names(folder);
        mode(&file, 0o000);
        let error = refusal(&file);
        assert!(matches!(error, StoreError::Denied { .. }), "{error:?}");
        let words = error.to_string();
        assert!(words.contains("may not be opened") && words.contains("not kept"), "{words}");
        assert_eq!(names(folder), before);
        mode(&file, 0o600);
        let history = History::open(&file).unwrap().history;
        assert_eq!(history.record(RecordId(1)).unwrap(), Some(numbered(1)));
    });
}

#[test]
fn a_file_that_may_only_be_read_is_read_and_says_why_it_keeps_nothing() {
    as_ordinary_user("a_file_that_may_only_be_read_is_read_and_says_why_it_keeps_nothing", |folder| {
        let file = folder.join("history.sqlite3");
        History::open(&file).unwrap().history.keep(&numbered(1)).unwrap();
        mode(&file, 0o400);
        let mut history = History::open(&file).unwrap().history;
        assert_eq!(list(&history, "").total, 1);
        let error = history.keep(&numbered(2)).unwrap_err();
        assert!(matches!(error, StoreError::Denied { .. }), "{error:?}");
        assert!(names(folder).iter().all(|path| !path.to_string_lossy().contains("set-aside")));
    });
}

#[test]
fn a_folder_that_may_not_be_written_is_said() {
    as_ordinary_user("a_folder_that_may_not_be_written_is_said", |folder| {
        let folder = folder.join("closed");
        fs::create_dir(&folder).unwrap();
        mode(&folder, 0o500);
        let error = refusal(&folder.join("history.sqlite3"));
        assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
        assert!(error.to_string().contains("B24CHAT_DATA_DIR"), "{error}");
        mode(&folder, 0o700);
    });
}

#[test]
fn a_broken_file_that_cannot_be_moved_is_said_and_stays() {
    as_ordinary_user("a_broken_file_that_cannot_be_moved_is_said_and_stays", |folder| {
        let folder = folder.join("closed");
        let file = folder.join("history.sqlite3");
        drop(History::open(&file).unwrap());
        fs::write(&file, "not a history").unwrap();
        mode(&folder, 0o500);
        let error = refusal(&file);
        assert!(matches!(error, StoreError::Stuck { .. }), "{error:?}");
        assert!(error.to_string().contains("by hand"), "{error}");
        mode(&folder, 0o700);
        assert_eq!(fs::read_to_string(&file).unwrap(), "not a history");
    });
}
