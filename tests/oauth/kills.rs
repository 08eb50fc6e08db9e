//! Processes that are killed while they refresh. A server that keeps the old refresh token good until the
//! new pair is used never loses a chain; one that does not may, and then the next process says why.

use std::collections::hash_map::RandomState;
use std::env;
use std::hash::BuildHasher;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use b24chat::demo::Rotation;
use b24chat::session::keeper::Fingerprint;

use super::keeper::{Faults, FolderKeeper, STEPS};
use super::support::*;

/// How many processes are killed; more on request.
pub fn kills() -> usize {
    env::var("B24CHAT_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Not a test of its own: refreshes and looks up until it is killed, or until the step it is to die after.
#[test]
fn a_process_that_refreshes_until_it_is_killed() {
    let Some(folder) = role("victim") else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let keeper = Arc::new(FolderKeeper::new(&folder));
        let abort_after = env::var("B24CHAT_TEST_ABORT").ok();
        *keeper.faults.lock().unwrap() = Faults { abort_after, ..Faults::default() };
        let session = session_in(keeper);
        loop {
            session.refresh().await.unwrap();
            assert_found(&session.ask(&lookup(&session.profile()), &|_| ()).await);
            std::io::stderr().write_all(b"refreshed\n").unwrap();
        }
    });
}

fn victim(stage: &Stage) -> std::process::Command {
    let name = "kills::a_process_that_refreshes_until_it_is_killed";
    let mut command = as_another_process(name, "victim", stage.folder.path());
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn no_chain_is_lost_however_often_refreshing_processes_are_killed() {
    let stage = stage(Rotation::WhenReplaced, true).await;
    let mut interrupted = 0;
    for number in (0..kills()).step_by(2) {
        // Two at a time, so that one is often killed while it waits for the other.
        let victims = [victim(&stage), victim(&stage)].map(|mut command| {
            let mut child = command.spawn().unwrap();
            tokio::task::spawn_blocking(move || {
                let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
                for _ in 0..=below(4) {
                    assert_eq!(said.next().unwrap().unwrap(), "refreshed");
                }
                // Not a wait for anything: the kill is to hit any moment of a refresh.
                std::thread::sleep(Duration::from_micros(below(6_000)));
                child.kill().unwrap();
                assert!(!child.wait().unwrap().success());
                for line in said {
                    assert_eq!(line.unwrap(), "refreshed");
                }
            })
        });
        for victim in victims {
            victim.await.unwrap();
        }
        interrupted += usize::from(stage.keeper.note().is_some());
        // Whoever comes next finds a chain that works, and one that can be refreshed.
        let session = stage.session();
        assert_found(&stage.ask_in(&session).await);
        session.refresh().await.unwrap_or_else(|why| panic!("after {number} kills: {}", why.words()));
        assert_found(&stage.ask_in(&session).await);
        assert_eq!(stage.keeper.note(), None);
    }
    assert!(interrupted > 0, "no kill hit a refresh");
}

/// Ends a process after a step, and asks what the next one finds.
async fn after_death(rotation: Rotation, step: &str) -> (Stage, b24chat::session::Answer) {
    let stage = stage(rotation, true).await;
    let mut command = victim(&stage);
    command.env("B24CHAT_TEST_ABORT", step);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(!output.status.success());
    let answer = stage.ask().await;
    (stage, answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_any_step_the_chain_works_where_the_old_token_is_good_until_the_new_pair_is_used() {
    for step in STEPS {
        let (stage, answer) = after_death(Rotation::WhenReplaced, step).await;
        assert_found(&answer);
        assert_eq!(words(&answer), "", "{step}");
        // A note that is left says nothing of the pair that is stored now.
        let stored = Fingerprint::of(stage.keeper.stored().refresh.as_ref().unwrap());
        assert!(stage.keeper.note().is_none_or(|note| note.with != stored), "{step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_any_step_the_chain_works_or_the_next_process_says_what_to_do() {
    for step in STEPS {
        let (stage, answer) = after_death(Rotation::AtOnce, step).await;
        // Between the server's answer and its place on the disk there is one copy of the new pair, and it
        // died with the process.
        if !["answered", "half"].contains(&step) {
            assert_found(&answer);
            continue;
        }
        let (code, words) = not_refreshed(&answer);
        assert_eq!(code.as_deref(), Some("invalid_grant"));
        assert!(words.contains("was begun at") && words.contains("authorize the app again"), "{step}: {words}");
        assert!(words.contains("No secret is wrong"), "{step}: {words}");
        assert_eq!(stage.keeper.stored(), stage.first);
    }
}

/// Another moment each time, and from run to run.
pub fn below(limit: u64) -> u64 {
    RandomState::new().hash_one(()) % limit
}
