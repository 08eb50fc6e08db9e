//! The same promises with the program's own store under them, in processes of their own: the keyring of
//! whoever runs the tests is left alone.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use b24chat::demo::Rotation;
use b24chat::portal::{Client, Options};
use b24chat::session::{self, Session};
use b24chat::store::Places;
use b24chat::store::profiles::{Entry, Kind};
use b24chat::store::secrets::{Secrets, Stored};

use super::keeper::FolderKeeper;
use super::support::*;

fn open(folder: &Path) -> Session {
    let (places, secrets, entry, _) = store(folder);
    session::open(&places, &secrets, &entry, Client::new(Options::default())).unwrap()
}

fn store(folder: &Path) -> (Places, Arc<Secrets>, Entry, FolderKeeper) {
    let places = Places { config_dir: folder.join("config"), data_dir: folder.join("data") };
    let first = FolderKeeper::new(folder);
    let kind = Kind::OAuth { client_id: first.stored().client_id, auth_server: None };
    let entry = Entry::new("acme", first.stored().client_endpoint.unwrap(), kind);
    (places.clone(), Arc::new(Secrets::new(&places)), entry, first)
}

/// Not a test of its own: what the processes of the tests below do.
#[test]
fn a_process_with_the_real_store() {
    if let Some(folder) = role("import") {
        let (_, secrets, entry, first) = store(&folder);
        secrets.write(&entry.name, &Stored::OAuth(first.stored())).unwrap();
    }
    if let Some(folder) = role("ask") {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let session = open(&folder);
            say("ready");
            std::io::stdin().read_line(&mut String::new()).unwrap();
            let answer = session.ask(&lookup(&session.profile()), &|_| ()).await;
            say(&words(&answer));
            assert_found(&answer);
        });
    }
    if let Some(folder) = role("refresh") {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let session = open(&folder);
            loop {
                session.refresh().await.unwrap();
                assert_found(&session.ask(&lookup(&session.profile()), &|_| ()).await);
                say("refreshed");
            }
        });
    }
}

fn say(line: &str) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn process(role: &str, folder: &Path) -> Command {
    let mut command = as_another_process("real_store::a_process_with_the_real_store", role, folder);
    command.env("B24CHAT_KEYRING", "off").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Asks in a process of its own: whether the chat was found, and what was said.
fn ask(folder: &Path) -> (bool, String) {
    let output = process("ask", folder).stdin(Stdio::null()).output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

async fn with_folder<T: Send + 'static>(stage: &Stage, work: impl FnOnce(&Path) -> T + Send + 'static) -> T {
    let folder = stage.folder.path().to_owned();
    tokio::task::spawn_blocking(move || {
        if !folder.join("data").exists() {
            assert!(process("import", &folder).status().unwrap().success());
        }
        work(&folder)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_processes_on_the_real_store_refresh_once_and_all_answer() {
    let stage = stage(Rotation::AtOnce, true).await;
    with_folder(&stage, |folder| {
        let mut crowd: Vec<_> = (0..20).map(|_| process("ask", folder).spawn().unwrap()).collect();
        for member in &mut crowd {
            let mut line = String::new();
            BufReader::with_capacity(1, member.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
            assert_eq!(line, "ready\n");
        }
        for member in &mut crowd {
            member.stdin.take().unwrap().write_all(b"go\n").unwrap();
        }
        for member in crowd {
            let output = member.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        for file in walk(&folder.join("data")) {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", file.display());
        }
    })
    .await;
    assert_eq!((stage.portal.refreshes(), stage.portal.requests()), (1, 21));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_chain_in_the_real_store_is_lost_by_kills() {
    let stage = stage(Rotation::WhenReplaced, true).await;
    with_folder(&stage, |folder| {
        for number in 0..super::kills::kills() / 4 {
            let mut victim = process("refresh", folder).spawn().unwrap();
            let mut said = BufReader::new(victim.stderr.take().unwrap()).lines();
            assert_eq!(said.next().unwrap().unwrap(), "refreshed");
            // Not a wait for anything: the kill is to hit any moment of a refresh.
            std::thread::sleep(Duration::from_micros(super::kills::below(8_000)));
            victim.kill().unwrap();
            victim.wait().unwrap();
            let (is_found, said) = ask(folder);
            assert!(is_found, "after kill {number}: {said}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_takes_nothing_leaves_the_chain_as_it_is() {
    let stage = stage(Rotation::AtOnce, true).await;
    with_folder(&stage, |folder| {
        // A file in the place of the folder for notes: nobody can write below it, not even root.
        std::fs::write(folder.join("data/refresh"), "").unwrap();
        let (is_found, said) = ask(folder);
        assert!(!is_found && said.contains("Nothing was asked"), "{said}");
        std::fs::remove_file(folder.join("data/refresh")).unwrap();
        assert!(ask(folder).0);
    })
    .await;
    assert_eq!(stage.portal.refreshes(), 1);
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
