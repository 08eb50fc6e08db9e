use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::phases::Phases;

fn now() -> Timestamp {
    Timestamp::from_second(1_789_001_122).unwrap()
}

fn reading(status: u16, body: impl Into<Vec<u8>>) -> TokenReply {
    let parts = Parts {
        status,
        version: "HTTP/1.1".into(),
        headers: Vec::new(),
        body: body.into(),
        cut: None,
        phases: Phases::default(),
    };
    read(parts, now())
}

fn tokens_of(body: &Value) -> Tokens {
    match reading(200, body.to_string()) {
        TokenReply::Tokens(tokens) => *tokens,
        other => panic!("no tokens: {other:?}"),
    }
}

fn full() -> Value {
    json!({
        "access_token": "canaryAccess", "refresh_token": "canaryRefresh", "expires": 1_789_004_722,
        "expires_in": 3600, "domain": "oauth.bitrix.info", "server_endpoint": "https://oauth.bitrix.info/rest/",
        "client_endpoint": "https://example.bitrix24.com/rest/", "member_id": "0a4f", "user_id": 27,
        "scope": "im,user_brief", "status": "L",
    })
}

#[test]
fn a_full_answer_gives_the_pair_and_everything_beside_it() {
    let tokens = tokens_of(&full());
    assert_eq!(tokens.access.expose(), "canaryAccess");
    assert_eq!(tokens.refresh.as_ref().unwrap().expose(), "canaryRefresh");
    assert_eq!(tokens.expires_at.unwrap().as_second(), 1_789_004_722);
    assert_eq!(tokens.member_id.as_deref(), Some("0a4f"));
    assert_eq!(tokens.client_endpoint.as_ref().unwrap().to_string(), "https://example.bitrix24.com/rest/");
    assert_eq!(tokens.token_endpoint.as_ref().unwrap().as_str(), "https://oauth.bitrix.info/oauth/token/");
    assert_eq!((tokens.scope.join(" ").as_str(), tokens.user_id), ("im user_brief", Some(27)));
    assert_eq!(tokens.status.as_deref(), Some("L"));
}

#[test]
fn numbers_may_be_texts_and_nearly_everything_may_be_missing() {
    let mut body = full();
    body["expires_in"] = json!("3600");
    body["user_id"] = json!("27");
    assert_eq!(tokens_of(&body), tokens_of(&full()));
    let bare = tokens_of(&json!({ "access_token": "a" }));
    assert_eq!((bare.refresh, bare.expires_at, bare.user_id, bare.token_endpoint), (None, None, None, None));
}

#[test]
fn the_end_is_what_is_left_by_our_own_clock_and_else_the_servers_unless_that_has_passed() {
    let ends = |body: Value| tokens_of(&body).expires_at.map(Timestamp::as_second);
    assert_eq!(ends(json!({ "access_token": "a", "expires_in": 60, "expires": 5 })), Some(1_789_001_182));
    assert_eq!(ends(json!({ "access_token": "a", "expires": "1789004722" })), Some(1_789_004_722));
    assert_eq!(ends(json!({ "access_token": "a", "expires": 1_789_001_122 })), None);
    assert_eq!(ends(json!({ "access_token": "a", "expires_in": i64::MAX, "expires": 1e300 })), None);
}

#[test]
fn the_key_error_decides_and_not_the_status() {
    let refused = |status, body: Value| match reading(status, body.to_string()) {
        TokenReply::Refused(refusal) => refusal,
        other => panic!("not refused: {other:?}"),
    };
    assert!(refused(200, json!({ "error": "wrong_client" })).is("WRONG_CLIENT"));
    let expired = json!({ "error": "expired_token", "error_description": "The refresh token provided has expired." });
    let expired = refused(401, expired);
    assert!(expired.is_of_grant());
    assert_eq!(expired.description.as_deref(), Some("The refresh token provided has expired."));
    let both = json!({ "error": "invalid_grant", "access_token": "a" });
    assert!(refused(200, both).is_of_grant());
    assert!(matches!(reading(400, full().to_string()), TokenReply::Tokens(_)));
}

#[test]
fn what_is_neither_tells_what_it_looks_like() {
    let looks_like = |status, body: &str| match reading(status, body) {
        TokenReply::Unreadable(unreadable) => unreadable.looks_like,
        other => panic!("readable: {other:?}"),
    };
    assert_eq!(looks_like(502, "<html>Bad Gateway</html>"), LooksLike::Gateway);
    assert_eq!(looks_like(200, ""), LooksLike::Empty);
    assert_eq!(looks_like(200, "{\"access_token\":\"a"), LooksLike::Truncated);
    for shape in ["{}", "[]", r#"{"access_token":""}"#, r#"{"access_token":7}"#, r#"{"result":{"ID":1}}"#] {
        assert_eq!(looks_like(200, shape), LooksLike::WrongShape, "{shape}");
    }
}

#[test]
fn a_new_pair_keeps_what_did_not_come_and_an_endpoint_that_was_given() {
    let first = tokens_of(&full()).begin("local.5f2a", Secret::new("appsecret"));
    assert_eq!(first.client_secret.as_ref().unwrap().expose(), "appsecret");
    let next = tokens_of(&json!({ "access_token": "b", "server_endpoint": "https://elsewhere.example/rest/" }));
    let next = next.renew(&first);
    assert_eq!(next.access.expose(), "b");
    assert_eq!((&next.refresh, &next.member_id), (&first.refresh, &first.member_id));
    assert_eq!((&next.token_endpoint, &next.client_endpoint), (&first.token_endpoint, &first.client_endpoint));
    // An end that belonged to the old token is not the new one's.
    assert_eq!(next.expires_at, None);
}

#[test]
fn addresses_that_no_token_may_go_to_are_not_taken() {
    for address in ["", "rest", "ftp://a.example/rest/", "https://ann:pw@a.example/rest/"] {
        let tokens = tokens_of(&json!({ "access_token": "a", "server_endpoint": address, "client_endpoint": address }));
        assert_eq!((tokens.token_endpoint, tokens.client_endpoint), (None, None), "{address}");
    }
    let elsewhere = tokens_of(&json!({ "access_token": "a", "server_endpoint": "https://a.example/other/" }));
    assert_eq!(elsewhere.token_endpoint, None);
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({ "code": 1 })),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic(status in any::<u16>(), body in proptest::collection::vec(any::<u8>(), 0..200)) {
        reading(status, body);
    }

    #[test]
    fn any_values_under_the_known_names_are_read_and_no_token_is_shown(
        status in any::<u16>(),
        values in proptest::collection::vec((0usize..10, any_value()), 0..10),
    ) {
        let names = [
            "refresh_token", "expires", "expires_in", "server_endpoint", "client_endpoint", "member_id", "user_id",
            "scope", "status", "time",
        ];
        let mut body = json!({ "access_token": "canaryAccess" });
        for (name, value) in values {
            body[names[name]] = value;
        }
        let reading = reading(status, body.to_string());
        prop_assert!(matches!(&reading, TokenReply::Tokens(tokens) if tokens.access.expose() == "canaryAccess"));
        let shown = format!("{reading:?}");
        prop_assert!(!shown.contains("canary"));
    }
}
