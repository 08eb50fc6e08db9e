//! A place for one test: a home folder and a data folder of its own, and an environment with nothing of
//! the machine's in it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use b24chat::domain::record::Record;
use b24chat::store::history::{History, Recall};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use super::portal::Portal;
use super::tty::Tty;
use super::until::until;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_b24chat");

pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder().join("data")
    }

    pub fn history_file(&self) -> PathBuf {
        self.data_dir().join("history.sqlite3")
    }

    /// Any program, in the clean environment.
    pub fn command(&self, program: impl AsRef<OsStr>, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder());
        command.env("TERM", "xterm-256color");
        command.env("TZ", "UTC");
        command.env("B24CHAT_DATA_DIR", self.data_dir());
        command.env("B24CHAT_CONFIG_DIR", self.folder().join("config"));
        command.cwd(self.folder());
        command.args(arguments);
        command
    }

    /// The explorer on its demo portal.
    pub fn demo(&self) -> CommandBuilder {
        self.command(PROGRAM, &["--demo"])
    }

    /// The explorer on a webhook.
    pub fn with_webhook(&self, webhook: &str) -> CommandBuilder {
        let mut command = self.command(PROGRAM, &[]);
        command.env("B24CHAT_WEBHOOK", webhook);
        command
    }

    /// The explorer on one of the demo portal's scenarios. Its code goes in as an access token: some codes
    /// are too short for a webhook's.
    pub fn with_scenario(&self, portal: &Portal, code: &str) -> CommandBuilder {
        let mut command = self.command(PROGRAM, &[]);
        command.env("B24CHAT_PORTAL", portal.root());
        command.env("B24CHAT_TOKEN", code);
        command
    }

    /// The explorer on its demo portal at 120 by 36, ready to be asked.
    pub fn explore_demo(&self) -> Tty {
        ready(Tty::spawn(self.demo(), 120, 36))
    }

    /// The explorer on a scenario at 120 by 36, ready to be asked.
    pub fn explore(&self, portal: &Portal, code: &str) -> Tty {
        ready(Tty::spawn(self.with_scenario(portal, code), 120, 36))
    }

    /// The records in the history, newest first.
    pub fn records(&self) -> Vec<Record> {
        let history = History::open(&self.history_file()).unwrap().history;
        let page = history.recall(&Recall { limit: usize::MAX, ..Recall::default() }).unwrap();
        page.rows.iter().map(|row| history.record(row.id).unwrap().unwrap()).collect()
    }

    /// Waits until the history holds so many records, and gives them, newest first.
    pub fn wait_for_records(&self, count: usize) -> Vec<Record> {
        until(&format!("{count} records"), || {
            let records = self.records();
            let found = records.len();
            assert!(found <= count, "{found} records instead of {count}");
            (found == count).then_some(records)
        })
    }

    /// Every file below the home folder, with its bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    files.push((path, bytes));
                }
            }
        }
        files
    }
}

/// The portal is open and the history has been read.
pub fn ready(tty: Tty) -> Tty {
    tty.wait("the explorer to be ready", |look| {
        ["webhook of", "access token"].iter().any(|who| look.rows()[0].contains(who))
            && !look.has("reading the history")
    });
    tty
}
