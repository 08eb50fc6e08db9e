//! What can be wrong before anything is said: the name, the connection, the certificate, the proxy.

use std::path::Path;
use std::time::Duration;

use b24chat::domain::diagnosis::{Diagnosis, Kind, Rung, Standing};
use b24chat::domain::profile::{Connection, Profile};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::examining::*;
use crate::secure::{Authority, Signed, secure, self_signed};
use crate::support::{CANARY, NO_NAME, free_port, read_request, reply, serve};

fn at(root: &str, connection: Connection) -> Profile {
    let mut profile = profile(root, webhook(CANARY));
    profile.connection = connection;
    profile
}

fn trusting(file: &Path) -> Connection {
    Connection { ca_file: Some(file.to_owned()), ..Connection::default() }
}

/// A server that has this certificate and knows a portal's words.
async fn portal_with(signed: Signed) -> String {
    let address = secure(signed, &[], |mut stream| async move {
        while let Some(asked) = read_request(&mut stream).await {
            let json = [("Content-Type", "application/json")];
            let said = if asked.line().starts_with("GET /rest/server.time.json ") {
                reply("401 Unauthorized", &json, r#"{"error":"NO_AUTH_FOUND","error_description":"x"}"#)
            } else {
                reply("401 Unauthorized", &json, r#"{"error":"INVALID_CREDENTIALS","error_description":"x"}"#)
            };
            if stream.write_all(&said).await.is_err() {
                return;
            }
        }
    })
    .await;
    format!("https://{address}/rest/")
}

fn assert_tls(diagnosis: &Diagnosis, code: &str, found: &str) {
    assert_eq!(broken(diagnosis), Some((Rung::Tls, code)), "{diagnosis:#?}");
    let tls = finding(diagnosis, Rung::Tls);
    assert!(tls.found.en().contains(found), "{}", tls.found.en());
    assert_eq!(tls.kind(), Some(Kind::NotReached));
    assert_eq!(finding(diagnosis, Rung::Tcp).standing, Standing::Pass);
    assert_eq!(finding(diagnosis, Rung::Bitrix24).standing, Standing::Skipped);
}

#[tokio::test]
async fn a_trusted_certificate_is_told_with_its_end_and_its_issuer() {
    let authority = Authority::new();
    let file = authority.file();
    let root = portal_with(authority.sign(&["127.0.0.1"], |it| it.not_after = rcgen::date_time_ymd(2099, 2, 11))).await;
    let diagnosis = examine(&at(&root, trusting(file.path()))).await;
    let tls = finding(&diagnosis, Rung::Tls).found.en();
    assert!(tls.starts_with("valid until 2099-02-11, issued by Lindenhof Root, trusted by "), "{tls}");
    assert!(tls.ends_with(&format!("and those in {}", file.path().display())), "{tls}");
    assert_eq!(broken(&diagnosis), Some((Rung::Credential, "INVALID_CREDENTIALS")));
}

#[tokio::test]
async fn each_fault_of_a_certificate_has_a_name_of_its_own() {
    let authority = Authority::new();
    let file = authority.file();
    let trusting = || trusting(file.path());
    let old = portal_with(authority.sign(&["127.0.0.1"], |it| it.not_after = rcgen::date_time_ymd(2020, 1, 1))).await;
    assert_tls(&examine(&at(&old, trusting())).await, "tls_expired", "expired on 2020-01-01, issued by Lindenhof Root");
    let early = portal_with(authority.sign(&["127.0.0.1"], |it| {
        it.not_before = rcgen::date_time_ymd(2098, 1, 1);
        it.not_after = rcgen::date_time_ymd(2099, 1, 1);
    }))
    .await;
    assert_tls(&examine(&at(&early, trusting())).await, "tls_not_yet_valid", "not valid before 2098-01-01");
    let other = portal_with(authority.sign(&["acme.example"], |_| ())).await;
    assert_tls(&examine(&at(&other, trusting())).await, "tls_wrong_host", "for acme.example, not for 127.0.0.1");
    let unknown = portal_with(authority.sign(&["127.0.0.1"], |_| ())).await;
    let diagnosis = examine(&at(&unknown, Connection::default())).await;
    assert_tls(&diagnosis, "tls_unknown_issuer", "issued by Lindenhof Root, which is not among");
    let (signed, _) = self_signed(&["127.0.0.1", "acme.example"]);
    let own = portal_with(signed).await;
    assert_tls(&examine(&at(&own, Connection::default())).await, "tls_self_signed", "for 127.0.0.1, acme.example");
}

#[tokio::test]
async fn a_switched_off_check_stays_visible_and_is_no_failure() {
    let (signed, _) = self_signed(&["acme.example"]);
    let root = portal_with(signed).await;
    let diagnosis = examine(&at(&root, Connection { insecure_tls: true, ..Connection::default() })).await;
    let tls = finding(&diagnosis, Rung::Tls);
    assert_eq!(tls.standing, Standing::Unknown);
    assert!(tls.found.en().starts_with("not checked, as the profile says (insecure_tls)"), "{}", tls.found.en());
    assert_eq!(broken(&diagnosis), Some((Rung::Credential, "INVALID_CREDENTIALS")));
}

#[tokio::test]
async fn what_does_not_speak_tls_is_told_apart_from_what_breaks_it_off() {
    let plain = serve(|_, mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(&reply("400 Bad Request", &[], "")).await;
    })
    .await;
    let diagnosis = examine(&at(&format!("https://{plain}/rest/"), Connection::default())).await;
    assert_tls(&diagnosis, "tls_plain_http", "does not speak TLS");
    let closing = serve(|_, mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
    })
    .await;
    let diagnosis = examine(&at(&format!("https://{closing}/rest/"), Connection::default())).await;
    assert_tls(&diagnosis, "tls_closed", "closed during the TLS handshake");
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_told_on_its_rung() {
    let silent =
        serve(|_, mut stream| async move { while stream.read(&mut [0; 4096]).await.is_ok_and(|count| count > 0) {} })
            .await;
    let profile = at(&format!("https://{silent}/rest/"), Connection::default());
    let diagnosis = examine_within(&profile, Duration::from_secs(1)).await;
    assert_tls(&diagnosis, "timed_out", "no end of the handshake");
}

#[tokio::test]
async fn a_name_that_leads_nowhere_and_a_port_that_nobody_has() {
    let diagnosis = examine(&at(&format!("https://{NO_NAME}/rest/"), Connection::default())).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Dns, "dns")));
    assert_eq!(marks(&diagnosis), "✓✗–––––––––––");
    for scheme in ["http", "https"] {
        let nobody = free_port().await;
        let diagnosis = examine(&at(&format!("{scheme}://{nobody}/rest/"), Connection::default())).await;
        assert_eq!(broken(&diagnosis), Some((Rung::Tcp, "connect")));
        assert!(finding(&diagnosis, Rung::Tcp).found.en().starts_with("connection refused"), "{diagnosis:#?}");
        assert_eq!(diagnosis.broken().unwrap().kind(), Some(Kind::NotReached));
    }
}

