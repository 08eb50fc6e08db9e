//! The first tokens: the listener that the browser comes back to, and the exchange of the code.

use std::net::SocketAddr;
use std::time::Duration;

use b24chat::demo::Rotation;
use b24chat::domain::credential::Secret;
use b24chat::portal::oauth::{Grant, Listener, TokenRequest, Why, fresh_state};
use b24chat::portal::{Client, Options};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::*;

async fn visit(to: SocketAddr, line: &str) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(format!("{line}\r\nHost: localhost\r\n\r\n").as_bytes()).await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    said
}

#[tokio::test]
async fn the_listener_takes_the_redirect_with_its_own_state_and_turns_everything_else_away() {
    let listener = Listener::bind(0).await.unwrap();
    let address = listener.address();
    assert!(address.ip().is_loopback());
    assert_eq!(listener.redirect_address(), format!("http://localhost:{}/", address.port()));
    let state = fresh_state().unwrap();
    let (waiting, browser) = (listener.wait(&state), async {
        // Opened ahead and never used, as browsers do.
        let _idle = TcpStream::connect(address).await.unwrap();
        assert!(visit(address, "GET /favicon.ico HTTP/1.1").await.starts_with("HTTP/1.1 404"));
        assert!(visit(address, "POST /?code=canary0000&state=x HTTP/1.1").await.is_empty());
        let guess = visit(address, "GET /?code=canary0000&state=guess HTTP/1.1").await;
        assert!(guess.starts_with("HTTP/1.1 400") && !guess.contains("canary"), "{guess}");
        let line = format!("GET /?code=right00000&state={state}&domain=acme.bitrix24.com&scope=im%2Ccrm HTTP/1.1");
        let page = visit(address, &line).await;
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("no-store"), "{page}");
        assert!(!page.contains("right00000") && !page.contains(&state), "{page}");
    });
    let (found, ()) = tokio::join!(waiting, browser);
    assert_eq!(found.code.expose(), "right00000");
    assert_eq!(found.domain.as_deref(), Some("acme.bitrix24.com"));
    assert_eq!(found.scope, ["im", "crm"]);
}

#[test]
fn no_two_states_are_alike_and_each_has_256_bits() {
    let (one, other) = (fresh_state().unwrap(), fresh_state().unwrap());
    assert_ne!(one, other);
    assert!(one.len() == 64 && one.bytes().all(|byte| byte.is_ascii_hexdigit()), "{one}");
}

#[tokio::test]
async fn a_code_gives_the_first_chain_once_and_not_after_its_30_seconds() {
    let stage = stage(Rotation::AtOnce, true).await;
    let client = Client::new(Options::default());
    let request = |code: String| TokenRequest {
        grant: Grant::Code(Secret::new(code)),
        client_id: stage.first.client_id.clone(),
        client_secret: stage.first.client_secret.clone().unwrap(),
        endpoint: None,
        root: root(&stage.portal.rest_root()),
        connection: b24chat::domain::profile::Connection::default(),
        known: Vec::new(),
    };
    let code = stage.portal.authorization_code();
    let tokens = client.tokens(&request(code.clone()), QUICK).await.unwrap();
    let chain = tokens.begin(stage.first.client_id.clone(), stage.first.client_secret.clone().unwrap());
    assert_eq!(chain.token_endpoint.as_ref().unwrap().as_str(), stage.portal.token_endpoint());
    // The first answer has no `expires`: the end is told by what is left.
    assert!(chain.expires_at.is_some());
    stage.keeper.store(&chain);
    assert_found(&stage.ask().await);
    let refusal = |ended: b24chat::portal::oauth::NoTokens| match ended.why {
        Why::Refused(refusal) => refusal.code,
        other => panic!("not refused: {other:?}"),
    };
    assert_eq!(refusal(client.tokens(&request(code), QUICK).await.unwrap_err()), "invalid_grant");
    let late = stage.portal.authorization_code();
    stage.portal.pass(Duration::from_secs(31));
    assert_eq!(refusal(client.tokens(&request(late), QUICK).await.unwrap_err()), "expired_token");
}
