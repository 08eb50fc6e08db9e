//! What is sent, and what is not sent at all.

use std::time::Duration;

use b24chat::domain::address::InvalidAddress;
use b24chat::domain::failure::Failure;
use b24chat::domain::reply::{ChatId, Outcome};
use b24chat::domain::request::USER_AGENT;
use b24chat::portal::check;

use super::support::*;

#[tokio::test]
async fn a_webhook_is_asked_with_one_post_and_exactly_these_headers() {
    let (address, asked) = answer(vec![reply("200 OK", &[("Content-Type", "application/json")], FOUND)]).await;
    let reply = answered(ask(&lookup(address)).await);
    assert_eq!(reply.outcome, Outcome::Chat(ChatId(1437)));
    assert_eq!((reply.status, reply.version.as_str()), (200, "HTTP/1.1"));

    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].line(), format!("POST /rest/27/{CANARY}/im.chat.get HTTP/1.1"));
    assert_eq!(asked[0].body, r#"{"ENTITY_TYPE":"CRM","ENTITY_ID":"DEAL|1663"}"#);
    let mut headers = asked[0].headers();
    headers.sort();
    let expected = [
        ("accept", "application/json"),
        ("accept-encoding", "gzip"),
        ("content-length", "45"),
        ("content-type", "application/json"),
        ("host", &address.to_string()),
        ("user-agent", USER_AGENT),
    ];
    assert_eq!(headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_token_travels_in_the_body_and_nowhere_else() {
    let (address, asked) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    answered(ask(&lookup_at(&format!("http://{address}/rest/"), token(CANARY))).await);
    let asked = asked.lock().unwrap();
    assert_eq!(asked[0].line(), "POST /rest/im.chat.get HTTP/1.1");
    assert!(asked[0].body.ends_with(&format!(r#","auth":"{CANARY}"}}"#)));
    assert!(!asked[0].head.contains(CANARY));
}

#[tokio::test]
async fn a_cookie_is_never_sent_back() {
    let (address, asked) = answer(vec![reply("200 OK", &[("Set-Cookie", "PHPSESSID=abc; path=/")], FOUND)]).await;
    let client = client();
    for _ in 0..2 {
        answered(ask_watched(&client, &lookup(address)).await.0);
    }
    let asked = asked.lock().unwrap();
    assert_eq!(asked.len(), 2);
    assert!(!asked[1].head.to_ascii_lowercase().contains("cookie"));
}

#[tokio::test]
async fn a_request_that_fails_is_not_sent_again() {
    let (address, asked) = answer(vec![reply("503 Service Unavailable", &[], ""), reply("200 OK", &[], FOUND)]).await;
    assert_eq!(answered(ask(&lookup(address)).await).status, 503);
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn plain_http_to_another_machine_is_refused_before_anything_happens() {
    let lookup = lookup_at("http://portal.example/rest/", webhook(CANARY));
    let refused = check(&lookup).unwrap_err();
    assert!(matches!(&refused, InvalidAddress::PlainHttp(host) if host == "portal.example"));

    let (end, phases) = ask_watched(&client(), &lookup).await;
    assert_eq!(phases, []);
    assert_eq!(failed(end), Failure::Other { detail: refused.to_string() });
}

#[tokio::test]
async fn a_portal_of_this_machine_may_be_asked_over_plain_http() {
    assert_eq!(check(&lookup(free_port().await)), Ok(()));
    assert_eq!(check(&lookup_at("https://portal.example/rest/", webhook(CANARY))), Ok(()));
}

#[tokio::test]
async fn localhost_is_this_machine_whatever_follows_it_in_the_hosts_file() {
    let (address, asked) = answer(vec![reply("200 OK", &[], FOUND)]).await;
    for host in ["localhost", "portal.localhost"] {
        let lookup = lookup_at(&format!("http://{host}:{}/rest/", address.port()), webhook(CANARY));
        answered(ask(&lookup).await);
    }
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_client_costs_nothing_until_it_asks() {
    let started = std::time::Instant::now();
    for _ in 0..1000 {
        let _ = client();
    }
    // Reading the system's trust store a thousand times would take seconds.
    assert!(started.elapsed() < Duration::from_millis(500));
}
