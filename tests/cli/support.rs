//! The program as a process, a place for its files, and the demo portal to ask.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;

use b24chat::demo::{self, Bucket, DemoPortal, Options, Rotation};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Sixteen characters like a generated webhook code.
pub const CANARY: &str = "canary7f3a0123bc";

pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

/// A demo portal of one test, whose bucket is never full.
pub struct Portal(DemoPortal);

impl Deref for Portal {
    type Target = DemoPortal;

    fn deref(&self) -> &DemoPortal {
        &self.0
    }
}

pub fn portal() -> Portal {
    portal_with(Rotation::default())
}

pub fn portal_with(rotation: Rotation) -> Portal {
    let options = Options { bucket: Bucket::UNLIMITED, rotation, ..Options::default() };
    Portal(RUNTIME.block_on(demo::start(options)).unwrap())
}

/// A user of the program: folders of their own and an environment that holds nothing else.
pub struct User {
    home: TempDir,
    variables: Vec<(&'static str, String)>,
}

impl User {
    /// One who has named no portal.
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// One whose portal is asked by this webhook.
    pub fn of(webhook: impl Into<String>) -> Self {
        Self::new().with("B24CHAT_WEBHOOK", webhook)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// One who has written this into the file of settings.
    pub fn with_settings(self, text: &str) -> Self {
        fs::create_dir_all(self.home.path().join("config")).unwrap();
        fs::write(self.home.path().join("config/settings.toml"), text).unwrap();
        self
    }

    pub fn data_dir(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_b24chat"));
        command
            .args(arguments)
            .env_clear()
            .env("TZ", "UTC")
            .env("B24CHAT_KEYRING", "off")
            .env("B24CHAT_DATA_DIR", self.data_dir())
            .env("B24CHAT_CONFIG_DIR", self.home.path().join("config"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs the program with this on its standard input.
    pub fn run_with(&self, arguments: &[impl AsRef<OsStr>], input: &str) -> Ran {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One that refuses its arguments does not read.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        Ran::from(child.wait_with_output().unwrap())
    }

    pub fn profiles_file(&self) -> PathBuf {
        self.home.path().join("config/profiles.toml")
    }

    pub fn secrets_file(&self) -> PathBuf {
        self.data_dir().join("secrets.json")
    }

    /// Starts the program with its output held open.
    pub fn start(&self, arguments: &[impl AsRef<OsStr>]) -> Child {
        self.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// The records, oldest first.
    pub fn exported(&self) -> Vec<Value> {
        self.run(&["history", "export"])
            .expect(0)
            .out()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The only record.
    pub fn record(&self) -> Value {
        let mut records = self.exported();
        assert_eq!(records.len(), 1, "{records:?}");
        records.remove(0)
    }

    /// Every byte below the user's folder, with the names of the files.
    pub fn every_file(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let (mut files, mut folders) = (Vec::new(), vec![self.home.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push((path.clone(), fs::read(path).unwrap())) }
            }
        }
        files
    }
}

/// The program after it ended.
#[derive(Clone, Debug)]
pub struct Ran {
    /// `None` when it was killed by a signal that it did not handle.
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self { code: output.status.code(), stdout: output.stdout, stderr: output.stderr }
    }
}

impl Ran {
    /// It ended with this code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.out(), self.words());
        self
    }

    /// It said nothing on standard error.
    #[track_caller]
    pub fn silent(self) -> Self {
        assert_eq!(self.words(), "");
        self
    }

    /// It wrote no data.
    #[track_caller]
    pub fn without_data(self) -> Self {
        assert_eq!(self.out(), "");
        self
    }

    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    pub fn words(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// The first line on standard error.
    pub fn headline(&self) -> String {
        self.words().lines().next().unwrap_or_default().to_owned()
    }

    /// The one JSON object that standard output must be.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.out().matches('\n').count(), 1, "stdout: {}\nstderr: {}", self.out(), self.words());
        serde_json::from_slice(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.out()))
    }
}

/// The next line of a running program's standard output.
pub fn next_line(reader: &mut BufReader<impl std::io::Read>) -> String {
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

#[cfg(unix)]
pub fn send(signal: rustix::process::Signal, child: &Child) {
    let pid = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(pid, signal).unwrap();
}
