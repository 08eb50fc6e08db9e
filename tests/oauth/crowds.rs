//! Many at once on one chain: exactly one of them refreshes, and all of them answer.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::Arc;

use b24chat::demo::Rotation;
use b24chat::domain::credential::Secret;
use futures_util::future::join_all;

use super::keeper::FolderKeeper;
use super::support::*;

const CROWD: usize = 20;

#[tokio::test]
async fn twenty_tasks_at_once_refresh_once() {
    for knows in [true, false] {
        let stage = stage(Rotation::AtOnce, knows).await;
        let session = stage.session();
        let answers = join_all((0..CROWD).map(|_| stage.ask_in(&session))).await;
        answers.iter().for_each(assert_found);
        assert_eq!(stage.portal.refreshes(), 1);
        let lookups = if knows { CROWD } else { 2 * CROWD };
        assert_eq!(stage.portal.requests(), lookups as u64 + 1);
    }
}

#[tokio::test]
async fn twenty_sessions_of_one_process_refresh_once_too() {
    let stage = stage(Rotation::AtOnce, true).await;
    let sessions: Vec<_> = (0..CROWD).map(|_| stage.session()).collect();
    let answers = join_all(sessions.iter().map(|session| stage.ask_in(session))).await;
    answers.iter().for_each(assert_found);
    assert_eq!((stage.portal.refreshes(), stage.portal.requests()), (1, CROWD as u64 + 1));
}

#[tokio::test]
async fn twenty_tasks_at_once_are_refused_once() {
    let stage = stage(Rotation::AtOnce, true).await.with(|chain| chain.refresh = Some(Secret::new("nosuchtoken00")));
    let session = stage.session();
    let answers = join_all((0..CROWD).map(|_| stage.ask_in(&session))).await;
    for answer in &answers {
        assert_eq!(not_refreshed(answer).0.as_deref(), Some("invalid_grant"));
    }
    assert_eq!(stage.portal.requests(), 1);
    // Who asks later gets an answer to that.
    not_refreshed(&stage.ask_in(&session).await);
    assert_eq!(stage.portal.requests(), 2);
}

/// Not a test of its own: one process of a crowd, which begins when it is told to.
#[test]
fn a_process_that_asks_once() {
    let Some(folder) = role("member") else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let session = session_in(Arc::new(FolderKeeper::new(&folder)));
        std::io::stderr().write_all(b"ready\n").unwrap();
        std::io::stdin().read_line(&mut String::new()).unwrap();
        assert_found(&session.ask(&lookup(&session.profile()), &|_| ()).await);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_processes_at_once_refresh_once_and_all_answer() {
    for knows in [true, false] {
        let stage = stage(Rotation::AtOnce, knows).await;
        let folder = stage.folder.path().to_owned();
        tokio::task::spawn_blocking(move || {
            let mut crowd: Vec<_> = (0..CROWD)
                .map(|_| {
                    let mut command = as_another_process("crowds::a_process_that_asks_once", "member", &folder);
                    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
                })
                .collect();
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
        })
        .await
        .unwrap();
        assert_eq!(stage.portal.refreshes(), 1);
        let lookups = if knows { CROWD } else { 2 * CROWD };
        assert_eq!(stage.portal.requests(), lookups as u64 + 1);
        assert_found(&stage.ask().await);
    }
}
