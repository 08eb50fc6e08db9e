//! A lookup with a token that has ended: when it is replaced, how often, and what is asked how often.

use std::time::Duration;

use b24chat::demo::Rotation;
use b24chat::domain::credential::Secret;
use b24chat::domain::lookup::End;
use b24chat::domain::reply::Outcome;
use b24chat::session::Notice;
use jiff::{SignedDuration, Timestamp};

use super::support::*;

fn refused_with(answer: &b24chat::session::Answer) -> String {
    match &answer.end {
        End::Answered(reply) => match &reply.outcome {
            Outcome::Refused(error) => error.code.clone(),
            other => panic!("not refused: {other:?}"),
        },
        End::Failed { failure, .. } => panic!("not refused: {failure}"),
    }
}

#[tokio::test]
async fn a_token_that_the_portal_calls_expired_is_replaced_and_the_lookup_repeated_once() {
    let stage = stage(Rotation::AtOnce, false).await;
    let answer = stage.ask().await;
    assert_found(&answer);
    // The lookup, the refresh, the lookup.
    assert_eq!((stage.portal.requests(), stage.portal.refreshes()), (3, 1));
    let stored = stage.keeper.stored();
    assert_ne!(stored.access, stage.first.access);
    assert_ne!(stored.refresh, stage.first.refresh);
    assert_eq!(answer.lookup.profile.credential.secret(), &stored.access);
    let life = stored.expires_at.unwrap().duration_since(Timestamp::now());
    assert!(SignedDuration::from_secs(3590) < life && life <= SignedDuration::from_secs(3600), "{life:?}");
    assert_eq!(stage.keeper.note(), None);
}

#[tokio::test]
async fn a_token_that_is_known_to_have_ended_is_replaced_first() {
    let stage = stage(Rotation::AtOnce, true).await;
    let session = stage.session();
    assert_found(&stage.ask_in(&session).await);
    assert_eq!((stage.portal.requests(), stage.portal.refreshes()), (2, 1));
    // The new one is good for an hour.
    assert_found(&stage.ask_in(&session).await);
    assert_found(&stage.ask().await);
    assert_eq!((stage.portal.requests(), stage.portal.refreshes()), (4, 1));
    stage.portal.pass(Duration::from_secs(3601));
    assert_found(&stage.ask_in(&session).await);
    assert_eq!((stage.portal.requests(), stage.portal.refreshes()), (7, 2));
}

#[tokio::test]
async fn a_second_refusal_is_final() {
    for (is_known, knows, expected) in
        [(true, false, "expired_token"), (false, false, "invalid_token"), (true, true, "expired_token")]
    {
        let stage = stage(Rotation::AtOnce, knows).await;
        let next = if is_known { stage.portal.expired_access_token() } else { "neverheardof0".to_owned() };
        let tokens = serde_json::json!({ "access_token": next, "refresh_token": "nextrefresh0000" });
        let (address, asked) = endpoint(vec![json("200 OK", &tokens)]).await;
        let endpoint = format!("http://{address}/oauth/token/").parse().unwrap();
        let stage = stage.with(|chain| chain.token_endpoint = Some(endpoint));
        assert_eq!(refused_with(&stage.ask().await), expected);
        assert_eq!(asked.lock().unwrap().len(), 1);
        assert_eq!(stage.portal.requests(), if knows { 1 } else { 2 });
    }
}

#[tokio::test]
async fn a_token_that_the_portal_does_not_know_is_not_replaced_without_being_asked_for() {
    let stage = stage(Rotation::AtOnce, false).await.with(|chain| chain.access = Secret::new("unknown00000"));
    assert_eq!(refused_with(&stage.ask().await), "invalid_token");
    assert_eq!((stage.portal.requests(), stage.portal.refreshes()), (1, 0));
}

#[tokio::test]
async fn other_refusals_replace_nothing() {
    for code in ["noscope", "hold", "notinstalled", "payment", "dismissed"] {
        let stage = stage(Rotation::AtOnce, false).await.with(|chain| chain.access = Secret::new(code));
        let session = stage.session();
        session.ask(&lookup(&session.profile()), &|_| ()).await;
        assert_eq!((stage.portal.requests(), stage.portal.refreshes()), (1, 0), "{code}");
    }
}

#[tokio::test]
async fn an_access_token_that_came_alone_is_left_to_the_portal_to_judge() {
    for knows in [false, true] {
        let stage = stage(Rotation::AtOnce, knows).await.with(|chain| chain.refresh = None);
        let answer = stage.ask().await;
        assert_eq!(refused_with(&answer), "expired_token");
        assert!(matches!(answer.notices.as_slice(), [Notice::CannotRefresh(_)]), "{:?}", answer.notices);
        assert!(words(&answer).contains("came without a refresh token"), "{}", words(&answer));
        assert_eq!(stage.portal.requests(), 1);
    }
}

#[tokio::test]
async fn a_session_without_a_chain_asks_and_nothing_else() {
    let stage = stage(Rotation::AtOnce, false).await;
    let session = b24chat::session::Session::of_profile(
        (*stage.session().profile()).clone(),
        b24chat::portal::Client::new(b24chat::portal::Options::default()),
    );
    assert_eq!(refused_with(&stage.ask_in(&session).await), "expired_token");
    assert_eq!(stage.portal.requests(), 1);
}

#[tokio::test]
async fn the_base_follows_the_client_endpoint_and_the_profile_can_learn_it() {
    let stage = stage(Rotation::AtOnce, true).await;
    let other = root(&stage.portal.rest_root().replace("127.0.0.1", "localhost"));
    let stage = stage.with(|chain| chain.client_endpoint = Some(other.clone()));
    let session = stage.session();
    assert_eq!(session.profile().root, other);
    let answer = stage.ask_in(&session).await;
    assert_found(&answer);
    let now = root(&stage.portal.rest_root());
    let learned = answer.learned.unwrap();
    assert_eq!((&learned.root, learned.user_id), (&now, Some(1)));
    assert_eq!(learned.member_id, stage.keeper.stored().member_id);
    assert!(learned.member_id.is_some());
    assert_eq!(answer.notices, [Notice::Moved { from: other, to: now.clone() }]);
    assert_eq!((&session.profile().root, &answer.lookup.profile.root), (&now, &now));
}

#[tokio::test]
async fn tokens_of_another_portal_do_not_move_the_address() {
    let tokens = serde_json::json!({
        "access_token": "freshaccess0000", "refresh_token": "nextrefresh0000", "member_id": "other",
        "client_endpoint": "https://other.bitrix24.example/rest/",
    });
    let (address, _) = endpoint(vec![json("200 OK", &tokens)]).await;
    let stage = stage(Rotation::AtOnce, true).await.with(|chain| {
        chain.member_id = Some("mine".into());
        chain.token_endpoint = Some(format!("http://{address}/oauth/token/").parse().unwrap());
    });
    let answer = stage.ask().await;
    assert_eq!(refused_with(&answer), "invalid_token");
    assert_eq!(answer.notices, [Notice::OtherPortal { profile: "acme".into() }]);
    assert_eq!(stage.keeper.stored().client_endpoint, Some(root(&stage.portal.rest_root())));
}
