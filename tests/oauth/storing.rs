//! A store that fails, and callers that lose interest: what becomes of a new pair then.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use b24chat::demo::Rotation;
use b24chat::session::Notice;

use super::support::*;

#[tokio::test]
async fn where_no_note_can_be_written_nothing_is_asked() {
    let stage = stage(Rotation::AtOnce, true).await;
    stage.keeper.faults.lock().unwrap().no_note = true;
    let (code, words) = not_refreshed(&stage.ask().await);
    assert_eq!((code, stage.portal.requests()), (None, 0));
    assert!(words.contains("the disk is full") && words.contains("Nothing was asked"), "{words}");
    stage.keeper.faults.lock().unwrap().no_note = false;
    assert_found(&stage.ask().await);
}

#[tokio::test]
async fn a_pair_that_cannot_be_stored_is_used_rescued_and_taken_from_there() {
    let stage = stage(Rotation::AtOnce, true).await;
    stage.keeper.faults.lock().unwrap().no_write = true;
    let session = stage.session();
    let answer = stage.ask_in(&session).await;
    assert_found(&answer);
    assert!(matches!(answer.notices.as_slice(), [Notice::NotStored { rescued: Ok(_), .. }]), "{:?}", answer.notices);
    let told = words(&answer);
    let file = stage.keeper.rescue_file();
    assert!(told.contains("the keyring is locked") && told.contains(&*file.to_string_lossy()), "{told}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(stage.keeper.stored(), stage.first);
    // Still failing, an hour later and in another process: the rescued pair is the one that counts.
    for hour in 1..=3 {
        stage.portal.pass(std::time::Duration::from_secs(3601));
        let session = if hour == 2 { &session } else { &stage.session() };
        assert_found(&stage.ask_in(session).await);
    }
    assert_eq!((stage.keeper.stored(), stage.portal.refreshes()), (stage.first.clone(), 4));
    // Mended: it goes where it belongs.
    stage.keeper.faults.lock().unwrap().no_write = false;
    stage.portal.pass(std::time::Duration::from_secs(3601));
    assert_found(&stage.ask().await);
    assert!(!file.exists());
    assert_ne!(stage.keeper.stored().refresh, stage.first.refresh);
    assert_found(&stage.ask().await);
}

#[tokio::test]
async fn without_a_rescue_file_the_pair_lives_in_memory_until_the_store_is_mended() {
    let stage = stage(Rotation::AtOnce, true).await;
    *stage.keeper.faults.lock().unwrap() =
        super::keeper::Faults { no_write: true, no_rescue: true, ..Default::default() };
    let session = stage.session();
    let answer = stage.ask_in(&session).await;
    assert_found(&answer);
    let told = words(&answer);
    assert!(told.contains("memory of this program alone") && told.contains("the data folder is full"), "{told}");
    *stage.keeper.faults.lock().unwrap() = super::keeper::Faults::default();
    stage.portal.pass(std::time::Duration::from_secs(3601));
    let answer = stage.ask_in(&session).await;
    assert_found(&answer);
    assert_eq!(words(&answer), "");
    assert_found(&stage.ask().await);
    assert_eq!(stage.portal.refreshes(), 2);
}

#[tokio::test]
async fn a_refresh_that_nobody_waits_for_any_more_is_stored_all_the_same() {
    let tokens = serde_json::json!({ "access_token": "freshaccess0000", "refresh_token": "nextrefresh0000" });
    let (address, asked) = endpoint(vec![json("200 OK", &tokens)]).await;
    let stage = stage(Rotation::AtOnce, true).await.with(|chain| {
        chain.token_endpoint = Some(format!("http://{address}/oauth/token/").parse().unwrap());
    });
    let session = stage.session();
    let asking = tokio::spawn({
        let session = session.clone();
        async move { session.ask(&lookup(&session.profile()), &|_| ()).await }
    });
    while asked.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    asking.abort();
    session.settle().await;
    assert_eq!(stage.keeper.stored().access.expose(), "freshaccess0000");
    assert_eq!(Arc::strong_count(&stage.keeper), 2, "the refresh has ended");
}
