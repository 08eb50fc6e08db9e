//! Secure connections: trusted ones over both versions of HTTP, and certificates that are wrong in one
//! way each. Trust is given by `SSL_CERT_FILE`, so these ask in a process of their own.

use std::net::SocketAddr;

use b24chat::domain::failure::Failure;
use rcgen::KeyPair;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::environment::ask_with;
use super::secure::{Authority, Signed, secure};
use super::support::*;

/// A portal with this certificate that speaks the protocols it is told.
async fn portal(signed: Signed, alpn: &[&[u8]]) -> SocketAddr {
    secure(signed, alpn, |mut stream| async move {
        if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
            speak_http_2(stream).await;
        } else if read_request(&mut stream).await.is_some() {
            stream.write_all(&reply("200 OK", &[], FOUND)).await.unwrap();
            let _ = stream.read(&mut [0; 16]).await;
        }
    })
    .await
}

async fn speak_http_2(stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        assert_eq!(request.method(), "POST");
        let head = http::Response::builder().status(200).body(()).unwrap();
        respond.send_response(head, false).unwrap().send_data(FOUND.into(), true).unwrap();
    }
}

async fn ask_trusting(authority: &Authority, root: String) -> String {
    let file = authority.file();
    ask_with(root, vec![("SSL_CERT_FILE", file.path().to_str().unwrap().to_owned())]).await
}

#[tokio::test]
async fn a_trusted_portal_is_asked_over_the_version_it_speaks() {
    let authority = Authority::new();
    for (alpn, version) in [(&[&b"h2"[..], b"http/1.1"][..], "HTTP/2"), (&[b"http/1.1"], "HTTP/1.1"), (&[], "HTTP/1.1")]
    {
        let address = portal(authority.sign(&["127.0.0.1"], |_| ()), alpn).await;
        let told = ask_trusting(&authority, format!("https://{address}/rest/")).await;
        assert_eq!(told, format!("{version} 200 Chat(ChatId(1437))"));
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_accepted() {
    let address = portal(Authority::new().sign(&["127.0.0.1"], |_| ()), &[]).await;
    let failure = failed(ask(&lookup_at(&format!("https://{address}/rest/"), webhook(CANARY))).await);
    let Failure::Tls { address: said, detail } = &failure else { panic!("{failure:?}") };
    assert_eq!(said, &address.to_string());
    assert!(detail.contains("does not trust"), "{detail}");
}

#[tokio::test]
async fn a_certificate_of_its_own_making_is_not_accepted() {
    let authority = Authority::new();
    let key = KeyPair::from_pem(&authority.0.key().serialize_pem()).unwrap();
    let address = portal((authority.0.der().clone(), key), &[]).await;
    let told = ask_trusting(&authority, format!("https://{address}/rest/")).await;
    assert!(told.starts_with("tls: ") && told.contains("signed by itself"), "{told}");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_accepted() {
    let authority = Authority::new();
    let address = portal(authority.sign(&["acme.example"], |_| ()), &[]).await;
    let told = ask_trusting(&authority, format!("https://{address}/rest/")).await;
    assert_eq!(told, format!("tls: no secure connection to {address}: its certificate is for another name"));
}

#[tokio::test]
async fn a_certificate_out_of_its_time_is_not_accepted() {
    let authority = Authority::new();
    let old = authority.sign(&["127.0.0.1"], |params| params.not_after = rcgen::date_time_ymd(2020, 1, 1));
    let early = authority.sign(&["127.0.0.1"], |params| params.not_before = rcgen::date_time_ymd(3000, 1, 1));
    for (certificate, words) in [(old, "its certificate has expired"), (early, "its certificate is not valid yet")] {
        let address = portal(certificate, &[]).await;
        let told = ask_trusting(&authority, format!("https://{address}/rest/")).await;
        assert!(told.starts_with("tls: ") && told.contains(words), "{told}");
    }
}

#[tokio::test]
async fn a_port_that_speaks_plain_http_is_said_to() {
    let address = serve(|_, mut stream| async move {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(&reply("400 Bad Request", &[], "")).await;
    })
    .await;
    let failure = failed(ask(&lookup_at(&format!("https://{address}/rest/"), webhook(CANARY))).await);
    assert!(matches!(&failure, Failure::Tls { detail, .. } if detail.contains("is it plain http?")), "{failure:?}");
}

#[tokio::test]
async fn a_handshake_that_is_cut_off_is_a_failure_of_tls() {
    for with_reset in [false, true] {
        let address = serve(move |_, mut stream| async move {
            let _ = stream.read(&mut [0; 4096]).await;
            if with_reset {
                reset(stream);
            }
        })
        .await;
        let failure = failed(ask(&lookup_at(&format!("https://{address}/rest/"), webhook(CANARY))).await);
        let expected = "the connection closed during the TLS handshake".to_owned();
        assert_eq!(failure, Failure::Tls { address: address.to_string(), detail: expected });
    }
}
