//! Records to keep, a place to keep them, and this test program run again as another process.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use b24chat::domain::entity::EntityPair;
use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::End;
use b24chat::domain::phases::Phases;
use b24chat::domain::record::{Record, RecordId};
use b24chat::domain::reply::{Parts, Reply};
use b24chat::domain::request::Sent;
use b24chat::store::history::{History, Page, Recall, SetAside};
use jiff::Timestamp;
use tempfile::TempDir;

/// A folder of its own, gone with the test.
pub struct Place {
    folder: TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self) -> PathBuf {
        self.folder().join("history.sqlite3")
    }

    /// Opens a history that is expected to be whole.
    pub fn open(&self) -> History {
        let opened = History::open(&self.file()).unwrap();
        assert_eq!(opened.set_aside, None);
        opened.history
    }

    /// Opens a history that is expected to be broken.
    pub fn open_broken(&self) -> (History, SetAside) {
        let opened = History::open(&self.file()).unwrap();
        (opened.history, opened.set_aside.expect("the file was taken for whole"))
    }

    /// The databases that were set aside, without the files that belong to them.
    pub fn set_aside(&self) -> Vec<PathBuf> {
        let names = fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path());
        let is_aside = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with("history-set-aside-") && name.ends_with(".sqlite3")
        };
        names.filter(is_aside).collect()
    }
}

pub fn answered(entity_type: &str, entity_id: &str, status: u16, body: &str) -> Record {
    record(entity_type, entity_id, End::Answered(Reply::new(parts(status, body.as_bytes().to_vec()))))
}

pub fn failed(entity_type: &str, entity_id: &str, failure: Failure) -> Record {
    let phases = Phases { total: Duration::from_millis(212), ..Phases::default() };
    record(entity_type, entity_id, End::Failed { failure, phases })
}

/// The number can be found again in the record's id and in its chat.
pub fn numbered(number: u32) -> Record {
    answered("CRM", &format!("DEAL|{number}"), 200, &format!(r#"{{"result":{{"ID":{}}}}}"#, number + 1))
}

fn parts(status: u16, body: Vec<u8>) -> Parts {
    Parts {
        status,
        version: "HTTP/2".into(),
        headers: vec![("content-type".into(), "application/json; charset=utf-8".into())],
        body,
        cut: None,
        phases: Phases {
            wait: Some(Duration::from_millis(160)),
            total: Duration::from_millis(212),
            ..Phases::default()
        },
    }
}

fn record(entity_type: &str, entity_id: &str, end: End) -> Record {
    Record {
        asked_at: Timestamp::from_millisecond(1_772_035_417_123).unwrap(),
        profile: "acme".into(),
        portal: "acme.bitrix24.com".into(),
        site: "https://acme.bitrix24.com".into(),
        pair: EntityPair::new(entity_type, entity_id).unwrap(),
        sent: Sent {
            method: "POST".into(),
            url: "https://acme.bitrix24.com/rest/27/****/im.chat.get".into(),
            headers: vec![("accept".into(), "application/json".into())],
            body: format!(r#"{{"ENTITY_TYPE":"{entity_type}","ENTITY_ID":"{entity_id}"}}"#),
        },
        end,
    }
}

pub fn list(history: &History, filter: &str) -> Page {
    history.recall(&Recall { filter: filter.to_owned(), before: None, limit: usize::MAX }).unwrap()
}

pub fn ids(page: &Page) -> Vec<RecordId> {
    page.rows.iter().map(|row| row.id).collect()
}

/// This program again, running the one test of that name with a role for it to find in the environment.
pub fn as_another_process(test: &str, role: &str, file: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([test, "--exact", "--nocapture"]).env("B24CHAT_TEST_ROLE", role).env("B24CHAT_TEST_FILE", file);
    command
}

/// The file to work on, when this process was started for that role.
pub fn role(role: &str) -> Option<PathBuf> {
    (env::var("B24CHAT_TEST_ROLE").ok()? == role).then(|| env::var_os("B24CHAT_TEST_FILE").unwrap().into())
}
