//! What may answer in a portal's place: pages, redirects, silence. First for everybody who asks, then
//! for the credential alone.

use std::time::Duration;

use b24chat::domain::diagnosis::Kind::{NotAnAnswer, NotReached, Refused};
use b24chat::domain::diagnosis::{Kind, Rung, Standing};
use b24chat::domain::failure::Failure;
use b24chat::domain::phases::Phase;

use super::examining::*;
use crate::support::{CANARY, answer, reply, serve_one_reply};

/// The scenario, the code, what kind of failure it is.
const WHOLLY: &[(&str, &str, Kind)] = &[
    ("login", "login_page", NotAnAnswer),
    ("captive", "web_page", NotAnAnswer),
    ("maintenance", "maintenance", NotAnAnswer),
    ("gateway", "gateway", NotAnAnswer),
    ("notfound", "no_such_page", NotAnAnswer),
    ("forbidden", "barred", NotAnAnswer),
    ("basicauth", "barred", NotAnAnswer),
    ("fatal", "server_fault", NotAnAnswer),
    ("fatalempty", "server_fault", NotAnAnswer),
    ("garbage", "not_json", NotAnAnswer),
    ("truncated", "truncated", NotAnAnswer),
    ("movednowhere", "redirect", NotAnAnswer),
    ("moved", "moved_elsewhere", NotReached),
    ("moved301", "moved_elsewhere", NotReached),
    ("moved307", "moved_elsewhere", NotReached),
    ("moved308", "moved_elsewhere", NotReached),
    ("movedplain", "moved_elsewhere", NotReached),
    ("movedsite", "no_such_portal", NotReached),
    ("movedlogin", "sent_to_a_page", NotAnAnswer),
    ("deleted", "PORTAL_DELETED", Refused),
    ("reset", "closed", NotReached),
    ("close", "closed", NotReached),
];

#[tokio::test]
async fn a_portal_that_is_none_is_told_before_the_credential_is_sent() {
    let portal = portal().await;
    for (code, name, kind) in WHOLLY {
        let before = portal.requests();
        let diagnosis = examine(&profile(&portal.wholly(code), webhook(CANARY))).await;
        assert_eq!(broken(&diagnosis), Some((Rung::Bitrix24, *name)), "{code}: {diagnosis:#?}");
        assert_eq!(diagnosis.broken().unwrap().kind(), Some(*kind), "{code}");
        assert_eq!(marks(&diagnosis), "✓–✓–✗––––––––", "{code}");
        assert_eq!(portal.requests() - before, 1, "{code}");
    }
}

/// The same under the credential alone, as a firewall or a proxy with an eye on secrets would do it.
const ALONE: &[(&str, &str, Kind)] = &[
    ("login", "login_page", NotAnAnswer),
    ("captive", "web_page", NotAnAnswer),
    ("maintenance", "maintenance", NotAnAnswer),
    ("forbidden", "barred", NotAnAnswer),
    ("echo", "no_such_page", NotAnAnswer),
    ("moved", "moved", NotReached),
    ("redirectloop", "redirect_loop", NotReached),
    ("reset", "closed", NotReached),
    ("deleted", "PORTAL_DELETED", Refused),
    ("half", "truncated", NotAnAnswer),
    ("empty", "empty", NotAnAnswer),
];

#[tokio::test]
async fn what_strikes_the_credential_alone_is_told_on_its_rung() {
    let portal = portal().await;
    for (code, name, kind) in ALONE {
        let diagnosis = examine(&profile(&portal.rest_root(), webhook(code))).await;
        assert_eq!(broken(&diagnosis), Some((Rung::Credential, *name)), "{code}: {diagnosis:#?}");
        assert_eq!(diagnosis.broken().unwrap().kind(), Some(*kind), "{code}");
    }
}

#[tokio::test]
async fn a_portal_that_hangs_ends_the_ladder_in_its_time_and_the_rung_is_named() {
    let portal = portal().await;
    let timeout = Duration::from_millis(300);
    let diagnosis = examine_within(&profile(&portal.wholly("hang"), webhook(CANARY)), timeout).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Bitrix24, "timed_out")));
    let during = Failure::TimedOut { after: timeout, during: Phase::Wait };
    assert_eq!(diagnosis.broken().unwrap().found.en(), during.to_string());
    assert!(diagnosis.total < Duration::from_secs(5), "{:?}", diagnosis.total);
    let diagnosis = examine_within(&profile(&portal.rest_root(), webhook("hang")), timeout).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Credential, "timed_out")));
    assert_eq!(finding(&diagnosis, Rung::Bitrix24).standing, Standing::Pass);
}

/// A server that answers everybody with this.
async fn everybody(bytes: Vec<u8>) -> String {
    format!("http://{}/rest/", serve_one_reply(bytes).await)
}

#[tokio::test]
async fn a_service_that_speaks_json_and_is_no_portal_gets_no_credential() {
    let json = [("Content-Type", "application/json")];
    for body in [r#"{"error":"unauthorized","message":"x"}"#, r#"{"result":{"status":"ok"}}"#] {
        let (address, asked) = answer(vec![reply("200 OK", &json, body)]).await;
        let diagnosis = examine(&profile(&format!("http://{address}/rest/"), webhook(CANARY))).await;
        assert_eq!(broken(&diagnosis), Some((Rung::Bitrix24, "not_bitrix24")), "{body}");
        let asked = asked.lock().unwrap();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].line(), "GET /rest/server.time.json HTTP/1.1");
        assert!(!format!("{asked:?}").contains(CANARY) && asked[0].body.is_empty());
    }
}

#[tokio::test]
async fn a_portal_that_wants_https_is_told_to_be_asked_in_the_wrong_way() {
    let address = crate::support::serve(|_, mut stream| async move {
        use tokio::io::AsyncWriteExt;
        if crate::support::read_request(&mut stream).await.is_some() {
            let to = format!("https://{}/rest/server.time.json", stream.local_addr().unwrap());
            stream.write_all(&reply("301 Moved Permanently", &[("Location", &to)], "")).await.unwrap();
        }
    })
    .await;
    let diagnosis = examine(&profile(&format!("http://{address}/rest/"), webhook(CANARY))).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Tls, "https_only")));
}

#[tokio::test]
async fn plain_http_to_elsewhere_is_refused_before_anything_is_sent() {
    let diagnosis = examine(&profile("http://acme.bitrix24.com/rest/", webhook(CANARY))).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Address, "plain_http")));
    assert_eq!(diagnosis.requests, 0);
    assert_eq!(diagnosis.broken().unwrap().kind(), Some(Kind::Input));
    assert_eq!(marks(&diagnosis), "✗––––––––––––");
}

#[tokio::test]
async fn a_secret_in_a_page_is_masked_in_what_is_told() {
    let page = format!("<html><title>No {CANARY} here</title></html>");
    let root = everybody(reply("200 OK", &[("Content-Type", "text/html")], page)).await;
    let diagnosis = examine(&profile(&root, webhook(CANARY))).await;
    assert_eq!(finding(&diagnosis, Rung::Bitrix24).found.en(), "web page (200): No **** here");
}
