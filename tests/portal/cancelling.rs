//! Dropping a request closes its socket at once, wherever the request is.

use std::time::Duration;

use b24chat::domain::lookup::Lookup;
use b24chat::domain::phases::Phase;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::support::*;

/// Asks until `phase` begins and the server has come to its rest, drops the request, and waits for the
/// server to see the close.
async fn is_closed_when_dropped(scheme: &str, said: &'static [u8], phase: Phase) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        if scheme == "http" {
            read_request(&mut stream).await.unwrap();
        }
        stream.write_all(said).await.unwrap();
        // Whatever is still to come, a TLS greeting for one, and then the end or a reset.
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await.is_ok_and(|length| length > 0) {}
    };
    let lookup: Lookup = lookup_at(&format!("{scheme}://{address}/rest/"), webhook(CANARY));
    let client = client();
    let (began, mut begins) = mpsc::unbounded_channel();
    let asking = tokio::spawn(async move {
        client.ask(&lookup, &|phase| began.send(phase).unwrap()).await;
    });
    let user = async {
        while begins.recv().await.unwrap() != phase {}
        asking.abort();
    };
    let both = async { tokio::join!(server, user) };
    tokio::time::timeout(Duration::from_secs(5), both).await.expect("the socket stayed open");
}

#[tokio::test]
async fn while_connecting() {
    is_closed_when_dropped("https", b"", Phase::Connect).await;
}

#[tokio::test]
async fn while_waiting() {
    is_closed_when_dropped("http", b"", Phase::Wait).await;
}

#[tokio::test]
async fn while_receiving() {
    is_closed_when_dropped("http", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", Phase::Download).await;
}

#[tokio::test]
async fn a_new_request_after_a_cancelled_one_is_answered() {
    let address = serve(|number, mut stream| async move {
        read_request(&mut stream).await;
        if number > 0 {
            stream.write_all(&reply("200 OK", &[], FOUND)).await.unwrap();
        }
        read_request(&mut stream).await;
    })
    .await;
    let client = client();
    let lookup = lookup(address);
    let hanging = client.ask(&lookup, &|_| ());
    assert!(tokio::time::timeout(Duration::from_millis(50), hanging).await.is_err());
    assert_eq!(answered(ask_watched(&client, &lookup).await.0).status, 200);
}
