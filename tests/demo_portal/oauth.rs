//! Tokens and the authorization server (protocol.md, section 6 and 7).

use std::time::Duration;

use serde_json::{Value, json};

use crate::http::{Reply, get, post, post_raw};
use crate::portal::{Portal, deal, portal};

const ENDPOINT: &str = "/auth-server/oauth/token/";

fn form(portal: &Portal, fields: &[(&str, &str)]) -> Reply {
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let ask = post_raw(ENDPOINT, body.join("&")).header("Content-Type", "application/x-www-form-urlencoded");
    portal.send(&ask)
}

fn refresh(portal: &Portal, token: &str) -> Reply {
    form(
        portal,
        &[
            ("grant_type", "refresh_token"),
            ("client_id", portal.client_id()),
            ("client_secret", portal.client_secret()),
            ("refresh_token", token),
        ],
    )
}

fn exchange(portal: &Portal, code: &str) -> Reply {
    form(
        portal,
        &[
            ("grant_type", "authorization_code"),
            ("client_id", portal.client_id()),
            ("client_secret", portal.client_secret()),
            ("code", code),
        ],
    )
}

fn look_up(portal: &Portal, token: &Value) -> Reply {
    let mut body = deal();
    body["auth"] = token.clone();
    portal.send(&post("/rest/im.chat.get", &body))
}

#[test]
fn a_refresh_gives_tokens_that_work_and_says_where() {
    let portal = portal();
    let reply = refresh(&portal, &portal.refresh_token());
    assert_eq!(reply.status, 200);
    let tokens = reply.json();
    assert_eq!(look_up(&portal, &tokens["access_token"]).json()["result"]["ID"], 1437);
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens["user_id"], 1);
    assert_eq!(tokens["status"], "L");
    assert!(tokens["scope"].as_str().unwrap().split(',').any(|scope| scope == "im"));
    assert_eq!(tokens["client_endpoint"], portal.rest_root());
    let endpoint = tokens["server_endpoint"].as_str().unwrap().replace("/rest/", "/oauth/token/");
    assert_eq!(endpoint, portal.token_endpoint());
    assert!(endpoint.ends_with(ENDPOINT));
}

#[test]
fn a_refresh_token_is_good_for_one_use() {
    let portal = portal();
    let old = portal.refresh_token();
    let new = refresh(&portal, &old).json()["refresh_token"].as_str().unwrap().to_owned();
    assert_ne!(old, new);
    let again = refresh(&portal, &old);
    assert_eq!((again.status, again.json()), (400, json!({ "error": "invalid_grant" })));
    assert_eq!(refresh(&portal, &new).status, 200);
}

#[test]
fn an_access_token_expires_after_an_hour_and_a_refresh_mends_it() {
    let portal = portal();
    let tokens = refresh(&portal, &portal.refresh_token()).json();
    portal.pass(Duration::from_secs(3601));
    let late = look_up(&portal, &tokens["access_token"]);
    assert_eq!((late.status, late.error()), (401, "expired_token".into()));
    let tokens = refresh(&portal, tokens["refresh_token"].as_str().unwrap()).json();
    assert_eq!(look_up(&portal, &tokens["access_token"]).json()["result"]["ID"], 1437);
}

#[test]
fn a_refresh_token_expires_after_180_days() {
    let portal = portal();
    let token = portal.refresh_token();
    portal.pass(Duration::from_secs(180 * 86_400 + 1));
    let reply = refresh(&portal, &token);
    assert_eq!((reply.status, reply.error()), (401, "expired_token".into()));
    assert_eq!(reply.json()["error_description"], "The refresh token provided has expired.");
}

#[test]
fn a_code_works_once_and_for_thirty_seconds() {
    let portal = portal();
    let code = portal.authorization_code();
    let first = exchange(&portal, &code);
    assert_eq!(first.status, 200);
    // The first exchange may leave these out.
    assert!(first.json().get("expires").is_none() && first.json().get("user_id").is_none());
    assert_eq!(look_up(&portal, &first.json()["access_token"]).json()["result"]["ID"], 1437);
    assert_eq!(exchange(&portal, &code).error(), "invalid_grant");
    let late = portal.authorization_code();
    portal.pass(Duration::from_secs(31));
    let reply = exchange(&portal, &late);
    assert_eq!((reply.status, reply.error()), (401, "expired_token".into()));
    assert_eq!(reply.json()["error_description"], "The authorization token provided has expired.");
}

