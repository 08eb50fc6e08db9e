//! Redirects: repeated on the same host, named and left alone elsewhere.

use b24chat::domain::failure::Failure;
use b24chat::domain::reply::{ChatId, LooksLike, Outcome};

use super::support::*;

fn found() -> Vec<u8> {
    reply("200 OK", &[], FOUND)
}

fn to(status: &str, location: &str) -> Vec<u8> {
    reply(status, &[("Location", location)], "<html>moved</html>")
}

#[tokio::test]
async fn a_redirect_on_the_same_host_repeats_the_same_post_there() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let (address, asked) = answer(vec![to(status, "/rest/27/other/im.chat.get?x=1"), found()]).await;
        let reply = answered(ask(&lookup(address)).await);
        assert_eq!(reply.outcome, Outcome::Chat(ChatId(1437)), "{status}");
        let asked = asked.lock().unwrap();
        assert_eq!(asked.len(), 2, "{status}");
        assert_eq!(asked[1].line(), "POST /rest/27/other/im.chat.get?x=1 HTTP/1.1");
        assert_eq!(asked[1].body, asked[0].body);
        assert_eq!(asked[1].headers(), asked[0].headers());
    }
}

#[tokio::test]
async fn two_redirects_are_followed_and_a_third_is_a_loop() {
    let hop = || to("302 Found", "/rest/again");
    let (address, asked) = answer(vec![hop(), hop(), found()]).await;
    assert_eq!(answered(ask(&lookup(address)).await).outcome, Outcome::Chat(ChatId(1437)));
    assert_eq!(asked.lock().unwrap().len(), 3);

    let (address, asked) = answer(vec![hop()]).await;
    assert_eq!(failed(ask(&lookup(address)).await), Failure::RedirectLoop { hops: 3 });
    assert_eq!(asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn another_host_is_named_and_nothing_is_sent_there() {
    let (elsewhere, asked_elsewhere) = answer(vec![found()]).await;
    for credential in [webhook(CANARY), token(CANARY)] {
        let location = format!("http://localhost:{}/rest/27/{CANARY}/im.chat.get", elsewhere.port());
        let (address, _) = answer(vec![to("302 Found", &location)]).await;
        let lookup = lookup_at(&format!("http://{address}/rest/"), credential);
        let moved = Failure::Moved { to: format!("http://localhost:{}", elsewhere.port()) };
        assert_eq!(failed(ask(&lookup).await), moved);
    }
    assert!(asked_elsewhere.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_host_that_spells_the_secret_is_masked_in_any_letter_case() {
    let secret = CANARY.to_uppercase();
    let (address, _) = answer(vec![to("302 Found", &format!("https://{secret}.evil.example/"))]).await;
    let lookup = lookup_at(&format!("http://{address}/rest/"), webhook(&secret));
    assert_eq!(failed(ask(&lookup).await), Failure::Moved { to: "https://****.evil.example".into() });
}

#[tokio::test]
async fn a_change_between_http_and_https_is_not_followed() {
    let (address, asked) = answer(vec![to("301 Moved Permanently", "https://127.0.0.1/rest/")]).await;
    assert_eq!(failed(ask(&lookup(address)).await), Failure::Moved { to: "https://127.0.0.1".into() });
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_a_reply_like_any_other() {
    let cases = [
        reply("302 Found", &[], ""),
        to("302 Found", "https://"),
        to("302 Found", "mailto:ann@example.com"),
        to("303 See Other", "/rest/again"),
        reply("302 Found", &[("Location", "/\u{e4}\u{fffd}")], "")
            .into_iter()
            .map(|b| if b == 0xef { 0xff } else { b })
            .collect(),
    ];
    for case in cases {
        let (address, asked) = answer(vec![case.clone(), found()]).await;
        let reply = answered(ask(&lookup(address)).await);
        let Outcome::Unreadable(unreadable) = reply.outcome else { panic!("{:?}", reply.outcome) };
        assert_eq!(unreadable.looks_like, LooksLike::Redirect);
        assert_eq!(asked.lock().unwrap().len(), 1, "{}", String::from_utf8_lossy(&case));
    }
}

#[tokio::test]
async fn a_token_is_not_sent_to_a_page_outside_the_rest_interface() {
    let (address, asked) = answer(vec![to("302 Found", "/auth/?backurl=%2Frest%2F"), found()]).await;
    let lookup = lookup_at(&format!("http://{address}/rest/"), token(CANARY));
    assert_eq!(answered(ask(&lookup).await).status, 302);
    assert_eq!(asked.lock().unwrap().len(), 1);

    let (address, asked) = answer(vec![to("302 Found", "/rest/v2/im.chat.get"), found()]).await;
    let lookup = lookup_at(&format!("http://{address}/rest/"), token(CANARY));
    assert_eq!(answered(ask(&lookup).await).outcome, Outcome::Chat(ChatId(1437)));
    let asked = asked.lock().unwrap();
    assert_eq!(asked[1].body, asked[0].body);
}
