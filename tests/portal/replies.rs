//! What comes back: heads, bodies whole and broken, packed and too large.

use b24chat::domain::reply::{BODY_LIMIT, ChatId, Cut, LooksLike, Outcome, Reply};
use tokio::io::AsyncWriteExt;

use super::support::*;

async fn reply_to(bytes: impl Into<Vec<u8>>) -> Reply {
    let address = serve_one_reply(bytes).await;
    answered(ask(&lookup(address)).await)
}

fn looks_like(reply: &Reply) -> LooksLike {
    match &reply.outcome {
        Outcome::Unreadable(unreadable) => unreadable.looks_like,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_reply_that_comes_one_byte_at_a_time_is_the_same_reply() {
    let address = serve(|_, mut stream| async move {
        if read_request(&mut stream).await.is_some() {
            stream.set_nodelay(true).unwrap();
            for byte in reply("200 OK", &[("Content-Encoding", "gzip")], gzip(FOUND.as_bytes())) {
                stream.write_all(&[byte]).await.unwrap();
                stream.flush().await.unwrap();
                tokio::task::yield_now().await;
            }
        }
    })
    .await;
    let reply = answered(ask(&lookup(address)).await);
    assert_eq!(reply.outcome, Outcome::Chat(ChatId(1437)));
    assert_eq!(reply.cut, None);
}

#[tokio::test]
async fn a_chunked_body_is_put_together() {
    let reply = reply_to(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
         e\r\n{\"result\":{\"ID\r\n7\r\n\":1437}\r\n1\r\n}\r\n0\r\n\r\n",
    )
    .await;
    assert_eq!(reply.outcome, Outcome::Chat(ChatId(1437)));
    assert_eq!(reply.body, br#"{"result":{"ID":1437}}"#);
}

#[tokio::test]
async fn a_body_without_a_length_ends_with_the_connection() {
    let reply = reply_to(format!("HTTP/1.0 200 OK\r\n\r\n{FOUND}")).await;
    assert_eq!((reply.version.as_str(), &reply.cut), ("HTTP/1.0", &None));
    assert_eq!(reply.body, FOUND.as_bytes());
}

#[tokio::test]
async fn headers_are_kept_in_order_with_stand_ins_for_what_is_no_text() {
    let mut bytes =
        b"HTTP/1.1 200 OK\r\nX-First: caf\xe9\r\nServer: nginx\r\nX-Last:  two words \r\nContent-Length: 2\r\n\r\n"
            .to_vec();
    bytes.extend_from_slice(b"{}");
    let headers = reply_to(bytes).await.headers;
    let expected = [("x-first", "caf\u{fffd}"), ("server", "nginx"), ("x-last", "two words"), ("content-length", "2")];
    assert_eq!(headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn a_packed_body_is_unpacked_and_the_headers_still_say_that_it_was() {
    let packed = gzip(FOUND.as_bytes());
    for name in ["gzip", "GZip", "x-gzip"] {
        let reply = reply_to(reply("200 OK", &[("Content-Encoding", name)], &packed)).await;
        assert_eq!(reply.body, FOUND.as_bytes(), "{name}");
        assert_eq!(reply.header("content-encoding"), Some(name));
        assert_eq!(reply.header("content-length"), Some(packed.len().to_string().as_str()));
    }
}

#[tokio::test]
async fn a_body_that_is_only_said_to_be_packed_is_taken_as_it_is() {
    let said = reply_to(reply("200 OK", &[("Content-Encoding", "gzip")], FOUND)).await;
    assert_eq!((said.outcome, said.cut), (Outcome::Chat(ChatId(1437)), None));
    let empty = reply_to(reply("200 OK", &[("Content-Encoding", "gzip")], "")).await;
    assert_eq!((looks_like(&empty), &empty.cut), (LooksLike::Empty, &None));
}

#[tokio::test]
async fn a_connection_that_closes_in_the_body_leaves_what_had_arrived() {
    let reply = reply_to("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"result\":{\"ID\":14").await;
    assert_eq!(reply.body, br#"{"result":{"ID":14"#);
    assert_eq!(reply.cut, Some(Cut::Closed { detail: "the connection closed in the middle of the reply".into() }));
    assert_eq!(looks_like(&reply), LooksLike::Truncated);
}

#[tokio::test]
async fn a_chunked_body_that_stops_between_chunks_is_cut() {
    let reply = reply_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"result\"\r\n").await;
    assert_eq!(reply.body, br#"{"result""#);
    assert!(matches!(reply.cut, Some(Cut::Closed { .. })));
}

#[tokio::test]
async fn a_packed_body_that_stops_or_breaks_leaves_what_could_be_unpacked() {
    let text = format!(r#"{{"result":null,"filler":"{}"}}"#, "abcdefgh".repeat(4096));
    let packed = gzip(text.as_bytes());

    let stopped = reply_to(reply("200 OK", &[("Content-Encoding", "gzip")], &packed[..packed.len() - 12])).await;
    assert!(text.as_bytes().starts_with(&stopped.body) && stopped.body.starts_with(br#"{"result":null"#));
    assert_eq!(stopped.cut, Some(Cut::Closed { detail: "the compressed reply stops before its end".into() }));

    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", packed.len());
    let mut closed = head.into_bytes();
    closed.extend_from_slice(&packed[..packed.len() - 12]);
    let closed = reply_to(closed).await;
    assert_eq!(closed.cut, Some(Cut::Closed { detail: "the connection closed in the middle of the reply".into() }));
    assert_eq!(closed.body, stopped.body);

    let mut wrong = packed.clone();
    let checksum = wrong.len() - 8;
    wrong[checksum] ^= 0xff;
    let broken = reply_to(reply("200 OK", &[("Content-Encoding", "gzip")], &wrong)).await;
    assert!(
        matches!(&broken.cut, Some(Cut::Closed { detail }) if detail.starts_with("the compressed reply is broken"))
    );
    assert_eq!(broken.body, text.as_bytes());
}

#[tokio::test]
async fn a_body_past_the_limit_is_kept_up_to_it() {
    let mut body = vec![b'x'; BODY_LIMIT];
    let whole = reply_to(reply("200 OK", &[], &body)).await;
    assert_eq!((whole.body.len(), &whole.cut), (BODY_LIMIT, &None));
    body.push(b'x');
    let cut = reply_to(reply("200 OK", &[], &body)).await;
    assert_eq!((cut.body.len(), &cut.cut), (BODY_LIMIT, &Some(Cut::TooLarge)));
    assert_eq!(looks_like(&cut), LooksLike::TooLarge);
}

#[tokio::test]
async fn a_packed_bomb_is_unpacked_no_further_than_the_limit() {
    let bomb = gzip(&vec![0; 64 * 1024 * 1024]);
    assert!(bomb.len() < 128 * 1024);
    let reply = reply_to(reply("200 OK", &[("Content-Encoding", "gzip")], &bomb)).await;
    assert_eq!((reply.body.len(), &reply.cut), (BODY_LIMIT, &Some(Cut::TooLarge)));
    assert!(reply.body.capacity() <= 2 * BODY_LIMIT);
}

#[tokio::test]
async fn an_endless_body_is_left_at_the_limit_and_its_connection_closed() {
    let (closed, mut is_closed) = tokio::sync::mpsc::channel(1);
    let address = serve(move |_, mut stream| {
        let closed = closed.clone();
        async move {
            read_request(&mut stream).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
            closed.send(()).await.unwrap();
        }
    })
    .await;
    assert_eq!(answered(ask(&lookup(address)).await).cut, Some(Cut::TooLarge));
    is_closed.recv().await.unwrap();
}