#[test]
fn a_get_with_a_query_and_the_portals_own_proxy_work_too() {
    let portal = portal();
    let query = |token: &str| {
        format!(
            "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={token}",
            portal.client_id(),
            portal.client_secret()
        )
    };
    let by_get = portal.send(&get(format!("{ENDPOINT}?{}", query(&portal.refresh_token()))));
    assert_eq!(by_get.status, 200);
    let by_proxy = portal.send(&get(format!("/oauth/token/?{}", query(&portal.refresh_token()))));
    assert_eq!(by_proxy.json()["domain"], portal.address().to_string());
    assert_ne!(by_get.json()["domain"], by_proxy.json()["domain"]);
}

#[test]
fn every_mistake_in_a_token_request_has_its_own_answer() {
    let portal = portal();
    let token = portal.refresh_token();
    let good = [
        ("grant_type", "refresh_token"),
        ("client_id", portal.client_id()),
        ("client_secret", portal.client_secret()),
        ("refresh_token", token.as_str()),
    ];
    let with = |at: usize, value: &'static str| {
        let mut fields = good;
        fields[at].1 = value;
        let reply = form(&portal, &fields);
        (reply.status, reply.error())
    };
    assert_eq!(with(0, "password"), (400, "unsupported_grant_type".into()));
    assert_eq!(with(1, "local.00000000000000.00000000"), (200, "wrong_client".into()));
    assert_eq!(with(2, "guess"), (400, "invalid_client".into()));
    assert_eq!(with(3, "guess"), (400, "invalid_grant".into()));
    assert_eq!(with(3, "notinstalled"), (401, "NOT_INSTALLED".into()));
    assert_eq!(with(3, "payment"), (401, "PAYMENT_REQUIRED".into()));
    assert_eq!(with(3, "invalidscope"), (403, "invalid_scope".into()));
    for at in 0..4 {
        let mut fields = good.to_vec();
        let (missing, _) = fields.remove(at);
        let reply = form(&portal, &fields);
        assert_eq!((reply.status, reply.error()), (400, "invalid_request".into()), "{missing}");
        assert_eq!(reply.json()["error_description"], format!("No \"{missing}\" parameter found"));
    }
    // None of these mistakes has used up the token.
    assert_eq!(form(&portal, &good).status, 200);
}

#[test]
fn the_authorization_server_tells_whose_a_token_is() {
    let portal = portal();
    let token = portal.access_token();
    let reply = portal.send(&get(format!("/auth-server/rest/app.info?auth={token}")));
    let info = &reply.json()["result"];
    assert_eq!(info["client_id"], portal.client_id());
    assert_eq!(info["install"]["client_endpoint"], portal.rest_root());
    assert_eq!(info["install"]["installed"], true);
    let expired = portal.send(&get(format!("/auth-server/rest/app.info?auth={}", portal.expired_access_token())));
    assert_eq!((expired.status, expired.error()), (401, "expired_token".into()));
    assert_eq!(portal.send(&get("/auth-server/rest/app.info")).error(), "invalid_token");
}

#[test]
fn the_code_of_a_scenario_is_an_access_token_too() {
    let portal = portal();
    assert_eq!(look_up(&portal, &json!("stringid")).json()["result"]["ID"], "1437");
    assert_eq!(look_up(&portal, &json!("appdeleted")).error(), "APPLICATION_NOT_FOUND");
    // Nobody checks https on this way.
    assert_eq!(look_up(&portal, &json!("https")).json()["result"]["ID"], 1437);
}

#[test]
fn an_app_learns_about_itself() {
    let portal = portal();
    let info = portal.send(&post("/rest/app.info", &json!({ "auth": portal.access_token() }))).json();
    assert_eq!(info["result"]["INSTALLED"], true);
    assert_eq!(info["result"]["PAYMENT_EXPIRED"], "N");
    assert_eq!(info["result"].get("SCOPE"), None);
}
