//! Every way a lookup can end, with a canary for a secret: it must be in no field of the end. The
//! helpers of every other test look for it as well.

use std::time::Duration;

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::reply::Cut;
use tokio::io::AsyncWriteExt;

use super::support::*;

#[tokio::test]
async fn a_secret_that_is_echoed_is_masked_wherever_it_is() {
    let body = format!(r#"{{"result":null,"you":"sent /rest/27/{CANARY}/im.chat.get","auth":"{CANARY}{CANARY}"}}"#);
    let headers = [
        ("X-Echo", format!("a {CANARY} b")),
        ("Location", format!("/rest/27/{CANARY}/im.chat.get")),
        ("Set-Cookie", format!("session={CANARY}; path=/{CANARY}")),
        ("Set-Cookie", "user=ann; Secure".to_owned()),
        (&format!("X-{CANARY}"), "1".to_owned()),
    ];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    for credential in [webhook(CANARY), token(CANARY)] {
        for packed in [false, true] {
            let bytes = if packed { gzip(body.as_bytes()) } else { body.clone().into_bytes() };
            let mut headers = headers.to_vec();
            headers.extend(packed.then_some(("Content-Encoding", "gzip")));
            let address = serve_one_reply(reply("200 OK", &headers, bytes)).await;
            let reply = answered(ask(&lookup_at(&format!("http://{address}/rest/"), credential.clone())).await);
            let expected = r#"{"result":null,"you":"sent /rest/27/****/im.chat.get","auth":"********"}"#;
            assert_eq!(String::from_utf8_lossy(&reply.body), expected);
            assert_eq!(reply.header("x-echo"), Some("a **** b"));
            assert_eq!(reply.header("location"), Some("/rest/27/****/im.chat.get"));
            let cookies =
                reply.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str());
            assert_eq!(cookies.collect::<Vec<_>>(), ["session=****; path=/****", "user=****; Secure"]);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_cut_inside_the_secret_shows_no_piece_of_it() {
    let said = format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nyou sent {}", &CANARY[..15]);
    let address = serve_one_reply(said).await;
    assert_eq!(answered(ask(&lookup(address)).await).body, b"you sent ****");
}

#[tokio::test]
async fn a_demo_code_that_is_a_word_leaves_other_words_whole() {
    let address = serve_one_reply(reply("200 OK", &[], r#"{"result":null,"slowly":"/rest/27/slow/"}"#)).await;
    let reply = answered(ask(&lookup_at(&format!("http://{address}/rest/"), webhook("slow"))).await);
    assert_eq!(reply.body, br#"{"result":null,"slowly":"/rest/27/****/"}"#);
}

#[tokio::test]
async fn a_demo_code_that_is_a_word_leaves_our_own_sentences_whole() {
    let of = |address, code| lookup_at(&format!("http://{address}/rest/"), webhook(code));
    let cut = serve_one_reply("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").await;
    let expected = "the connection closed in the middle of the reply".to_owned();
    assert_eq!(answered(ask(&of(cut, "closed")).await).cut, Some(Cut::Closed { detail: expected }));

    let resetting = serve(|_, mut stream| async move {
        read_request(&mut stream).await;
        reset(stream);
    })
    .await;
    let expected = "the other side reset it".to_owned();
    assert_eq!(failed(ask(&of(resetting, "reset")).await), Failure::Closed { detail: expected });

    let moved = serve_one_reply(reply("302 Found", &[("Location", "https://moved-portal.example/")], "")).await;
    let expected = "https://moved-portal.example".to_owned();
    assert_eq!(failed(ask(&of(moved, "moved")).await), Failure::Moved { to: expected });
}

/// What servers say that is wrong in one way each, with the secret in every place that could hold it.
fn faults() -> Vec<Vec<u8>> {
    let echo = format!("/rest/27/{CANARY}/im.chat.get");
    let with = |status: &str, location: &str| reply(status, &[("Location", location)], &echo);
    let mut bad_gzip = gzip(echo.repeat(100).as_bytes());
    bad_gzip.truncate(bad_gzip.len() - 9);
    vec![
        Vec::new(),
        echo.clone().into_bytes(),
        format!("HTTP/9.9 {echo}\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 200 {echo}\r\nBad Header {echo}\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 200 OK\r\n{echo}").into_bytes(),
        format!("HTTP/1.1 200 OK\r\nContent-Length: {echo}\r\n\r\n").into_bytes(),
        format!("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{echo}").into_bytes(),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{echo}\r\n").into_bytes(),
        reply("200 OK", &[("Content-Encoding", "gzip")], bad_gzip),
        reply("404 Not Found", &[("Content-Type", "text/html")], format!("<title>{echo}</title>")),
        reply("200 OK", &[], format!("{{\"error\":\"{CANARY}\",\"error_description\":\"{echo}\",\"{CANARY}\":1}}")),
        reply("200 OK", &[], format!("{{\"result\":{{\"{CANARY}\":1}}}}")),
        reply("200 OK", &[], format!("[{{ {echo}")),
        with("302 Found", &echo),
        with("302 Found", &format!("https://{CANARY}.example{echo}")),
        with("302 Found", &format!("https://{CANARY}:{CANARY}@elsewhere.example{echo}?{CANARY}#{CANARY}")),
        with("302 Found", &format!("{CANARY}://{CANARY}")),
        with("302 Found", &format!("https://[{CANARY}")),
        with("303 See Other", &echo),
    ]
}

#[tokio::test]
async fn the_secret_is_in_no_field_of_any_end() {
    let mut ends: Vec<End> = Vec::new();
    for credential in [webhook(CANARY), token(CANARY)] {
        for fault in faults() {
            let address = serve_one_reply(fault).await;
            ends.push(ask(&lookup_at(&format!("http://{address}/rest/"), credential.clone())).await);
        }
        let nowhere = free_port().await;
        for root in [
            format!("http://{nowhere}/rest/"),
            format!("https://{nowhere}/rest/"),
            "http://portal.example/rest/".to_owned(),
            format!("https://{NO_NAME}/rest/"),
        ] {
            ends.push(ask(&lookup_at(&root, credential.clone())).await);
        }
        for said in [&b""[..], b"HTTP/1.1 200 OK\r\n\r\n{"] {
            let hanging = serve(move |_, mut stream| async move {
                read_request(&mut stream).await;
                stream.write_all(said).await.unwrap();
                read_request(&mut stream).await;
            })
            .await;
            let lookup = lookup_at(&format!("http://{hanging}/rest/"), credential.clone());
            ends.push(ask(&Lookup { timeout: Duration::from_millis(50), ..lookup }).await);
        }
    }
    // `ask` has looked for the canary in each; this is that the list was not idle.
    let codes = |code: &str| {
        ends.iter().filter(|end| matches!(end, End::Failed { failure, .. } if failure.code() == code)).count()
    };
    for code in ["closed", "other", "moved", "redirect_loop", "connect", "dns", "timed_out"] {
        assert!(codes(code) >= 2, "no {code} among the ends");
    }
}