#[tokio::test]
async fn certificates_that_cannot_be_read_are_told_where_they_are_used() {
    let root = portal_with(Authority::new().sign(&["127.0.0.1"], |_| ())).await;
    let diagnosis = examine(&at(&root, trusting(Path::new("/nowhere/acme.pem")))).await;
    assert_eq!(broken(&diagnosis), Some((Rung::Tls, "tls_setup")));
    assert!(finding(&diagnosis, Rung::Tls).found.en().contains("/nowhere/acme.pem"));
    assert_eq!(marks(&diagnosis), "✓––✗–––––––––");
}

#[tokio::test]
async fn a_proxy_that_fails_is_named_without_its_password() {
    let refusing = serve(|_, mut stream| async move {
        if read_request(&mut stream).await.is_some() {
            let _ = stream.write_all(&reply("403 Forbidden", &[], "no")).await;
        }
    })
    .await;
    let nobody = free_port().await;
    for (proxy, words) in [
        (format!("http://ann:pw7f3a01@{refusing}"), "refused to connect us"),
        (format!("http://ann:pw7f3a01@{nobody}"), "the proxy is not reached"),
        (format!("socks5h://ann:pw7f3a01@{nobody}"), "the proxy is not reached"),
    ] {
        let connection = Connection { proxy: Some(proxy), ..Connection::default() };
        let diagnosis = examine(&at("https://portal.example/rest/", connection)).await;
        assert_eq!(broken(&diagnosis), Some((Rung::Tcp, "proxy")), "{diagnosis:#?}");
        let tcp = finding(&diagnosis, Rung::Tcp).found.en();
        assert!(tcp.contains(words) && tcp.contains("****@127.0.0.1:"), "{tcp}");
        assert!(!format!("{diagnosis:?}").contains("pw7f3a01"));
        assert!(finding(&diagnosis, Rung::Dns).found.en().starts_with("the proxy looks the name up"));
    }
}
