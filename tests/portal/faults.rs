//! What stops a request, each by its own name and in plain words.

use std::time::{Duration, Instant};

use b24chat::domain::failure::Failure;
use b24chat::domain::lookup::{End, Lookup};
use b24chat::domain::phases::Phase;
use b24chat::portal::{Client, Options};
use tokio::io::AsyncWriteExt;

use super::support::*;

#[tokio::test]
async fn a_port_that_nothing_listens_on_refuses_the_connection() {
    let address = free_port().await;
    let failure = failed(ask(&lookup(address)).await);
    let Failure::Connect { address: said, detail } = &failure else { panic!("{failure:?}") };
    assert_eq!(said, &address.to_string());
    assert!(detail.starts_with("connection refused"), "{detail}");
}

#[tokio::test]
async fn a_name_that_cannot_be_looked_up_is_said_by_name() {
    let (end, phases) = ask_watched(&client(), &lookup_of_no_name("http")).await;
    assert_eq!(phases, [Phase::Dns]);
    assert!(end.phases().dns.is_some() && end.phases().connect.is_none());
    let failure = failed(end);
    let Failure::Dns { host, detail } = &failure else { panic!("{failure:?}") };
    assert_eq!(host, NO_NAME);
    assert!(!detail.is_empty() && !detail.contains("lookup address information"), "{detail}");
}

#[tokio::test]
async fn a_name_that_no_certificate_could_be_for_is_said_by_name() {
    let failure = failed(ask(&lookup_of_no_name("https")).await);
    assert!(matches!(&failure, Failure::Dns { host, .. } if host == NO_NAME), "{failure:?}");
}

#[tokio::test]
async fn a_connection_that_closes_before_a_reply_is_said_to_have_closed() {
    for said in ["", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Le"] {
        let address = serve_one_reply(said).await;
        let failure = failed(ask(&lookup(address)).await);
        assert!(matches!(failure, Failure::Closed { .. }), "{said:?}: {failure:?}");
    }
}

#[tokio::test]
async fn a_connection_that_is_reset_before_a_reply_is_said_to_be_reset() {
    let address = serve(|_, mut stream| async move {
        read_request(&mut stream).await;
        reset(stream);
    })
    .await;
    let failure = failed(ask(&lookup(address)).await);
    assert_eq!(failure, Failure::Closed { detail: "the other side reset it".into() });
}

#[tokio::test]
async fn what_is_not_http_is_said_not_to_be() {
    for said in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"] {
        let address = serve_one_reply(said).await;
        let failure = failed(ask(&lookup(address)).await);
        assert!(
            matches!(&failure, Failure::Other { detail } if detail.starts_with("what came back is not HTTP")),
            "{said:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn silence_after_the_request_is_a_timeout_while_waiting() {
    let address = serve(|_, mut stream| async move {
        read_request(&mut stream).await;
        read_request(&mut stream).await;
    })
    .await;
    timed_out(lookup(address), Phase::Wait).await;
}

#[tokio::test]
async fn silence_in_the_body_is_a_timeout_while_receiving() {
    let address = serve(|_, mut stream| async move {
        read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").await.unwrap();
        read_request(&mut stream).await;
    })
    .await;
    timed_out(lookup(address), Phase::Download).await;
}

#[tokio::test]
async fn the_time_of_a_request_includes_its_redirects() {
    let address = serve(|number, mut stream| async move {
        read_request(&mut stream).await;
        if number == 0 {
            stream
                .write_all(&reply("302 Found", &[("Location", "/rest/again"), ("Connection", "close")], ""))
                .await
                .unwrap();
        } else {
            read_request(&mut stream).await;
        }
    })
    .await;
    timed_out(lookup(address), Phase::Wait).await;
}

async fn timed_out(lookup: Lookup, during: Phase) {
    let lookup = Lookup { timeout: Duration::from_millis(150), ..lookup };
    let started = Instant::now();
    let end = ask(&lookup).await;
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(end.phases().total >= lookup.timeout);
    assert_eq!(failed(end), Failure::TimedOut { after: lookup.timeout, during });
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_is_a_timeout_while_connecting() {
    // TLS waits for the other side to speak, and connecting includes TLS.
    let address = serve(|_, stream| async move {
        let _keep = stream;
        std::future::pending::<()>().await;
    })
    .await;
    let lookup = lookup_at(&format!("https://{address}/rest/"), webhook(CANARY));
    let connect_timeout = Duration::from_millis(150);
    let end = Client::new(Options { connect_timeout }).ask(&lookup, &|_| ()).await;
    assert!(
        matches!(end, End::Failed { phases, .. } if phases.connect >= Some(connect_timeout) && phases.wait.is_none())
    );
    assert_eq!(failed(end), Failure::TimedOut { after: connect_timeout, during: Phase::Connect });
}
