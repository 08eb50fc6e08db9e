//! The carriers of a credential, and which refusal hides which (protocol.md, 1.1 and 3.2).

use serde_json::{Value, json};

use crate::http::{get, post};
use crate::portal::{deal, portal, under};

#[test]
fn both_kinds_of_credential_find_the_same_chat() {
    let portal = portal();
    let token = portal.access_token();
    assert_eq!(token.len(), 70);
    for path in ["/rest/im.chat.get", "/rest/im.chat.get/", "/rest/IM.Chat.Get.json"] {
        for name in ["auth", "access_token"] {
            let mut body = deal();
            body[name] = json!(token);
            assert_eq!(portal.send(&post(path, &body)).json()["result"]["ID"], 1437, "{path} {name}");
        }
        let by_header = post(path, &deal()).header("Authorization", &format!("Bearer {token}"));
        assert_eq!(portal.send(&by_header).json()["result"]["ID"], 1437, "{path}");
    }
    let query = format!("/rest/im.chat.get?ENTITY_TYPE=CRM&ENTITY_ID=DEAL%7C1663&auth={token}");
    assert_eq!(portal.send(&get(query)).json()["result"]["ID"], 1437);
}

#[test]
fn a_webhook_may_come_as_parameters() {
    let portal = portal();
    let mut body = deal();
    body["aplogin"] = json!("1");
    body["ap"] = json!(portal.webhook_code());
    assert_eq!(portal.send(&post("/rest/im.chat.get", &body)).json()["result"]["ID"], 1437);
}

#[test]
fn the_header_wins_over_the_parameters() {
    let portal = portal();
    let mut body = deal();
    body["auth"] = json!(portal.access_token());
    let ask = post("/rest/im.chat.get", &body).header("Authorization", "Bearer nonsense");
    assert_eq!(portal.send(&ask).error(), "invalid_token");
    body["auth"] = json!("nonsense");
    let ask = post("/rest/im.chat.get", &body).header("Authorization", &format!("bearer {}", portal.access_token()));
    assert_eq!(portal.send(&ask).json()["result"]["ID"], 1437);
    let basic = post("/rest/im.chat.get", &deal()).header("Authorization", "Basic YTpi");
    assert_eq!(portal.send(&basic).error(), "NO_AUTH_FOUND");
}

#[test]
fn each_bad_credential_has_its_own_refusal() {
    let portal = portal();
    let with = |token: Value| {
        let mut body = deal();
        body["auth"] = token;
        let reply = portal.send(&post("/rest/im.chat.get", &body));
        (reply.status, reply.error())
    };
    assert_eq!(with(json!(portal.expired_access_token())), (401, "expired_token".into()));
    assert_eq!(with(json!("0".repeat(70))), (401, "invalid_token".into()));
    assert_eq!(with(json!("")), (401, "NO_AUTH_FOUND".into()));
    assert_eq!(with(json!(null)), (401, "NO_AUTH_FOUND".into()));
    let none = portal.send(&get("/rest/server.time.json"));
    assert_eq!((none.status, none.error()), (401, "NO_AUTH_FOUND".into()));
    for path in
        ["/rest/2/anndemo7webhook1/profile", "/rest/01/anndemo7webhook1/profile", "/rest/1/ANNDEMO7WEBHOOK1/profile"]
    {
        let reply = portal.send(&get(path));
        assert_eq!((reply.status, reply.error()), (401, "INVALID_CREDENTIALS".into()), "{path}");
    }
}

#[test]
fn an_unknown_method_hides_every_bad_credential() {
    let portal = portal();
    for path in ["/rest/no.such.method", "/rest/1/badcode/no.such.method", "/rest/1/plan/no.such.method"] {
        let reply = portal.send(&get(path));
        assert_eq!((reply.status, reply.error()), (404, "ERROR_METHOD_NOT_FOUND".into()), "{path}");
    }
    let reply = portal.send(&get("/rest/1/deleted/no.such.method"));
    assert_eq!((reply.status, reply.error()), (403, "PORTAL_DELETED".into()));
}

#[test]
fn a_hold_hides_a_missing_plan() {
    let portal = portal();
    assert_eq!(portal.play("holdandplan", "im.chat.get", &deal()).error(), "OVERLOAD_LIMIT");
}

#[test]
fn a_missing_scope_is_told_in_the_words_of_the_credential() {
    let portal = portal();
    let webhook = portal.play("noscope", "im.chat.get", &deal());
    assert_eq!((webhook.status, webhook.error()), (401, "insufficient_scope".into()));
    assert!(webhook.json()["error_description"].as_str().unwrap().ends_with("webhook token"));
    let mut body = deal();
    body["auth"] = json!("noscope");
    let app = portal.send(&post("/rest/im.chat.get", &body));
    assert!(app.json()["error_description"].as_str().unwrap().ends_with("access token"));
}

#[test]
fn a_credential_without_the_scope_still_tells_who_it_is() {
    let portal = portal();
    for (code, scopes) in [("noscope", json!(["crm", "task"])), ("noscopes", json!([""]))] {
        assert_eq!(portal.play(code, "profile", &json!({})).json()["result"]["ID"], "1");
        assert_eq!(portal.play(code, "scope", &json!({})).json()["result"], scopes);
        assert_eq!(portal.play(code, "app.info", &json!({})).json()["result"]["SCOPE"], scopes);
        let method = portal.play(code, "method.get", &json!({ "name": "im.chat.get" }));
        assert_eq!(method.json()["result"], json!({ "isExisting": true, "isAvailable": false }));
    }
}

#[test]
fn a_credential_on_hold_tells_nothing() {
    let portal = portal();
    for (code, error) in [("hold", "OVERLOAD_LIMIT"), ("plan", "ACCESS_DENIED"), ("dismissed", "authorization_error")] {
        for method in ["profile", "batch", "im.chat.get"] {
            let reply = portal.play(code, method, &json!({}));
            assert_eq!((reply.status, reply.error()), (401, error.into()), "{code} {method}");
        }
    }
}

#[test]
fn reserved_names_take_the_request_another_way() {
    let portal = portal();
    let mut body = deal();
    body["sessid"] = json!("abc");
    let reply = portal.call("im.chat.get", &body);
    assert_eq!((reply.status, reply.error()), (401, "session_failed".into()));
    assert!(reply.json()["sessid"].is_string());
    let header = post(portal.path("im.chat.get"), &deal()).header("X-Bitrix-Csrf-Token", "abc");
    assert_eq!(portal.send(&header).error(), "session_failed");
    let mut body = deal();
    body["token"] = json!("abc");
    assert_eq!(portal.call("im.chat.get", &body).error(), "ACCESS_DENIED");
}

#[test]
fn a_cookie_of_somebody_else_spoils_a_good_credential() {
    let portal = portal();
    let path = under("cookies", "im.chat.get");
    let first = portal.send(&post(&path, &deal()));
    assert_eq!(first.json()["result"]["ID"], 1437);
    let cookie = first.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let second = portal.send(&post(&path, &deal()).header("Cookie", &cookie));
    assert_eq!((second.status, second.error()), (401, "authorization_error".into()));
}
